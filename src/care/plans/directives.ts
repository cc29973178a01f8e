// What a person decided, while well, about their own silence: after how many days, who hears what, in which words (C2).
import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import type { CheckIns, Readings } from '../checkins/ports.ts'
import type { WhenDue } from '../entries/due.ts'
import { keepingOf, notFound } from '../entries/keeping.ts'
import type { Entries, Entry } from '../entries/ports.ts'
import type { Announcement, People, Person } from '../members/ports.ts'
import type { Reminders } from '../prompts/ports.ts'
import type { When } from '../prompts/when.ts'

export const silenceSteps = ['note', 'facilitator'] as const
export type SilenceStep = (typeof silenceSteps)[number]

const shape = z.object({
  days: z.int().min(2).max(14),
  step: z.enum(silenceSteps),
  words: z.string(),
  /** The local day it was agreed on: silence is counted from there at the earliest. */
  since: z.iso.date(),
})
export type Directive = Entry<z.output<typeof shape>>

type Parts = {
  readonly entries: Entries
  readonly checkIns: Pick<CheckIns, 'recent'>
  readonly reminders: Pick<Reminders, 'aways'>
  readonly people: Pick<People, 'list'>
  readonly readings: Readings
  readonly newId: () => string
  readonly when: When
}

const hour = '11:00'
const dayMs = 86_400_000
const add = (day: string, days: number): string => Temporal.PlainDate.from(day).add({ days }).toString()

/** The last local day on which a person was not silent: they took part, or said that they are away. */
export function lastSeen(
  since: string,
  lastCheckIn: string | undefined,
  aways: readonly { readonly fromDay: string; readonly toDay: string }[],
  today: string,
): string {
  const days = [since, ...(lastCheckIn === undefined ? [] : [lastCheckIn])]
  for (const { fromDay, toDay } of aways) if (fromDay <= today) days.push(toDay < today ? toDay : today)
  return days.toSorted().at(-1) ?? since
}

export function directivesOf(parts: Parts) {
  const { entries, checkIns, reminders, people, readings, newId, when } = parts
  const kept = keepingOf('directive', shape, { entries, when })
  const at = (person: Person, day: string): Date =>
    when.afterQuiet(when.atLocal(day, hour, person.zone), person.zone, person.quiet)

  async function announcements(person: Person, due: Directive, seen: string, now: Date) {
    const make = (notice: string, personId: string): Announcement => ({
      id: newId(),
      notice,
      params: { directive: due.id },
      to: { kind: 'person', personId },
      // Once a silence, however often it is looked at.
      dedupeKey: `${notice}:${due.id}:${seen}:${personId}`,
      dueAt: now,
      priority: 1,
      expiresAt: new Date(now.getTime() + 2 * dayMs),
    })
    if (due.body.step === 'note') return [make('silence-note', person.personId)]
    const facilitators = await people.list(person.programId, { role: 'facilitator', limit: 50 })
    return facilitators
      .filter(({ personId }) => personId !== person.personId)
      .map(({ personId }) => make('silence-of', personId))
  }

  const whenDue: WhenDue = async (person, entry, now) => {
    const due: Directive = { ...entry, body: shape.parse(entry.body) }
    const today = when.localDay(now, person.zone)
    const [latest] = await checkIns.recent(person, { limit: 1 })
    const aways = await reminders.aways(person, due.body.since)
    const seen = lastSeen(due.body.since, latest?.forDay, aways, today)
    const on = add(seen, due.body.days)
    if (on > today) return { next: at(person, on), announce: [] }
    return { next: at(person, add(today, 1)), announce: await announcements(person, due, seen, now) }
  }

  return {
    whenDue,
    current: async (person: Person): Promise<Directive | undefined> => (await kept.all(person))[0],

    async agree(
      person: Person,
      input: {
        readonly id: string
        readonly days: number
        readonly step: SilenceStep
        readonly words: string
      },
      now: Date,
    ): Promise<Directive> {
      const { id, ...said } = input
      const since = when.localDay(now, person.zone)
      for (const { id: old } of await kept.all(person)) if (old !== id) await kept.remove(person, old)
      return kept.save(
        person,
        {
          id,
          body: { ...said, since },
          audience: said.step === 'facilitator' ? 'facilitator' : 'me',
          dueAt: at(person, add(since, said.days)),
        },
        now,
      )
    },

    remove: kept.remove,
    own: kept.own,

    /** The words the member left for this moment; they can see that they were opened. */
    async read(reader: Person, id: string, now: Date): Promise<Directive & { readonly personId: string }> {
      const found = await kept.sharedOne(reader.programId, id)
      if (!found || found.body.step !== 'facilitator') throw notFound()
      if (found.personId !== reader.personId)
        await readings.add({
          id: newId(),
          programId: reader.programId,
          readerId: reader.personId,
          readerRole: 'facilitator',
          personId: found.personId,
          what: 'directive',
          rowId: id,
          at: now,
        })
      return found
    },
  }
}
