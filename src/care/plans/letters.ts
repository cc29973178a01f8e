// A letter from one's well self, which opens by one's own rule and always when asked for (C5).
import { z } from 'zod'
import { Refusal } from '../../words/refusal.ts'
import { t } from '../../words/text.ts'
import type { WhenDue } from '../entries/due.ts'
import { keepingOf } from '../entries/keeping.ts'
import type { Entries, Entry } from '../entries/ports.ts'
import type { Person } from '../members/ports.ts'
import type { When } from '../prompts/when.ts'

export const letterRules = ['urge', 'slip'] as const
export type LetterRule = (typeof letterRules)[number]

export const shape = z.object({
  text: z.string(),
  rules: z.array(z.enum(letterRules)),
  on: z.iso.date().optional(),
})
export type Letter = Entry<z.output<typeof shape>>

type Parts = { readonly entries: Entries; readonly newId: () => string; readonly when: When }
const hour = '10:00'
const dayMs = 86_400_000

export function lettersOf({ entries, newId, when }: Parts) {
  const kept = keepingOf('letter', shape, { entries, when })

  const whenDue: WhenDue = (person, { id, dueAt }, now) =>
    Promise.resolve({
      announce: [
        {
          id: newId(),
          notice: 'letter',
          params: { letter: id },
          to: { kind: 'person', personId: person.personId },
          dedupeKey: `letter:${id}:${dueAt.getTime()}`,
          dueAt: now,
          priority: 2,
          expiresAt: new Date(now.getTime() + 3 * dayMs),
        },
      ],
    })

  const onDay = (person: Person, on: string): Date =>
    when.afterQuiet(when.atLocal(on, hour, person.zone), person.zone, person.quiet)

  return {
    own: kept.own,
    list: (person: Person) => kept.all(person),
    remove: kept.remove,
    whenDue,
    /** When it comes by itself; it may have been brought from elsewhere. */
    dueAt(person: Person, body: unknown, now: Date): Date | undefined {
      const { on } = shape.parse(body)
      return on !== undefined && on > when.localDay(now, person.zone) ? onDay(person, on) : undefined
    },

    async write(
      person: Person,
      input: {
        readonly id: string
        readonly text: string
        readonly rules: readonly LetterRule[]
        readonly on?: string | undefined
      },
      now: Date,
    ): Promise<Letter> {
      const { id, text, rules, on } = input
      if (on !== undefined && on <= when.localDay(now, person.zone))
        throw new Refusal(t('plans.letter.past'), 'on')
      const dueAt = on === undefined ? null : onDay(person, on)
      return kept.save(
        person,
        { id, body: { text, rules: [...rules], ...(on !== undefined && { on }) }, dueAt },
        now,
      )
    },

    /** The newest one that its writer wanted to have at such a moment. */
    async forMoment(person: Person, rule: LetterRule): Promise<Letter | undefined> {
      return (await kept.all(person)).find(({ body }) => body.rules.includes(rule))
    },
  }
}
