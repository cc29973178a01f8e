// How long a program keeps what: set by an admin after they saw what would go, and shown to everybody in /mydata.
import { z } from 'zod'
import { defineAction, defineForm } from '../src/bot.ts'
import type { App } from '../src/app.ts'
import { datedClasses, fewestDays, mostDays, type DaysKept } from '../src/care/privacy/days-kept.ts'
import type { Person } from '../src/care/members/ports.ts'
import type { Call } from '../src/kit/command.ts'
import * as f from '../src/kit/field.ts'
import { open } from '../src/kit/open.ts'
import { button, heading, list, say, small, type Message } from '../src/kit/reply.ts'
import { t, type Text } from '../src/words/text.ts'

const readers = small(t('retention.readers'))
const days = (least: number, label: Text) =>
  f.optional(f.whole(label, { min: least, max: mostDays, hint: t('retention.hint', { least }) }))

/** A line for each class: so many days, or until it is removed by hand. */
export const daysKeptLines = (app: App, kept: DaysKept): readonly Text[] => {
  const set = app.daysKept.set(kept)
  return datedClasses.map((what) => {
    const found = set.find((one) => one.what === what)
    const label = t(`retention.${what}`)
    return found
      ? t('retention.row', { what: label, days: found.days })
      : t('retention.row.always', { what: label })
  })
}

function page({ app, actor }: Call<App, Person>, ...first: readonly Text[]): Message {
  return say(
    ...first,
    heading(t('retention.title')),
    list(daysKeptLines(app, actor.program.retention)),
    t('retention.never'),
    button(t('retention.change'), changeDaysKept, {}),
    readers,
  )
}

export const showDaysKept = defineAction({
  id: 'days',
  permit: 'admin',
  params: z.object({}),
  run: (call) => Promise.resolve(page(call)),
})

export const changeDaysKept = defineAction({
  id: 'days.change',
  permit: 'admin',
  params: z.object({}),
  run({ app, actor }) {
    const set = app.daysKept.set(actor.program.retention)
    return open(daysKeptForm, actor, {}, Object.fromEntries(set.map((one) => [fieldOf[one.what], one.days])))
  },
})

const fieldOf = {
  'check-ins': 'checkins',
  writing: 'writing',
  urges: 'urges',
  skills: 'skills',
  scales: 'scales',
  messages: 'messages',
  readings: 'readings',
} as const

export const daysKeptForm = defineForm({
  id: 'days.form',
  title: t('retention.title'),
  readers: t('retention.readers'),
  permit: 'admin',
  params: z.object({}),
  fields: {
    checkins: days(fewestDays['check-ins'], t('retention.check-ins')),
    writing: days(fewestDays.writing, t('retention.writing')),
    urges: days(fewestDays.urges, t('retention.urges')),
    skills: days(fewestDays.skills, t('retention.skills')),
    scales: days(fewestDays.scales, t('retention.scales')),
    messages: days(fewestDays.messages, t('retention.messages')),
    readings: days(fewestDays.readings, t('retention.readings')),
  },
  async run({ app, actor, now }, said) {
    const kept = Object.fromEntries(datedClasses.map((what) => [what, said[fieldOf[what]]]))
    const gone = (await app.daysKept.wouldGo(actor, kept, now)).filter(({ rows }) => rows > 0)
    const chosen = datedClasses.map((what) => kept[what] ?? 0).join('-')
    return say(
      heading(t('retention.sure')),
      list(daysKeptLines(app, kept)),
      ...(gone.length === 0
        ? [t('retention.would.none')]
        : [
            t('retention.would'),
            list(
              gone.map(({ what, rows }) => t('retention.would.row', { what: t(`retention.${what}`), rows })),
            ),
          ]),
      button(t('retention.yes'), setDaysKept, { kept: chosen }, gone.length === 0 ? 'main' : 'careful'),
      button(t('retention.no'), showDaysKept, {}),
      readers,
    )
  },
})

export const setDaysKept = defineAction({
  id: 'days.set',
  permit: 'admin',
  params: z.object({ kept: z.string().regex(/^\d{1,5}(-\d{1,5}){6}$/) }),
  async run(call, { kept }) {
    const numbers = kept.split('-').map(Number)
    const chosen = Object.fromEntries(
      datedClasses.map((what, at) => [what, numbers[at] === 0 ? undefined : numbers[at]]),
    )
    await call.app.programs.chooseDaysKept(call.actor, chosen)
    const actor = { ...call.actor, program: { ...call.actor.program, retention: chosen } }
    return page({ ...call, actor }, t('retention.done'))
  },
})
