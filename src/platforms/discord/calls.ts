// Calls to Discord's REST API, and what a failed call means.
import {
  DiscordAPIError,
  HTTPError,
  RateLimitError,
  REST,
  RESTJSONErrorCodes,
  type RESTOptions,
} from 'discord.js'

/** The library counts to 50 a second by itself, which would hold back people who wait; edits do not count there. */
const uncounted = 1_000_000
/** Each interaction leaves a queue of its own behind, kept until swept. */
const sweepMs = 60_000

export const restClient = (
  token: string,
  apiUrl: string | undefined,
  more: Partial<RESTOptions> & { readonly timeout: number; readonly retries: number },
): REST =>
  new REST({
    version: '10',
    ...(apiUrl !== undefined && { api: apiUrl }),
    globalRequestsPerSecond: uncounted,
    handlerSweepInterval: sweepMs,
    ...more,
  }).setToken(token)

/** Ends the sweeping, which would hold a process. */
export function closeRest(rest: REST): void {
  rest.clearHandlerSweeper()
  rest.clearHashSweeper()
}

export type Failure =
  | { readonly kind: 'limited'; readonly afterMs: number }
  /** Discord said no; `code` is its own number, or 0. */
  | { readonly kind: 'refused'; readonly status: number; readonly code: number }
  /** Nobody can say whether it was done. */
  | { readonly kind: 'lost'; readonly error: string }
  /** It never left. */
  | { readonly kind: 'unsent'; readonly error: string }

const neverLeft = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'])

function causesOf(error: unknown): string[] {
  const codes: string[] = []
  for (let one = error; one instanceof Error; one = one.cause) {
    codes.push('code' in one ? String(one.code) : one.name)
    if (one instanceof AggregateError) codes.push(...one.errors.flatMap(causesOf))
  }
  return codes
}

export function failureOf(error: unknown): Failure {
  if (error instanceof RateLimitError)
    return { kind: 'limited', afterMs: Math.max(error.retryAfter, error.sublimitTimeout) }
  if (error instanceof DiscordAPIError)
    return { kind: 'refused', status: error.status, code: Number(error.code) || 0 }
  if (error instanceof HTTPError)
    return error.status >= 500
      ? { kind: 'lost', error: `http_${error.status}` }
      : { kind: 'refused', status: error.status, code: 0 }
  const codes = causesOf(error)
  return {
    kind: codes.some((code) => neverLeft.has(code)) ? 'unsent' : 'lost',
    error: codes.at(-1) ?? 'unknown',
  }
}

export function errorWord(error: unknown): string {
  const failure = failureOf(error)
  switch (failure.kind) {
    case 'limited':
      return 'limited'
    case 'refused':
      return `${failure.status}/${failure.code}`
    case 'lost':
    case 'unsent':
      return failure.error
  }
}

export const isUnauthorized = (error: unknown): boolean => {
  const failure = failureOf(error)
  return failure.kind === 'refused' && failure.status === 401
}

const tries = 3

/** For calls that may be made twice. The library repeats after a 5xx, but not when the connection was closed on it. */
export async function repeating<T>(call: () => Promise<T>): Promise<T> {
  for (let at = 1; ; at++) {
    try {
      return await call()
    } catch (error) {
      const { kind } = failureOf(error)
      if (at === tries || (kind !== 'lost' && kind !== 'unsent')) throw error
    }
  }
}

/** One 401 makes the library forget its token for good (it would throw at every later call): it is told again. */
export async function authorized<T>(rest: REST, token: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call()
  } catch (error) {
    if (!isUnauthorized(error)) throw error
    rest.setToken(token)
  }
  try {
    return await call()
  } catch (error) {
    if (isUnauthorized(error)) rest.setToken(token)
    throw error
  }
}

/** The acknowledgement arrived, though its answer was lost on the way and the library sent it again. */
export const isAlreadyAcknowledged = (error: unknown): boolean =>
  error instanceof DiscordAPIError && error.code === RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged
