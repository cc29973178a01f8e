// /urge: note an urge in one line, and have something to carry one through the next minutes.
import { z } from 'zod'
import { defineAction, defineCommand, defineForm, defineNotice } from '../src/bot.ts'
import type { App } from '../src/app.ts'
import type { Person } from '../src/care/members/ports.ts'
import { deeds, labelOf, triggers, type Chip } from '../src/care/urges/content.ts'
import type { Urge, UrgeEntry } from '../src/care/urges/urges.ts'
import { planNamed } from '../src/care/plans/content.ts'
import type { Call } from '../src/kit/command.ts'
import * as f from '../src/kit/field.ts'
import { open } from '../src/kit/open.ts'
import {
  button,
  list,
  quote,
  say,
  small,
  update,
  type Message,
  type Part,
  heading,
} from '../src/kit/reply.ts'
import { t, type Text } from '../src/words/text.ts'
import { helpNowHere } from './help-now.ts'
import { listed } from './words/lists.ts'
import type { Patterns } from '../src/care/urges/patterns.ts'
import { bringDoor, letterDoor, planDoor, skillsDoor } from './words/doors.ts'
import { dayWords } from './words/days.ts'
import { dayName } from './words/times.ts'

const id = z.string().min(1)
const readers = small(t('urges.readers'))
const strong = 8

const chipChoices = (chips: readonly Chip[]): readonly f.Choice[] =>
  chips.map(({ id: value, label }) => ({ value, label }))
const yesNo = [
  { value: 'no', label: t('urges.acted.no') },
  { value: 'yes', label: t('urges.acted.yes') },
]
const fields = {
  strength: f.scale(t('urges.strength.label'), {
    min: 0,
    max: 10,
    low: t('urges.strength.low'),
    high: t('urges.strength.high'),
  }),
  triggers: f.optional(f.choices(t('urges.triggers.label'), chipChoices(triggers))),
  deeds: f.optional(f.choices(t('urges.deeds.label'), chipChoices(deeds))),
  acted: f.optional(f.choice(t('urges.acted.label'), yesNo, { hint: t('urges.acted.hint') })),
  note: f.optional(f.paragraph(t('urges.note.label'), { max: 2000 })),
}

const known = (said: readonly string[] | undefined): string[] =>
  (said ?? []).filter((one) => labelOf(one) !== undefined)

function bodyOf(said: f.Answers<typeof fields>): Urge {
  const { strength, triggers: before, deeds: did, acted, note } = said
  return {
    strength,
    triggers: known(before),
    deeds: known(did),
    ...(acted !== undefined && { acted: acted === 'yes' }),
    ...(note !== undefined && { note }),
  }
}

const labels = (chips: readonly string[]): Text => listed(chips.flatMap((chip) => labelOf(chip) ?? []))

/** What was noted, in words. */
function urgeWords({ body }: UrgeEntry): readonly Part[] {
  const { strength, triggers: before, deeds: did, acted, note, later } = body
  return [
    list([
      t('urges.strength', { value: strength }),
      ...(before.length > 0 ? [t('urges.triggers', { list: labels(before) })] : []),
      ...(did.length > 0 ? [t('urges.deeds', { list: labels(did) })] : []),
      ...(acted === undefined
        ? []
        : [t('urges.acted.said', { said: t(acted ? 'urges.acted.yes' : 'urges.acted.no') })]),
      ...(later ? [t('urges.later.said', { value: later.strength })] : []),
    ]),
    ...(note === undefined ? [] : [quote(note)]),
  ]
}

/** What can carry a person through the next minutes, before anything else is asked. */
const carry = (urge: string): readonly Part[] => [
  button(t('urges.again'), againSoon, { urge }, 'main'),
  button(t('skills.fits'), skillsDoor, { need: 'urge' }),
  button(t('plans.open', { name: planNamed('relapse').name }), planDoor, { plan: 'relapse' }),
  button(t('help.now.button'), helpNowHere, {}),
]

async function noted({ app, actor }: Call<App, Person>, entry: UrgeEntry, first: Text): Promise<Message> {
  const params = { urge: entry.id }
  const isStrong = entry.body.strength >= strong
  const letter = isStrong ? await app.letters.forMoment(actor, 'urge') : undefined
  return say(
    first,
    ...(isStrong ? [t('urges.strong')] : []),
    ...urgeWords(entry),
    ...carry(entry.id),
    ...(letter ? [button(t('plans.letter.read'), letterDoor, { letter: letter.id })] : []),
    button(t('urges.more'), editUrge, params),
    button(t('agenda.bring'), bringDoor, { kind: 'urge', from: entry.id }),
    button(t('urges.patterns'), urgePatterns, {}),
    button(t('urges.list'), urgeNotes, {}),
    readers,
  )
}

export const urgeForm = defineForm({
  id: 'ur',
  title: t('urges.form.title'),
  readers: t('urges.readers'),
  permit: 'member',
  params: z.object({ urge: id }),
  fields,
  async run(call, said, { urge }) {
    const entry = await call.app.urges.log(call.actor, urge, bodyOf(said), call.now)
    return noted(call, entry, t(entry.editedAt ? 'urges.changed' : 'urges.saved'))
  },
})

export const urge = defineCommand({
  name: 'urge',
  title: t('urges.command.title'),
  description: t('urges.command.about'),
  permit: 'member',
  options: {
    strength: f.optional(
      f.whole(t('urges.strength.label'), { min: 0, max: 10, hint: t('urges.strength.hint') }),
    ),
    acted: fields.acted,
    note: fields.note,
  },
  async run(call, { strength, acted, note }) {
    const { app, actor, now } = call
    const made = app.newId()
    if (strength === undefined)
      return open(urgeForm, actor, { urge: made }, { ...(acted && { acted }), ...(note && { note }) })
    const body = bodyOf({ strength, acted, note, triggers: undefined, deeds: undefined })
    return noted(call, await app.urges.log(actor, made, body, now), t('urges.saved'))
  },
})

export const openUrge = defineAction({
  id: 'ur.new',
  permit: 'member',
  params: z.object({}),
  run: ({ app, actor }) => open(urgeForm, actor, { urge: app.newId() }),
})

export const editUrge = defineAction({
  id: 'ur.edit',
  permit: 'member',
  params: z.object({ urge: id }),
  async run({ app, actor }, params) {
    const { body } = await app.urges.own(actor, params.urge)
    const { acted, later: _later, ...rest } = body
    return open(urgeForm, actor, params, {
      ...rest,
      ...(acted !== undefined && { acted: acted ? 'yes' : 'no' }),
    })
  },
})

export const againSoon = defineAction({
  id: 'ur.again',
  permit: 'member',
  params: z.object({ urge: id }),
  async run({ app, actor, now }, params) {
    await app.urges.askAgain(actor, params.urge, now)
    return say(t('urges.again.set'), button(t('help.now.button'), helpNowHere, {}), readers)
  },
})

export const urgeAgain = defineNotice({
  id: 'urge-again',
  permit: 'member',
  params: z.object({ urge: id }),
  render: (_call, params) =>
    say(
      t('urges.again.ask'),
      ...Array.from({ length: 11 }, (_, value) =>
        button(t('urges.value', { value }), urgeNow, { ...params, value: String(value) }),
      ),
      readers,
    ),
})

export const urgeNow = defineAction({
  id: 'ur.now',
  permit: 'member',
  params: z.object({ urge: id, value: z.string().regex(/^(\d|10)$/) }),
  run: async (call, params) => afterwards(call, params.urge, Number(params.value)),
})

async function afterwards({ app, actor, now }: Call<App, Person>, urgeId: string, value: number) {
  const { body } = await app.urges.later(actor, urgeId, value, now)
  const before = body.strength
  const way = value < before ? 'weaker' : value > before ? 'stronger' : 'same'
  return update(
    t(`urges.later.${way}`, { before, now: value }),
    ...(way === 'weaker' ? [] : carry(urgeId)),
    button(t('urges.more'), editUrge, { urge: urgeId }),
    readers,
  )
}

const perPage = 5
const shownAtMost = 5
const rounded = (value: number): number => Math.round(value * 10) / 10

async function page({ app, actor }: Call<App, Person>, before?: string): Promise<Message> {
  const found = await app.urges.list(actor, perPage + 1, before)
  const shown = found.slice(0, perPage)
  const last = shown.at(-1)
  return say(
    heading(t('urges.list')),
    ...(shown.length === 0 ? [t('urges.list.none')] : []),
    ...shown.flatMap(({ id: urge, forDay, body }) => [
      t('urges.list.row', { day: dayWords(forDay), value: body.strength }),
      button(t('urges.see', { day: dayWords(forDay) }), seeUrge, { urge }),
    ]),
    ...(found.length > perPage && last ? [button(t('urges.older'), urgeNotes, { before: last.id })] : []),
    button(t('urges.form.title'), openUrge, {}),
    button(t('urges.patterns'), urgePatterns, {}),
    readers,
  )
}

export const urgeNotes = defineAction({
  id: 'ur.list',
  permit: 'member',
  params: z.object({ before: z.string().optional() }),
  run: async (call, { before }) => ({ kind: 'update', message: await page(call, before) }),
})

export const seeUrge = defineAction({
  id: 'ur.see',
  permit: 'member',
  params: z.object({ urge: id }),
  async run({ app, actor }, params) {
    const entry = await app.urges.own(actor, params.urge)
    return update(
      heading(dayWords(entry.forDay)),
      ...urgeWords(entry),
      button(t('urges.edit'), editUrge, params),
      button(t('urges.delete'), deleteUrge, params, 'careful'),
      button(t('urges.list'), urgeNotes, {}),
      readers,
    )
  },
})

export const deleteUrge = defineAction({
  id: 'ur.delete',
  permit: 'member',
  params: z.object({ urge: id }),
  run: (_call, params) =>
    update(
      t('urges.delete.sure'),
      button(t('urges.delete.yes'), deleteUrgeForSure, params, 'careful'),
      button(t('urges.list'), urgeNotes, {}),
    ),
})

export const deleteUrgeForSure = defineAction({
  id: 'ur.gone',
  permit: 'member',
  params: z.object({ urge: id }),
  async run({ app, actor }, params) {
    await app.urges.remove(actor, params.urge)
    return update(t('urges.deleted'), button(t('urges.list'), urgeNotes, {}))
  },
})

const count = (label: Text, { times, meanStrength }: { times: number; meanStrength: number }): Text =>
  t('urges.patterns.trigger', { label, times, strength: rounded(meanStrength) })

function patternParts(found: Patterns): readonly Part[] {
  const triggers = found.triggers.slice(0, shownAtMost)
  const when = [
    ...found.partsOfDay.slice(0, 2).map((one) => count(t(`urges.part.${one.of}`), one)),
    ...found.weekdays.slice(0, 2).map((one) => count(dayName([one.of as 1]), one)),
  ]
  return [
    t('urges.patterns.times', { times: found.times, strength: rounded(found.meanStrength) }),
    ...(found.answeredActed > 0
      ? [t('urges.patterns.acted', { acted: found.acted, of: found.answeredActed })]
      : []),
    ...(triggers.length > 0
      ? [
          heading(t('urges.patterns.triggers')),
          list(triggers.map((one) => count(labelOf(one.of) ?? t('urges.list'), one))),
        ]
      : []),
    heading(t('urges.patterns.when')),
    list(when),
    ...(found.eased.length > 0
      ? [
          heading(t('urges.patterns.eased')),
          list(
            found.eased
              .slice(0, shownAtMost)
              .map(({ deed, times, weaker }) =>
                t('urges.patterns.deed', { label: labelOf(deed) ?? t('urges.list'), times, weaker }),
              ),
          ),
        ]
      : []),
    small(t('urges.patterns.small')),
  ]
}

export const urgePatterns = defineAction({
  id: 'ur.patterns',
  permit: 'member',
  params: z.object({}),
  async run({ app, actor }) {
    const found = await app.urges.patterns(actor)
    return update(
      heading(t('urges.patterns')),
      ...(found ? patternParts(found) : [t('urges.patterns.few')]),
      button(t('urges.form.title'), openUrge, {}),
      button(t('urges.list'), urgeNotes, {}),
      readers,
    )
  },
})
