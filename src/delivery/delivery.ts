// The beat of everything that happens by itself: each second what is due is queued, and the senders look.
import { schedule } from 'node-cron'
import type { MovableClock } from './clock.ts'
import type { Schedules } from './ports.ts'
import { createTick } from './schedules.ts'
import type { Sender, SenderState } from './sender.ts'
import type { Platform } from './ports.ts'

type Parts = {
  readonly schedules: Schedules
  readonly senders: Readonly<Partial<Record<Platform, Sender>>>
  readonly clock: MovableClock
  readonly newId: () => string
  readonly onError: (error: unknown) => void
  /** Work of other kinds that has an hour of its own: done at each beat, after the schedules. */
  readonly chores?: readonly Chore[]
}

export type Chore = {
  /** Does what is due at `now`. */
  run(now: Date): Promise<unknown>
  /** The next instant at which something becomes due; for moving the clock. */
  next?(after: Date): Promise<Date | undefined>
}

export type DeliveryHealth = {
  /** Milliseconds since a tick last went well; undefined before the first. */
  readonly tickAgeMs?: number
  readonly senders: Readonly<Partial<Record<Platform, SenderState>>>
}

/** Clocks are put right by seconds all the time. */
const setBackMs = 60_000

export function createDelivery({ schedules, senders, clock, newId, onError, chores = [] }: Parts) {
  const ticker = createTick({ schedules, newId, onError })
  const all = Object.values(senders)
  let lastTick: number | undefined
  let latest = 0
  let busy: Promise<unknown> = Promise.resolve()
  let waiting = 0
  let stopBeat: (() => Promise<void>) | undefined

  async function tick(now: Date): Promise<void> {
    // While a clock stood ahead, the next prompts were planned for then; set back, they are planned anew (RE-10).
    if (now.getTime() < latest - setBackMs) await ticker.recheck(now)
    latest = now.getTime()
    await ticker.tick(now)
    for (const chore of chores) await chore.run(now)
    lastTick = performance.now()
  }

  /** One thing at a time: a beat does not fall into a clock that is being moved. */
  function alone<T>(work: () => Promise<T>): Promise<T> {
    waiting += 1
    const done = busy.then(work).finally(() => (waiting -= 1))
    busy = done.catch(() => {})
    return done
  }

  async function beat(): Promise<void> {
    if (waiting > 0) return
    await alone(() => tick(clock.now())).catch(onError)
    for (const sender of all) sender.wake()
  }

  async function settleAt(now: Date): Promise<void> {
    await tick(now)
    for (const sender of all) await sender.drain()
  }

  return {
    /** Starts the beat. Stored instants are checked against today's time zone rules on the side. */
    start(): void {
      const task = schedule('* * * * * *', beat, { noOverlap: true, suppressMissedWarning: true })
      stopBeat = async () => {
        await task.destroy()
      }
      void ticker.recheck(clock.now()).catch(onError)
    },

    /** Something was just written that somebody waits for. */
    wake(): void {
      for (const sender of all) sender.wake()
    },

    /** Queues and sends all that is due now. */
    settle: () => alone(() => settleAt(clock.now())),

    /** Moves the clock forward through every due instant in order, so that each prompt comes at its own time. */
    moveTo: (target: Date) =>
      alone(async () => {
        let at = clock.now()
        for (;;) {
          await settleAt(at)
          if (at >= target) return
          const from = at
          const hours = await Promise.all([schedules.nextDue(from), ...chores.map((one) => one.next?.(from))])
          at = new Date(Math.min(target.getTime(), ...hours.flatMap((hour) => hour?.getTime() ?? [])))
          clock.moveTo(at)
        }
      }),

    health: (): DeliveryHealth => ({
      ...(lastTick !== undefined && { tickAgeMs: performance.now() - lastTick }),
      senders: Object.fromEntries(
        Object.entries(senders).map(([platform, sender]) => [platform, sender.state()]),
      ),
    }),

    async stop(): Promise<void> {
      await stopBeat?.()
      await busy
      await Promise.all(all.map((sender) => sender.stop()))
    },
  }
}

export type Delivery = ReturnType<typeof createDelivery>
