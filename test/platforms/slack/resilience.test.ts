// The measured defects of Slack's own client libraries, and the platform's bad days: the bot survives each.
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Post } from '../../../src/delivery/ports.ts'
import { say } from '../../../src/kit/reply.ts'
import { rateLimited, refused, type SlackServer } from '../../support/slack-server.ts'
import { connect, startExample, startServer, stopAll, words } from './example.ts'

const unhandled: unknown[] = []
const note = (reason: unknown) => void unhandled.push(reason)
beforeAll(() => void process.on('unhandledRejection', note))
afterAll(() => void process.off('unhandledRejection', note))
afterEach(async () => {
  await stopAll()
  await sleep(20)
  expect(unhandled.splice(0)).toEqual([])
})

const post = (to: Post['to']): Post => ({
  id: 'AAAAAAAAAAAAAAAAAAAAAA',
  platform: 'slack',
  workspace: 'T0HARBOR',
  to,
  message: say(words('Good morning.')),
  language: 'en',
  attempt: 1,
})

describe('a connection that Slack renews', () => {
  it('leaves no moment in which nobody listens', async () => {
    const { ana, server, slack } = await startExample('Socket Mode')
    await server.until(() => server.sockets.connections === 2)
    const acked: boolean[] = []
    for (let round = 0; round < 4; round++) {
      await server.until(() => server.sockets.connections === 2)
      server.sockets.drop('refresh_requested', 0)
      acked.push((await ana.slash('/checkin', '7')).acked, (await ana.slash('/checkin', '8')).acked)
    }
    expect(acked).toEqual(Array.from({ length: 8 }, () => true))
    await server.until(() => slack.health().connections === 2)
  })

  it.each(['terminate', 'refresh_requested', 'link_disabled', 4000] as const)(
    'is back far sooner than the 5 s of the library when every connection goes by %s',
    async (how) => {
      const { ana, server, slack } = await startExample('Socket Mode')
      await server.until(() => server.sockets.connections === 2)
      const before = server.sockets.opened
      server.sockets.drop(how)
      await server.until(() => server.sockets.opened >= before + 2 && server.sockets.connections === 2, 3000)
      expect((await ana.slash('/checkin', '7')).acked).toBe(true)
      await server.until(() => slack.health().connections === 2)
    },
  )

  it.each<[string, (server: SlackServer, wrong: boolean) => void]>([
    ['the upgrade is refused', ({ sockets }, wrong) => void (sockets.habits.refuseUpgrade = wrong)],
    ['nobody says hello', ({ sockets }, wrong) => void (sockets.habits.noHello = wrong)],
    [
      'connections.open fails',
      (server, wrong) => wrong && server.fault('apps.connections.open', { status: 500, times: 3 }),
    ],
    [
      'connections.open is told to wait',
      (server, wrong) => wrong && server.fault('apps.connections.open', rateLimited(1)),
    ],
  ])('is tried again when %s', async (_, fail) => {
    const { ana, server, slack } = await startExample('Socket Mode', { connections: 1, helloMs: 300 })
    fail(server, true)
    server.sockets.drop('terminate')
    await server.until(() => !slack.health().ok)
    await sleep(400)
    fail(server, false)
    await server.until(() => slack.health().ok)
    expect((await ana.slash('/checkin', '7')).acked).toBe(true)
  })

  it('survives a server that answers no ping', async () => {
    const { server, slack, ana } = await startExample('Socket Mode')
    server.sockets.habits.noPing = true
    server.sockets.habits.noPong = true
    await sleep(300)
    expect(slack.health().ok).toBe(true)
    expect((await ana.slash('/checkin', '7')).acked).toBe(true)
  })

  it('ignores frames that are no envelopes', async () => {
    const { server, ana } = await startExample('Socket Mode')
    server.sockets.send('not json')
    server.sockets.send('{"type":"something_new"}')
    await sleep(50)
    expect((await ana.slash('/checkin', '7')).acked).toBe(true)
  })
})

describe('a token that Slack takes no more', () => {
  it('on reconnecting does not end the process, and heals when it is good again', async () => {
    const { ana, server, slack, log } = await startExample('Socket Mode', { connections: 1 })
    server.fault('apps.connections.open', { ...refused('invalid_auth'), times: 2 })
    server.sockets.drop('terminate')
    await server.until(() => log.some((line) => line.includes('invalid_auth')))
    expect(slack.health().ok).toBe(false)
    await server.until(() => slack.health().ok)
    expect((await ana.slash('/checkin', '7')).acked).toBe(true)
  })

  it('at the start is told at once, for the bot and for the connection', async () => {
    const server = await startServer()
    server.fault('auth.test', refused('invalid_auth'))
    await expect(connect(server, 'signed HTTP')).rejects.toThrow('invalid_auth')
    server.fault('apps.connections.open', { ...refused('invalid_auth'), times: 2 })
    await expect(connect(server, 'Socket Mode')).rejects.toThrow('invalid_auth')
  })

  it('because the app was taken out does not keep the bot from starting: it has what it kept to erase', async () => {
    const server = await startServer()
    server.fault('auth.test', refused('token_revoked'))
    const { slack, log } = await connect(server, 'signed HTTP')
    expect(log.join()).toContain('token_revoked')
    await slack.stop()
  })
})

describe('stopping', () => {
  it('while a connection is being renewed rejects nothing and connects no more', async () => {
    const { server, slack } = await startExample('Socket Mode')
    server.sockets.habits.refuseUpgrade = true
    server.sockets.drop('terminate')
    await server.until(() => slack.health().connections === 0)
    await slack.stop()
    server.sockets.habits.refuseUpgrade = false
    const { opened } = server.sockets
    await sleep(500)
    expect(server.sockets.opened).toBe(opened)
  })

  it('waits for an answer that is on its way', async () => {
    const { ana, app, server, slack } = await startExample('Socket Mode')
    app.slowMs = 1500
    const asking = ana.slash('/checkin', '7', { patience: 100 })
    await server.until(() => app.ran.length === 1)
    await asking
    await slack.stop()
    expect(server.state.ephemerals.map((one) => one.text)).toEqual(['Saved.'])
  })

  it('starts although Slack is away, and is well when it comes back', async () => {
    const server = await startServer()
    server.fault('auth.test', { destroy: true })
    server.fault('apps.connections.open', { status: 503, times: 3 })
    const { slack, ana } = await connect(server, 'Socket Mode')
    await server.until(() => slack.health().ok)
    expect((await ana.slash('/checkin', '7')).acked).toBe(true)
  })
})

describe('too many calls', () => {
  it('for reminders hold up nobody who waits for a form', async () => {
    const { ana, server, slack } = await startExample('Socket Mode')
    server.fault('chat.postMessage', { ...rateLimited(3), times: 5 })
    const room = server.state.direct('U0ANA').id
    const sent = await Promise.all(
      [1, 2, 3].map(() => slack.poster.send(post({ kind: 'person', user: 'U0ANA', room }))),
    )
    expect(sent).toEqual(
      Array.from({ length: 3 }, () => ({ kind: 'retry', ambiguous: false, afterMs: 3000 })),
    )
    const started = performance.now()
    expect((await ana.slash('/ask')).view?.type).toBe('modal')
    expect(performance.now() - started).toBeLessThan(1500)
  })

  it('for one form give a button instead, and hold up no other call', async () => {
    const { ana, server } = await startExample('Socket Mode')
    server.fault('views.open', rateLimited(30))
    const seen = await ana.slash('/ask')
    expect(seen.ephemerals.map((one) => one.text)).toEqual(['Ready when you are.'])
    const again = await ana.slash('/ask')
    expect(again.view?.type).toBe('modal')
  })

  it('for who somebody is are done without', async () => {
    const { ana, server } = await startExample('Socket Mode')
    server.fault('users.info', rateLimited(30))
    expect((await ana.slash('/checkin', '7')).ephemerals).toHaveLength(1)
  })
})

describe('signed HTTP', () => {
  it.each([
    ['a wrong secret', { secret: 'other' }],
    ['a timestamp 6 minutes old', { off: -360 }],
    ['a timestamp a day in the future', { off: 86_400 }],
    ['a timestamp 6 minutes in the future', { off: 360 }],
    ['no timestamp', { timestamp: undefined }],
    ['a timestamp that is no number', { timestamp: 'soon' }],
    ['an empty signature', { signature: '' }],
    ['a body changed on the way', { tamper: (body: string) => body.replace('text=7', 'text=9') }],
  ])('refuses %s', async (_, signing) => {
    const { ana, app } = await startExample('signed HTTP')
    const seen = await ana.slash('/checkin', '7', { signing })
    expect(seen.status).toBe(401)
    expect(app.ran).toEqual([])
  })

  it('takes a clock that is a little off', async () => {
    const { ana } = await startExample('signed HTTP')
    expect((await ana.slash('/checkin', '7', { signing: { off: 60 } })).status).toBe(200)
    expect((await ana.slash('/checkin', '7', { signing: { off: -60 } })).status).toBe(200)
  })

  it('answers nothing but its own path', async () => {
    const { server } = await startExample('signed HTTP')
    const url = String(server.target())
    expect((await fetch(url.replace('/events', '/other'), { method: 'POST', body: '' })).status).toBe(404)
    expect((await fetch(url)).status).toBe(404)
  })
})
