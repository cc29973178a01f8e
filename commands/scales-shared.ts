// What facilitators see of questionnaires: results a member chose to show, and the pointer a member agreed to.
import { z } from 'zod'
import { defineAction, defineNotice } from '../src/bot.ts'
import type { App } from '../src/app.ts'
import type { Person } from '../src/care/members/ports.ts'
import type { Call } from '../src/kit/command.ts'
import { button, heading, say, small, type Message } from '../src/kit/reply.ts'
import { t } from '../src/words/text.ts'
import { dayWords } from './words/days.ts'
import { resultParts } from './words/scales.ts'

const perPage = 5

async function page({ app, actor }: Call<App, Person>, before?: string): Promise<Message> {
  const found = await app.scales.shared(actor, perPage + 1, before)
  const shown = found.slice(0, perPage)
  const last = shown.at(-1)
  const rows = await Promise.all(
    shown.map(async ({ entry, scale, personId }) => {
      const name = await app.roster.nameOf(actor, personId)
      return [
        t('scales.shared.row', { name, scale: scale.name, day: dayWords(entry.forDay) }),
        button(t('scales.shared.open', { name, scale: scale.name }), readScaleResult, { sc: entry.id }),
      ]
    }),
  )
  return say(
    heading(t('scales.shared')),
    ...(shown.length === 0 ? [t('scales.shared.none')] : []),
    ...rows.flat(),
    ...(found.length > perPage && last
      ? [button(t('scales.older'), sharedScales, { before: last.entry.id })]
      : []),
    small(t('people.roster.readers')),
  )
}

export const sharedScales = defineAction({
  id: 'sc.shared',
  permit: 'facilitator',
  params: z.object({ before: z.string().optional() }),
  run: async (call, { before }) => ({ kind: 'update', message: await page(call, before) }),
})

export const readScaleResult = defineAction({
  id: 'sc.read',
  permit: 'facilitator',
  params: z.object({ sc: z.string() }),
  async run({ app, actor, now }, { sc }) {
    const result = await app.scales.read(actor, sc, now)
    const name = await app.roster.nameOf(actor, result.personId)
    return say(
      t('scales.shared.from', { name, scale: result.scale.name, day: dayWords(result.entry.forDay) }),
      ...resultParts(result),
      small(t('scales.shared.readers', { name })),
    )
  },
})

export const scaleAlert = defineNotice({
  id: 'scale-alert',
  permit: 'facilitator',
  params: z.object({ alert: z.string() }),
  render: (_call, { alert }) =>
    say(
      t('scales.alert'),
      button(t('scales.alert.open'), openScaleAlert, { alert }, 'main'),
      small(t('scales.alert.readers')),
    ),
})

export const openScaleAlert = defineAction({
  id: 'sc.alert',
  permit: 'facilitator',
  params: z.object({ alert: z.string() }),
  async run({ app, actor, now }, { alert }) {
    const { personId, safe } = await app.scales.openAlert(actor, alert, now)
    const name = await app.roster.nameOf(actor, personId)
    return say(
      t('scales.alert.who', { name }),
      t(`scales.alert.safe.${safe ?? 'unasked'}`),
      small(t('scales.alert.opened', { name })),
    )
  },
})
