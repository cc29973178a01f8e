// A journal entry as others see it: a card that points, and the reading, which its writer can see happened.
import { z } from 'zod'
import { defineAction, defineNotice } from '../src/bot.ts'
import type { App } from '../src/app.ts'
import type { Person } from '../src/care/members/ports.ts'
import type { Call } from '../src/kit/command.ts'
import { button, heading, quote, say, sayInRoom, small, type Message, type Part } from '../src/kit/reply.ts'
import { t } from '../src/words/text.ts'
import { dayWords } from './words/days.ts'
import { asIs } from './words/prompts.ts'

const perPage = 5

export const readSharedEntry = defineAction({
  id: 'jo.open',
  permit: 'known',
  params: z.object({ entry: z.string() }),
  async run({ app, actor, now }, { entry }) {
    const found = await app.journal.read(actor, entry, now)
    const name = await app.roster.nameOf(actor, found.personId)
    const { about, text } = found.body
    return say(
      heading(t('journal.from', { name, day: dayWords(found.forDay) })),
      ...(about === undefined ? [] : [small(asIs(about))]),
      quote(text),
      small(t('journal.from.readers', { name })),
    )
  },
})

export const sharedEntryCard = defineNotice({
  id: 'shared-entry',
  permit: 'anyone',
  params: z.object({ entry: z.string() }),
  render: (_call, { entry }) =>
    sayInRoom(
      t('journal.card'),
      button(t('journal.card.read'), readSharedEntry, { entry }),
      small(t('journal.card.readers')),
    ),
})

async function page({ app, actor }: Call<App, Person>, before?: string): Promise<Message> {
  const found = await app.journal.shared(actor, perPage + 1, before)
  const shown = found.slice(0, perPage)
  const last = shown.at(-1)
  const rows = await Promise.all(
    shown.map(async ({ id: entry, forDay, personId }): Promise<readonly Part[]> => {
      const said = { name: await app.roster.nameOf(actor, personId), day: dayWords(forDay) }
      return [
        t('journal.shared.row', said),
        button(t('journal.shared.open', said), readSharedEntry, { entry }),
      ]
    }),
  )
  return say(
    heading(t('journal.shared')),
    ...(shown.length === 0 ? [t('journal.shared.none')] : []),
    ...rows.flat(),
    ...(found.length > perPage && last
      ? [button(t('journal.older'), sharedEntries, { before: last.id })]
      : []),
    small(t('people.roster.readers')),
  )
}

export const sharedEntries = defineAction({
  id: 'jo.shared',
  permit: 'facilitator',
  params: z.object({ before: z.string().optional() }),
  run: async (call, { before }) => ({ kind: 'update', message: await page(call, before) }),
})
