// Ending well on a signal, and safely on anything unforeseen (RE-12, RE-16).
import type { Log } from './log.ts'

const drainMs = 9_000

/** Runs `stop` on SIGTERM or SIGINT and exits; after nine seconds it exits all the same, which is as safe, only later. */
export function stopOnSignal(stop: () => Promise<void>, log: Log): void {
  let stopping = false
  const end = (signal: string) => {
    if (stopping) return
    stopping = true
    const began = performance.now()
    log({ what: 'stopping', signal })
    setTimeout(() => process.exit(1), drainMs).unref()
    stop().then(
      () => {
        log({ what: 'stopped', ms: Math.round(performance.now() - began) })
        process.exit(0)
      },
      (error: unknown) => {
        log({ what: 'store-failed', error })
        process.exit(1)
      },
    )
  }
  process.on('SIGTERM', () => end('SIGTERM'))
  process.on('SIGINT', () => end('SIGINT'))
}

/** Logs where it was, without a word of what it said, and leaves: a process in an unknown state must not go on. */
export function lastResort(log: Log): void {
  process.on('uncaughtException', (error) => {
    log({ what: 'last-resort', kind: 'exception', error })
    process.exit(70)
  })
  process.on('unhandledRejection', (error) => {
    log({ what: 'last-resort', kind: 'rejection', error })
    process.exit(70)
  })
}
