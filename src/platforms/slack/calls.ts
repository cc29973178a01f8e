// Calls to Slack's Web API without the library's own retries, and what a failed call means.
import { LogLevel, type Logger, type types } from '@slack/bolt'
import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
  WebClient,
} from '@slack/web-api'
import type { ChatPostMessageArguments, WebClientOptions } from '@slack/web-api'

/** Slack's libraries write whole messages to their log; we keep our own facts instead (SE-10). */
export const silent: Logger = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  setLevel: () => undefined,
  getLevel: () => LogLevel.ERROR,
  setName: () => undefined,
}

/** A 429 with the library's own waiting would hold back every other call of the client. */
export const clientOptions = (apiUrl: string | undefined, timeout: number): WebClientOptions => ({
  ...(apiUrl !== undefined && { slackApiUrl: apiUrl }),
  retryConfig: { retries: 0 },
  rejectRateLimitedCalls: true,
  timeout,
  logger: silent,
})

export const webClient = (token: string, apiUrl: string | undefined, timeout: number): WebClient =>
  new WebClient(token, clientOptions(apiUrl, timeout))

export type Failure =
  | { readonly kind: 'limited'; readonly afterMs?: number }
  /** Slack said no, in its own word. */
  | { readonly kind: 'refused'; readonly error: string }
  /** Nobody can say whether it was done. */
  | { readonly kind: 'lost'; readonly error: string }
  /** It never left. */
  | { readonly kind: 'unsent'; readonly error: string }

const unsure = new Set(['internal_error', 'fatal_error', 'service_unavailable', 'request_timeout'])
const neverLeft = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'])

function causesOf(error: unknown): string[] {
  const codes: string[] = []
  for (let one = error; one instanceof Error; one = one.cause) if ('code' in one) codes.push(String(one.code))
  return codes
}

export function failureOf(error: unknown): Failure {
  if (error instanceof WebAPIRateLimitedError) return { kind: 'limited', afterMs: error.retryAfter * 1000 }
  if (error instanceof WebAPIPlatformError) {
    const said = error.data.error
    if (said === 'ratelimited' || said === 'rate_limited') return { kind: 'limited' }
    return { kind: unsure.has(said) ? 'lost' : 'refused', error: said }
  }
  if (error instanceof WebAPIHTTPError) {
    return { kind: error.statusCode >= 500 ? 'lost' : 'refused', error: `http_${error.statusCode}` }
  }
  const codes = causesOf(error instanceof WebAPIRequestError ? error.original : error)
  return {
    kind: codes.some((code) => neverLeft.has(code)) ? 'unsent' : 'lost',
    error: codes.at(-1) ?? 'unknown',
  }
}

export const errorWord = (error: unknown): string => {
  const failure = failureOf(error)
  return failure.kind === 'limited' ? 'ratelimited' : failure.error
}

const fatal = new Set([
  'invalid_auth',
  'not_authed',
  'account_inactive',
  'token_revoked',
  'token_expired',
  'not_allowed_token_type',
  'missing_scope',
  'no_permission',
  'org_login_required',
  'ekm_access_denied',
  'team_access_not_granted',
  'app_not_found',
])
/** Nothing will work until an operator acts. */
export const isFatal = (error: string): boolean => fatal.has(error)

/** Posts without unfurling links, which could show a page that somebody's words point to. */
export const postMessage = (
  client: WebClient,
  message: Pick<ChatPostMessageArguments, 'channel' | 'metadata'> & {
    readonly text: string
    readonly blocks: types.KnownBlock[]
  },
) =>
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a call of Slack's, not of a window
  client.chat.postMessage({ ...message, unfurl_links: false, unfurl_media: false })
