// Mutual check-ins (S7): once a week each answers apart; both see that both did, and of the rest what each chose to share.
import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import type { Readings } from '../checkins/ports.ts'
import { keepingOf, notFound } from '../entries/keeping.ts'
import type { Entries, Entry } from '../entries/ports.ts'
import type { Telling } from '../groups/telling.ts'
import type { Person, Self } from '../members/ports.ts'
import type { When } from '../prompts/when.ts'
import { otherOf, type Buddies, type Buddy } from './buddies.ts'

export const weeks = ['good', 'mixed', 'hard'] as const
const shape = z.object({
  pair: z.string(),
  /** The ISO week by the program's clock, so that it is one week for both. */
  week: z.string(),
  went: z.enum(weeks),
  words: z.string().optional(),
})
export type BuddyCheck = Entry<z.output<typeof shape>>

type Parts = {
  readonly entries: Entries
  readonly readings: Pick<Readings, 'add'>
  readonly buddies: Pick<Buddies, 'buddy'>
  readonly telling: Pick<Telling, 'person'>
  readonly when: When
  readonly newId: () => string
}

const recently = 20

export function weekOf(day: string): string {
  const { yearOfWeek, weekOfYear } = Temporal.PlainDate.from(day)
  return `${yearOfWeek}-W${String(weekOfYear).padStart(2, '0')}`
}

export function buddyCheckInsOf({ entries, readings, buddies, telling, when, newId }: Parts) {
  const kept = keepingOf('buddy-check', shape, { entries, when })
  const weekNow = (person: Person, now: Date): string => weekOf(when.localDay(now, person.program.zone))

  const of = async (self: Self, pair: string, week: string): Promise<BuddyCheck | undefined> =>
    (await kept.list(self, recently)).find(({ body }) => body.pair === pair && body.week === week)
  const theirs = ({ pair, person }: Buddy, week: string) => of(person, pair.id, week)

  return {
    /** What one of the two sees of this week. */
    async week(person: Person, found: Buddy, now: Date) {
      const week = weekNow(person, now)
      const own = await of(person, found.pair.id, week)
      const other = own && (await theirs(found, week))
      return { own, bothDid: other !== undefined, theyShare: other !== undefined && other.audience !== 'me' }
    },

    /** Once a week; again in the same week changes it. */
    async record(
      person: Person,
      pairId: string,
      input: {
        readonly id: string
        readonly went: (typeof weeks)[number]
        readonly words?: string | undefined
        readonly share: boolean
      },
      now: Date,
    ): Promise<void> {
      const found = await buddies.buddy(person, pairId)
      const week = weekNow(person, now)
      const [before, other] = await Promise.all([of(person, pairId, week), theirs(found, week)])
      const { went, words, share } = input
      const subject = { id: found.group.id, programId: person.programId }
      const said = { notice: 'buddy-both', key: `${pairId}:${week}`, params: { pair: pairId } }
      const both = other
        ? await Promise.all([person, found.person].map((one) => telling.person(subject, one, said, now)))
        : []
      await kept.save(
        person,
        {
          id: before?.id ?? input.id,
          body: { pair: pairId, week, went, ...(words !== undefined && { words }) },
          audience: share ? 'group' : 'me',
          announce: both.flat(),
        },
        now,
      )
    },

    /** What the other chose to share this week, once both have answered; they can see that it was read. */
    async read(person: Person, pairId: string, now: Date): Promise<Buddy & { readonly check: BuddyCheck }> {
      const found = await buddies.buddy(person, pairId)
      const week = weekNow(person, now)
      const [own, check] = await Promise.all([of(person, pairId, week), theirs(found, week)])
      if (!own || !check || check.audience === 'me') throw notFound()
      await readings.add({
        id: newId(),
        programId: person.programId,
        readerId: person.personId,
        readerRole: 'member',
        personId: otherOf(found.pair, person.personId),
        what: 'buddy-check',
        rowId: check.id,
        at: now,
      })
      return { ...found, check }
    },
  }
}
