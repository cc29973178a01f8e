// The local Discord itself, held against a real discord.js client.
import { Events, Routes, Status, type ClientOptions } from 'discord.js'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  buttonsIn,
  rateLimited,
  startDiscordServer,
  unauthorised,
  wordsIn,
  type DiscordServer,
} from './discord-server.ts'
import { commands, connect } from './discord/example-bot.ts'

let server: DiscordServer
let bot: Awaited<ReturnType<typeof connect>> | undefined
async function start(options: Partial<ClientOptions> = {}) {
  bot = await connect(server, options)
  return bot
}
beforeEach(async () => {
  server = await startDiscordServer()
})
afterEach(async () => {
  await bot?.client.destroy()
  bot = undefined
  await server.stop()
})
const ana = () => server.person('ana')
const present = <T>(value: T | undefined): T => {
  if (value === undefined) throw new Error('this should have been shown')
  return value
}

describe('A person in front of it', () => {
  it('shows the answer to a command, private as it was sent', async () => {
    await start()
    const seen = await ana().slash('hello', { how: 'now', mood: 3 })
    expect(seen).toMatchObject({ acked: true, done: true, original: { content: 'Hello.', ephemeral: true } })
    expect(seen.latency).toBeLessThan(3000)
    expect(buttonsIn(present(seen.original))).toEqual(['More', 'Form'])
  })

  it('waits for an answer that was deferred', async () => {
    await start()
    const seen = await ana().slash('hello', { how: 'slowly' })
    expect(seen).toMatchObject({ done: true, original: { content: 'Slow.', ephemeral: true } })
  })

  it('shows what follows an answer', async () => {
    await start()
    const seen = await ana().slash('hello', { how: 'twice' })
    await server.until(() => seen.followups.length === 1)
    expect(seen).toMatchObject({
      original: { ephemeral: false },
      followups: [{ content: 'Two.', ephemeral: true }],
    })
  })

  it('changes a message in place when its button is pressed', async () => {
    await start()
    const { original } = await ana().slash('hello', { how: 'now' })
    const seen = await ana().click(present(original), 'More')
    expect(seen.updated).toMatchObject({ content: 'More of it.', components: [] })
    await expect(ana().click(present(original), 'More')).rejects.toThrow('nothing to press')
  })

  it('fills in a form with every kind of field and keeps what it was filled with', async () => {
    await start()
    const { modal } = await ana().slash('hello', { how: 'form' })
    const values = { Mood: '7', Sleep: 'Bad', Needs: ['Food', 'Rest'], Share: true, Skill: ['Walk'] }
    const seen = await ana().modal(present(modal), values)
    expect(seen.original).toMatchObject({ content: '7 bad food+rest true walk', ephemeral: true })
    await expect(ana().modal(present(modal), { ...values, Mood: '' })).rejects.toThrow(
      'Discord asks for “Mood”',
    )
    await expect(ana().modal(present(modal), { ...values, Mood: '100' })).rejects.toThrow('takes 2 at most')
    await expect(ana().modal(present(modal), { ...values, Sleep: 'So so' })).rejects.toThrow(
      'offers Good, Bad',
    )
  })

  it('offers what the bot suggests', async () => {
    await start()
    const seen = await ana().autocomplete('hello', 'skill', 'walk')
    expect(seen.choices).toEqual([{ name: 'walking', value: 'walk' }])
  })

  it('runs a command from the menu of a message', async () => {
    await start()
    const guild = server.guild('Harbor')
    const room = server.channel(guild, 'evening')
    server.install(guild)
    const ben = server.person('ben', { guild })
    await ben.say(room, 'I slept.', 0)
    const seen = await ben.menu('Keep', present(room.messages[0]))
    expect(seen.original?.content).toBe('Kept I slept.')
  })

  it('sends no command that Discord itself would not send', async () => {
    await start()
    await expect(ana().slash('hello', {})).rejects.toThrow('Discord asks for how')
    await expect(ana().slash('hello', { how: 'now', mood: 11 })).rejects.toThrow('is over 10')
    await expect(ana().slash('hello', { how: 'now', mood: 1.5 })).rejects.toThrow('is no whole number')
    await expect(ana().slash('goodbye')).rejects.toThrow('there is no command goodbye')
  })

  it('carries direct messages both ways', async () => {
    await start()
    expect(await ana().dm('Hello?')).toMatchObject([{ content: 'You said Hello?.' }])
    expect(server.dms(ana().id)).toHaveLength(1)
  })

  it('hands over pictures with the words that describe them', async () => {
    await start()
    const { original } = await ana().slash('hello', { how: 'picture' })
    expect(original?.attachments).toMatchObject([{ filename: 'week.png', description: 'Your week' }])
    expect(Buffer.from(present(original?.attachments[0]).bytes).toString()).toBe('png')
    expect(wordsIn(present(original))).toBe('Your week')
  })

  it('tells the bot of guilds it is added to and removed from', async () => {
    const { client } = await start()
    const guild = server.guild('Harbor')
    server.install(guild)
    await server.until(() => client.guilds.cache.has(guild.id))
    server.uninstall(guild)
    await server.until(() => !client.guilds.cache.has(guild.id))
  })
})

describe('Its rules', () => {
  /** Answers what was wrong, and forgets it. */
  const complaints = () => server.violations.splice(0).join('\n')

  it('refuses what breaks a limit and lets the test fail', async () => {
    const { errors } = await start()
    expect((await ana().slash('hello', { how: 'wrongly' }, { patience: 500 })).acked).toBe(false)
    expect(errors).toMatchObject([{ code: 50035 }])
    expect(complaints()).toContain('over 2000')
  })

  it('fails on a route that it does not know', async () => {
    const { client } = await start()
    await expect(client.rest.get('/voice/regions')).rejects.toThrow()
    expect(complaints()).toBe('nobody answers GET /voice/regions')
  })

  it.each<[string, object, string]>([
    ['an empty message', {}, 'the message is empty'],
    ['a key that Discord does not know', { content: 'a', colour: 'red' }, 'unknown colour'],
    ['the same id twice', twoButtons({ custom_id: 'a' }, { custom_id: 'a' }), 'custom_id a stands twice'],
    [
      'a link with an id',
      twoButtons({ custom_id: 'a' }, { style: 5, url: 'https://a.example', custom_id: 'b' }),
      'a link button has a custom_id',
    ],
    ['an id that is too long', twoButtons({ custom_id: 'a'.repeat(101) }, { custom_id: 'b' }), 'custom_id'],
    ['too many rows', { content: 'a', components: Array(6).fill(rowOf({ custom_id: 'a' })) }, 'over 5 rows'],
    [
      'too much in its embeds',
      { embeds: [{ description: 'a'.repeat(4000) }, { description: 'b'.repeat(2001) }] },
      '6000',
    ],
    ['new components without their flag', { components: [{ type: 10, content: 'a' }] }, 'without their flag'],
    [
      'new components and content',
      { flags: 32768, content: 'a', components: [{ type: 10, content: 'a' }] },
      'content',
    ],
  ])('refuses %s', async (_, body, complaint) => {
    const { client } = await start()
    const channel = server.state.direct(ana().id)
    await expect(client.rest.post(Routes.channelMessages(channel.id), { body })).rejects.toMatchObject({
      code: 50035,
    })
    expect(server.violations.join('\n')).toContain(complaint)
    expect(complaints()).not.toBe('')
  })

  it.each<[string, object, string]>([
    ['an upper-case name', { name: 'Hello', description: 'a' }, 'upper case'],
    ['no description', { name: 'hello' }, 'description'],
    [
      'a required option after an optional one',
      {
        name: 'hello',
        description: 'a',
        options: [
          { type: 3, name: 'a', description: 'a' },
          { type: 3, name: 'b', description: 'b', required: true },
        ],
      },
      'a required option after an optional one',
    ],
  ])('refuses a command with %s', async (_, command, complaint) => {
    const { client } = await start()
    const path = Routes.applicationCommands(server.state.bot.id)
    await expect(client.rest.put(path, { body: [command] })).rejects.toMatchObject({ code: 50035 })
    expect(complaints()).toContain(complaint)
    await expect(client.rest.put(path, { body: [commands[0], commands[0]] })).rejects.toMatchObject({
      code: 50035,
    })
    expect(complaints()).toContain('stands twice')
  })

  it('takes no answer after three seconds, and no second one', async () => {
    const { client, errors } = await start()
    client.removeAllListeners(Events.InteractionCreate)
    const codes: unknown[] = []
    client.on(Events.InteractionCreate, (interaction) => {
      if (!interaction.isChatInputCommand()) return
      if (interaction.options.getString('how') === 'late') server.state.forward(3001)
      const body = { type: 4, data: { content: 'a' } }
      const path = Routes.interactionCallback(interaction.id, interaction.token)
      const send = async () => await client.rest.post(path, { body, auth: false })
      void send()
        .then(send)
        .catch((error: { code: unknown }) => codes.push(error.code))
    })
    expect((await ana().slash('hello', { how: 'late' }, { patience: 500 })).acked).toBe(false)
    expect((await ana().slash('hello', { how: 'now' })).acked).toBe(true)
    await server.until(() => codes.length === 2)
    expect(codes).toEqual([10062, 40060])
    expect(errors).toEqual([])
  })

  it('ends the life of an interaction after fifteen minutes', async () => {
    const { client } = await start()
    await ana().slash('hello', { how: 'now' })
    const [interaction] = server.state.interactions.values()
    const path = Routes.webhook(server.state.bot.id, present(interaction).token)
    await client.rest.post(path, { body: { content: 'in time' }, auth: false })
    server.state.forward(15 * 60_000)
    await expect(client.rest.post(path, { body: { content: 'late' }, auth: false })).rejects.toMatchObject({
      code: 50027,
    })
  })

  it('refuses direct messages to who does not take them, and messages to where nothing is', async () => {
    const { client } = await start()
    const body = { content: 'Hello' }
    const closed = server.person('cleo', { closed: true })
    const direct = server.state.direct(closed.id)
    await expect(client.rest.post(Routes.channelMessages(direct.id), { body })).rejects.toMatchObject({
      code: 50007,
    })
    const nowhere = Routes.channelMessages('1234567890123456789')
    await expect(client.rest.post(nowhere, { body })).rejects.toMatchObject({ code: 10003 })
  })

  it('posts a message with an enforced nonce once', async () => {
    const { client } = await start()
    const opened = await client.rest.post(Routes.userChannels(), { body: { recipient_id: ana().id } })
    const path = Routes.channelMessages((opened as { readonly id: string }).id)
    const body = { content: 'Good morning', nonce: 'row-1', enforce_nonce: true }
    server.fault(`POST ${path}`, { status: 502, after: true })
    await client.rest.post(path, { body })
    expect(server.called(`POST ${path}`)).toMatchObject([{ status: 502 }, { status: 200 }])
    expect(server.dms(ana().id)).toHaveLength(1)
  })
})

describe('Its faults', () => {
  it('sends a client away with the time to wait', async () => {
    const { client } = await start()
    server.fault('GET /users/', rateLimited(0.3))
    const from = performance.now()
    await client.rest.get(Routes.user(ana().id))
    expect(performance.now() - from).toBeGreaterThan(290)
    expect(server.called('GET /users/').map(({ status }) => status)).toEqual([429, 200])
  })

  it('tells its pace, and a client that listens is never sent away', async () => {
    const { client } = await start()
    server.rate('GET /users/', 5, 400)
    await Promise.all(Array.from({ length: 12 }, async () => await client.rest.get(Routes.user(ana().id))))
    expect(server.called('GET /users/')).toHaveLength(12)
    expect(server.called('GET /users/').every(({ status }) => status === 200)).toBe(true)
  })

  it('can forget the token once, after which the plain client has none', async () => {
    const { client } = await start()
    server.fault('GET /users/', unauthorised)
    await expect(client.rest.get(Routes.user(ana().id))).rejects.toMatchObject({ status: 401 })
    await expect(client.rest.get(Routes.user(ana().id))).rejects.toThrow('Expected token to be set')
  })

  it.each([{ destroy: true }, { truncate: true }])('breaks a connection: %j', async (fault) => {
    const { client } = await start({ rest: { retries: 0 } })
    server.fault('GET /users/', fault)
    await expect(client.rest.get(Routes.user(ana().id))).rejects.toThrow()
    await client.rest.get(Routes.user(ana().id))
  })

  it.each(['terminate', 4000, 'reconnect', 'invalid-resumable'] as const)(
    'drops the socket (%s), and the client gets what it missed when it resumes',
    async (how) => {
      await start()
      server.dropSockets(how)
      const seen = await ana().slash('hello', { how: 'now' })
      expect(seen.original?.content).toBe('Hello.')
      await server.until(() => server.gateway.counts.resumed === 1)
      expect(server.gateway.counts.identified).toBe(1)
    },
  )

  it('never answers a RESUME when told so, and the plain client waits for ever', async () => {
    const { client } = await start()
    server.gateway.habits.ignoreResume = true
    server.dropSockets('terminate')
    await server.until(() => client.ws.shards.get(0)?.status === Status.Resuming)
    expect(client.isReady()).toBe(true)
    expect((await ana().slash('hello', { how: 'now' }, { patience: 300 })).acked).toBe(false)
  })

  it('forgets a session when told so', async () => {
    await start()
    server.gateway.habits.invalidateOnResume = true
    server.dropSockets('terminate')
    await server.until(() => server.gateway.counts.identified === 2, 20_000)
    expect((await ana().slash('hello', { how: 'now' })).acked).toBe(true)
  })

  it('stops answering heartbeats, and the client comes back', async () => {
    server.gateway.habits.heartbeatInterval = 300
    await start()
    server.gateway.habits.noHeartbeatAck = true
    await server.until(() => server.gateway.counts.resumed > 0, 10_000)
    server.gateway.habits.noHeartbeatAck = false
    expect((await ana().slash('hello', { how: 'now' })).done).toBe(true)
  })

  it.each([
    ['with the wrong token', () => void (server.gateway.habits.identifyClose = 4004)],
    ['without a guild that was promised', () => void (server.gateway.habits.withholdGuilds = true)],
  ])('lets a client start %s', async (what, arrange) => {
    server.guild('Harbor')
    arrange()
    if (what.includes('token')) await expect(connect(server)).rejects.toThrow()
    else await start({ waitGuildTimeout: 50 })
  })

  it('refuses sockets while it is told to, which ends a plain login', async () => {
    const { habits, counts } = server.gateway
    habits.refuseUpgrade = true
    await expect(connect(server)).rejects.toThrow('503')
    habits.refuseUpgrade = false
    await start()
    expect(counts.identified).toBe(1)
  })

  it('limits everything together, beside the pace of single routes', async () => {
    const { client } = await start()
    server.rate('GET ', 1, 300, { global: true })
    await client.rest.get(Routes.user(ana().id))
    await client.rest.get(Routes.channel(server.state.direct(ana().id).id))
    expect(server.calls.slice(-3).map(({ status }) => status)).toEqual([200, 429, 200])
  })

  it('delivers an interaction twice, or late', async () => {
    const { errors } = await start()
    const seen = await ana().slash('hello', { how: 'now' }, { copies: 2, delayMs: 20 })
    expect(seen.done).toBe(true)
    await server.until(() => errors.length === 1)
    expect(errors).toMatchObject([{ code: 40060 }])
  })
})

function rowOf(...buttons: readonly object[]) {
  return { type: 1, components: buttons.map((one) => ({ type: 2, style: 1, label: 'a', ...one })) }
}
function twoButtons(...buttons: readonly object[]) {
  return { content: 'a', components: [rowOf(...buttons)] }
}
