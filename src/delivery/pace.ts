// How fast a platform is spoken to: never above its limits, the urgent first, fair between programs.
import type { Platform, Priority } from './ports.ts'

export type Pace = {
  /** At most `limit` sends in any `windowMs`, spread evenly. */
  readonly limit: number
  readonly windowMs: number
  /** Between two sends to the same place. */
  readonly laneGapMs: number
}

export const paces: Readonly<Record<Platform, Pace>> = {
  // Discord allows 50 a second and 5 in 5 s to one channel; the margin is for requests that the network bunches up.
  discord: { limit: 49, windowMs: 1020, laneGapMs: 1020 },
  // Slack allows 1 a second to a channel. With less margin than this one 429 costs more than the margin saves.
  slack: { limit: 40, windowMs: 1000, laneGapMs: 1100 },
  playground: { limit: 1000, windowMs: 1000, laneGapMs: 0 },
}

export type Turn = { readonly priority: Priority; readonly program: string; readonly lane: string }

/** Monotonic milliseconds, so that a clock that is set does not stall or flood anybody. */
export type Timer = { now(): number; after(ms: number, run: () => void): () => void }

export const realTimer: Timer = {
  now: () => performance.now(),
  after(ms, run) {
    const timeout = setTimeout(run, Math.ceil(ms))
    return () => clearTimeout(timeout)
  },
}

export type Pacer = {
  /** Resolves true when it is this one's turn to send, false when the pacer has stopped. */
  turn(turn: Turn): Promise<boolean>
  /** After a 429: nobody gets a turn for so long, or nobody in that lane. */
  pause(ms: number, lane?: string): void
  readonly waiting: number
  /** No timer is left, and everybody who waits is sent home. */
  stop(): void
}

type Waiting = Turn & { readonly go: (go: boolean) => void }

/** How much of the even spacing may be caught up when a timer was late: what clumps here clumps a window later too. */
const catchUpMs = 40

export function createPacer(pace: Pace, timer: Timer = realTimer): Pacer {
  const gap = pace.windowMs / pace.limit
  const sent: number[] = []
  const laneFree = new Map<string, number>()
  const served = new Map<string, number>()
  let queue: Waiting[] = []
  let servings = 0
  let spacedFrom = -Infinity
  let pausedUntil = -Infinity
  let cancel: (() => void) | undefined
  let stopped = false

  const freeAt = (): number => {
    const oldest = sent.length < pace.limit ? -Infinity : (sent[0] ?? -Infinity) + pace.windowMs
    return Math.max(pausedUntil, oldest, spacedFrom)
  }
  const laneFreeAt = (turn: Turn): number => laneFree.get(turn.lane) ?? -Infinity

  /** The most urgent whose lane is free; among equals the program that was served longest ago, then who came first. */
  function choose(now: number): Waiting | undefined {
    let best: Waiting | undefined
    for (const one of queue) {
      if (laneFreeAt(one) > now) continue
      if (best && one.priority > best.priority) continue
      const sooner = best && (served.get(one.program) ?? 0) >= (served.get(best.program) ?? 0)
      if (best && one.priority === best.priority && sooner) continue
      best = one
    }
    return best
  }

  function grant(one: Waiting, now: number): void {
    queue.splice(queue.indexOf(one), 1)
    sent.push(now)
    if (sent.length > pace.limit) sent.shift()
    spacedFrom = Math.max(spacedFrom, now - catchUpMs) + gap
    laneFree.set(one.lane, now + pace.laneGapMs)
    served.set(one.program, ++servings)
    one.go(true)
  }

  /** What is long free need not be remembered. */
  function forget(now: number): void {
    if (queue.length === 0) served.clear()
    if (laneFree.size < 1000) return
    for (const [lane, free] of laneFree) if (free <= now) laneFree.delete(lane)
  }

  function pump(): void {
    cancel?.()
    cancel = undefined
    const now = timer.now()
    while (queue.length > 0 && freeAt() <= now) {
      const one = choose(now)
      if (!one) break
      grant(one, now)
    }
    forget(now)
    if (queue.length === 0) return
    const lanes = Math.min(...queue.map(laneFreeAt))
    cancel = timer.after(Math.max(freeAt(), lanes) - now, pump)
  }

  return {
    turn(turn) {
      if (stopped) return Promise.resolve(false)
      return new Promise((go) => {
        queue.push({ ...turn, go })
        pump()
      })
    },
    pause(ms, lane) {
      const until = timer.now() + ms
      if (lane === undefined) pausedUntil = Math.max(pausedUntil, until)
      else laneFree.set(lane, Math.max(laneFree.get(lane) ?? until, until))
      pump()
    },
    get waiting() {
      return queue.length
    },
    stop() {
      stopped = true
      cancel?.()
      for (const one of queue) one.go(false)
      queue = []
    },
  }
}
