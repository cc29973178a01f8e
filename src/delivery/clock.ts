/** The one place from which time comes. */
export type Clock = { now(): Date }

/** Runs with the machine's clock, ahead of it by as much as it was moved. */
export type MovableClock = Clock & {
  /** Forward only: an earlier instant changes nothing. */
  moveTo(instant: Date): void
}

export function createClock(machine: () => number = Date.now): MovableClock {
  let ahead = 0
  return {
    now: () => new Date(machine() + ahead),
    moveTo(instant) {
      ahead = Math.max(ahead, instant.getTime() - machine())
    },
  }
}
