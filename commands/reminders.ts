// /reminders: everything I will ever send you by myself, with the next time of each, and a way to change it.
import { z } from 'zod'
import { defineAction, defineCommand, defineForm, defineMenu } from '../src/bot.ts'
import type { App } from '../src/app.ts'
import type { Person } from '../src/care/members/ports.ts'
import { everyDay, patternOf } from '../src/care/prompts/cron.ts'
import type { Reminder, Weekday } from '../src/care/prompts/ports.ts'
import type { Call } from '../src/kit/command.ts'
import * as f from '../src/kit/field.ts'
import { open } from '../src/kit/open.ts'
import {
  button,
  heading,
  quote,
  say,
  small,
  update,
  type Block,
  type Button,
  type Message,
} from '../src/kit/reply.ts'
import { t, type Text } from '../src/words/text.ts'
import { taperRow } from './words/taper-row.ts'
import { atTime, dayName } from './words/times.ts'

const id = z.string().min(1)
const dayChoices = everyDay.map((day) => ({ value: String(day), label: t(`reminders.day.${day}`) }))
const weekdays = (chosen: readonly string[] | undefined): readonly Weekday[] =>
  chosen === undefined || chosen.length === 0
    ? everyDay
    : everyDay.filter((day) => chosen.includes(String(day)))

const timeField = f.time(t('reminders.time.label'), { hint: t('reminders.time.hint') })
const daysField = f.optional(
  f.choices(t('reminders.days.label'), dayChoices, { hint: t('reminders.days.hint') }),
)
const wordsField = f.text(t('reminders.words.label'), { max: 300, hint: t('reminders.words.hint') })
const readers = t('reminders.readers')

const what = (one: Reminder): Block | Text =>
  one.words !== undefined
    ? quote(one.words)
    : one.notice === 'reminder'
      ? t('reminders.what.check-in')
      : t(`reminders.what.${one.notice}`)

function whenWords(one: Reminder): Text {
  if (one.pausedBy === 'ignored') return t('reminders.rests.ignored')
  if (one.pausedAt) return t('reminders.rests.person')
  const next = one.nextRunAt
    ? t('reminders.next', { at: atTime(one.nextRunAt, one.zone), zone: one.zone })
    : t('reminders.over')
  if (one.cron === undefined) return next
  const { time, days, monthDay } = patternOf(one.cron)
  if (monthDay !== undefined) return t('reminders.monthly', { time, monthDay, next })
  if (days.length === everyDay.length) return t('reminders.daily', { time, next })
  return t('reminders.on-days', { time, days: dayName(days), next })
}

const row = (one: Reminder): readonly (Block | Text | Button)[] => [
  what(one),
  small(whenWords(one)),
  ...(one.cron === undefined || one.notice.endsWith('-session')
    ? []
    : [button(t('reminders.edit'), editReminder, { rem: one.id })]),
  ...(one.cron === undefined
    ? []
    : [
        one.pausedAt
          ? button(t('reminders.resume'), resumeReminder, { rem: one.id })
          : button(t('reminders.pause'), pauseReminder, { rem: one.id }),
      ]),
  button(t('reminders.delete'), deleteReminder, { rem: one.id }, 'careful'),
]

const perPage = 4

async function page({ app, actor }: Call<App, Person>, from = 0): Promise<Message> {
  const all = (await app.reminders.list(actor)).filter(
    (one) => one.nextRunAt !== undefined || one.cron !== undefined,
  )
  const shown = all.slice(from, from + perPage)
  return say(
    heading(t('reminders.title', { count: all.length })),
    ...(all.length === 0 ? [t('reminders.none')] : []),
    ...shown.flatMap(row),
    ...(from > 0
      ? [button(t('reminders.page.before'), pageOfReminders, { from: String(Math.max(0, from - perPage)) })]
      : []),
    ...(all.length > from + perPage
      ? [button(t('reminders.page.more'), pageOfReminders, { from: String(from + perPage) })]
      : []),
    button(
      t('reminders.add.check-in'),
      addCheckInTime,
      { rem: app.newId() },
      all.length === 0 ? 'main' : 'plain',
    ),
    button(t('reminders.add.own'), addOwn, { rem: app.newId() }),
    ...taperRow(await app.taper.current(actor)),
    small(readers),
  )
}

const added = (one: Reminder, first: Text): Message =>
  say(first, ...row(one), button(t('reminders.all'), pageOfReminders, { from: '0' }), small(readers))

export const addCheckInTime = defineForm({
  id: 'rem.ask',
  title: t('reminders.add.check-in'),
  readers,
  permit: 'member',
  params: z.object({ rem: id }),
  fields: { time: timeField, days: daysField },
  async run(call, { time, days }, { rem }) {
    const one = await call.app.reminders.add(call.actor, { id: rem, time, days: weekdays(days) }, call.now)
    return added(one, t('reminders.added'))
  },
})

export const addOwn = defineForm({
  id: 'rem.own',
  title: t('reminders.add.own'),
  readers,
  permit: 'member',
  params: z.object({ rem: id }),
  fields: { words: wordsField, time: timeField, days: daysField },
  async run(call, { words, time, days }, { rem }) {
    const one = await call.app.reminders.add(
      call.actor,
      { id: rem, words, time, days: weekdays(days) },
      call.now,
    )
    return added(one, t('reminders.added'))
  },
})

export const changeReminder = defineForm({
  id: 'rem.change',
  title: t('reminders.edit'),
  readers,
  permit: 'member',
  params: z.object({ rem: id }),
  fields: { time: timeField, days: daysField, words: f.optional(wordsField) },
  async run(call, { time, days, words }, { rem }) {
    const one = await call.app.reminders.edit(
      call.actor,
      rem,
      { time, days: weekdays(days) },
      words,
      call.now,
    )
    return added(one, t('reminders.changed'))
  },
})

export const editReminder = defineAction({
  id: 'rem.edit',
  permit: 'member',
  params: z.object({ rem: id }),
  async run({ app, actor }, { rem }) {
    const one = await app.reminders.own(actor, rem)
    const { time, days } = patternOf(one.cron ?? '0 9 * * *')
    const chosen = days.length === everyDay.length ? [] : days.map(String)
    return open(
      changeReminder,
      actor,
      { rem },
      { time, days: chosen, ...(one.words !== undefined && { words: one.words }) },
    )
  },
})

export const pauseReminder = defineAction({
  id: 'rem.pause',
  permit: 'member',
  params: z.object({ rem: id }),
  async run(call, { rem }) {
    const one = await call.app.reminders.pause(call.actor, rem, call.now)
    return { kind: 'update', message: added(one, t('reminders.paused')) }
  },
})

export const resumeReminder = defineAction({
  id: 'rem.resume',
  permit: 'member',
  params: z.object({ rem: id }),
  async run(call, { rem }) {
    const one = await call.app.reminders.resume(call.actor, rem, call.now)
    return { kind: 'update', message: added(one, t('reminders.resumed')) }
  },
})

export const deleteReminder = defineAction({
  id: 'rem.delete',
  permit: 'member',
  params: z.object({ rem: id }),
  async run(call, { rem }) {
    await call.app.reminders.remove(call.actor, rem)
    return update(t('reminders.deleted'), button(t('reminders.all'), pageOfReminders, { from: '0' }))
  },
})

export const pageOfReminders = defineAction({
  id: 'rem.page',
  permit: 'member',
  params: z.object({ from: z.string().regex(/^\d{1,3}$/) }),
  run: async (call, { from }) => ({ kind: 'update', message: await page(call, Number(from)) }),
})

/** From a check-in with a strong urge: once, in 20 minutes. */
export const askSoon = defineAction({
  id: 'rem.soon',
  permit: 'member',
  params: z.object({}),
  async run({ app, actor, now }) {
    const at = new Date(now.getTime() + 20 * 60_000)
    await app.reminders.askOnce(actor, app.newId(), at, now)
    return say(t('reminders.soon', { at: atTime(at, actor.zone) }), small(readers))
  },
})

export const reminders = defineCommand({
  name: 'reminders',
  title: t('reminders.command.title'),
  description: t('reminders.command.about'),
  permit: 'member',
  options: {
    time: f.optional(f.time(t('reminders.time.label'), { hint: t('reminders.time.hint') })),
    words: f.optional(f.text(t('reminders.words.label'), { max: 300 })),
  },
  async run(call, { time, words }) {
    if (time === undefined)
      return words === undefined ? page(call) : open(addOwn, call.actor, { rem: call.app.newId() }, { words })
    const one = await call.app.reminders.add(
      call.actor,
      { id: call.app.newId(), time, days: everyDay, words },
      call.now,
    )
    return added(one, t('reminders.added'))
  },
})

export const onceForm = defineForm({
  id: 'rem.once',
  title: t('reminders.menu.title'),
  readers,
  permit: 'member',
  params: z.object({ rem: id }),
  fields: { time: timeField, words: wordsField },
  async run(call, { time, words }, { rem }) {
    const at = call.app.reminders.soonest(call.actor, time, call.now)
    const one = await call.app.reminders.once(call.actor, { id: rem, words, at }, call.now)
    return added(one, t('reminders.added'))
  },
})

/** On any message: come back to it later. Only the link is kept, and that sealed. */
export const remindMe = defineMenu({
  id: 'remind-me',
  title: t('reminders.menu.title'),
  permit: 'member',
  run: ({ app, actor }, { link }) =>
    open(onceForm, actor, { rem: app.newId() }, link === undefined ? {} : { words: link }),
})
