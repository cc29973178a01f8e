// /away: days on which nothing is asked, and which count as taking part.
import { z } from 'zod'
import { defineAction, defineCommand, defineForm } from '../src/bot.ts'
import type { App } from '../src/app.ts'
import type { Person } from '../src/care/members/ports.ts'
import type { Call } from '../src/kit/command.ts'
import * as f from '../src/kit/field.ts'
import { open } from '../src/kit/open.ts'
import { button, say, small, update, type Message } from '../src/kit/reply.ts'
import { t } from '../src/words/text.ts'

const fields = {
  to: f.date(t('away.to.label'), { hint: t('away.day.hint') }),
  from: f.optional(f.date(t('away.from.label'), { hint: t('away.from.hint') })),
}

async function goAway(
  { app, actor, now }: Call<App, Person>,
  id: string,
  from: string | undefined,
  to: string,
): Promise<Message> {
  const away = await app.reminders.goAway(actor, { id, from, to }, now)
  return say(
    t('away.set', { from: away.fromDay, to: away.toDay }),
    button(t('away.undo'), comeBack, { away: away.id }),
    small(t('reminders.readers')),
  )
}

export const awayForm = defineForm({
  id: 'away',
  title: t('away.form.title'),
  readers: t('reminders.readers'),
  permit: 'member',
  params: z.object({ away: z.string() }),
  fields,
  run: (call, { from, to }, params) => goAway(call, params.away, from, to),
})

export const away = defineCommand({
  name: 'away',
  title: t('away.command.title'),
  description: t('away.command.about'),
  permit: 'member',
  options: { to: f.optional(fields.to), from: fields.from },
  async run(call, { from, to }) {
    const id = call.app.newId()
    if (to !== undefined) return goAway(call, id, from, to)
    const now = await call.app.reminders.aways(call.actor, call.now)
    if (now.length === 0) return open(awayForm, call.actor, { away: id }, from === undefined ? {} : { from })
    return say(
      t('away.now'),
      ...now.flatMap((one) => [
        t('away.days', { from: one.fromDay, to: one.toDay }),
        button(t('away.undo'), comeBack, { away: one.id }),
      ]),
      button(t('away.more'), awayForm, { away: id }),
      small(t('reminders.readers')),
    )
  },
})

export const comeBack = defineAction({
  id: 'away.back',
  permit: 'member',
  params: z.object({ away: z.string() }),
  async run({ app, actor }, params) {
    await app.reminders.comeBack(actor, params.away)
    return update(t('away.back'))
  },
})
