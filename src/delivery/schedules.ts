// The tick: what is due becomes an occurrence and a row in the outbox, each local day once.
import { setImmediate as nextTurn } from 'node:timers/promises'
import { paces } from './pace.ts'
import type { Address, Decision, DueSchedule, DueSnooze, Notice, NoticeParams, Schedules } from './ports.ts'
import { afterQuiet, localDay, nextQuiet, nextSlot, slotFrom, type Slot } from './when.ts'

/** After so many prompts in a row that nobody answered a schedule rests (feature row 105). */
export const ladder = 7

/** Notices that wait for no answer, so that none can be missing. */
const asksNothing: ReadonlySet<string> = new Set(['before-session'])

const hourMs = 3_600_000
const minuteMs = 60_000
const dayMs = 24 * hourMs

/** Days of an outage that are worth recording; older ones help nobody. */
const recordedMs = 31 * dayMs

/** How far a government has moved a zone at short notice: a stored instant may be off by this after new tz data. */
const rulesChangeMs = 3 * hourMs

/** Even a prompt sent at the very end of its grace has this long to get out. */
const leastLifeMs = 10 * minuteMs

const later = (at: Date, ms: number): Date => new Date(at.getTime() + ms)
const earliest = (...all: readonly Date[]): Date => new Date(Math.min(...all.map(Number)))
const latest = (...all: readonly Date[]): Date => new Date(Math.max(...all.map(Number)))

/** Every slot up to now that the schedule has not had, oldest first; by today's rules, not those it was stored under. */
function slotsUpTo(schedule: DueSchedule, now: Date): Slot[] {
  const { cron, zone, nextRunAt } = schedule
  if (cron === undefined) return [{ at: nextRunAt, day: localDay(nextRunAt, zone) }]
  const from = latest(later(nextRunAt, -rulesChangeMs), later(now, -recordedMs))
  const slots: Slot[] = []
  for (let slot = slotFrom(cron, zone, from); slot && slot.at <= now; slot = nextSlot(cron, zone, slot.at))
    slots.push(slot)
  return slots
}

type Sending = { readonly at: Date; readonly until: Date }

/** When what was planned for `slot` may go out, or undefined when that is too late to be of use (RE-10). */
function sendingOf(slot: Date, now: Date, graceMin: number, { zone, quiet }: DueSchedule['person']) {
  const planned = afterQuiet(slot, zone, quiet)
  const at = afterQuiet(latest(planned, now), zone, quiet)
  const stale = later(planned, graceMin * minuteMs)
  if (at > stale) return undefined
  const until = latest(stale, later(at, leastLifeMs))
  const quietAgain = quiet && quiet.from !== quiet.to ? nextQuiet(at, zone, quiet) : until
  return { at, until: earliest(until, quietAgain) } satisfies Sending
}

function noticeOf(
  due: DueSchedule | DueSnooze,
  address: Address,
  sending: Sending,
  more: { readonly dedupeKey: string; readonly params: NoticeParams },
): Notice {
  return {
    ...more,
    programId: due.programId,
    personId: due.personId,
    platform: address.platform,
    workspace: address.workspace,
    to: { user: address.user },
    notice: due.notice,
    priority: 2,
    dueAt: sending.at,
    expiresAt: sending.until,
  }
}

/** What happens to one schedule that is due. Pure: the store writes it, all or nothing. */
export function decideSchedule(schedule: DueSchedule, now: Date, newId: () => string): Decision {
  const { person, cron, zone } = schedule
  if (person.left) return { schedule, occurrences: [], rests: false }

  const asks = !asksNothing.has(schedule.notice)
  const isAway = (day: string) => person.aways.some((away) => away.fromDay <= day && day <= away.toDay)
  const occurrences: Decision['occurrences'][number][] = []
  let rests = false

  // After an outage only the newest may still be sent: never a pile.
  for (const [index, slot] of slotsUpTo(schedule, now).toReversed().entries()) {
    const one = { id: newId(), localDay: slot.day, dueAt: slot.at }
    const sending = index === 0 ? sendingOf(slot.at, now, schedule.graceMin, person) : undefined
    if (isAway(slot.day)) occurrences.push({ ...one, state: 'away' })
    else if (!sending || !person.address) occurrences.push({ ...one, state: 'missed' })
    else {
      rests = asks && cron !== undefined && schedule.unanswered + 1 >= ladder
      const params = { schedule: schedule.id, occurrence: one.id, ...(rests && { last: 'true' }) }
      const dedupeKey = `prompt:${schedule.id}:${slot.day}`
      const notice = noticeOf(schedule, person.address, sending, { dedupeKey, params })
      occurrences.push({ ...one, state: 'queued', notice })
    }
  }
  const next = cron === undefined ? undefined : nextSlot(cron, zone, now)
  return { schedule, occurrences, rests, ...(next && { nextRunAt: next.at }) }
}

/** What a snooze that is due says, if it still says anything. */
export function decideSnooze(snooze: DueSnooze, now: Date): Notice | undefined {
  const { person } = snooze
  if (person.left || snooze.answered || !person.address) return undefined
  const sending = sendingOf(snooze.dueAt, now, snooze.graceMin, person)
  if (!sending) return undefined
  const params = { schedule: snooze.scheduleId, occurrence: snooze.occurrenceId }
  return noticeOf(snooze, person.address, sending, { dedupeKey: `snooze:${snooze.id}`, params })
}

/**
 * Rows of one program that would be due at one instant get instants a send apart. Senders claim in order of that
 * instant, so a program whose thousand members all chose 09:00 leaves room for the one member of another.
 */
function createSpread() {
  const counts = new Map<string, { readonly at: Date; rows: number }>()
  return {
    apart(notice: Notice): Notice {
      const key = `${notice.platform} ${notice.programId} ${notice.dueAt.getTime()}`
      const count = counts.get(key) ?? { at: notice.dueAt, rows: 0 }
      counts.set(key, count)
      const { limit, windowMs } = paces[notice.platform]
      return { ...notice, dueAt: later(notice.dueAt, (count.rows++ * windowMs) / limit) }
    },
    forget(now: Date): void {
      for (const [key, { at }] of counts) if (at < now) counts.delete(key)
    },
  }
}

type Parts = {
  readonly schedules: Schedules
  readonly newId: () => string
  /** A row that could not be decided; it is tried again in an hour and holds nobody up. */
  readonly onError: (error: unknown) => void
  /** Rows in one commit: so many that a rush is quick, so few that nobody who types waits. */
  readonly batch?: number
}

export function createTick({ schedules, newId, onError, batch = 100 }: Parts) {
  const spread = createSpread()

  const decideSafely = (due: DueSchedule, now: Date): Decision => {
    try {
      const decision = decideSchedule(due, now, newId)
      const occurrences = decision.occurrences.map((one) =>
        one.notice ? { ...one, notice: spread.apart(one.notice) } : one,
      )
      return { ...decision, occurrences }
    } catch (error) {
      onError(error)
      return { schedule: due, occurrences: [], rests: false, nextRunAt: later(now, hourMs) }
    }
  }
  const snoozeSafely = (due: DueSnooze, now: Date): Notice | undefined => {
    try {
      return decideSnooze(due, now)
    } catch (error) {
      onError(error)
      return undefined
    }
  }

  /** Repeats until less than a full batch was due, letting others have their turn between commits. */
  async function inBatches(take: () => Promise<number>): Promise<number> {
    let total = 0
    for (;;) {
      const taken = await take()
      total += taken
      if (taken < batch) return total
      await nextTurn()
    }
  }

  return {
    /** Queues what is due at `now` and returns how many schedules and snoozes that were. Safe in several processes. */
    async tick(now: Date): Promise<number> {
      spread.forget(now)
      const due = await inBatches(() =>
        schedules.decide(now, batch, (rows) => rows.map((row) => decideSafely(row, now))),
      )
      const snoozed = await inBatches(() =>
        schedules.decideSnoozes(now, batch, (rows) => rows.map((row) => snoozeSafely(row, now))),
      )
      return due + snoozed
    },

    /**
     * Once after a start: schedules whose stored instant is not what today's rules say get the right one. Heals new tz data,
     * and a clock that was far ahead for a while. What is due already is left to the tick, which looks for itself.
     */
    async recheck(now: Date): Promise<number> {
      let moved = 0
      let after = ''
      for (;;) {
        const rows = await schedules.running(after, batch)
        const moves = rows.flatMap((schedule) => {
          const to = schedule.nextRunAt > now ? nextSlot(schedule.cron, schedule.zone, now)?.at : undefined
          return to && to.getTime() !== schedule.nextRunAt.getTime() ? [{ schedule, to }] : []
        })
        if (moves.length > 0) await schedules.move(moves)
        moved += moves.length
        const last = rows.at(-1)
        if (!last || rows.length < batch) return moved
        after = last.id
        await nextTurn()
      }
    },
  }
}
