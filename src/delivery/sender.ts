// Sends what is due on one platform: claim, draw, wait for a turn, send, keep the result.
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Message } from '../kit/reply.ts'
import type { Clock } from './clock.ts'
import { afterSending, beforeSending, released, unreadable } from './outbox.ts'
import { realTimer, type Pacer, type Timer } from './pace.ts'
import type { Held, Outbox, Outcome, Post, Poster, Settled } from './ports.ts'

type Parts = {
  readonly poster: Poster
  readonly outbox: Outbox
  readonly pacer: Pacer
  readonly clock: Clock
  /** Unique to this start of this process. */
  readonly owner: string
  /** The message of a row, or undefined when it has become pointless. */
  readonly render: (held: Held) => Promise<Message | undefined>
  readonly onError: (error: unknown) => void
  /** How many rows are in hand at once. */
  readonly window?: number
  readonly timer?: Timer
}

export type SenderState = {
  readonly inHand: number
  /** Why nothing is sent just now, in the poster's words for the operator. */
  readonly stopped?: string
}

export type Sender = {
  /** Looks for what is due, unless it is at it already. */
  wake(): void
  /** Resolves when everything that is due now has been tried. */
  drain(): Promise<void>
  /** Takes nothing more, hands back what was not tried, and waits a little for what is on its way. */
  stop(): Promise<void>
  state(): SenderState
}

/** Longer than any single request may take; kept alive while a row waits for its turn. */
const leaseMs = 30_000
const renewMs = 10_000
/** Of the urgent, this many more are taken however full the hands are. */
const urgentWindow = 20
const failuresInARow = 10
const restAfterFailuresMs = 5_000
const restAfterStopMs = 60_000
/** One 429 is about one place, as a rule; this much of it everybody waits out. */
const sharedPauseMs = 1_000
const stopMs = 5_000

type InHand = { readonly held: Held; readonly claimedAt: Date; leasedUntil: number }

const placeOf = ({ workspace, to }: Held): string =>
  `${workspace} ${to.kind === 'person' ? to.user : to.room}`

/** Rows of one lane go one after the other (RE-3); what is about a danger waits for nobody. */
const laneOf = (held: Held): string | undefined =>
  held.priority === 0 ? undefined : `${held.priority} ${placeOf(held)}`

/** What goes back to wait takes those behind it along; what cannot be drawn steps aside. */
const letsPass = (settled: Settled): boolean =>
  settled.status === 'waiting' ? settled.failure === 'unreadable' : settled.status !== 'released'

const postOf = (held: Held, message: Message): Post => ({
  id: held.id,
  platform: held.platform,
  workspace: held.workspace,
  to: held.to,
  message,
  language: held.language,
  attempt: held.attempt,
  ...(held.firstTryAt && { firstTryAt: held.firstTryAt }),
})

export function createSender(parts: Parts): Sender {
  const { poster, outbox, pacer, clock, owner, render, onError, window = 96, timer = realTimer } = parts
  const { platform } = poster
  const inHand = new Map<string, InHand>()
  /** The end of the last row of each lane: whether the next may go. */
  const lanes = new Map<string, Promise<boolean>>()
  const working = new Set<Promise<void>>()
  let ended: { readonly settled: Settled; readonly done: () => void }[] = []
  let flushing = false
  let looking: Promise<void> | undefined
  let lookAgain = false
  let isFirstLook = true
  let stopping = false
  let failures = 0
  let restUntil = -Infinity
  let stopped: string | undefined
  let cancelRenewal: (() => void) | undefined

  const isResting = (): boolean => timer.now() < restUntil

  /** What ends in the same moment shares one commit. */
  async function flush(): Promise<void> {
    if (flushing) return
    flushing = true
    for (await nextTurn(); ended.length > 0;) {
      const group = ended
      ended = []
      try {
        await outbox.settle(
          owner,
          group.map(({ settled }) => settled),
        )
        for (const { done } of group) done()
      } catch (error) {
        onError(error)
        ended = [...group, ...ended]
        if (stopping) break
        await new Promise<void>((go) => timer.after(1000, go))
      }
    }
    flushing = false
  }

  const settle = (settled: Settled): Promise<void> =>
    new Promise((done) => {
      ended.push({ settled, done })
      void flush()
    })

  async function send(post: Post): Promise<Outcome> {
    try {
      return await poster.send(post)
    } catch (error) {
      onError(error)
      return { kind: 'retry', ambiguous: true }
    }
  }

  /** Learns from an outcome how to go on with all the others. */
  function learn(outcome: Outcome, held: Held): void {
    failures = outcome.kind === 'retry' ? failures + 1 : 0
    stopped = outcome.kind === 'stop' ? outcome.why : undefined
    if (outcome.kind === 'stop') restUntil = timer.now() + restAfterStopMs
    if (outcome.kind !== 'retry') return
    if (failures >= failuresInARow) restUntil = timer.now() + restAfterFailuresMs
    if (outcome.afterMs === undefined) return
    pacer.pause(outcome.afterMs, placeOf(held))
    pacer.pause(Math.min(outcome.afterMs, sharedPauseMs))
  }

  async function deliver(one: InHand, before?: Promise<boolean>): Promise<Settled> {
    const { held, claimedAt } = one
    const early = beforeSending(held, clock.now())
    if (early) return early
    let message: Message | undefined
    try {
      message = await render(held)
    } catch (error) {
      onError(error)
      return unreadable(held, clock.now())
    }
    if (!message) return { id: held.id, status: 'expired', failure: 'not-needed' }

    if ((await before) === false) return released(held)
    const { priority, programId: program } = held
    const isOn = await pacer.turn({ priority, program, lane: placeOf(held) })
    // A process that slept through its lease must not send what another has taken over.
    if (!isOn || (isResting() && priority > 0) || timer.now() >= one.leasedUntil) return released(held)
    const outcome = await send(postOf(held, message))
    learn(outcome, held)
    return afterSending(held, outcome, claimedAt, clock.now())
  }

  async function handle(one: InHand): Promise<void> {
    const lane = laneOf(one.held)
    const before = lane === undefined ? undefined : lanes.get(lane)
    const delivered = deliver(one, before)
    const mayNext = delivered.then(async (settled) => letsPass(settled) && (await before) !== false)
    if (lane !== undefined) lanes.set(lane, mayNext)
    try {
      await Promise.all([delivered.then(settle), mayNext])
    } catch (error) {
      onError(error)
    }
    if (lane !== undefined && lanes.get(lane) === mayNext) lanes.delete(lane)
    inHand.delete(one.held.id)
    if (lookAgain && inHand.size <= window / 2) look()
  }

  function renewLater(): void {
    cancelRenewal ??= timer.after(renewMs, () => {
      cancelRenewal = undefined
      if (inHand.size > 0) void renew()
    })
  }

  async function renew(): Promise<void> {
    const kept = [...inHand.values()]
    const leasedUntil = timer.now() + leaseMs
    try {
      await outbox.renew(
        kept.map(({ held }) => held.id),
        owner,
        new Date(clock.now().getTime() + leaseMs),
      )
      for (const one of kept) one.leasedUntil = leasedUntil
    } catch (error) {
      onError(error)
    }
    renewLater()
  }

  async function takeDue(): Promise<void> {
    if (isFirstLook) await outbox.takeBack?.(platform)
    isFirstLook = false
    const room = window - inHand.size
    const maxPriority = isResting() ? 0 : room > 0 ? 2 : 1
    const limit = room > 0 ? room : urgentWindow
    const claimedAt = clock.now()
    const leasedUntil = timer.now() + leaseMs
    const until = new Date(claimedAt.getTime() + leaseMs)
    if (inHand.size >= window + urgentWindow) return
    const held = await outbox.claim({ platform, owner, now: claimedAt, until, limit, maxPriority })
    // With full hands only what is urgent was asked for, so there may be more.
    lookAgain = held.length === limit || room <= 0
    for (const one of held) {
      const taken = { held: one, claimedAt, leasedUntil }
      inHand.set(one.id, taken)
      const done = handle(taken).finally(() => working.delete(done))
      working.add(done)
    }
    if (held.length > 0) renewLater()
  }

  function look(): void {
    if (looking || stopping) return
    looking = takeDue()
      .catch(onError)
      .finally(() => (looking = undefined))
  }

  const allDone = () => Promise.all(working)

  return {
    wake: look,

    async drain() {
      for (;;) {
        look()
        await looking
        if (inHand.size === 0 && (!lookAgain || stopping)) return
        await allDone()
      }
    },

    async stop() {
      stopping = true
      cancelRenewal?.()
      await looking
      pacer.stop()
      let cancel: () => void = () => {}
      const longEnough = new Promise<void>((go) => (cancel = timer.after(stopMs, go)))
      await Promise.race([allDone(), longEnough])
      cancel()
    },

    state: () => ({ inHand: inHand.size, ...(stopped !== undefined && { stopped }) }),
  }
}
