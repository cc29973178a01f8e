// The gateway: sessions with a sequence and a memory of what was sent, and the WebSockets they are spoken over.
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocket, WebSocketServer } from 'ws'
import { guildPayload, isObject, userPayload } from './payloads.ts'
import type { Json, State } from './state.ts'

export type GatewayHabits = {
  heartbeatInterval: number
  refuseUpgrade: boolean
  noHello: boolean
  noHeartbeatAck: boolean
  /** Never answers a RESUME. */
  ignoreResume: boolean
  /** Answers a RESUME with op 9, not resumable. */
  invalidateOnResume: boolean
  /** Keeps GUILD_CREATE back at the start. */
  withholdGuilds: boolean
  /** The app's owner turned the Message Content intent on. */
  readsContent: boolean
  /** Closes with this code on IDENTIFY. */
  identifyClose: number | undefined
}
export type Drop = 'terminate' | 'reconnect' | 'invalid' | 'invalid-resumable' | number
type Session = {
  readonly id: string
  readonly intents: number
  readonly shard: readonly [number, number]
  readonly sent: { readonly seq: number; readonly text: string }[]
  seq: number
  socket?: WebSocket
}
export type Wanted = { readonly guild?: string | undefined; readonly intent?: number }
const privileged = (1 << 1) | (1 << 8) | (1 << 15)

export function createGateway(
  state: State,
  token: string,
  url: () => string,
  violate: (what: string) => void,
) {
  const server = new WebSocketServer({ noServer: true, perMessageDeflate: false })
  const sessions = new Map<string, Session>()
  const counts = { identified: 0, resumed: 0, heartbeats: 0 }
  const habits: GatewayHabits = {
    heartbeatInterval: 41_250,
    refuseUpgrade: false,
    noHello: false,
    noHeartbeatAck: false,
    ignoreResume: false,
    invalidateOnResume: false,
    withholdGuilds: false,
    readsContent: false,
    identifyClose: undefined,
  }

  function dispatchTo(session: Session, type: string, d: unknown): void {
    session.seq += 1
    const text = JSON.stringify({ op: 0, t: type, s: session.seq, d })
    session.sent.push({ seq: session.seq, text })
    session.socket?.send(text)
  }
  const concerns = ({ intents, shard }: Session, { guild, intent }: Wanted): boolean =>
    (intent === undefined || (intents & intent) !== 0) &&
    Number(guild === undefined ? 0n : (BigInt(guild) >> 22n) % BigInt(shard[1])) === shard[0]

  function identify(socket: WebSocket, d: Json): void {
    const intents = Number(d['intents'])
    if (habits.identifyClose !== undefined) return socket.close(habits.identifyClose)
    if (d['token'] !== token) return socket.close(4004, 'Authentication failed.')
    if ((intents & privileged & ~(habits.readsContent ? 1 << 15 : 0)) !== 0) {
      violate(`the bot asks for intents that need approval: ${intents}`)
      return socket.close(4014, 'Disallowed intent(s).')
    }
    const shard = Array.isArray(d['shard'])
      ? ([Number(d['shard'][0]), Number(d['shard'][1])] as const)
      : ([0, 1] as const)
    const session: Session = { id: state.next(), intents, shard, sent: [], seq: 0, socket }
    sessions.set(session.id, session)
    counts.identified += 1
    const guilds = [...state.guilds.values()].filter((one) => concerns(session, { guild: one.id }))
    dispatchTo(session, 'READY', {
      v: 10,
      user: { ...userPayload(state.bot), verified: true, mfa_enabled: false, email: null, flags: 0 },
      guilds: guilds.map(({ id }) => ({ id, unavailable: true })),
      session_id: session.id,
      session_type: 'normal',
      resume_gateway_url: url(),
      shard,
      application: { id: state.bot.id, flags: 0 },
      private_channels: [],
      relationships: [],
    })
    if (habits.withholdGuilds || (intents & 1) === 0) return
    for (const guild of guilds) dispatchTo(session, 'GUILD_CREATE', guildPayload(state, guild))
  }

  function resume(socket: WebSocket, d: Json): void {
    const session = sessions.get(String(d['session_id']))
    if (d['token'] !== token) return socket.close(4004, 'Authentication failed.')
    if (habits.ignoreResume) return
    if (!session || habits.invalidateOnResume) {
      sessions.delete(String(d['session_id']))
      return socket.send(JSON.stringify({ op: 9, d: false }))
    }
    session.socket = socket
    for (const one of session.sent) if (one.seq > Number(d['seq'])) socket.send(one.text)
    dispatchTo(session, 'RESUMED', {})
    counts.resumed += 1
  }

  function onFrame(socket: WebSocket, text: string): void {
    const frame: unknown = JSON.parse(text)
    if (!isObject(frame)) return violate('a gateway frame was no object')
    const d = isObject(frame['d']) ? frame['d'] : {}
    switch (frame['op']) {
      case 1:
        counts.heartbeats += 1
        if (!habits.noHeartbeatAck) socket.send(JSON.stringify({ op: 11 }))
        return
      case 2:
        return identify(socket, d)
      case 3:
        return
      case 6:
        return resume(socket, d)
      default:
        return violate(`the bot sent op ${String(frame['op'])} to the gateway`)
    }
  }

  server.on('connection', (socket: WebSocket) => {
    socket.on('error', () => undefined)
    socket.on('message', (data: Buffer) => onFrame(socket, data.toString()))
    socket.on('close', () => {
      for (const session of sessions.values()) if (session.socket === socket) delete session.socket
    })
    if (!habits.noHello)
      socket.send(JSON.stringify({ op: 10, d: { heartbeat_interval: habits.heartbeatInterval } }))
  })

  return {
    habits,
    counts,
    sessions,
    get connections() {
      return [...sessions.values()].filter((one) => one.socket).length
    },
    upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
      if (habits.refuseUpgrade)
        return void socket.end(
          'HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nContent-Length: 0\r\n\r\n',
        )
      server.handleUpgrade(request, socket, head, (ws) => server.emit('connection', ws, request))
    },
    /** Sends an event to the sessions it concerns; one without a socket gets it when it resumes. Returns how many. */
    dispatch: (type: string, d: unknown, wanted: Wanted = {}): number => {
      const concerned = [...sessions.values()].filter((one) => concerns(one, wanted))
      for (const session of concerned) dispatchTo(session, type, d)
      return concerned.length
    },
    /** The union of what the sessions asked for. */
    intents: () => [...sessions.values()].reduce((all, one) => all | one.intents, 0),
    /** `terminate` cuts the cable, a number closes with that code, the others are Discord's own requests. */
    drop: (how: Drop): void => {
      for (const socket of server.clients) {
        if (how === 'terminate') socket.terminate()
        else if (typeof how === 'number') socket.close(how)
        else if (how === 'reconnect') socket.send(JSON.stringify({ op: 7, d: null }))
        else socket.send(JSON.stringify({ op: 9, d: how === 'invalid-resumable' }))
      }
    },
    async close(): Promise<void> {
      server.clients.forEach((socket) => socket.terminate())
      await new Promise((done) => server.close(done))
    },
  }
}
