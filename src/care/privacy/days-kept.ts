// How long a program keeps what (PR-10): days by class, counted from the moment a row was written. A class that is not
// named is kept until somebody removes it. Plans, letters, directives, hard dates and counters have no class: no age removes them.
import { z } from 'zod'
import type { Person, Programs } from '../members/ports.ts'

export const datedClasses = [
  'check-ins',
  'writing',
  'urges',
  'skills',
  'scales',
  'messages',
  'readings',
] as const
export type DatedClass = (typeof datedClasses)[number]
export type DaysKept = Readonly<Partial<Record<DatedClass, number | undefined>>>

const month = 30
/** Six years with their leap days: as long as somebody may ask who looked. */
const sixYears = 2192
export const mostDays = 36_500
export const fewestDays: Readonly<Record<DatedClass, number>> = {
  'check-ins': month,
  writing: month,
  urges: month,
  skills: month,
  scales: month,
  messages: month,
  readings: sixYears,
}

const days = (what: DatedClass) => z.int().min(fewestDays[what]).max(mostDays).optional().catch(undefined)
const shape = z.object({
  'check-ins': days('check-ins'),
  writing: days('writing'),
  urges: days('urges'),
  skills: days('skills'),
  scales: days('scales'),
  messages: days('messages'),
  readings: days('readings'),
})
/** What cannot be read, or is too few days, removes nothing. */
const readDaysKept = (value: unknown): DaysKept => shape.parse(value)

/** Rows by age, as the store knows them. */
export type Aged = {
  /** How many of the class were written at or before `until`. */
  count(programId: string, what: DatedClass, until: Date): Promise<number>
  /** Removes the oldest of them, at most so many, and returns how many went. */
  remove(programId: string, what: DatedClass, until: Date, most: number): Promise<number>
}

export type WouldGo = { readonly what: DatedClass; readonly days: number; readonly rows: number }

type Parts = { readonly aged: Aged; readonly programs: Pick<Programs, 'all'> }

const dayMs = 24 * 3_600_000
const batch = 200
const set = (stored: DaysKept) => {
  const kept = readDaysKept(stored)
  return datedClasses.flatMap((what) => {
    const count = kept[what]
    return count === undefined ? [] : [{ what, days: count }]
  })
}
const until = (count: number, now: Date): Date => new Date(now.getTime() - count * dayMs)

export function daysKeptOf({ aged, programs }: Parts) {
  return {
    set,

    /** What these days would remove at `now`. Removes nothing. */
    wouldGo: (admin: Person, kept: DaysKept, now: Date): Promise<readonly WouldGo[]> =>
      Promise.all(
        set(kept).map(async (one) => ({
          ...one,
          rows: await aged.count(admin.programId, one.what, until(one.days, now)),
        })),
      ),

    /** One small batch of each class of each program; true when there may be more. */
    async removeSome(now: Date): Promise<boolean> {
      let more = false
      for (const { id, retention } of await programs.all())
        for (const { what, days: count } of set(retention))
          if ((await aged.remove(id, what, until(count, now), batch)) === batch) more = true
      return more
    },
  }
}
