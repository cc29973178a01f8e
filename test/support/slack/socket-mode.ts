// Socket Mode: WebSockets that carry envelopes, each to one connection in turn, and their acknowledgements.
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocket, WebSocketServer } from 'ws'
import type { Payload } from './payloads.ts'

export type Delivered = {
  readonly acked: boolean
  readonly latency: number
  readonly body: unknown
  readonly status?: number
}
export type Kind = 'slash_commands' | 'interactive' | 'events_api'
const deadline = 3000

export type SocketHabits = {
  /** Answers the upgrade with an error while true. */
  refuseUpgrade: boolean
  noHello: boolean
  noPing: boolean
  /** Never answers the client's pings. */
  noPong: boolean
}

export function createSocketMode(violate: (what: string) => void) {
  const server = new WebSocketServer({ noServer: true, autoPong: false })
  const open: WebSocket[] = []
  const waiting = new Map<
    string,
    { socket: WebSocket; done: (body: unknown) => void; lost: () => void; kind: Kind }
  >()
  const habits: SocketHabits = { refuseUpgrade: false, noHello: false, noPing: false, noPong: false }
  let turn = 0
  let serial = 0
  let opened = 0

  function onMessage(data: string): void {
    let ack: { envelope_id?: unknown; payload?: unknown }
    try {
      ack = JSON.parse(data) as typeof ack
    } catch {
      return violate('a socket frame was not JSON')
    }
    const held = waiting.get(String(ack.envelope_id))
    if (!held) return violate('an envelope was acknowledged that is not open')
    waiting.delete(String(ack.envelope_id))
    held.done(ack.payload)
  }

  server.on('connection', (socket: WebSocket) => {
    opened += 1
    const beat = setInterval(() => {
      if (!habits.noPing) socket.ping()
    }, 1000)
    socket.on('ping', (data) => {
      if (!habits.noPong) socket.pong(data)
    })
    socket.on('message', (data: Buffer) => onMessage(data.toString()))
    socket.on('error', () => undefined)
    socket.on('close', () => {
      clearInterval(beat)
      if (open.includes(socket)) open.splice(open.indexOf(socket), 1)
      for (const [id, held] of waiting) {
        if (held.socket !== socket) continue
        waiting.delete(id)
        held.lost()
      }
    })
    if (habits.noHello) return
    open.push(socket)
    socket.send(
      JSON.stringify({
        type: 'hello',
        num_connections: open.length,
        debug_info: { host: 'local', build_number: 1, approximate_connection_time: 18060 },
        connection_info: { app_id: 'A0HANDRAIL' },
      }),
    )
  })

  return {
    habits,
    get connections() {
      return open.length
    },
    /** How many connections there have been in all. */
    get opened() {
      return opened
    },
    upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
      if (habits.refuseUpgrade) {
        socket.end('HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
        return
      }
      server.handleUpgrade(request, socket, head, (ws) => server.emit('connection', ws, request))
    },
    /** `terminate` cuts the cable; the others are Slack's own farewells. Undefined drops every connection. */
    drop(
      how: 'terminate' | 'refresh_requested' | 'warning' | 'link_disabled' | number,
      which?: number,
    ): void {
      const sockets = which === undefined ? [...open] : open.slice(which, which + 1)
      for (const socket of sockets) {
        if (how === 'terminate') socket.terminate()
        else if (typeof how === 'number') socket.close(how)
        else {
          socket.send(JSON.stringify({ type: 'disconnect', reason: how, debug_info: { host: 'local' } }))
          // Slack sends nothing more to a connection it has asked to leave.
          if (how !== 'warning') open.splice(open.indexOf(socket), 1)
        }
      }
    },
    send(text: string): void {
      open.forEach((socket) => socket.send(text))
    },
    async deliver(kind: Kind, payload: Payload, retry = 0): Promise<Delivered> {
      const started = performance.now()
      const socket = open[turn++ % Math.max(open.length, 1)]
      if (!socket) return { acked: false, latency: 0, body: undefined }
      const envelope = `envelope-${++serial}`
      return await new Promise<Delivered>((resolve) => {
        const end = (acked: boolean, body: unknown) => {
          clearTimeout(timer)
          resolve({ acked, latency: performance.now() - started, body })
        }
        const timer = setTimeout(() => {
          waiting.delete(envelope)
          end(false, undefined)
        }, deadline)
        waiting.set(envelope, {
          socket,
          kind,
          done: (body) => end(true, body),
          lost: () => end(false, undefined),
        })
        socket.send(
          JSON.stringify({
            envelope_id: envelope,
            type: kind,
            payload,
            accepts_response_payload: kind !== 'events_api',
            ...(kind === 'events_api' && { retry_attempt: retry, retry_reason: retry > 0 ? 'timeout' : '' }),
          }),
        )
      })
    },
    async close(): Promise<void> {
      server.clients.forEach((socket) => socket.terminate())
      await new Promise((done) => server.close(done))
    },
  }
}
