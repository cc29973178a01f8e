// When each prompt of one day leaves, by the schedule's own rules and the pace of a platform.
import type { Pace } from '../../delivery/pace.ts'
import { afterQuiet, nextSlot } from '../../delivery/when.ts'
import type { Habit, SimulatedProgram } from './fleet.ts'

const minuteMs = 60_000

/** Instants after `from` up to `to` at which a habit falls due; what quiet hours hold back comes when they end. */
export function dueOf({ cron, zone, quiet }: Habit, from: Date, to: Date): readonly number[] {
  const instants: number[] = []
  for (let slot = nextSlot(cron, zone, from); slot && slot.at <= to; slot = nextSlot(cron, zone, slot.at))
    instants.push(afterQuiet(slot.at, zone, quiet).getTime())
  return instants
}

/** Habits are few and members many: each is asked once a day. */
export function dueOnce(from: Date, to: Date): (habit: Habit) => readonly number[] {
  const known = new Map<string, readonly number[]>()
  return (habit) => {
    const key = `${habit.cron} ${habit.zone} ${habit.quiet !== undefined}`
    const found = known.get(key) ?? dueOf(habit, from, to)
    known.set(key, found)
    return found
  }
}

/**
 * What the programs of one sender have to send, in the order in which it takes them: prompts of a program that are due at one
 * instant stand a send apart, so that none keeps the others waiting.
 */
export function rowsOf(
  programs: readonly SimulatedProgram[],
  due: (habit: Habit) => readonly number[],
  pace: Pace,
): Float64Array {
  const gap = pace.windowMs / pace.limit
  const rows: number[] = []
  for (const { habits } of programs) {
    const together = new Map<number, number>()
    for (const habit of habits.values())
      for (const at of due(habit)) {
        const before = together.get(at) ?? 0
        // Whole minutes say what was due when; the rest of the number is the distance.
        for (let n = 0; n < habit.members; n++) rows.push(at + Math.min((before + n) * gap, minuteMs - 1))
        together.set(at, before + habit.members)
      }
  }
  return Float64Array.from(rows).sort()
}

/** Seconds late, counted. */
export function createLateness() {
  const counts: number[] = []
  let total = 0
  let worst = 0
  return {
    add(ms: number): void {
      const seconds = Math.floor(ms / 1000)
      counts[seconds] = (counts[seconds] ?? 0) + 1
      total += 1
      worst = Math.max(worst, ms)
    },
    get total() {
      return total
    },
    get worst() {
      return Math.ceil(worst / 1000)
    },
    /** The whole second within which this share of all had left. */
    within(share: number): number {
      let seen = 0
      for (const [second, count = 0] of counts.entries())
        if ((seen += count) >= share * total) return second + 1
      return 0
    },
    /** How many were later than that. */
    beyond: (seconds: number): number => counts.slice(seconds).reduce((sum, count) => sum + count, 0),
  }
}
export type Lateness = ReturnType<typeof createLateness>

/** Sends the rows of a day one after the other, a send apart; `free` is when the sender is free again. */
export function sendAll(
  rows: Float64Array,
  pace: Pace,
  free: number,
  sent: (due: number, at: number) => void,
): number {
  const gap = pace.windowMs / pace.limit
  let next = free
  for (const row of rows) {
    const at = Math.max(row, next)
    sent(row - (row % minuteMs), at)
    next = at + gap
  }
  return next
}
