// Practice between sessions: a facilitator gives it, a person answers in one tap, and others see only counts and what each shows.
import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { Refusal } from '../../words/refusal.ts'
import { t } from '../../words/text.ts'
import type { Readings } from '../checkins/ports.ts'
import { keepingOf, notFound } from '../entries/keeping.ts'
import type { Entries, Entry, OwnedEntry } from '../entries/ports.ts'
import { takesPart } from '../members/directory.ts'
import type { AccountKey, Announcement, Audience, People, Person } from '../members/ports.ts'
import type { Reminders } from '../prompts/ports.ts'
import type { When } from '../prompts/when.ts'
import type { Assignment, Assignments } from './ports.ts'
import type { Thing } from './things.ts'

const shape = z.object({
  assignment: z.string(),
  what: z.string(),
  said: z.enum(['did', 'not-now']),
  note: z.string().optional(),
  /** The walk through the skill that it speaks of, when there was one that day. */
  use: z.string().optional(),
})
const useShape = z.looseObject({ slug: z.string() })
export type Said = z.output<typeof shape>['said']
export type PracticeEntry = Entry<z.output<typeof shape>>
export type OwnedPractice = OwnedEntry<z.output<typeof shape>>

export type Given = { readonly assignment: Assignment; readonly thing: Thing }
export type Mine = Given & { readonly times: number; readonly latest: PracticeEntry | undefined }
/** How many people answered; undefined when so few that a count would say who. */
export type Counts = { readonly did: number; readonly notNow: number } | undefined

type Parts = {
  readonly entries: Entries
  readonly readings: Readings
  readonly assignments: Assignments
  readonly people: Pick<People, 'list' | 'byId' | 'byAccount'>
  readonly reminders: Pick<Reminders, 'aways'>
  readonly thing: (programId: string, slug: string) => Promise<Thing | undefined>
  readonly newId: () => string
  readonly when: When
}

/** Fewer answers than this would say who. */
export const fewest = 5
const mostRecent = 200
const page = 50
const lastMinute = '23:59'

export function practiceOf({ entries, readings, assignments, people, reminders, thing, newId, when }: Parts) {
  const kept = keepingOf('practice', shape, { entries, when })
  const uses = keepingOf('skill-use', useShape, { entries, when })

  async function* everybody(programId: string): AsyncGenerator<Person> {
    let after: string | undefined
    for (;;) {
      const found = await people.list(programId, { limit: page, ...(after !== undefined && { after }) })
      for (const one of found) if (one.roles.some(takesPart)) yield one
      after = found.at(-1)?.personId
      if (found.length < page) return
    }
  }

  /** Not in quiet hours, and not on days that the person is away. */
  async function goodTime(person: Person, now: Date): Promise<Date> {
    const today = when.localDay(now, person.zone)
    const away = (await reminders.aways(person, today)).find((one) => one.fromDay <= today)
    const back = away && Temporal.PlainDate.from(away.toDay).add({ days: 1 }).toString()
    const at = back === undefined ? now : when.atLocal(back, person.program.promptTime, person.zone)
    return when.afterQuiet(at, person.zone, person.quiet)
  }

  async function told(assignment: Assignment, person: Person, now: Date): Promise<Announcement> {
    return {
      id: newId(),
      notice: 'practice',
      params: { given: assignment.id },
      to: { kind: 'person', personId: person.personId },
      dedupeKey: `practice:${assignment.id}:${person.personId}`,
      dueAt: await goodTime(person, now),
      priority: 2,
      expiresAt: when.atLocal(assignment.untilDay, lastMinute, person.program.zone),
    }
  }

  const known = async (programId: string, id: string): Promise<Assignment> => {
    const found = await assignments.get(programId, id)
    if (!found) throw notFound()
    return found
  }
  const withThing = async (programId: string, all: readonly Assignment[]): Promise<readonly Given[]> => {
    const found = await Promise.all(
      all.map(async (assignment) => ({ assignment, thing: await thing(programId, assignment.what) })),
    )
    return found.flatMap((one) => (one.thing ? [{ ...one, thing: one.thing }] : []))
  }
  /** Open, and given to this person or to everybody. */
  const forPerson = async (person: Person, now: Date): Promise<readonly Assignment[]> => {
    const today = when.localDay(now, person.program.zone)
    const all = await assignments.open(person.programId, today)
    return all.filter(({ toPerson }) => toPerson === undefined || toPerson === person.personId)
  }
  const given = async (person: Person, id: string, now: Date): Promise<Assignment> => {
    const found = (await forPerson(person, now)).find((one) => one.id === id)
    if (!found) throw new Refusal(t('practice.over'))
    return found
  }

  return {
    own: kept.own,
    remove: kept.remove,

    /** Tells whom it is for, each at a good time of theirs. Sent twice, it is one. */
    async give(
      facilitator: Person,
      input: {
        readonly id: string
        readonly what: string
        /** Everybody who takes part, when not said. */
        readonly to?: AccountKey | undefined
        readonly untilDay: string
      },
      now: Date,
    ): Promise<Given & { readonly told: number }> {
      const { programId, program } = facilitator
      const what = await thing(programId, input.what)
      if (!what) throw notFound()
      if (input.untilDay < when.localDay(now, program.zone)) throw new Refusal(t('practice.past'), 'until')
      const one = input.to && (await people.byAccount(input.to))
      if (input.to && (one?.programId !== programId || !one.roles.some(takesPart)))
        throw new Refusal(t('practice.who.unknown'), 'person')
      const assignment: Assignment = {
        id: input.id,
        what: what.slug,
        ...(one && { toPerson: one.personId }),
        givenBy: facilitator.personId,
        givenAt: now,
        untilDay: input.untilDay,
      }
      const announce: Announcement[] = []
      if (one) announce.push(await told(assignment, one, now))
      else for await (const each of everybody(programId)) announce.push(await told(assignment, each, now))
      if (!(await assignments.add(programId, assignment, announce))) await known(programId, input.id)
      return { assignment, thing: what, told: announce.length }
    },

    /** For facilitators: what is given and not over. */
    async open(facilitator: Person, now: Date): Promise<readonly Given[]> {
      const today = when.localDay(now, facilitator.program.zone)
      return withThing(facilitator.programId, await assignments.open(facilitator.programId, today))
    },
    async one(facilitator: Person, id: string): Promise<Given> {
      const [found] = await withThing(facilitator.programId, [await known(facilitator.programId, id)])
      if (!found) throw notFound()
      return found
    },

    /** People, not taps, each by their last word. Of practice for one person there is no count: it would say what they did. */
    async counts({ programId }: Person, assignment: Assignment): Promise<Counts> {
      if (assignment.toPerson !== undefined) return undefined
      const last: Said[] = []
      for await (const person of everybody(programId)) {
        const said = await kept.list(person, mostRecent)
        const mine = said.filter(({ body }) => body.assignment === assignment.id)
        if (mine.length > 0) last.push(mine.some(({ body }) => body.said === 'did') ? 'did' : 'not-now')
      }
      if (last.length < fewest) return undefined
      const did = last.filter((one) => one === 'did').length
      return { did, notNow: last.length - did }
    },

    async end(facilitator: Person, id: string, now: Date): Promise<void> {
      if (!(await assignments.end(facilitator.programId, id, now))) throw notFound()
    },

    /** A member's own, the one that ends first at the top. */
    async mine(person: Person, now: Date): Promise<readonly Mine[]> {
      const [all, said] = await Promise.all([forPerson(person, now), kept.list(person, mostRecent)])
      return (await withThing(person.programId, all)).map((one) => {
        const own = said.filter(({ body }) => body.assignment === one.assignment.id)
        const times = own.filter(({ body }) => body.said === 'did').length
        return { ...one, times, latest: own[0] }
      })
    },

    /** One tap. "Not this week" is an answer like the other. */
    async answer(
      person: Person,
      { id, assignment, said }: { readonly id: string; readonly assignment: string; readonly said: Said },
      now: Date,
    ): Promise<PracticeEntry> {
      const { what } = await given(person, assignment, now)
      const before = await kept.get(person, id)
      const today = when.localDay(now, person.zone)
      const use =
        said === 'did'
          ? (await uses.list(person, page)).find(({ forDay, body }) => forDay === today && body.slug === what)
          : undefined
      const body = { ...before?.body, assignment, what, said, ...(use && { use: use.id }) }
      return kept.save(person, { id, body }, now)
    },

    /** What happened, in the person's own words, and who may see that they did it. */
    async tell(
      person: Person,
      id: string,
      change: { readonly note?: string; readonly audience?: Exclude<Audience, 'group'> },
      now: Date,
    ): Promise<PracticeEntry> {
      const { body, audience } = await kept.own(person, id)
      const { note } = change
      return kept.save(
        person,
        {
          id,
          body: { ...body, ...(note !== undefined && { note }) },
          audience: change.audience ?? audience,
        },
        now,
      )
    },

    /** For facilitators: what members chose to show of one piece of practice, the newest first. */
    async shown(facilitator: Person, assignment: string): Promise<readonly OwnedPractice[]> {
      const found = await kept.shared(facilitator.programId, { limit: mostRecent })
      return found.filter(
        ({ body, audience }) => body.assignment === assignment && audience === 'facilitator',
      )
    },
    /** One of them in a facilitator's eyes; its author can see that it was opened. */
    async read(reader: Person, id: string, now: Date): Promise<OwnedPractice> {
      const found = await kept.sharedOne(reader.programId, id)
      if (!found) throw notFound()
      if (found.personId !== reader.personId)
        await readings.add({
          id: newId(),
          programId: reader.programId,
          readerId: reader.personId,
          readerRole: 'facilitator',
          personId: found.personId,
          what: 'practice',
          rowId: id,
          at: now,
        })
      return found
    },
  }
}
