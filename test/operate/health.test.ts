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
async function serve(probes: Readonly<Record<string, Probe>>, slack?: Parameters<typeof listen>[0]['slack']) {
  const server = await listen({
    port: 0,
    host: '127.0.0.1',
    health: () => healthOf(probes),
    ...(slack && { slack }),
  })
  stops.push(() => server.stop())
  return server.url
}

describe('health', () => {
  it('is well when every part is, and gives the facts of each', async () => {
    const answer = await fetch(`${await serve({ database: well, slack: well })}/healthz?verbose`)
    expect(answer.status).toBe(200)
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

  it('hands /slack/ to Slack where there is one, and knows nothing else', async () => {
    const withSlack = await serve({}, (request, response) => response.end(`slack got ${request.url}`))
    expect(await (await fetch(`${withSlack}/slack/events`)).text()).toBe('slack got /slack/events')
    expect((await fetch(`${withSlack}/slackish`)).status).toBe(404)
    expect((await fetch(`${withSlack}/`)).status).toBe(404)
    expect((await fetch(`${await serve({})}/slack/events`)).status).toBe(404)
  })

  it('says in an operator’s words that a port is taken', async () => {
    const port = Number(new URL(await serve({})).port)
    const second = listen({ port, host: '127.0.0.1', health: () => healthOf({}) })
    await expect(second).rejects.toThrow(CannotStart)
    await expect(second).rejects.toThrow(`Port ${port} is already in use`)
  })
})
