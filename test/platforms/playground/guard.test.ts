import { request } from 'node:http'
import { networkInterfaces } from 'node:os'
import { connect } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { tokenOf } from './client.ts'
import { startExample } from './example.ts'

let example: Awaited<ReturnType<typeof startExample>>
let token = ''
beforeAll(async () => {
  example = await startExample()
  token = await tokenOf(example.url)
})
afterAll(() => example.close())

type Sent = { method?: string; headers?: Record<string, string>; body?: string }
/** Unlike fetch, this may lie about its host. */
const send = (path: string, { method = 'GET', headers = {}, body = '' }: Sent = {}) =>
  new Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; body: string }>(
    (resolve, reject) => {
      const asked = request(new URL(path, example.url), { method, headers, agent: false }, (response) => {
        const parts: Buffer[] = []
        response.on('data', (part: Buffer) => parts.push(part))
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(parts).toString(),
          }),
        )
      })
      asked.on('error', reject)
      asked.end(body)
    },
  )
const post = (path: string, body: unknown, headers: Record<string, string> = { 'x-handrail-token': token }) =>
  send(`/api/${path}`, {
    method: 'POST',
    headers,
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })
const ana = { as: 'ana', language: 'en', zone: 'UTC', room: 'direct-ana' }

test('the page allows itself and nothing else: no inline script, no other host, no frame', async () => {
  const { headers, body } = await send('/')
  const policy = String(headers['content-security-policy'])
  expect(policy).toContain("default-src 'none'")
  expect(policy).toContain("script-src 'self'")
  expect(policy).not.toMatch(/unsafe|https?:|\*/)
  expect(headers['cache-control']).toBe('no-store')
  expect(body).not.toMatch(/<script>|style="|https?:\/\//)
})

test('another name for this machine is refused, so that no page elsewhere can borrow one', async () => {
  expect((await send('/', { headers: { host: 'evil.example' } })).status).toBe(421)
  expect((await send('/', { headers: { host: '127.0.0.1.evil.example:80' } })).status).toBe(421)
  expect((await send('/', { headers: { host: 'localhost:80' } })).status).toBe(200)
})

test('another local page is refused by its origin, and without the token', async () => {
  const origin = { origin: 'http://127.0.0.1:9999', 'x-handrail-token': token }
  expect((await post('say', { ...ana, words: 'x' }, origin)).status).toBe(403)
  expect((await post('say', { ...ana, words: 'x' }, {})).status).toBe(401)
  expect((await post('say', { ...ana, words: 'x' }, { 'x-handrail-token': `${token}x` })).status).toBe(401)
  expect((await send('/api/start')).status).toBe(401)
  expect((await send('/api/live?as=ana&token=guess')).status).toBe(401)
  expect((await post('say', { ...ana, words: 'hello' })).status).toBe(200)
})

test('the token differs from start to start', async () => {
  const other = await startExample()
  expect(await tokenOf(other.url)).not.toBe(token)
  await other.close()
})

test('only the page’s own files can be read', async () => {
  expect((await send('/page/main.js')).status).toBe(200)
  for (const path of [
    '/page/..%2fserve.ts',
    '/page/%2e%2e/serve.ts',
    '/page/',
    '/page/constructor',
    '/etc/passwd',
  ])
    expect((await send(path)).status, path).toBe(404)
})

test('garbage is answered with a 4xx and the playground goes on', async () => {
  for (const body of ['', '{', 'null', '[]', '{"as":1}', { ...ana, words: '' }, { ...ana, words: 5 }])
    expect((await post('say', body)).status).toBe(400)
  expect((await post('say', { ...ana, as: 'nobody', words: 'x' })).status).toBe(404)
  expect((await post('say', { ...ana, zone: 'Mars/Base', words: 'x' })).status).toBe(404)
  expect((await post('say', { ...ana, words: 'x'.repeat(300_000) })).status).toBe(413)
  expect((await post('submit', { ...ana, code: 'h1:every', raw: { mood: { $gt: 1 } } })).status).toBe(200)
  expect((await post('say', { ...ana, words: 'still here' })).status).toBe(200)
})

test('it listens on loopback and on no other address', async () => {
  const outside = Object.values(networkInterfaces())
    .flatMap((of) => of ?? [])
    .filter(({ internal, family }) => !internal && family === 'IPv4')
  const port = Number(new URL(example.url).port)
  for (const { address } of outside) {
    const outcome = await new Promise((resolve) => {
      const socket = connect({ host: address, port, timeout: 2000 })
      socket.once('connect', () => resolve('open'))
      socket.once('error', () => resolve('refused'))
      socket.once('timeout', () => resolve('refused'))
    })
    expect(outcome).toBe('refused')
  }
})
