// The urge log: how strong, what set it off, what was done, how it went. Acting is kept apart from strength.
import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import type { WhenDue } from '../entries/due.ts'
import { keepingOf } from '../entries/keeping.ts'
import type { Entries, Entry } from '../entries/ports.ts'
import type { Person } from '../members/ports.ts'
import type { When } from '../prompts/when.ts'
import { patternsOf, type Patterns } from './patterns.ts'

const strength = z.int().min(0).max(10)
export const shape = z.object({
  strength,
  triggers: z.array(z.string()),
  deeds: z.array(z.string()),
  note: z.string().optional(),
  acted: z.boolean().optional(),
  /** When the person was asked again. */
  later: z.object({ strength, at: z.string() }).optional(),
})
export type Urge = z.output<typeof shape>
export type UrgeEntry = Entry<Urge>

type Parts = { readonly entries: Entries; readonly newId: () => string; readonly when: When }

const askAgainMs = 20 * 60_000
/** Two hours on, the question does not help any more. */
const staleMs = 120 * 60_000

export function urgesOf({ entries, newId, when }: Parts) {
  const kept = keepingOf('urge', shape, { entries, when })

  return {
    own: kept.own,
    log: (person: Person, id: string, urge: Urge, now: Date): Promise<UrgeEntry> =>
      kept.save(person, { id, body: urge }, now),

    /** Changes some of what was said; the rest stays. */
    async add(person: Person, id: string, more: Partial<Urge>, now: Date): Promise<UrgeEntry> {
      const { body } = await kept.own(person, id)
      return kept.save(person, { id, body: { ...body, ...more } }, now)
    },

    /** How strong it is now. Answering takes the question away that was to come. */
    async later(person: Person, id: string, value: number, now: Date): Promise<UrgeEntry> {
      const { body } = await kept.own(person, id)
      const later = { strength: value, at: now.toISOString() }
      return kept.save(person, { id, body: { ...body, later }, dueAt: null }, now)
    },

    /** Comes back in 20 minutes and asks how strong it is then. */
    async askAgain(person: Person, id: string, now: Date): Promise<Date> {
      const { body } = await kept.own(person, id)
      const at = new Date(now.getTime() + askAgainMs)
      await kept.save(person, { id, body, dueAt: at }, now)
      return at
    },

    list: (person: Person, limit: number, before?: string) => kept.list(person, limit, before),
    remove: kept.remove,

    /** Undefined while there are too few to say anything. */
    async patterns(person: Person): Promise<Patterns | undefined> {
      const all = await kept.all(person)
      return patternsOf(
        all.map(({ at, body }) => ({
          at,
          strength: body.strength,
          acted: body.acted,
          triggers: body.triggers,
          deeds: body.deeds,
          later: body.later?.strength,
        })),
        (at) => {
          const local = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(person.zone)
          return { hour: local.hour, weekday: local.dayOfWeek }
        },
      )
    },

    /** The person asked for it a moment ago, so quiet hours do not hold it back. */
    whenDue: ((person, entry, now) => {
      if (now.getTime() - entry.dueAt.getTime() > staleMs) return Promise.resolve({ announce: [] })
      return Promise.resolve({
        announce: [
          {
            id: newId(),
            notice: 'urge-again',
            params: { urge: entry.id },
            to: { kind: 'person', personId: person.personId },
            dedupeKey: `urge-again:${entry.id}:${entry.dueAt.getTime()}`,
            dueAt: now,
            priority: 1,
            expiresAt: new Date(entry.dueAt.getTime() + staleMs),
          },
        ],
      })
    }) satisfies WhenDue,
  }
}
