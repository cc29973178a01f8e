// What the bot counts of itself, in Prometheus format. A label is one word of a closed set: none says who, where, which
// command or why, since a single slip or alert in a program of eight is a person (PR-2).
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { Outcome, Outbox, Platform, Poster } from '../delivery/ports.ts'
import type { Answer, Event } from '../kit/dispatch.ts'
import type { Received } from '../kit/inbox.ts'
import type { Screen } from '../care/safety/screening.ts'
import type { Figures } from '../store/figures.ts'

/** Seconds: a command is felt, a write waits for the disk, a text is read by a model. */
const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]
const patienceMs = 1_000

/** `limited` is a 429: the platform named a time to wait. */
export function resultOf(outcome: Outcome): string {
  if (outcome.kind !== 'retry') return outcome.kind
  if (outcome.ambiguous) return 'ambiguous'
  return outcome.afterMs === undefined ? 'again' : 'limited'
}

export type Now = {
  readonly tickAgeMs: number | undefined
  readonly screenSees: boolean
  readonly inHand: Readonly<Partial<Record<Platform, number>>>
  readonly figures: () => Promise<Figures>
}

export function createMetrics() {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const registers = [registry]
  const sends = new Counter({
    name: 'handrail_sends_total',
    help: 'Tries to send, by how they ended; limited is a 429.',
    labelNames: ['platform', 'result'] as const,
    registers,
  })
  const sendSeconds = new Histogram({
    name: 'handrail_send_seconds',
    help: 'One try to send, from the request to its answer.',
    labelNames: ['platform'] as const,
    buckets,
    registers,
  })
  const commands = new Counter({
    name: 'handrail_commands_total',
    help: 'What people typed, pressed and filled in, by how it ended.',
    labelNames: ['platform', 'kind', 'result'] as const,
    registers,
  })
  const commandSeconds = new Histogram({
    name: 'handrail_command_seconds',
    help: 'From the delivery of what somebody did to the answer being ready.',
    labelNames: ['platform', 'kind'] as const,
    buckets,
    registers,
  })
  const screenSeconds = new Histogram({
    name: 'handrail_screen_seconds',
    help: 'One text through the safety screen; failed is an item for people.',
    labelNames: ['result'] as const,
    buckets,
    registers,
  })
  const writeSeconds = new Histogram({
    name: 'handrail_database_write_seconds',
    help: 'One commit: results of sending, or a delivery before it is answered.',
    labelNames: ['of', 'result'] as const,
    buckets,
    registers,
  })
  const gauge = <Label extends string>(name: string, help: string, ...labelNames: readonly Label[]) =>
    new Gauge({ name: `handrail_${name}`, help, labelNames, registers })
  const databaseUp = gauge('database_up', '1 when the database answered this very question in a second.')
  const tickAge = gauge('tick_age_seconds', 'Since the schedules were last looked at; due every second.')
  const sees = gauge(
    'screen_sees',
    '1 when the screen saw the last made-up urgent sentence, due every 15 minutes.',
  )
  const inHand = gauge('outbox_in_hand', 'Rows this process is sending just now.', 'platform')
  const due = gauge('outbox_due', 'Rows that should have gone out by now.', 'platform')
  const oldest = gauge('outbox_oldest_due_seconds', 'How late the oldest of them is.', 'platform')
  const dead = gauge('outbox_dead', 'Rows that were given up; somebody should look.', 'platform')
  const inbox = gauge('inbox_waiting', 'What people sent that is not finished yet.')
  const open = gauge('escalations_open', 'Urgent items that are not finished.')
  const unheard = gauge(
    'escalations_oldest_unacknowledged_seconds',
    'Since when the oldest one waits for anybody.',
  )
  const fromDatabase = [due, oldest, dead, inbox, open, unheard]

  async function timed<T>(
    work: () => Promise<T>,
    end: (seconds: number, failed: boolean) => void,
  ): Promise<T> {
    const began = performance.now()
    const seconds = () => (performance.now() - began) / 1000
    try {
      const done = await work()
      end(seconds(), false)
      return done
    } catch (error) {
      end(seconds(), true)
      throw error
    }
  }
  const write = <T>(of: 'outbox' | 'inbox', work: () => Promise<T>): Promise<T> =>
    timed(work, (seconds, failed) =>
      writeSeconds.observe({ of, result: failed ? 'failed' : 'written' }, seconds),
    )

  function show(figures: Figures): void {
    for (const [platform, row] of Object.entries(figures.outbox)) {
      due.set({ platform }, row.due)
      oldest.set({ platform }, row.oldestSeconds)
      dead.set({ platform }, row.dead)
    }
    inbox.set(figures.inboxWaiting)
    open.set(figures.escalationsOpen)
    unheard.set(figures.oldestUnacknowledgedSeconds)
  }

  return {
    /** The dispatcher of the platforms, counted. */
    dispatcher: <D extends { dispatch(event: Event): Promise<Answer> }>(dispatcher: D): D => ({
      ...dispatcher,
      async dispatch(event: Event): Promise<Answer> {
        const began = performance.now()
        const answer = await dispatcher.dispatch(event)
        const of = { platform: event.visitor.platform, kind: event.kind }
        commands.inc({ ...of, result: answer.ended ?? answer.reply.kind })
        commandSeconds.observe(of, (performance.now() - began) / 1000)
        return answer
      },
    }),
    poster: (poster: Poster): Poster => ({
      platform: poster.platform,
      send: (post) =>
        timed(
          async () => {
            const outcome = await poster.send(post)
            sends.inc({ platform: poster.platform, result: resultOf(outcome) })
            return outcome
          },
          (seconds, failed) => {
            sendSeconds.observe({ platform: poster.platform }, seconds)
            if (failed) sends.inc({ platform: poster.platform, result: 'ambiguous' })
          },
        ),
    }),
    screen:
      (screen: Screen): Screen =>
      (text) =>
        timed(
          () => screen(text),
          (seconds, failed) => screenSeconds.observe({ result: failed ? 'failed' : 'read' }, seconds),
        ),
    outbox: (outbox: Outbox): Outbox => ({
      ...outbox,
      settle: (owner, settled) => write('outbox', () => outbox.settle(owner, settled)),
    }),
    received: (received: Received): Received => ({
      ...received,
      take: (...given) => write('inbox', () => received.take(...given)),
    }),
    /** The page. What the database does not say within a second is left out rather than told from memory. */
    async page({ tickAgeMs, screenSees, inHand: held, figures }: Now): Promise<string> {
      if (tickAgeMs !== undefined) tickAge.set(tickAgeMs / 1000)
      sees.set(screenSees ? 1 : 0)
      for (const [platform, rows] of Object.entries(held)) inHand.set({ platform }, rows)
      const late = new Promise<undefined>((resolve) => setTimeout(resolve, patienceMs, undefined).unref())
      const found = await Promise.race([figures().catch(() => undefined), late])
      databaseUp.set(found ? 1 : 0)
      if (found) show(found)
      else for (const one of fromDatabase) one.reset()
      return registry.metrics()
    },
    contentType: registry.contentType,
  }
}

export type Metrics = ReturnType<typeof createMetrics>
