// Dates that a person knows will be hard: a word two days before, and one the day after (C14). No place is ever tracked.
import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { Refusal } from '../../words/refusal.ts'
import { t } from '../../words/text.ts'
import type { WhenDue } from '../entries/due.ts'
import { keepingOf } from '../entries/keeping.ts'
import type { Entries, Entry } from '../entries/ports.ts'
import type { Person } from '../members/ports.ts'
import type { When } from '../prompts/when.ts'

export const shape = z.object({ name: z.string(), date: z.iso.date(), yearly: z.boolean() })
export type HardDate = Entry<z.output<typeof shape>>
export type Moment = 'before' | 'after'

type Parts = { readonly entries: Entries; readonly newId: () => string; readonly when: When }
const hour = '10:00'
const dayMs = 86_400_000
const most = 50

const plain = (day: string) => Temporal.PlainDate.from(day)
export const prompts = [
  { moment: 'before', days: -2 },
  { moment: 'after', days: 1 },
] as const satisfies readonly { readonly moment: Moment; readonly days: number }[]

/** The next prompt after a local day, with the date it speaks of; undefined when the date is over for good. */
export function nextPrompt(
  date: string,
  yearly: boolean,
  after: string,
): { readonly moment: Moment; readonly day: string; readonly date: string } | undefined {
  const first = plain(date)
  const years = yearly ? Math.max(0, plain(after).year - first.year - 1) : 0
  for (let year = years; year <= years + (yearly ? 3 : 0); year++) {
    // The 29th of February falls on the 28th in other years.
    const on = first.add({ years: year })
    for (const { moment, days } of prompts) {
      const day = on.add({ days }).toString()
      if (day > after) return { moment, day, date: on.toString() }
    }
  }
  return undefined
}

export function hardDatesOf({ entries, newId, when }: Parts) {
  const kept = keepingOf('hard-date', shape, { entries, when })
  const at = (person: Person, day: string): Date =>
    when.afterQuiet(when.atLocal(day, hour, person.zone), person.zone, person.quiet)
  const next = (person: Person, body: HardDate['body'], after: string) => {
    const found = nextPrompt(body.date, body.yearly, after)
    return found && { ...found, at: at(person, found.day) }
  }

  const whenDue: WhenDue = (person, due, now) => {
    const body = shape.parse(due.body)
    const today = when.localDay(now, person.zone)
    const planned = when.localDay(due.dueAt, person.zone)
    const upcoming = next(person, body, planned)
    const meant = nextPrompt(body.date, body.yearly, plain(planned).subtract({ days: 1 }).toString())
    // A day late it would speak of the wrong day.
    if (!meant || planned !== today) return Promise.resolve({ next: upcoming?.at, announce: [] })
    return Promise.resolve({
      next: upcoming?.at,
      announce: [
        {
          id: newId(),
          notice: 'hard-date',
          params: { entry: due.id, moment: meant.moment },
          to: { kind: 'person', personId: person.personId },
          dedupeKey: `hard-date:${due.id}:${meant.moment}:${meant.date}`,
          dueAt: now,
          priority: 2,
          expiresAt: new Date(now.getTime() + dayMs / 2),
        },
      ],
    })
  }

  return {
    own: kept.own,
    remove: kept.remove,
    whenDue,
    /** When something comes of it next; it may have been brought from elsewhere. */
    dueAt: (person: Person, body: unknown, now: Date): Date | undefined =>
      next(person, shape.parse(body), when.localDay(now, person.zone))?.at,
    /** The next one first; those that are over last. */
    async list(person: Person, now: Date): Promise<readonly HardDate[]> {
      const today = when.localDay(now, person.zone)
      const all = await kept.all(person)
      const order = ({ body }: HardDate) => {
        const found = nextPrompt(body.date, body.yearly, plain(today).subtract({ days: 1 }).toString())
        return found?.date ?? `9999${body.date}`
      }
      return all.toSorted((a, b) => (order(a) < order(b) ? -1 : 1))
    },

    async save(
      person: Person,
      input: { readonly id: string; readonly name: string; readonly date: string; readonly yearly: boolean },
      now: Date,
    ): Promise<HardDate> {
      const { id, ...body } = input
      const today = when.localDay(now, person.zone)
      if (!body.yearly && body.date < today) throw new Refusal(t('plans.date.past'), 'date')
      if (!(await kept.get(person, id)) && (await kept.all(person)).length >= most)
        throw new Refusal(t('plans.date.many', { most }))
      return kept.save(person, { id, body, dueAt: next(person, body, today)?.at ?? null }, now)
    },
  }
}
