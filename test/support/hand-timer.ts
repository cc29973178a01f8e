// A monotonic timer that a test moves by hand.
import type { Timer } from '../../src/delivery/pace.ts'

export type HandTimer = Timer & {
  /** Moves on, running what falls due at its own instant, and lets promises settle in between. */
  advance(ms: number): Promise<void>
  readonly pending: number
}

export function handTimer(): HandTimer {
  let now = 0
  let timers: { readonly at: number; readonly run: () => void }[] = []
  const settle = () => new Promise<void>((done) => setImmediate(done))
  return {
    now: () => now,
    after(ms, run) {
      const timer = { at: now + Math.max(ms, 0), run }
      timers.push(timer)
      return () => {
        timers = timers.filter((other) => other !== timer)
      }
    },
    async advance(ms) {
      const end = now + ms
      await settle()
      for (;;) {
        const next = timers.toSorted((a, b) => a.at - b.at)[0]
        if (!next || next.at > end) break
        now = Math.max(now, next.at)
        timers = timers.filter((other) => other !== next)
        next.run()
        await settle()
      }
      now = end
    },
    get pending() {
      return timers.length
    },
  }
}
