// Signed deliveries over HTTP, with every way in which a signature can be wrong.
import { createHmac } from 'node:crypto'
import type { Payload } from './payloads.ts'
import type { Delivered, Kind } from './socket-mode.ts'

export const signature = (secret: string, timestamp: string, body: string): string =>
  `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`

export type Signing = {
  readonly secret?: string
  /** Seconds by which the timestamp is off. */
  readonly off?: number
  readonly timestamp?: string | undefined
  readonly signature?: string
  /** Changes the body after it was signed. */
  readonly tamper?: (body: string) => string
}

const asForm = (payload: Payload) =>
  new URLSearchParams(
    Object.entries(payload).map(([key, value]): [string, string] => [key, String(value)]),
  ).toString()

export function bodyOf(kind: Kind, payload: Payload): { body: string; type: string } {
  if (kind === 'events_api') return { body: JSON.stringify(payload), type: 'application/json' }
  const body = kind === 'slash_commands' ? asForm(payload) : asForm({ payload: JSON.stringify(payload) })
  return { body, type: 'application/x-www-form-urlencoded' }
}

export async function postSigned(
  url: string,
  secret: string,
  kind: Kind,
  payload: Payload,
  { signing = {}, retry = 0 }: { readonly signing?: Signing; readonly retry?: number } = {},
): Promise<Delivered> {
  const started = performance.now()
  const { body, type } = bodyOf(kind, payload)
  const timestamp =
    'timestamp' in signing ? signing.timestamp : String(Math.floor(Date.now() / 1000) + (signing.off ?? 0))
  const headers = {
    'content-type': type,
    'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
    'x-slack-signature': signing.signature ?? signature(signing.secret ?? secret, timestamp ?? '', body),
    ...(timestamp !== undefined && { 'x-slack-request-timestamp': timestamp }),
    ...(retry > 0 && { 'x-slack-retry-num': String(retry), 'x-slack-retry-reason': 'http_timeout' }),
  }
  try {
    const answer = await fetch(url, {
      method: 'POST',
      headers,
      body: signing.tamper?.(body) ?? body,
      signal: AbortSignal.timeout(3000),
    })
    const text = await answer.text()
    const json = answer.headers.get('content-type')?.includes('json') ?? false
    return {
      acked: answer.status === 200,
      status: answer.status,
      latency: performance.now() - started,
      body: json ? (JSON.parse(text) as unknown) : text,
    }
  } catch {
    return { acked: false, latency: performance.now() - started, body: undefined }
  }
}
