import { setTimeout as sleep } from 'node:timers/promises'

/** What comes within `ms`, else undefined. A failure counts as nothing. */
export async function within<T>(work: Promise<T>, ms: number): Promise<T | undefined> {
  const timer = new AbortController()
  const late = sleep(ms, undefined, { signal: timer.signal }).catch(() => undefined)
  try {
    return await Promise.race([work.catch(() => undefined), late])
  } finally {
    timer.abort()
  }
}
