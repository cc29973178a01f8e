import { afterEach, describe, expect, it } from 'vitest'
import { healthOf, listen, type Probe } from '../../src/operate/health.ts'
import { CannotStart } from '../../src/store/cannot-start.ts'

const well: Probe = () => Promise.resolve({ ok: true, connections: 2 })
const broken: Probe = () => Promise.reject(new Error('canary: the password is wrong'))
const thrown: Probe = () => {
  throw new Error('canary')
}
const silent: Probe = () => new Promise(() => {})

const stops: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
})
const metrics = { page: () => Promise.resolve('figures'), type: 'text/plain', here: true }
async function serve(
  probes: Readonly<Record<string, Probe>>,
  slack?: Parameters<typeof listen>[0]['slack'],
  { here = true } = {},
) {
  const server = await listen({
    port: 0,
    host: '127.0.0.1',
    health: () => healthOf(probes),
    ready: () => healthOf({ database: probes['database'] ?? well }),
    metrics: { ...metrics, here },
    ...(slack && { slack }),
  })
  stops.push(() => server.stop())
  return server.url
}

describe('health', () => {
  it('is well when every part is, and gives the facts of each', async () => {
    const answer = await fetch(`${await serve({ database: well, slack: well })}/healthz?verbose`)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(await answer.json()).toEqual({
      ok: true,
      parts: { database: { ok: true, connections: 2 }, slack: { ok: true, connections: 2 } },
    })
  })

  it.each([
    ['rejects', broken],
    ['throws', thrown],
    ['does not answer', silent],
  ])('is 503 when a part %s, names that part, and repeats none of its words', async (_how, probe) => {
    const answer = await fetch(`${await serve({ database: probe, slack: well })}/healthz`)
    expect(answer.status).toBe(503)
    const said = await answer.text()
    expect(JSON.parse(said)).toMatchObject({
      ok: false,
      parts: { database: { ok: false }, slack: { ok: true } },
    })
    expect(said).not.toContain('canary')
  })

  it('is ready while the database answers, whatever a platform does, and alive in any case', async () => {
    const status = async (url: string, path: string) => (await fetch(`${url}/${path}`)).status
    const platformAway = await serve({ database: well, slack: broken })
    expect(await status(platformAway, 'healthz')).toBe(503)
    expect(await status(platformAway, 'readyz')).toBe(200)
    const databaseAway = await serve({ database: broken })
    expect(await status(databaseAway, 'readyz')).toBe(503)
    expect(await status(databaseAway, 'livez')).toBe(200)
  })

  it('shows metrics to this machine, and to others only where HOST was given', async () => {
    const here = await serve({})
    expect(await (await fetch(`${here}/metrics`)).text()).toBe('figures')
    const proxied = { headers: { 'x-forwarded-for': '203.0.113.9' } }
    expect((await fetch(`${here}/metrics`, proxied)).status).toBe(404)
    const anywhere = await serve({}, undefined, { here: false })
    expect((await fetch(`${anywhere}/metrics`, proxied)).status).toBe(200)
  })

  it('hands /slack/ to Slack where there is one, and knows nothing else', async () => {
    const withSlack = await serve({}, (request, response) => response.end(`slack got ${request.url}`))
    expect(await (await fetch(`${withSlack}/slack/events`)).text()).toBe('slack got /slack/events')
    expect((await fetch(`${withSlack}/slackish`)).status).toBe(404)
    expect((await fetch(`${withSlack}/`)).status).toBe(404)
    expect((await fetch(`${await serve({})}/slack/events`)).status).toBe(404)
  })

  it('says in an operator’s words that a port is taken', async () => {
    const port = Number(new URL(await serve({})).port)
    const nothing = () => healthOf({})
    const second = listen({ port, host: '127.0.0.1', health: nothing, ready: nothing, metrics })
    await expect(second).rejects.toThrow(CannotStart)
    await expect(second).rejects.toThrow(`Port ${port} is already in use`)
  })
})
