// For facilitators: practice given, how many answered, and what each person chose to show. Never who did not answer.
import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { defineAction, defineForm } from '../src/bot.ts'
import type { App } from '../src/app.ts'
import type { Person } from '../src/care/members/ports.ts'
import { fewest, type Counts, type Given } from '../src/care/practice/practice.ts'
import type { Thing } from '../src/care/practice/things.ts'
import type { Call } from '../src/kit/command.ts'
import * as f from '../src/kit/field.ts'
import { open } from '../src/kit/open.ts'
import { button, heading, pick, quote, say, small, update, type Part, type Update } from '../src/kit/reply.ts'
import { Refusal } from '../src/words/refusal.ts'
import { render } from '../src/words/render.ts'
import { t, type Text } from '../src/words/text.ts'
import { dayWords } from './words/days.ts'
import { givePracticeDoor } from './words/doors.ts'
import { listed } from './words/lists.ts'

type Asking = Call<App, Person>
const given = z.object({ given: z.string().min(1) })
const readers = small(t('practice.given.readers'))
const suggested = 10
const week = 7
const perPick = 25
const longestName = 100

/** The one thing that is called so; a refusal beside the field says what else it could be. */
async function thingCalled({ app, actor }: Asking, typed: string): Promise<Thing> {
  const [found, ...others] = await app.things.like(actor.programId, typed, 4)
  if (!found) throw new Refusal(t('practice.what.unknown'), 'what')
  if (others.length === 0) return found
  const names = [found, ...others].map(({ name }) => ({ en: render(name, 'en'), es: render(name, 'es') }))
  throw new Refusal(t('practice.what.several', { names: listed(names) }), 'what')
}

export const givePractice = defineForm({
  id: 'pr.give',
  title: t('practice.give'),
  readers: t('practice.give.readers'),
  permit: 'facilitator',
  params: given,
  fields: {
    what: f.text(t('practice.what.label'), { hint: t('practice.what.hint'), search: true, max: longestName }),
    person: f.optional(f.person(t('practice.who.label'))),
    until: f.date(t('practice.until.label')),
  },
  async suggest({ app, actor, language }, _field, typed) {
    if (!actor) return []
    const found = await app.things.like(actor.programId, typed, suggested)
    const names = found.map(({ name }) => render(name, language).slice(0, longestName))
    return [...new Set(names)].map((name) => ({ value: name, label: name }))
  },
  async run(call, { what, person, until }, params) {
    const { app, actor, visitor, now } = call
    const thing = await thingCalled(call, what)
    const { platform, workspace = '' } = visitor
    const to = person === undefined ? undefined : { platform, workspace, user: person }
    const done = await app.practice.give(
      actor,
      { id: params.given, what: thing.slug, to, untilDay: until },
      now,
    )
    return say(
      t('practice.given.done', {
        name: done.thing.name,
        day: dayWords(done.assignment.untilDay),
        told: done.told,
      }),
      button(t('practice.given'), givenList, {}),
      readers,
    )
  },
})

/** With the skill filled in when it comes from one. */
export const openGivePractice = defineAction({
  ...givePracticeDoor,
  permit: 'facilitator',
  async run({ app, actor, now, language }, { skill }) {
    const today = Temporal.PlainDate.from(app.when.localDay(now, actor.program.zone))
    const thing = skill === undefined ? undefined : await app.things.named(actor.programId, skill)
    const until = today.add({ days: week }).toString()
    return open(
      givePractice,
      actor,
      { given: app.newId() },
      { until, ...(thing && { what: render(thing.name, language) }) },
    )
  },
})

const givenWords = async ({ app, actor }: Asking, { assignment, thing }: Given): Promise<Text> => {
  const { toPerson, untilDay } = assignment
  const said = { name: thing.name, day: dayWords(untilDay) }
  return toPerson === undefined
    ? t('practice.given.everybody', said)
    : t('practice.given.one', { ...said, who: await app.roster.nameOf(actor, toPerson) })
}

export const givenList = defineAction({
  id: 'pr.given',
  permit: 'facilitator',
  params: z.object({}),
  async run(call): Promise<Update> {
    const all = (await call.app.practice.open(call.actor, call.now)).slice(0, perPick)
    return update(
      heading(t('practice.given.title')),
      ...(all.length === 0 ? [t('practice.given.none')] : []),
      ...(await Promise.all(all.map((one) => givenWords(call, one)))),
      ...(all.length === 0
        ? []
        : [
            pick(
              t('practice.given.pick'),
              seeGiven,
              {},
              all.map(({ assignment, thing }) => ({
                value: assignment.id,
                label: t('practice.given.choice', { name: thing.name, day: dayWords(assignment.untilDay) }),
              })),
            ),
          ]),
      button(t('practice.give'), openGivePractice, {}, 'main'),
      readers,
    )
  },
})

const countWords = (counts: Counts, toOne: boolean): Text =>
  counts
    ? t('practice.counts', counts)
    : toOne
      ? t('practice.counts.one')
      : t('practice.counts.few', { fewest })

export const seeGiven = defineAction({
  id: 'pr.see',
  permit: 'facilitator',
  params: z.object({ given: z.string().optional() }),
  async run(call, params, chosen): Promise<Update> {
    const { app, actor } = call
    const found = await app.practice.one(actor, chosen ?? params.given ?? '')
    const { assignment } = found
    const [counts, shown] = await Promise.all([
      app.practice.counts(actor, assignment),
      app.practice.shown(actor, assignment.id),
    ])
    const rows = await Promise.all(
      shown.slice(0, suggested).map(async ({ id, personId, forDay }) =>
        button(
          t('practice.shown.read', {
            name: await app.roster.nameOf(actor, personId),
            day: dayWords(forDay),
          }),
          readPractice,
          { practice: id },
        ),
      ),
    )
    return update(
      await givenWords(call, found),
      countWords(counts, assignment.toPerson !== undefined),
      t(rows.length === 0 ? 'practice.shown.none' : 'practice.shown'),
      ...rows,
      button(t('practice.end'), endGiven, { given: assignment.id }, 'careful'),
      button(t('practice.given'), givenList, {}),
      readers,
    )
  },
})

export const endGiven = defineAction({
  id: 'pr.end',
  permit: 'facilitator',
  params: given,
  async run({ app, actor, now }, params) {
    await app.practice.end(actor, params.given, now)
    return update(t('practice.end.done'), button(t('practice.given'), givenList, {}))
  },
})

export const readPractice = defineAction({
  id: 'pr.read',
  permit: 'facilitator',
  params: z.object({ practice: z.string().min(1) }),
  async run({ app, actor, now }, { practice }) {
    const found = await app.practice.read(actor, practice, now)
    const name = await app.roster.nameOf(actor, found.personId)
    const words: readonly Part[] = found.body.note === undefined ? [] : [quote(found.body.note)]
    return say(
      t(`practice.shown.${found.body.said}`, { name, day: dayWords(found.forDay) }),
      ...words,
      small(t('practice.shown.readers', { name })),
    )
  },
})
