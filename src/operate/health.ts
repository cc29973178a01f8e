// How well each part is, as data and on the operator’s port.
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http'
import type { AddressInfo } from 'node:net'
import { CannotStart } from '../store/cannot-start.ts'

export type Health = {
  readonly ok: boolean
  readonly parts: Readonly<Record<string, { readonly ok: boolean; readonly [fact: string]: unknown }>>
}
export type Probe = () => Promise<{ readonly ok: boolean; readonly [fact: string]: unknown }>

const patienceMs = 1_000

async function ask(probe: Probe): ReturnType<Probe> {
  try {
    return await probe()
  } catch {
    return { ok: false }
  }
}

/** A probe that does not answer in a second is not well. */
export async function healthOf(probes: Readonly<Record<string, Probe>>): Promise<Health> {
  const asked = Object.entries(probes).map(async ([name, probe]) => {
    const late = new Promise<{ ok: false }>((resolve) =>
      setTimeout(resolve, patienceMs, { ok: false }).unref(),
    )
    return [name, await Promise.race([ask(probe), late])] as const
  })
  const parts = Object.fromEntries(await Promise.all(asked))
  return { ok: Object.values(parts).every(({ ok }) => ok), parts }
}

/** From this machine, and not handed on by a proxy for somebody elsewhere. */
const isFromHere = ({ socket, headers }: IncomingMessage): boolean =>
  /^(127\.|::1$|::ffff:127\.)/.test(socket.remoteAddress ?? '') &&
  headers['x-forwarded-for'] === undefined &&
  headers.forwarded === undefined

/**
 * One server for the operator and, where Slack comes by HTTP, /slack/*. /livez: the process turns, and restarting it would
 * not help. /readyz: it may be given work. /healthz: every part, the platforms too, for a monitor that calls somebody.
 */
export async function listen(options: {
  readonly port: number
  readonly host: string
  readonly health: () => Promise<Health>
  /** Whether the store answers. */
  readonly ready: () => Promise<Health>
  readonly metrics: { readonly page: () => Promise<string>; readonly type: string; readonly here: boolean }
  readonly slack?: RequestListener
}): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const { metrics } = options
  const say = async (asked: Promise<Health>, response: ServerResponse) => {
    const health = await asked
    response.writeHead(health.ok ? 200 : 503, {
      'content-type': 'application/json',
      'cache-control': 'no-store',
    })
    response.end(`${JSON.stringify(health)}\n`)
  }
  const measure = async (response: ServerResponse) => {
    const page = await metrics.page()
    response.writeHead(200, { 'content-type': metrics.type, 'cache-control': 'no-store' })
    response.end(page)
  }
  const server: Server = createServer((request, response) => {
    const path = (request.url ?? '').split('?')[0]
    if (path?.startsWith('/slack/') && options.slack) options.slack(request, response)
    else if (path === '/healthz') void say(options.health(), response)
    else if (path === '/readyz') void say(options.ready(), response)
    else if (path === '/livez') response.end('alive\n')
    else if (path === '/metrics' && (!metrics.here || isFromHere(request))) void measure(response)
    else response.writeHead(404).end()
  })
  await new Promise<void>((resolve, reject) => {
    server
      .once('error', (error: NodeJS.ErrnoException) =>
        reject(portTrouble({ ...options, setting: 'PORT' }, error)),
      )
      .listen(options.port, options.host, resolve)
  })
  const { port } = server.address() as AddressInfo
  return {
    url: `http://${options.host}:${port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeIdleConnections()
      }),
  }
}

/** `setting` is the one that chose the port. */
export function portTrouble(
  {
    port,
    host,
    setting,
  }: { readonly port: number; readonly host: string; readonly setting: 'PORT' | 'PLAYGROUND_PORT' },
  error: NodeJS.ErrnoException,
) {
  if (error.code === 'EADDRINUSE')
    return new CannotStart(
      `Port ${port} is already in use on this machine. Stop what uses it, or set ${setting}.`,
    )
  if (error.code === 'EACCES')
    return new CannotStart(`This user may not listen on port ${port}. Set ${setting} to a number above 1023.`)
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND')
    return new CannotStart(`This machine has no address ${host}. Correct HOST, or leave it out.`)
  return error
}
