// A Discord of our own on loopback, REST and gateway, to which a real discord.js client connects.
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Call, File } from './discord/call.ts'
import { createFaults, createPace, type Fault } from './discord/faults.ts'
import { createGateway } from './discord/gateway.ts'
import { channelPayload, guildPayload, messageEvent } from './discord/payloads.ts'
import { personOf, type Membership } from './discord/person.ts'
import { createRest } from './discord/rest.ts'
import { createState, type Guild, type Posted } from './discord/state.ts'

export { rateLimited, refused, unauthorised } from './discord/faults.ts'
export { buttonsIn, fieldsIn, wordsIn } from './discord/seen.ts'
export type { Person, Seen } from './discord/person.ts'
export type { Choice, Modal, Posted } from './discord/state.ts'

export type Called = {
  readonly method: string
  readonly path: string
  readonly body: unknown
  readonly at: number
  readonly status: number
}
const token = 'MTQ1NzQ2OTQ4MzcyNjY2ODA0OA.local.bot-of-our-own'
const sleep = (ms: number) => new Promise((done) => setTimeout(done, ms))

/** Multipart carries the JSON in one field and files beside it. */
async function readBody(request: IncomingMessage): Promise<Pick<Call, 'body' | 'files'>> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const raw = Buffer.concat(chunks)
  const type = request.headers['content-type'] ?? ''
  if (raw.length === 0) return { body: undefined, files: new Map() }
  if (!type.startsWith('multipart/')) return { body: JSON.parse(raw.toString()), files: new Map() }
  const form = await new Response(raw, { headers: { 'content-type': type } }).formData()
  const files = new Map<string, File>()
  for (const [key, value] of form)
    if (typeof value !== 'string')
      files.set(key, { name: value.name, bytes: new Uint8Array(await value.arrayBuffer()) })
  const json = form.get('payload_json')
  return { body: typeof json === 'string' ? JSON.parse(json) : {}, files }
}

export async function startDiscordServer() {
  const state = createState()
  const violations: string[] = []
  const violate = (what: string) => void violations.push(what)
  const faults = createFaults()
  const pace = createPace()
  const calls: Called[] = []
  const connections = new Set<Socket>()
  const http = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      violate(`the local Discord failed: ${String(error)}`)
      response.destroy()
    })
  })
  http.on('connection', (socket: Socket) => {
    connections.add(socket)
    socket.on('close', () => connections.delete(socket))
  })
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  const address = http.address()
  if (address === null || typeof address === 'string') throw new Error('the local Discord has no port')
  const base = `http://127.0.0.1:${address.port}`
  const gatewayUrl = () => `ws://127.0.0.1:${address.port}`
  const gateway = createGateway(state, token, gatewayUrl, violate)
  http.on('upgrade', (...upgrade) => gateway.upgrade(...upgrade))

  /** MESSAGE_CREATE to a bot that asked for it; the words only where it may read them. */
  function announce(message: Posted): void {
    const guild = state.channels.get(message.channel)?.guild
    const reads =
      guild === undefined ||
      message.author === state.bot.id ||
      message.content.includes(`<@${state.bot.id}>`) ||
      (gateway.intents() & (1 << 15)) !== 0
    const intent = guild === undefined ? 1 << 12 : 1 << 9
    gateway.dispatch('MESSAGE_CREATE', messageEvent(state, message, reads), { guild, intent })
  }
  const rest = createRest({ state, violate, gatewayUrl, announce })

  async function fail(response: ServerResponse, one: Fault): Promise<boolean> {
    if (one.delayMs) await sleep(one.delayMs)
    if (one.destroy) {
      response.destroy()
      return true
    }
    if (one.status === undefined && one.body === undefined && !one.truncate) return false
    const text =
      typeof one.body === 'string' ? one.body : JSON.stringify(one.body ?? { message: 'failed', code: 0 })
    response.writeHead(one.status ?? 200, {
      'content-type': typeof one.body === 'string' ? 'text/html' : 'application/json',
      ...(one.truncate && { 'content-length': String(text.length) }),
      ...one.headers,
    })
    if (one.truncate) {
      response.write(text.slice(0, text.length / 2))
      setTimeout(() => response.destroy(), 10)
    } else response.end(text)
    return true
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', base)
    const method = request.method ?? 'GET'
    const path = decodeURIComponent(url.pathname).replace(/^\/api\/v10/, '')
    const [, kept] = /^\/attachments\/(\d+)\//.exec(path) ?? []
    if (method === 'GET' && kept !== undefined)
      return void response.writeHead(state.uploads.has(kept) ? 200 : 404).end(state.uploads.get(kept)?.bytes)
    const { body, files } = await readBody(request)
    const line = `${method} ${path}`
    const called = (status: number) => void calls.push({ method, path, body, at: performance.now(), status })
    const one = faults.take(line)
    if (one && !one.after && (await fail(response, one))) return called(one.status ?? 0)
    const { headers, wait } = pace.count(line)
    if (wait !== undefined) {
      called(429)
      const limited = {
        message: 'You are being rate limited.',
        retry_after: wait,
        global: 'x-ratelimit-global' in headers,
      }
      return void response
        .writeHead(429, { 'content-type': 'application/json', ...headers })
        .end(JSON.stringify(limited))
    }
    const given = rest.call(
      { method, path, query: url.searchParams, body, files },
      request.headers.authorization === `Bot ${token}`,
    )
    if (one?.after && (await fail(response, one))) return called(one.status ?? 0)
    called(given.status)
    if (given.body === undefined) return void response.writeHead(given.status, headers).end()
    response
      .writeHead(given.status, { 'content-type': 'application/json', ...headers })
      .end(JSON.stringify(given.body))
  }

  const server = {
    /** For `new Client({ rest: { api } })` and DISCORD_API_URL. */
    apiUrl: `${base}/api`,
    token,
    state,
    gateway,
    calls,
    violations,
    fault: faults.fault,
    rate: pace.rate,
    clearFaults(): void {
      faults.clear()
      pace.clear()
    },
    /** Sends any event, also one that was recorded. */
    dispatch: gateway.dispatch,
    announce,
    dropSockets: gateway.drop,
    guild: (name: string, locale?: string): Guild => state.guild(name, locale),
    channel: (guild: Guild, name: string) => state.channel({ guild: guild.id, name }),
    person: (name: string, membership: Membership = {}) =>
      personOf({ state, gateway, announce, base: () => base }, name, membership),
    /** Tells the bot that it was added to a guild. */
    install(guild: Guild): number {
      state.guilds.set(guild.id, guild)
      return gateway.dispatch('GUILD_CREATE', guildPayload(state, guild), { guild: guild.id, intent: 1 })
    },
    /** A guild that is out of order, until it is installed again; Discord answers for it with 503. */
    outage(guild: Guild): void {
      gateway.dispatch('GUILD_DELETE', { id: guild.id, unavailable: true }, { guild: guild.id, intent: 1 })
    },
    uninstall(guild: Guild): void {
      state.guilds.delete(guild.id)
      gateway.dispatch('GUILD_DELETE', { id: guild.id }, { guild: guild.id, intent: 1 })
    },
    removeChannel(id: string): void {
      const channel = state.channels.get(id)
      state.channels.delete(id)
      if (channel)
        gateway.dispatch('CHANNEL_DELETE', channelPayload(state, channel), {
          guild: channel.guild,
          intent: 1,
        })
    },
    /** What the bot has written to a person directly, private answers to their commands there left out. */
    dms: (user: string): readonly Posted[] =>
      state.direct(user).messages.filter((one) => one.author === state.bot.id && !one.ephemeral),
    /** Commands as they are registered everywhere. */
    commands: () => state.commands.get('') ?? [],
    called: (line: string) => calls.filter(({ method, path }) => `${method} ${path}`.startsWith(line)),
    /** Waits until `ready` holds. Throws when it does not within `ms`. */
    async until(ready: () => boolean, ms = 5000): Promise<void> {
      const end = performance.now() + ms
      while (!ready()) {
        if (performance.now() > end) throw new Error('what the test waited for did not happen')
        await sleep(5)
      }
    },
    /** Throws when the bot broke one of Discord's rules. */
    async stop(): Promise<void> {
      await gateway.close()
      connections.forEach((socket) => socket.destroy())
      await new Promise((done) => http.close(done))
      if (violations.length > 0)
        throw new Error(`Discord would not have taken this:\n${violations.join('\n')}`)
    },
  }
  return server
}
export type DiscordServer = Awaited<ReturnType<typeof startDiscordServer>>
