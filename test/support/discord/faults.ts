// What can go wrong between the bot and Discord, ordered by a test.

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
/** How a call begins, as in 'POST /channels/', or anything about it. Paths begin after the version. */
export type Match = string | RegExp | ((call: string) => boolean)
export type Limit = { readonly global?: boolean; readonly scope?: 'user' | 'global' | 'shared' }

export const unauthorised: Fault = { status: 401, body: { message: '401: Unauthorized', code: 0 } }
export const rateLimited = (seconds: number): Fault => ({
  status: 429,
  headers: { 'retry-after': String(seconds), 'x-ratelimit-scope': 'user' },
  body: { message: 'You are being rate limited.', retry_after: seconds, global: false },
})
export const refused = (status: number, code: number, message = 'refused'): Fault => ({
  status,
  body: { message, code },
})

const fits = (match: Match, call: string): boolean => {
  if (typeof match === 'string') return call.startsWith(match)
  return typeof match === 'function' ? match(call) : match.test(call)
}

export function createFaults() {
  let faults: { readonly match: Match; readonly fault: Fault; left: number; skip: number }[] = []
  return {
    fault: (match: Match, fault: Fault): void => {
      faults.push({ match, fault, left: fault.times ?? 1, skip: fault.skip ?? 0 })
    },
    clear: (): void => {
      faults = []
    },
    take(call: string): Fault | undefined {
      const found = faults.find(({ match, left }) => left > 0 && fits(match, call))
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

/** Buckets as Discord keeps them: so many calls in a window, told in the headers of every answer. */
export function createPace() {
  const rules: (Limit & {
    match: Match
    limit: number
    windowMs: number
    used: number
    resetAt: number
    bucket: string
  })[] = []
  return {
    rate: (match: Match, limit: number, windowMs: number, more: Limit = {}): void => {
      rules.push({ ...more, match, limit, windowMs, used: 0, resetAt: 0, bucket: `bucket${rules.length}` })
    },
    clear: (): void => void rules.splice(0),
    /** The headers of the answer, and the seconds to wait when the call is one too many. */
    count(call: string): { readonly headers: Readonly<Record<string, string>>; readonly wait?: number } {
      const rule = rules.find(({ match }) => fits(match, call))
      if (!rule) return { headers: {} }
      const now = Date.now()
      if (now >= rule.resetAt) Object.assign(rule, { used: 0, resetAt: now + rule.windowMs })
      const isOver = rule.used >= rule.limit
      if (!isOver) rule.used += 1
      const seconds = (rule.resetAt - now) / 1000
      const told = {
        'x-ratelimit-limit': String(rule.limit),
        'x-ratelimit-remaining': String(rule.limit - rule.used),
        'x-ratelimit-reset': String(rule.resetAt / 1000),
        'x-ratelimit-reset-after': String(seconds),
        'x-ratelimit-bucket': rule.bucket,
      }
      if (!isOver) return { headers: rule.global ? {} : told }
      return {
        headers: {
          ...(!rule.global && told),
          'retry-after': String(seconds),
          'x-ratelimit-scope': rule.scope ?? (rule.global ? 'global' : 'user'),
          ...(rule.global && { 'x-ratelimit-global': 'true' }),
        },
        wait: seconds,
      }
    },
  }
}
