// A Slack of our own on loopback: Web API, Socket Mode and signed HTTP, to which a real Bolt app connects.
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { createFaults, createPace, type Fault } from './slack/faults.ts'
import { eventPayload } from './slack/payloads.ts'
import { personOf, type Delivery } from './slack/person.ts'
import { bodyOf, postSigned } from './slack/signed-http.ts'
import { createSocketMode } from './slack/socket-mode.ts'
import { createState } from './slack/state.ts'
import { createWebApi, readArgs, tierOf, type Args } from './slack/web-api.ts'

export { rateLimited, refused } from './slack/faults.ts'
export type { Seen } from './slack/person.ts'
export type { OpenView, Posted } from './slack/state.ts'

export type SlackServerOptions = {
  /** Where signed HTTP deliveries go; without it everything comes by Socket Mode. Can be set later. */
  readonly url?: string
  /** Slack's published pace is kept and answered with 429. Off unless asked for. */
  readonly paced?: boolean
}
export type Called = {
  readonly method: string
  readonly args: Args
  readonly at: number
  readonly status: number
  readonly ok: boolean
}

export const signingSecret = '8f742231b10e8888abcd99yyyzzz85a5'
export const botToken = 'xoxb-local-bot'
export const appToken = 'xapp-local-app'

const sleep = (ms: number) => new Promise((done) => setTimeout(done, ms))

export async function startSlackServer(options: SlackServerOptions = {}) {
  const state = createState()
  const violations: string[] = []
  const violate = (what: string) => void violations.push(what)
  const faults = createFaults()
  const allow = createPace()
  const sockets = createSocketMode(violate)
  const calls: Called[] = []
  const connections = new Set<Socket>()
  let url = options.url
  let installed = true
  let paced = options.paced ?? false
  const http = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      violate(`the local Slack failed: ${String(error)}`)
      response.destroy()
    })
  })
  http.on('upgrade', (...upgrade) => sockets.upgrade(...upgrade))
  http.on('connection', (socket: Socket) => {
    connections.add(socket)
    socket.on('close', () => connections.delete(socket))
  })
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  const address = http.address()
  if (address === null || typeof address === 'string') throw new Error('the local Slack has no port')
  const base = `http://127.0.0.1:${address.port}`
  const api = createWebApi(state, violate, {
    base: () => base,
    socket: () => `ws://127.0.0.1:${address.port}/link?ticket=${state.next('L')}`,
  })

  function tooFast(method: string, args: Args): number {
    if (!paced) return 0
    if (method === 'chat.postMessage') return allow(`post:${String(args['channel'])}`, 1, 3)
    const perMinute = tierOf(method)
    return perMinute === undefined ? 0 : allow(method, perMinute / 60, perMinute)
  }

  function authorised(method: string, request: IncomingMessage, args: Args): boolean {
    const token = request.headers.authorization?.replace('Bearer ', '') ?? args['token']
    return token === (method === 'apps.connections.open' ? appToken : botToken)
  }

  async function fail(response: ServerResponse, one: Fault): Promise<boolean> {
    if (one.delayMs) await sleep(one.delayMs)
    if (one.destroy) {
      response.destroy()
      return true
    }
    if (one.status === undefined && one.body === undefined && !one.truncate) return false
    const body =
      typeof one.body === 'string'
        ? one.body
        : JSON.stringify(one.body ?? { ok: false, error: 'internal_error' })
    const type = typeof one.body === 'string' ? 'text/html' : 'application/json'
    response.writeHead(one.status ?? 200, {
      'content-type': type,
      ...(one.truncate && { 'content-length': String(body.length) }),
      ...one.headers,
    })
    if (one.truncate) {
      response.write(body.slice(0, body.length / 2))
      setTimeout(() => response.destroy(), 10)
    } else response.end(body)
    return true
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const raw = Buffer.concat(chunks)
    const [, first = '', second = ''] = new URL(request.url ?? '/', base).pathname.split('/')
    if (first === 'upload')
      return void response.writeHead(api.upload(second, raw) ? 200 : 404).end(`OK - ${raw.length}`)
    if (first === 'files-pri') {
      const bytes = request.headers.authorization === `Bearer ${botToken}` && state.uploads.get(second)
      return void response.writeHead(bytes ? 200 : 302, { location: `${base}/login` }).end(bytes || undefined)
    }
    const method = first === 'respond' ? 'respond' : second
    if (first !== 'api' && first !== 'respond') {
      violate(`nobody answers ${request.method} ${request.url}`)
      return void response.writeHead(404).end()
    }
    const args = readArgs(raw.toString(), request.headers['content-type'] ?? '')
    const one = faults.take(method, args)
    const called = (status: number, ok: boolean) =>
      void calls.push({ method, args, at: performance.now(), status, ok })
    if (one && !one.after && (await fail(response, one))) return called(one.status ?? 0, false)
    const wait = tooFast(method, args)
    if (wait > 0) {
      called(429, false)
      return void response
        .writeHead(429, { 'retry-after': String(wait), 'content-type': 'application/json' })
        .end(JSON.stringify({ ok: false, error: 'ratelimited' }))
    }
    const answer = first === 'respond' ? respondTo(second, args) : answerTo(method, request, args)
    if (one?.after && (await fail(response, one))) return called(one.status ?? 0, false)
    called(answer.status, answer.body['ok'] === true)
    response
      .writeHead(answer.status, {
        'content-type': 'application/json',
        'x-oauth-scopes': state.scopes.join(),
      })
      .end(JSON.stringify(answer.body))
  }

  function answerTo(method: string, request: IncomingMessage, args: Args): { status: number; body: Args } {
    if (!authorised(method, request, args)) return { status: 200, body: { ok: false, error: 'invalid_auth' } }
    if (!installed && method !== 'apps.connections.open')
      return { status: 200, body: { ok: false, error: 'account_inactive' } }
    return { status: 200, body: api.call(method, args) }
  }

  function respondTo(id: string, body: Args): { status: number; body: Args } {
    const to = state.responses.get(id)
    if (!to || Date.now() > to.until) return { status: 404, body: { ok: false, error: 'expired_url' } }
    if (to.uses >= 5) return { status: 404, body: { ok: false, error: 'used_url' } }
    to.uses += 1
    const error = api.respond(body, to)
    return error === undefined
      ? { status: 200, body: { ok: true } }
      : { status: 400, body: { ok: false, error } }
  }

  const deliver: Delivery = async (kind, payload, { signing, retry = 0 }) =>
    url === undefined
      ? await sockets.deliver(kind, payload, retry)
      : await postSigned(url, signingSecret, kind, payload, { retry, ...(signing && { signing }) })

  return {
    apiUrl: `${base}/api/`,
    base,
    state,
    sockets,
    calls,
    violations,
    fault: faults.fault,
    clearFaults: faults.clear,
    deliver,
    bodyOf,
    to(target: string): void {
      url = target
    },
    /** Where signed deliveries go. */
    target: () => url,
    /** Somebody takes the app out of the workspace: its token opens nothing from then on. */
    async uninstall(): Promise<void> {
      installed = false
      for (const event of [
        { type: 'tokens_revoked', tokens: { oauth: [], bot: [state.bot.id] } },
        { type: 'app_uninstalled' },
      ])
        await deliver('events_api', eventPayload(state, event), {})
    },
    /** A token that the workspace takes is there again. */
    install(): void {
      installed = true
    },
    pace(on: boolean): void {
      paced = on
    },
    person: (id: string, more?: Parameters<typeof state.user>[1]) => {
      if (!state.users.has(id) || more) state.user(id, more)
      return personOf({ state, api, base: () => base, deliver, violate }, id)
    },
    /** A channel with the bot in it. */
    room: (id: string, members: readonly string[] = [], kind: 'channel' | 'group' = 'channel') =>
      state.room(id, kind, [...members, state.bot.id]),
    /** A message that somebody, as a rule the bot, has posted. */
    post: (channel: string, text: string) => api.post({ channel, text, blocks: [] }),
    called: (method: string) => calls.filter((one) => one.method === method),
    /** Waits until `ready` holds. Throws when it does not within `ms`. */
    async until(ready: () => boolean, ms = 5000): Promise<void> {
      const end = performance.now() + ms
      while (!ready()) {
        if (performance.now() > end) throw new Error('what the test waited for did not happen')
        await sleep(5)
      }
    },
    /** Throws when the bot broke one of Slack's rules. */
    async stop(): Promise<void> {
      await sockets.close()
      connections.forEach((socket) => socket.destroy())
      await new Promise((done) => http.close(done))
      if (violations.length > 0) throw new Error(`Slack would not have taken this:\n${violations.join('\n')}`)
    },
  }
}
export type SlackServer = Awaited<ReturnType<typeof startSlackServer>>
