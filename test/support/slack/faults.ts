// What can go wrong between the bot and Slack, ordered by a test.

export type Fault = {
  readonly times?: number
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
  readonly delayMs?: number
  /** Cuts the connection instead of answering. */
  readonly destroy?: boolean
  /** Does the work first, then fails. */
  readonly after?: boolean
  /** Promises a body and sends half of it. */
  readonly truncate?: boolean
  /** Lets this many calls pass first. */
  readonly skip?: number
}
/** A method name, or anything about a call. */
export type Match = string | ((method: string, args: Readonly<Record<string, unknown>>) => boolean)

export const rateLimited = (seconds: number): Fault => ({
  status: 429,
  headers: { 'retry-after': String(seconds) },
  body: { ok: false, error: 'ratelimited' },
})
export const refused = (error: string): Fault => ({ body: { ok: false, error } })

export function createFaults() {
  let faults: { readonly match: Match; readonly fault: Fault; left: number; skip: number }[] = []
  return {
    fault: (match: Match, fault: Fault): void => {
      faults.push({ match, fault, left: fault.times ?? 1, skip: fault.skip ?? 0 })
    },
    clear: (): void => {
      faults = []
    },
    take(method: string, args: Readonly<Record<string, unknown>>): Fault | undefined {
      const found = faults.find(
        ({ match, left }) => left > 0 && (typeof match === 'string' ? match === method : match(method, args)),
      )
      if (!found) return undefined
      if (found.skip > 0) {
        found.skip -= 1
        return undefined
      }
      found.left -= 1
      return found.fault
    },
  }
}

/** Slack's own pace: a number of calls a minute for a method, or one message a second in a room after a short burst. */
export function createPace() {
  const buckets = new Map<string, { tokens: number; at: number }>()
  return (key: string, perSecond: number, burst: number): number => {
    const now = Date.now()
    const bucket = buckets.get(key) ?? { tokens: burst, at: now }
    const tokens = Math.min(burst, bucket.tokens + ((now - bucket.at) / 1000) * perSecond)
    buckets.set(key, { tokens: tokens >= 1 ? tokens - 1 : tokens, at: now })
    return tokens >= 1 ? 0 : Math.max(1, Math.ceil((1 - tokens) / perSecond))
  }
}
