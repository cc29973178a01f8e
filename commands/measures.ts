// What staff can do about one person, from a case or the roster. Each is told to the person, with who, why and until when.
import { z } from 'zod'
import { defineAction, defineForm } from '../src/bot.ts'
import { basisWords, minorBases } from '../src/care/members/ages.ts'
import type { ByHand } from '../src/care/measures/measures.ts'
import { measureReasons, type Measure, type MeasureReason } from '../src/care/measures/ports.ts'
import type { SeenCase } from '../src/care/cases/sight.ts'
import * as f from '../src/kit/field.ts'
import { button, heading, say, small, type Message, type Part } from '../src/kit/reply.ts'
import { t, type Text } from '../src/words/text.ts'
import { measureReasonWords, nameIn, type Asking } from './words/case-words.ts'
import { caseDoor, casesDoor, personDoor } from './words/doors.ts'
import { atTime } from './words/times.ts'

const max = 2000
const onPerson = personDoor.params
/** The measure's id is made when the page is shown, so that a form sent twice is one measure. */
const onMeasure = onPerson.extend({ id: z.string().min(1) })

async function measureParts(call: Asking, one: Measure, at: number): Promise<readonly Part[]> {
  const number = at + 1
  const stands = one.until !== undefined && one.endedAt === undefined && one.until > call.now
  return [
    t('cases.person.row', {
      number,
      kind: t(`cases.measure.${one.kind}`),
      at: atTime(one.since, call.actor.zone),
      name: await nameIn(call, one.by),
      why: measureReasonWords(one.reason),
      state:
        stands && one.until
          ? t('cases.person.until', { until: atTime(one.until, call.actor.zone) })
          : t('cases.person.over'),
    }),
    ...(stands ? [button(t('cases.person.end', { number }), endMeasure, { measure: one.id })] : []),
  ]
}

const caseParts = (call: Asking, one: SeenCase): readonly Part[] => [
  button(
    t('cases.person.case', {
      kind: t(`safety.kind.${one.kind}`),
      at: atTime(one.createdAt, call.actor.zone),
    }),
    caseDoor,
    { case: one.id },
  ),
]

async function page(call: Asking, who: string, caseId?: string, ...first: readonly Text[]): Promise<Message> {
  const { app, actor } = call
  const { person, measures, led } = await app.measures.of(actor, who)
  const about = await app.cases.about(actor, who, 5)
  const on = { who, ...(caseId !== undefined && { case: caseId }), id: app.newId() }
  const rows = await Promise.all(measures.slice(0, 5).map((one, at) => measureParts(call, one, at)))
  return say(
    ...first,
    heading(t('cases.person.title', { name: person.name === '' ? t('cases.own.somebody') : person.name })),
    ...(rows.length === 0 ? [t('cases.person.none')] : rows.flat()),
    small(t(`people.age.is.${person.ageBand}`)),
    button(t('people.age.change'), ageForm, { who }),
    button(t('cases.do.warn'), warnForm, on),
    button(t('cases.do.cool'), coolForm, on),
    button(t('cases.do.time'), timeForm, on, 'careful'),
    ...led
      .slice(0, 4)
      .map((group) =>
        button(
          t('cases.do.remove', { name: group.name }),
          removeForm,
          { who, group: group.id, id: on.id },
          'careful',
        ),
      ),
    ...(about.length === 0 ? [] : [t('cases.person.cases'), ...about.flatMap((one) => caseParts(call, one))]),
    ...(caseId === undefined
      ? [button(t('cases.back'), casesDoor, {})]
      : [button(t('cases.close.to'), caseDoor, { case: caseId })]),
    small(t('cases.person.readers')),
  )
}

export const seePerson = defineAction({
  ...personDoor,
  permit: 'staff',
  run: async (call, params) => ({ kind: 'update', message: await page(call, params.who, params.case) }),
})

/** Somebody of the roster. */
export const pickPerson = defineAction({
  id: 'ms.pick',
  permit: 'staff',
  params: z.object({}),
  run: (call, _params, chosen) => page(call, chosen ?? ''),
})

const why = f.choice(
  t('cases.do.why'),
  measureReasons.map((value) => ({ value, label: t(`cases.reason.${value}`) })),
)
const words = f.paragraph(t('cases.do.words'), { max, hint: t('cases.do.words.hint') })
const reasonOf = (said: string): MeasureReason => measureReasons.find((one) => one === said) ?? 'agreement'
const byHandWords = (byHand: ByHand): readonly Text[] => {
  if (byHand === undefined) return []
  if (byHand === 'not-possible' || byHand === 'later') return [t(`cases.by-hand.${byHand}`)]
  return [t('cases.by-hand.no-right')]
}
const common = {
  readers: t('cases.do.readers'),
  permit: 'staff',
  hears: 'staff',
  params: onMeasure,
} as const

export const ageForm = defineForm({
  id: 'age',
  title: t('people.age.title'),
  readers: t('people.age.readers'),
  permit: 'staff',
  params: z.object({ who: z.string().min(1) }),
  fields: {
    band: f.choice(
      t('people.age.band'),
      (['adult', 'teen'] as const).map((value) => ({ value, label: t(`people.age.band.${value}`) })),
      { hint: t('people.age.band.hint') },
    ),
    basis: f.optional(
      f.choice(
        t('people.age.basis'),
        minorBases.map((value) => ({ value, label: basisWords(value) })),
        { hint: t('people.age.basis.hint') },
      ),
    ),
  },
  async run(call, said, { who }) {
    const basis = minorBases.find((one) => one === said.basis)
    const band = said.band === 'teen' ? 'teen' : 'adult'
    const set = { who, band, ...(basis && { basis }) } as const
    await call.app.ages.setBand(call.actor, set, call.visitor.platform, call.now)
    return page(call, who, undefined, t('people.age.done'))
  },
})

export const warnForm = defineForm({
  id: 'mw',
  title: t('cases.do.warn'),
  ...common,
  fields: { why, words },
  async run(call, said, { who, id, case: caseId }) {
    const one = { id, who, caseId, reason: reasonOf(said.why), words: said.words }
    await call.app.measures.warn(call.actor, one, call.now)
    return page(call, who, caseId, t('cases.done.warn'))
  },
})

export const coolForm = defineForm({
  id: 'mc',
  title: t('cases.do.cool'),
  ...common,
  fields: { minutes: f.whole(t('cases.do.minutes'), { min: 5, max: 1440 }), why, words: f.optional(words) },
  async run(call, said, { who, id, case: caseId }) {
    const one = { id, who, caseId, reason: reasonOf(said.why), words: said.words, minutes: said.minutes }
    const byHand = await call.app.measures.coolDown(call.actor, one, call.now)
    return page(call, who, caseId, t('cases.done.cool'), ...byHandWords(byHand))
  },
})

/** Discord allows 28 days; a week is long enough for people to talk. */
const hours = [1, 6, 24, 72, 168] as const

export const timeForm = defineForm({
  id: 'mt',
  title: t('cases.do.time'),
  ...common,
  fields: {
    hours: f.choice(
      t('cases.do.hours'),
      hours.map((each) => ({ value: String(each), label: t(`cases.hours.${each}`) })),
    ),
    why,
    words: f.optional(words),
  },
  async run(call, said, { who, id, case: caseId }) {
    const long = hours.find((each) => String(each) === said.hours) ?? 1
    const one = { id, who, caseId, reason: reasonOf(said.why), words: said.words, hours: long }
    const byHand = await call.app.measures.timeOut(call.actor, one, call.now)
    return page(call, who, caseId, t('cases.done.time'), ...byHandWords(byHand))
  },
})

const seatReasons = ['agreement', 'safety'] as const

export const removeForm = defineForm({
  id: 'mo',
  title: t('cases.do.remove.title'),
  readers: t('cases.do.readers'),
  permit: 'staff',
  hears: 'staff',
  params: z.object({ who: z.string().min(1), group: z.string().min(1), id: z.string().min(1) }),
  fields: {
    why: f.choice(
      t('cases.do.why'),
      seatReasons.map((value) => ({ value, label: t(`cases.reason.${value}`) })),
    ),
    words: f.optional(words),
  },
  async run(call, said, { who, group, id }) {
    const reason = seatReasons.find((one) => one === said.why) ?? 'agreement'
    await call.app.measures.remove(
      call.actor,
      { id, who, groupId: group, reason, words: said.words },
      call.now,
    )
    return page(call, who, undefined, t('cases.done.remove'))
  },
})

export const endMeasure = defineAction({
  id: 'ms.end',
  permit: 'staff',
  params: z.object({ measure: z.string().min(1) }),
  async run(call, params) {
    const { measure, byHand } = await call.app.measures.endEarly(call.actor, params.measure, call.now)
    return {
      kind: 'update',
      message: await page(
        call,
        measure.personId,
        measure.caseId,
        t('cases.person.ended'),
        ...byHandWords(byHand),
      ),
    }
  },
})
