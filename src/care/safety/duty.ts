// Who is on duty, and whether anybody is watching now: the plain truth that stands wherever people write (C1, CR-12).
import { Temporal } from 'temporal-polyfill'

/** One line of the roster: on these weekdays, between these local times, on this rung. */
export type Duty = {
  readonly id: string
  readonly personId: string
  /** 0 is asked first. */
  readonly rung: number
  /** 1 is Monday, 7 is Sunday. */
  readonly days: readonly number[]
  /** Local times like 09:00; `to` at or before `from` is the next day. */
  readonly from: string
  readonly to: string
  readonly zone: string
}

/** How the way to a human goes in one program. */
export type Ladder = {
  /** Minutes until the next rung is asked. */
  readonly rungMinutes: number
  /** How often all rungs are asked before the contact of the last resort is. */
  readonly rounds: number
  /** Minutes after which somebody who took it and did not finish is asked again. */
  readonly againMinutes: number
  /** Hours within which staff look at what is not urgent. */
  readonly reviewHours: number
  /** The person told when nobody answered; admins where there is none. */
  readonly contact?: string
}
/** What a program chose of it. */
export type KeptLadder = { readonly [K in keyof Ladder]?: Ladder[K] | undefined }
export function ladderOf({ contact, ...times }: KeptLadder): Ladder {
  const chosen = Object.fromEntries(Object.entries(times).filter(([, value]) => value !== undefined))
  return { ...standardLadder, ...chosen, ...(contact !== undefined && { contact }) }
}
/** CR-9. */
export const standardLadder: Ladder = { rungMinutes: 5, rounds: 3, againMinutes: 30, reviewHours: 24 }

const spanOf = (duty: Duty, day: Temporal.PlainDate): { readonly from: number; readonly to: number } => {
  const instant = (on: Temporal.PlainDate, time: string) =>
    on.toZonedDateTime({ timeZone: duty.zone, plainTime: time }).epochMilliseconds
  const isOver = duty.to <= duty.from
  return { from: instant(day, duty.from), to: instant(isOver ? day.add({ days: 1 }) : day, duty.to) }
}

/** Spans of a duty that touch the days from yesterday to `ahead` days later, in milliseconds since 1970. */
function spans(duty: Duty, now: Date, ahead: number) {
  const today = Temporal.Instant.fromEpochMilliseconds(now.getTime())
    .toZonedDateTimeISO(duty.zone)
    .toPlainDate()
  return Array.from({ length: ahead + 2 }, (_, at) => today.add({ days: at - 1 }))
    .filter(({ dayOfWeek }) => duty.days.includes(dayOfWeek))
    .map((day) => spanOf(duty, day))
}

export const isOnDuty = (duty: Duty, now: Date): boolean =>
  spans(duty, now, 0).some(({ from, to }) => from <= now.getTime() && now.getTime() < to)

export type Coverage =
  | { readonly watched: true; readonly until: Date }
  /** `next` is when somebody is on duty again; undefined when nobody is in the next eight days. */
  | { readonly watched: false; readonly next?: Date }

/** Joins spans that touch: the end is when really nobody is on duty any more. */
export function coverageOf(duties: readonly Duty[], now: Date): Coverage {
  const at = now.getTime()
  const all = duties.flatMap((duty) => spans(duty, now, 8)).toSorted((one, other) => one.from - other.from)
  let until = all.some(({ from, to }) => from <= at && at < to) ? at : undefined
  if (until !== undefined) {
    for (const { from, to } of all) if (from <= until && to > until) until = to
    return { watched: true, until: new Date(until) }
  }
  const next = all.find(({ from }) => from > at)
  return next ? { watched: false, next: new Date(next.from) } : { watched: false }
}

/** Rungs in their order, each with who is on duty now. Whoever stands on two is asked on the first. */
export function rungsNow(duties: readonly Duty[], now: Date): readonly (readonly string[])[] {
  const asked = new Set<string>()
  const rungs = [...new Set(duties.map(({ rung }) => rung))].toSorted((one, other) => one - other)
  return rungs.flatMap((rung) => {
    const people = new Set<string>()
    for (const duty of duties)
      if (duty.rung === rung && isOnDuty(duty, now) && !asked.has(duty.personId)) people.add(duty.personId)
    for (const person of people) asked.add(person)
    return people.size > 0 ? [[...people]] : []
  })
}
