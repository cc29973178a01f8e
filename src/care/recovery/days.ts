// Recovery time as episodes of whole local days: nothing is ever reset, a day that was stays (C6).
import { Temporal } from 'temporal-polyfill'

/** Local days. `to` is the day it ended, which does not count; undefined is still going on. */
export type Episode = { readonly from: string; readonly to?: string | undefined }
export type Time = {
  /** Whole days of the episode that goes on; undefined when none does. */
  readonly current: number | undefined
  readonly longest: number
  readonly total: number
  /** Days counted and days passed since the first episode began. */
  readonly counted: number
  readonly passed: number
}

const plain = (day: string) => Temporal.PlainDate.from(day)
/** Whole days from one local day to another. */
export const daysBetween = (from: string, to: string): number => plain(from).until(plain(to)).days
export const addDays = (day: string, days: number): string => plain(day).add({ days }).toString()

/** In order, with episodes that touch or overlap made into one. Empty ones are dropped, except one that goes on. */
export function joined(episodes: readonly Episode[]): readonly Episode[] {
  const result: Episode[] = []
  for (const one of episodes
    .filter(({ from, to }) => to === undefined || from < to)
    .toSorted((a, b) => (a.from < b.from ? -1 : 1))) {
    const last = result.at(-1)
    if (!last || (last.to !== undefined && last.to < one.from)) result.push(one)
    else if (last.to !== undefined)
      result[result.length - 1] = {
        from: last.from,
        ...(one.to !== undefined && { to: one.to > last.to ? one.to : last.to }),
      }
  }
  return result
}

/** What the episodes come to on `today`, a local day. */
export function timeOf(episodes: readonly Episode[], today: string): Time {
  const all = joined(episodes).filter(({ from }) => from <= today)
  const lengths = all.map(({ from, to }) => daysBetween(from, to === undefined || to > today ? today : to))
  const last = all.at(-1)
  const total = lengths.reduce((sum, one) => sum + one, 0)
  return {
    current: last && last.to === undefined ? lengths.at(-1) : undefined,
    longest: Math.max(0, ...lengths),
    total,
    counted: total,
    passed: all[0] ? daysBetween(all[0].from, today) : 0,
  }
}

/** A slip on `day`: what went on ends there, and the next day begins anew. Episodes of other days stay as they were. */
export function slippedOn(episodes: readonly Episode[], day: string): readonly Episode[] {
  const after = addDays(day, 1)
  return joined(
    joined(episodes).flatMap((one): readonly Episode[] => {
      const reaches = one.from <= day && (one.to === undefined || one.to > day)
      if (!reaches) return [one]
      return [
        { from: one.from, to: day },
        { from: after, ...(one.to !== undefined && { to: one.to }) },
      ]
    }),
  )
}

const named = [1, 7, 14, 30, 60, 90, 120, 180, 270, 365] as const

/** The first milestone that lies beyond `days`: the ones people name, then each half year and year. */
export function milestoneAfter(days: number): number {
  const found = named.find((one) => one > days)
  if (found !== undefined) return found
  const years = Math.floor(days / 365)
  return [years * 365 + 182, (years + 1) * 365].find((one) => one > days) ?? (years + 1) * 365
}
