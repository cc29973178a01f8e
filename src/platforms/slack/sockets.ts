// Several Socket Mode connections, each kept up by us: the library's own reconnecting waits 5 s and can end the process.
import { setTimeout as sleep } from 'node:timers/promises'
import { SocketModeReceiver, type App, type Receiver } from '@slack/bolt'
import { clientOptions, failureOf, isFatal, silent } from './calls.ts'
import type { SlackLog } from './log.ts'

export type SocketOptions = {
  readonly appToken: string
  readonly apiUrl: string | undefined
  readonly log: SlackLog
  /** The first of them is open, after none was. */
  readonly onConnected?: () => void
  /** At least two, so that one can be renewed while the other serves. Slack allows ten. */
  readonly connections?: number
  /** How long a connection may take to say hello, in milliseconds. */
  readonly helloMs?: number
}
export type Sockets = Receiver & { open(): number }

const firstWaitMs = 100
const longestWaitMs = 30_000
const settledMs = 5000
/** Frames that tell us to go carry no person's words; those that do have their quotes escaped. */
const farewell = /"type"\s*:\s*"disconnect"/

export function createSockets(options: SocketOptions): Sockets {
  const { appToken, apiUrl, log, connections = 2, helloMs = 10_000, onConnected } = options
  const stopping = new AbortController()
  let app: App | undefined
  let open = 0
  let running: Promise<void>[] = []

  /** One connection from start to end. Rejects when it does not come about. */
  async function connectOnce(to: App, onOpen: () => void): Promise<void> {
    const receiver = new SocketModeReceiver({
      appToken,
      logger: silent,
      autoReconnectEnabled: false,
      // Nothing is acknowledged that was not understood: Slack then shows its own sentence.
      processEventErrorHandler: async () => false,
      installerOptions: { clientOptions: clientOptions(apiUrl, 5000) },
    })
    receiver.init(to)
    const { client } = receiver
    const hangUp = () => void client.disconnect().catch(() => undefined)
    const ended = new Promise<void>((done) => {
      client.once('disconnected', () => done())
      client.on('ws_message', (frame: unknown) => {
        if (typeof frame === 'string' && farewell.test(frame)) done()
      })
      stopping.signal.addEventListener('abort', () => done(), { once: true })
    })
    try {
      const starting = receiver.start()
      const helloed = starting.then(() => true)
      const late = sleep(helloMs, false, { ref: false })
      const ok = await Promise.race([helloed, late, ended.then(() => false)])
      starting.catch(() => undefined)
      if (!ok) throw new Error('Slack did not say hello')
      open += 1
      if (open === 1) onConnected?.()
      log({ what: 'slack-socket', state: 'open' })
      onOpen()
      await ended
      open -= 1
      log({ what: 'slack-socket', state: 'closed' })
    } finally {
      hangUp()
    }
  }

  async function keep(to: App, onFirst: (error?: unknown) => void): Promise<void> {
    let failures = 0
    while (!stopping.signal.aborted) {
      let openedAt: number | undefined
      let wait = 0
      try {
        await connectOnce(to, () => {
          openedAt = performance.now()
          onFirst()
        })
      } catch (error) {
        if (stopping.signal.aborted) return onFirst()
        const failure = failureOf(error)
        if (failure.kind === 'limited') wait = failure.afterMs ?? 0
        log({
          what: 'slack-socket',
          state: 'failed',
          error: failure.kind === 'limited' ? 'ratelimited' : failure.error,
        })
        onFirst(error)
      }
      failures = openedAt !== undefined && performance.now() - openedAt > settledMs ? 0 : failures + 1
      const backoff = failures === 0 ? 0 : Math.min(firstWaitMs * 2 ** (failures - 1), longestWaitMs)
      await sleep(Math.max(wait, backoff), undefined, { signal: stopping.signal }).catch(() => undefined)
    }
  }

  return {
    open: () => open,
    init(given) {
      app = given
    },
    /** Resolves after the first try of each; a network that is away heals by itself, a wrong token does not. */
    async start() {
      const to = app
      if (!to) throw new Error('the sockets have no app')
      const firsts = Array.from(
        { length: connections },
        () =>
          new Promise<void>((resolve, reject) => {
            const tried = (error?: unknown) => {
              const failure = error === undefined ? undefined : failureOf(error)
              if (failure?.kind === 'refused' && isFatal(failure.error)) reject(error as Error)
              else resolve()
            }
            running = [...running, keep(to, tried)]
          }),
      )
      try {
        await Promise.all(firsts)
      } catch (error) {
        await this.stop()
        throw error
      }
    },
    async stop() {
      stopping.abort()
      await Promise.all(running)
    },
  }
}
