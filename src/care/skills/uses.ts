// One walk through a skill: before, how far, after, and whether it helped. Only the person sees it.
import { z } from 'zod'
import type { WhenDue } from '../entries/due.ts'
import { keepingOf } from '../entries/keeping.ts'
import type { Entries, Entry } from '../entries/ports.ts'
import type { Person } from '../members/ports.ts'
import type { When } from '../prompts/when.ts'

const strength = z.int().min(0).max(10)
export const shape = z.object({
  slug: z.string(),
  before: strength.optional(),
  after: strength.optional(),
  helped: z.enum(['yes', 'little', 'no']).optional(),
  /** How many steps were done. */
  steps: z.int().nonnegative(),
  /** Could not be done then and there; nobody has to say why. */
  cannot: z.boolean().optional(),
})
export type SkillUse = z.output<typeof shape>
export type UseEntry = Entry<SkillUse>
export const waits = [10, 20] as const

type Parts = { readonly entries: Entries; readonly newId: () => string; readonly when: When }

const minuteMs = 60_000
/** Two hours on, the question does not help any more. */
const staleMs = 120 * minuteMs

export function usesOf({ entries, newId, when }: Parts) {
  const kept = keepingOf('skill-use', shape, { entries, when })

  async function change(
    person: Person,
    id: string,
    more: (body: SkillUse) => Partial<SkillUse>,
    now: Date,
    dueAt?: Date | null,
  ): Promise<UseEntry> {
    const { body } = await kept.own(person, id)
    return kept.save(person, { id, body: { ...body, ...more(body) }, dueAt }, now)
  }

  return {
    own: kept.own,
    all: kept.all,
    list: kept.list,
    remove: kept.remove,

    /** Begun twice with the same id, it is one. */
    async begin(
      person: Person,
      {
        id,
        slug,
        before,
      }: { readonly id: string; readonly slug: string; readonly before?: number | undefined },
      now: Date,
    ): Promise<UseEntry> {
      const body = { slug, steps: 0, ...(before !== undefined && { before }) }
      return (await kept.get(person, id)) ?? kept.save(person, { id, body }, now)
    },

    reached: (person: Person, id: string, steps: number, now: Date) =>
      change(person, id, (body) => ({ steps: Math.max(body.steps, steps) }), now),
    /** Answering takes a question away that was still to come. */
    after: (person: Person, id: string, after: number, now: Date) =>
      change(person, id, () => ({ after }), now, null),
    helped: (person: Person, id: string, helped: NonNullable<SkillUse['helped']>, now: Date) =>
      change(person, id, () => ({ helped }), now),
    cannot: (person: Person, id: string, now: Date) => change(person, id, () => ({ cannot: true }), now),

    askAgain: (person: Person, id: string, minutes: number, now: Date) =>
      change(person, id, () => ({}), now, new Date(now.getTime() + minutes * minuteMs)),

    /** Slugs of what was begun on the person's day of `now`. */
    async today(person: Person, now: Date): Promise<ReadonlySet<string>> {
      const day = when.localDay(now, person.zone)
      const found = await kept.list(person, 50)
      return new Set(found.filter(({ forDay }) => forDay === day).map(({ body }) => body.slug))
    },

    /** The person asked for it a moment ago, so quiet hours do not hold it back. */
    whenDue: ((person, entry, now) => {
      if (now.getTime() - entry.dueAt.getTime() > staleMs) return Promise.resolve({ announce: [] })
      return Promise.resolve({
        announce: [
          {
            id: newId(),
            notice: 'skill-after',
            params: { use: entry.id },
            to: { kind: 'person', personId: person.personId },
            dedupeKey: `skill-after:${entry.id}:${entry.dueAt.getTime()}`,
            dueAt: now,
            priority: 1,
            expiresAt: new Date(entry.dueAt.getTime() + staleMs),
          },
        ],
      })
    }) satisfies WhenDue,
  }
}
export type SkillUses = ReturnType<typeof usesOf>
