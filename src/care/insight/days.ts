// Check-ins become one point a day, and the plain numbers from which a summary in words is made.
import { Temporal } from 'temporal-polyfill'

/** One check-in by the local day it speaks of. A pass has no values and still counts as taking part. */
export type Marked = { readonly forDay: string; readonly values: Readonly<Record<string, number>> }
/** First and last local day, both included. */
export type Span = { readonly fromDay: string; readonly toDay: string }
/** A local day like 2026-11-23; several check-ins of that day are averaged. */
export type Day = {
  readonly day: string
  readonly tookPart: boolean
  readonly values: Readonly<Record<string, number>>
}

export type Extreme = { readonly value: number; readonly day: string }
/** Averages over the days that have a value; `before` is the window of the same length before this one. */
export type Trend = {
  readonly now?: number
  readonly before?: number
  readonly highest?: Extreme
  readonly lowest?: Extreme
}
export type Summary = {
  readonly tookPart: number
  readonly of: number
  readonly trends: Readonly<Record<string, Trend>>
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length

function averages(checkIns: readonly Marked[]): Record<string, number> {
  const questions = [...new Set(checkIns.flatMap(({ values }) => Object.keys(values)))]
  return Object.fromEntries(
    questions.map((question) => [question, mean(checkIns.flatMap(({ values }) => values[question] ?? []))]),
  )
}

/** The `count` days up to and including `lastDay`, oldest first. Input outside of them is passed over. */
export function daysUpTo(
  lastDay: string,
  count: number,
  checkIns: readonly Marked[],
  aways: readonly Span[] = [],
): readonly Day[] {
  const last = Temporal.PlainDate.from(lastDay)
  return Array.from({ length: count }, (_, index) => {
    const day = last.subtract({ days: count - 1 - index }).toString()
    const own = checkIns.filter(({ forDay }) => forDay === day)
    const away = aways.some(({ fromDay, toDay }) => fromDay <= day && day <= toDay)
    return { day, tookPart: own.length > 0 || away, values: averages(own) }
  })
}

function trendOf(question: string, days: readonly Day[], before: readonly Day[]): Trend {
  const extremes = days.flatMap(({ day, values }) => {
    const value = values[question]
    return value === undefined ? [] : [{ value, day }]
  })
  const earlier = before.flatMap(({ values }) => values[question] ?? [])
  // Of equal days the first counts.
  const [lowest] = extremes.toSorted((a, b) => a.value - b.value)
  const [highest] = extremes.toSorted((a, b) => b.value - a.value)
  return {
    ...(earlier.length > 0 && { before: mean(earlier) }),
    ...(lowest && highest && { now: mean(extremes.map(({ value }) => value)), highest, lowest }),
  }
}

/** `before` is the window of the same length that ends the day before `days` begins. */
export function summarise(
  questions: readonly string[],
  days: readonly Day[],
  before: readonly Day[],
): Summary {
  return {
    tookPart: days.filter(({ tookPart }) => tookPart).length,
    of: days.length,
    trends: Object.fromEntries(questions.map((question) => [question, trendOf(question, days, before)])),
  }
}
