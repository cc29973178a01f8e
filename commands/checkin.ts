// /checkin: how today is. Saves at once when options are given; otherwise a short form, or one tap at a time.
import { z } from 'zod'
import { defineAction, defineCommand, defineForm } from '../src/bot.ts'
import type { CheckIn, CheckInAnswers } from '../src/care/checkins/ports.ts'
import { choiceLabel, questionById, questionsOf, type Question } from '../src/care/checkins/questions.ts'
import type { Audience, Person } from '../src/care/members/ports.ts'
import * as f from '../src/kit/field.ts'
import { open } from '../src/kit/open.ts'
import { button, list, quote, say, small, update, type Button, type Message } from '../src/kit/reply.ts'
import { t, type Text } from '../src/words/text.ts'
import { nowHeardBy } from './alert-card.ts'
import { answersInWords, audienceWords } from './words/answers.ts'
import { bringDoor } from './words/doors.ts'
import { offerAfter } from './words/offers.ts'

const id = z.string().min(1)
const scaleNamed = (name: 'mood' | 'stress' | 'urge' | 'sleep') => {
  const one = questionById(name)
  if (one?.kind !== 'scale') throw new Error(`there is no scale called ${name}`)
  return f.optional(f.whole(one.label, { min: one.min, max: one.max, hint: one.ask }))
}

const audiences = (group: boolean): readonly f.Choice[] =>
  (['me', 'facilitator', ...(group ? (['group'] as const) : [])] as const).map((value) => ({
    value,
    label: audienceWords(value),
  }))

function fieldOf(one: Question): f.Field {
  switch (one.kind) {
    case 'scale':
      return f.optional(
        f.scale(one.label, { min: one.min, max: one.max, low: one.low, high: one.high, hint: one.ask }),
      )
    case 'chips':
      return f.optional(
        f.choices(
          one.label,
          one.chips.map((chip) => ({ value: chip.id, label: chip.label })),
          { hint: one.ask },
        ),
      )
    case 'one':
      return f.optional(
        f.choice(
          one.label,
          one.choices.map((each) => ({ value: each.id, label: each.label })),
          { hint: one.ask },
        ),
      )
    case 'note':
      return f.optional(f.paragraph(one.label, { max: one.max, hint: one.ask }))
  }
}

const fieldsFor = (person: Person): f.Fields => ({
  ...Object.fromEntries(questionsOf(person.program.questions).map((one) => [one.id, fieldOf(one)])),
  audience: f.optional(f.choice(t('checkins.audience.label'), audiences(person.program.group !== undefined))),
})

const isAudience = (value: unknown): value is Audience =>
  value === 'me' || value === 'facilitator' || value === 'group'

const hearers = { me: 'private', facilitator: 'staff', group: 'group' } as const
const hearerOf = (said: unknown, { defaultAudience }: Person) =>
  hearers[isAudience(said) ? said : defaultAudience]

/** What was answered, without the fields that are no question. */
function answersFrom(raw: Readonly<Record<string, unknown>>): CheckInAnswers {
  const pairs = Object.entries(raw).filter(
    ([name, said]) => questionById(name) !== undefined && said !== undefined,
  )
  return Object.fromEntries(pairs) as CheckInAnswers
}

/** Said after every way of saving: what is kept, who sees it, one thing to do next. */
export function saved(person: Person, checkIn: CheckIn, first: Text): Message {
  const note = checkIn.answers['note']
  const params = { ci: checkIn.id }
  const wider: Button[] =
    checkIn.audience === 'me'
      ? [
          button(t('checkins.share.facilitator'), share, { ...params, to: 'facilitator' }),
          ...(person.program.group
            ? [button(t('checkins.share.group'), share, { ...params, to: 'group' })]
            : []),
        ]
      : [button(t('checkins.share.back'), share, { ...params, to: 'me' })]
  return say(
    first,
    ...(Object.keys(checkIn.answers).length > 0 ? [list(answersInWords(checkIn.answers))] : []),
    ...(typeof note === 'string' ? [quote(note)] : []),
    ...(checkIn.late ? [small(t('checkins.late', { day: checkIn.forDay }))] : []),
    small(t(`checkins.seen-by.${checkIn.audience}`)),
    ...askNeed(checkIn),
    ...offerAfter(checkIn),
    button(t('checkins.edit'), editCheckIn, params),
    button(t('agenda.bring'), bringDoor, { kind: 'check-in', from: checkIn.id }),
    ...wider,
  )
}

export const checkInForm = defineForm({
  id: 'ci',
  title: t('checkins.form.title'),
  readers: t('checkins.form.readers'),
  permit: 'member',
  params: z.object({ ci: id, day: z.string().optional() }),
  hears: (said, actor) => hearerOf(said['audience'], actor),
  fields: fieldsFor,
  async run({ app, actor, now }, raw, { ci, day }) {
    const answers = answersFrom(raw)
    if (Object.keys(answers).length === 0) return nothingYet(ci)
    const audience = isAudience(raw['audience']) ? raw['audience'] : undefined
    const checkIn = await app.checkIns.record(
      actor,
      { id: ci, answers, forDay: day, audience, occurrence: ci },
      now,
    )
    return saved(actor, checkIn, checkIn.editedAt ? t('checkins.changed') : t('checkins.saved'))
  },
})

const nothingYet = (ci: string): Message =>
  say(
    t('checkins.nothing'),
    button(t('checkins.open'), checkInForm, { ci }, 'main'),
    button(t('checkins.pass'), passToday, { ci }),
  )

export const checkin = defineCommand({
  name: 'checkin',
  title: t('checkins.command.title'),
  description: t('checkins.command.about'),
  permit: 'member',
  options: {
    mood: scaleNamed('mood'),
    stress: scaleNamed('stress'),
    urge: scaleNamed('urge'),
    sleep: scaleNamed('sleep'),
    audience: f.optional(f.choice(t('checkins.audience.label'), audiences(true))),
    day: f.optional(f.date(t('checkins.day.label'), { hint: t('checkins.day.hint') })),
    note: f.optional(f.paragraph(t('checkins.note.label'), { max: 2000 })),
  },
  hears: (said, actor) => hearerOf(said.audience, actor),
  async run({ app, actor, now }, { audience, day, ...rest }) {
    const answers = answersFrom(rest)
    const ci = app.newId()
    if (Object.keys(answers).length === 0) {
      return open(checkInForm, actor, { ci, day }, { audience: audience ?? actor.defaultAudience })
    }
    const chosen = isAudience(audience) ? audience : undefined
    const checkIn = await app.checkIns.record(actor, { id: ci, answers, forDay: day, audience: chosen }, now)
    return saved(actor, checkIn, t('checkins.saved'))
  },
})

export const editCheckIn = defineAction({
  id: 'ci.edit',
  permit: 'member',
  params: z.object({ ci: id }),
  async run({ app, actor }, { ci }) {
    const { answers, audience } = await app.checkIns.own(actor, ci)
    return open(checkInForm, actor, { ci }, { ...answers, audience })
  },
})

export const share = defineAction({
  id: 'ci.share',
  permit: 'member',
  params: z.object({ ci: id, to: z.enum(['me', 'facilitator', 'group']) }),
  async run(call, { ci, to }) {
    const { app, actor, now } = call
    const { note } = (await app.checkIns.own(actor, ci)).answers
    const first = await nowHeardBy(call, to, [typeof note === 'string' ? note : undefined])
    const checkIn = await app.checkIns.share(actor, ci, to, now)
    return update(...first, ...saved(actor, checkIn, t('checkins.audience.changed')).blocks)
  },
})

/** What the poster asks of readers: just listen, ideas, or celebrate. Offered once it is shared. */
export const need = defineAction({
  id: 'ci.need',
  permit: 'member',
  params: z.object({ ci: id, need: z.enum(['listen', 'ideas', 'celebrate']) }),
  async run({ app, actor, now }, { ci, need: wish }) {
    const checkIn = await app.checkIns.answer(actor, ci, 'need', wish, now)
    return { kind: 'update', message: saved(actor, checkIn, t('checkins.changed')) }
  },
})

function askNeed(checkIn: CheckIn): readonly (Text | Button)[] {
  const asked = questionById('need')
  if (checkIn.audience === 'me' || checkIn.answers['need'] !== undefined || asked?.kind !== 'one') return []
  const wishes = ['listen', 'ideas', 'celebrate'] as const
  return [
    asked.ask,
    ...wishes.map((wish) =>
      button(choiceLabel(asked, wish) ?? asked.label, need, { ci: checkIn.id, need: wish }),
    ),
  ]
}

export const passToday = defineAction({
  id: 'ci.pass',
  permit: 'member',
  params: z.object({ ci: id }),
  async run({ app, actor, now }, { ci }) {
    await app.checkIns.pass(actor, ci, now, ci)
    return update(t('checkins.passed'), button(t('checkins.open'), checkInForm, { ci }))
  },
})

/** One question at a time, one tap each, with a way back; each answer is kept as it is given. */
export const tap = defineAction({
  id: 'ci.tap',
  permit: 'member',
  params: z.object({ ci: id, step: z.string(), value: z.string().optional() }),
  async run({ app, actor, now }, { ci, step, value }) {
    const scales = questionsOf(actor.program.questions).filter((one) => one.kind === 'scale')
    const at = Math.max(
      0,
      scales.findIndex((one) => one.id === step),
    )
    const asked = scales[at]
    if (!asked) return { kind: 'update', message: nothingYet(ci) }
    const number = Number(value)
    const answered =
      value !== undefined && Number.isInteger(number) && number >= asked.min && number <= asked.max
    const checkIn = answered ? await app.checkIns.answer(actor, ci, asked.id, number, now, ci) : undefined
    const next = value === undefined ? asked : scales[at + 1]
    if (next) return { kind: 'update', message: askOne(ci, scales, next) }
    const done = checkIn ?? (await app.checkIns.own(actor, ci).catch(() => undefined))
    return { kind: 'update', message: done ? saved(actor, done, t('checkins.saved')) : nothingYet(ci) }
  },
})

function askOne(
  ci: string,
  scales: readonly (Question & { kind: 'scale' })[],
  one: Question & { kind: 'scale' },
): Message {
  const number = scales.indexOf(one) + 1
  const before = scales[number - 2]
  const steps = Array.from({ length: one.max - one.min + 1 }, (_, i) => String(one.min + i))
  return say(
    small(t('checkins.step', { number, of: scales.length })),
    one.ask,
    small(t('checkins.ends', { min: one.min, low: one.low, max: one.max, high: one.high })),
    ...steps.map((value) =>
      button(t('checkins.value', { value: Number(value) }), tap, { ci, step: one.id, value }),
    ),
    button(t('checkins.step.skip'), tap, { ci, step: one.id, value: 'skip' }),
    ...(before ? [button(t('kit.form.back'), tap, { ci, step: before.id })] : []),
    small(t('checkins.form.readers')),
  )
}
