// What arrives by itself: the question how the day is, and a person's own reminder. Neutral words, for a lock screen.
import { z } from 'zod'
import { defineAction, defineNotice } from '../src/bot.ts'
import { button, quote, say, small, update, type Button } from '../src/kit/reply.ts'
import { t } from '../src/words/text.ts'
import { questionsOf } from '../src/care/checkins/questions.ts'
import { checkInForm, tap } from './checkin.ts'
import { atTime } from './words/times.ts'

const params = z.object({ occurrence: z.string(), last: z.string().optional() })

const later = (occurrence: string): readonly Button[] => [
  button(t('reminders.later.20m'), snooze, { occurrence, how: '20m' }),
  button(t('reminders.later.1h'), snooze, { occurrence, how: '1h' }),
  button(t('reminders.later.tonight'), snooze, { occurrence, how: 'tonight' }),
  button(t('reminders.skip'), skip, { occurrence }),
]

export const askHowToday = defineNotice({
  id: 'check-in',
  permit: 'member',
  params,
  render({ actor }, { occurrence, last }) {
    if (!actor) return undefined
    const first = questionsOf(actor.program.questions).find((one) => one.kind === 'scale')
    return say(
      t('reminders.prompt'),
      button(t('checkins.open'), checkInForm, { ci: occurrence }, 'main'),
      ...(first ? [button(t('checkins.one-tap'), tap, { ci: occurrence, step: first.id })] : []),
      ...later(occurrence),
      ...(last === 'true' ? [small(t('reminders.prompt.last'))] : []),
      small(t('reminders.prompt.readers')),
    )
  },
})

export const ownReminder = defineNotice({
  id: 'reminder',
  permit: 'member',
  params,
  async render({ app, actor }, { occurrence, last }) {
    const found = actor && (await app.reminders.occurrence(actor, occurrence))
    if (found?.reminder.words === undefined) return undefined
    return say(
      t('reminders.own'),
      quote(found.reminder.words),
      button(t('reminders.done'), done, { occurrence }, 'main'),
      ...later(occurrence),
      ...(last === 'true' ? [small(t('reminders.prompt.last'))] : []),
      small(t('reminders.prompt.readers')),
    )
  },
})

export const snooze = defineAction({
  id: 'rem.snooze',
  permit: 'member',
  params: z.object({ occurrence: z.string(), how: z.enum(['20m', '1h', 'tonight']) }),
  async run({ app, actor, now }, { occurrence, how }) {
    const until = await app.reminders.snooze(actor, occurrence, how, now)
    return update(t('reminders.snoozed', { at: atTime(until, actor.zone) }))
  },
})

export const skip = defineAction({
  id: 'rem.skip',
  permit: 'member',
  params: z.object({ occurrence: z.string() }),
  async run({ app, actor, now }, { occurrence }) {
    const { reminder } = await app.reminders.occurrence(actor, occurrence)
    await app.reminders.skip(actor, occurrence, now)
    if (reminder.notice === 'check-in') await app.checkIns.pass(actor, occurrence, now, occurrence)
    return update(t('reminders.skipped'), button(t('checkins.open'), checkInForm, { ci: occurrence }))
  },
})

export const done = defineAction({
  id: 'rem.done',
  permit: 'member',
  params: z.object({ occurrence: z.string() }),
  async run({ app, actor, now }, { occurrence }) {
    await app.reminders.skip(actor, occurrence, now)
    return update(t('reminders.done.said'))
  },
})
