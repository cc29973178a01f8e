// The defects of the client library and the failures of the network that the bot must survive, each against the local Discord.
import { afterEach, describe, expect, it } from 'vitest'
import { closeRest, restClient } from '../../../src/platforms/discord/calls.ts'
import { buttonsIn, unauthorised, wordsIn, type Posted } from '../../support/discord-server.ts'
import { connect, startExample, startServer, stopAll } from './example.ts'

afterEach(stopAll)

const only = (message: Posted | undefined): Posted => {
  if (!message) throw new Error('there is no message')
  return message
}
/** Longer than the adapter waits before it tells a person that it takes a moment. */
const slowMs = 1600

describe('when the answer takes a while', () => {
  it('acknowledges in time, then answers a command privately', async () => {
    const { ana, app } = await startExample()
    app.slowMs = slowMs
    const seen = await ana.slash('checkin', { mood: 7 })
    expect(seen.acked).toBe(true)
    expect(wordsIn(only(seen.original))).toContain('Saved.')
    expect(seen.original?.ephemeral).toBe(true)
  })
  it('keeps a private answer private although the wait was announced to the room', async () => {
    const { ana, app, server } = await startExample()
    app.slowMs = slowMs
    const seen = await ana.slash('slow')
    await server.until(() => seen.followups.length === 1)
    expect(wordsIn(only(seen.followups[0]))).toBe('Only for you.')
    expect(seen.followups[0]?.ephemeral).toBe(true)
    expect(wordsIn(only(seen.original))).toBe('Answered privately.')
  })
  it('changes the message of a button', async () => {
    const { ana, app } = await startExample()
    const { original } = await ana.slash('checkin', { mood: 7 })
    app.slowMs = slowMs
    const seen = await ana.click(only(original), 'Undo')
    expect(wordsIn(only(seen.updated))).toBe('Undone.')
  })
  it('offers a form that came too late behind a button', async () => {
    const { ana, app } = await startExample()
    app.slowMs = slowMs
    const { original } = await ana.slash('ask')
    expect(buttonsIn(only(original))).toEqual(['Continue'])
    const { modal } = await ana.click(only(original), 'Continue')
    expect(modal?.title).toContain('Everything')
  })
})

describe('when Discord or the network fails', () => {
  it('works once on what is delivered twice', async () => {
    const { ana, app } = await startExample()
    const seen = await ana.slash('checkin', { mood: 7 }, { copies: 2 })
    expect(wordsIn(only(seen.original))).toContain('Saved.')
    expect(app.ran).toHaveLength(1)
  })
  it.each([
    ['is lost after it was taken', { status: 502, after: true }],
    ['is refused by a proxy', { status: 502 }],
    ['meets a closed connection', { destroy: true }],
    ['arrives, and the connection closes', { destroy: true, after: true }],
  ])('answers once when an acknowledgement %s', async (_, fault) => {
    const { ana, server, log, discord } = await startExample()
    server.fault('POST /interactions/', fault)
    const seen = await ana.slash('checkin', { mood: 7 })
    expect(wordsIn(only(seen.original))).toContain('Saved.')
    await discord.stop()
    expect(seen.followups).toEqual([])
    expect(log.join()).not.toContain('call-failed')
  })
  it('answers in time when an acknowledgement hangs', async () => {
    const { ana, server } = await startExample()
    server.fault('POST /interactions/', { delayMs: 6000, destroy: true })
    expect((await ana.slash('away')).acked).toBe(true)
  })
  it('goes on after one 401', async () => {
    const { server } = await startExample()
    const jo = server.person('jo')
    server.fault('POST /channels/', unauthorised)
    expect((await jo.dm('away')).map(wordsIn)).toEqual(['Away.'])
    expect((await jo.dm('away')).map(wordsIn)).toEqual(['Away.'])
  })
  it('answers a direct message once although the reply of Discord was lost', async () => {
    const { server } = await startExample()
    const jo = server.person('jo')
    server.fault('POST /channels/', { destroy: true, after: true })
    await jo.dm('away')
    await server.until(() => server.called('POST /channels/').length === 2)
    expect(server.dms(jo.id).map(wordsIn)).toEqual(['Away.'])
  })
  it('takes no harm from what makes no sense', async () => {
    const { server, ana } = await startExample()
    for (const garbage of [{}, null, { type: 2 }, { id: '1', type: 3, data: {} }, { id: '2', type: 99 }]) {
      server.dispatch('INTERACTION_CREATE', garbage)
      server.dispatch('MESSAGE_CREATE', garbage)
    }
    expect((await ana.slash('away')).done).toBe(true)
  })
  it('keeps no long list of queues, and does not count to 50', () => {
    const rest = restClient('t', undefined, { timeout: 1, retries: 0 })
    closeRest(rest)
    expect(rest.options.globalRequestsPerSecond).toBeGreaterThan(10_000)
    expect(rest.options.handlerSweepInterval).toBeLessThanOrEqual(60_000)
  })
})

describe('the connection', () => {
  it.each(['terminate', 'reconnect', 4000, 'invalid-resumable'] as const)(
    'is resumed after %s, and nothing is missed',
    async (how) => {
      const { server, ana } = await startExample()
      server.dropSockets(how)
      expect((await ana.slash('away')).done).toBe(true)
      expect(server.gateway.counts.identified).toBe(1)
    },
  )
  it('is replaced when a RESUME is never answered', async () => {
    const { server, ana, discord } = await startExample({
      times: { stuckMs: 1500, checkMs: 100, pauseMs: 100 },
    })
    server.gateway.habits.ignoreResume = true
    server.dropSockets('terminate')
    await server.until(() => !discord.health().ok)
    await server.until(() => discord.health().ok, 15_000)
    expect(server.gateway.counts).toMatchObject({ identified: 2, resumed: 0 })
    expect((await ana.slash('away')).done).toBe(true)
  }, 25_000)
  it('does not wait for a server that never arrives', async () => {
    const server = await startServer()
    server.guild('Away')
    server.gateway.habits.withholdGuilds = true
    const { ana } = await connect(server)
    expect((await ana.slash('away')).done).toBe(true)
  })
  it('is made as soon as Discord can be reached', async () => {
    const server = await startServer()
    server.fault('GET /gateway/bot', { times: 3, destroy: true })
    const { ana, log } = await connect(server, { times: { pauseMs: 50 } })
    expect((await ana.slash('away')).done).toBe(true)
    expect(log[0]).toContain('failed')
  })
  it('is refused at once with a wrong token, and with intents that were not granted', async () => {
    const server = await startServer()
    await expect(connect(server, { token: 'wrong' })).rejects.toThrow(/token/i)
    server.gateway.habits.identifyClose = 4014
    await expect(connect(server)).rejects.toThrow(/intents/i)
  })
  it('asks for direct messages and rooms, and for no words that people say there', async () => {
    const { server } = await startExample()
    expect(server.gateway.intents()).toBe((1 << 12) | 1)
  })
})

describe('the list of commands', () => {
  it('is written once, and again only when something differs', async () => {
    const { server, discord } = await startExample()
    expect(server.called('PUT /applications/')).toHaveLength(1)
    await discord.stop()
    const { log } = await connect(server)
    expect(server.called('PUT /applications/')).toHaveLength(1)
    expect(log.join()).toContain('unchanged')
  })
})
