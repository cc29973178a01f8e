// Hard dates: a person's own list, a word two days before, one the day after (C14).
import { z } from 'zod'
import { defineAction, defineForm, defineNotice } from '../src/bot.ts'
import type { App } from '../src/app.ts'
import type { Person } from '../src/care/members/ports.ts'
import { planNamed } from '../src/care/plans/content.ts'
import type { HardDate } from '../src/care/plans/hard-dates.ts'
import type { Call } from '../src/kit/command.ts'
import * as f from '../src/kit/field.ts'
import { open } from '../src/kit/open.ts'
import { button, heading, say, small, update, type Message, type Part } from '../src/kit/reply.ts'
import { t, type Text } from '../src/words/text.ts'
import { checkInForm } from './checkin.ts'
import { helpNowHere } from './help-now.ts'
import { planDoor } from './words/doors.ts'
import { dayWords } from './words/days.ts'

const id = z.string().min(1)
const onDate = z.object({ entry: id })
const readers = small(t('plans.seen-by.me'))
const perPage = 5

const row = ({ id: entry, body }: HardDate): readonly Part[] => [
  t(body.yearly ? 'plans.dates.row.yearly' : 'plans.dates.row', {
    name: body.name,
    day: dayWords(body.date),
  }),
  button(t('plans.dates.edit', { name: body.name }), editDate, { entry }),
  button(t('plans.dates.delete', { name: body.name }), deleteDate, { entry }, 'careful'),
]

async function page({ app, actor, now }: Call<App, Person>, first?: Text, from = 0): Promise<Message> {
  const all = await app.hardDates.list(actor, now)
  return say(
    heading(t('plans.dates')),
    first ?? t('plans.dates.about'),
    ...(all.length === 0 ? [t('plans.dates.none')] : all.slice(from, from + perPage).flatMap(row)),
    ...(all.length > from + perPage
      ? [button(t('plans.more'), hardDates, { from: String(from + perPage) })]
      : []),
    button(t('plans.dates.new'), dateForm, { entry: app.newId() }),
    readers,
  )
}

export const hardDates = defineAction({
  id: 'hd.list',
  permit: 'member',
  params: z.object({ from: z.string().optional() }),
  run: async (call, { from }) => ({
    kind: 'update',
    message: await page(call, undefined, Number(from ?? 0)),
  }),
})

export const dateForm = defineForm({
  id: 'hd',
  title: t('plans.dates'),
  readers: t('plans.seen-by.me'),
  permit: 'member',
  params: onDate,
  fields: {
    name: f.text(t('plans.dates.name.label'), { max: 80 }),
    date: f.date(t('plans.dates.date.label')),
    yearly: f.optional(f.flag(t('plans.dates.yearly.label'))),
  },
  async run(call, { name, date, yearly }, { entry }) {
    await call.app.hardDates.save(call.actor, { id: entry, name, date, yearly: yearly === true }, call.now)
    return page(call, t('plans.dates.saved'))
  },
})

export const editDate = defineAction({
  id: 'hd.edit',
  permit: 'member',
  params: onDate,
  async run({ app, actor }, params) {
    const { body } = await app.hardDates.own(actor, params.entry)
    return open(dateForm, actor, params, body)
  },
})

export const deleteDate = defineAction({
  id: 'hd.delete',
  permit: 'member',
  params: onDate,
  run: (_call, params) =>
    update(
      t('plans.dates.delete.sure'),
      button(t('plans.dates.delete.yes'), deleteDateForSure, params, 'careful'),
      button(t('plans.dates'), hardDates, {}),
    ),
})

export const deleteDateForSure = defineAction({
  id: 'hd.gone',
  permit: 'member',
  params: onDate,
  async run(call, params) {
    await call.app.hardDates.remove(call.actor, params.entry)
    return { kind: 'update', message: await page(call, t('plans.dates.removed')) }
  },
})

/** The name of the day stays behind a tap: a lock screen is no private place. */
export const hardDate = defineNotice({
  id: 'hard-date',
  permit: 'member',
  params: z.object({ entry: id, moment: z.enum(['before', 'after']) }),
  render: ({ app }, { entry, moment }) =>
    say(
      t(`plans.dates.${moment}`),
      ...(moment === 'after' ? [button(t('checkins.open'), checkInForm, { ci: app.newId() })] : []),
      button(t('plans.open', { name: planNamed('relapse').name }), planDoor, { plan: 'relapse' }),
      button(t('plans.dates.which'), seeDate, { entry }),
      button(t('help.now.button'), helpNowHere, {}),
      readers,
    ),
})

export const seeDate = defineAction({
  id: 'hd.see',
  permit: 'member',
  params: onDate,
  async run({ app, actor }, params) {
    const found = await app.hardDates.own(actor, params.entry)
    return say(...row(found), button(t('plans.dates'), hardDates, {}), readers)
  },
})
