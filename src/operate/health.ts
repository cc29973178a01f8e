// How well each part is, as data and as GET /healthz.
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

export type Health = {
  readonly ok: boolean
  readonly parts: Readonly<Record<string, { readonly ok: boolean; readonly [fact: string]: unknown }>>
}
export type Probe = () => Promise<{ readonly ok: boolean; readonly [fact: string]: unknown }>

const patienceMs = 1_000

/** A probe that does not answer in a second is not well. */
export async function healthOf(probes: Readonly<Record<string, Probe>>): Promise<Health> {
  const asked = Object.entries(probes).map(async ([name, probe]) => {
    const late = new Promise<{ ok: false }>((resolve) =>
      setTimeout(resolve, patienceMs, { ok: false }).unref(),
    )
    return [name, await Promise.race([probe().catch(() => ({ ok: false })), late])] as const
  })
  const parts = Object.fromEntries(await Promise.all(asked))
  return { ok: Object.values(parts).every(({ ok }) => ok), parts }
}

/** One server for /healthz and, where Slack comes by HTTP, /slack/*. */
export async function listen(options: {
  readonly port: number
  readonly host: string
  readonly health: () => Promise<Health>
  readonly slack?: RequestListener
}): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const server: Server = createServer((request, response) => {
    const path = (request.url ?? '').split('?')[0]
    if (path?.startsWith('/slack/') && options.slack) return options.slack(request, response)
    if (path !== '/healthz') return void response.writeHead(404).end()
    void options.health().then((health) => {
      response.writeHead(health.ok ? 200 : 503, {
        'content-type': 'application/json',
        'cache-control': 'no-store',
      })
      response.end(`${JSON.stringify(health)}\n`)
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(options.port, options.host, resolve)
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
