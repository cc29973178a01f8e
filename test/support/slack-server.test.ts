// The local Slack itself, held against a real Bolt app and against recorded deliveries.
/* oxlint-disable unicorn/require-post-message-target-origin -- Slack's chat.postMessage, not a window's */
import { existsSync, readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { App, HTTPReceiver, LogLevel, SocketModeReceiver } from '@slack/bolt'
import { WebClient } from '@slack/web-api'
import { afterEach, describe, expect, it } from 'vitest'
import {
  appToken,
  botToken,
  rateLimited,
  signingSecret,
  startSlackServer,
  type SlackServer,
} from './slack-server.ts'
import { signature } from './slack/signed-http.ts'
import * as payloads from './slack/payloads.ts'

const plain = (text: string) => ({ type: 'plain_text' as const, text })
const button = (text: string, action_id: string) => ({
  type: 'button' as const,
  text: plain(text),
  action_id,
  value: 'v',
})
const quiet = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  setName() {},
  getLevel: () => LogLevel.ERROR,
}

let closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  const all = closing.toReversed()
  closing = []
  for (const close of all) await close()
})

/** The app that these tests drive: every kind of answer once. */
function answers(app: App): void {
  app.command('/hello', async ({ ack, command, body, client }) => {
    if (command.text === 'form') {
      await ack()
      await client.views.open({ trigger_id: body.trigger_id, view: form })
    } else if (command.text === 'silent') return
    else await ack({ text: 'Hello.', blocks: [{ type: 'actions', elements: [button('More', 'more')] }] })
  })
  app.action('more', async ({ ack, respond }) => {
    await ack()
    await respond({ replace_original: true, text: 'More of it.' })
  })
  app.view('form', async ({ ack, view, body, client }) => {
    const mood = view.state.values['mood']?.['field']?.value
    if (mood === '11') return await ack({ response_action: 'errors', errors: { mood: 'From 1 to 10.' } })
    await ack()
    await client.chat.postMessage({ channel: body.user.id, text: `Kept ${mood}.` })
  })
  app.options(
    'who',
    async ({ ack, payload }) => await ack({ options: [{ text: plain(`${payload.value} A.`), value: 'U1' }] }),
  )
  app.shortcut('keep', async ({ ack, respond }) => {
    await ack()
    await respond({ text: 'Noted.' })
  })
  app.event('app_home_opened', async ({ event, client }) => {
    await client.views.publish({
      user_id: event.user,
      view: { type: 'home', blocks: [{ type: 'section', text: plain('Home') }] },
    })
  })
  app.message(async ({ message, say }) => {
    if (message.subtype === undefined && message.bot_id === undefined) await say(`You said ${message.text}.`)
  })
}
const form = {
  type: 'modal' as const,
  callback_id: 'form',
  title: plain('Check in'),
  submit: plain('Save'),
  blocks: [
    {
      type: 'input' as const,
      block_id: 'mood',
      label: plain('Mood'),
      element: { type: 'plain_text_input' as const, action_id: 'field' },
    },
    {
      type: 'input' as const,
      block_id: 'who',
      optional: true,
      label: plain('Who'),
      element: { type: 'external_select' as const, action_id: 'who', min_query_length: 0 },
    },
  ],
}

async function bySocket(slack: SlackServer) {
  const receiver = new SocketModeReceiver({
    appToken,
    logger: quiet,
    clientPingTimeout: 200,
    installerOptions: { clientOptions: { slackApiUrl: slack.apiUrl } },
  })
  const app = new App({
    token: botToken,
    receiver,
    logger: quiet,
    clientOptions: { slackApiUrl: slack.apiUrl },
  })
  answers(app)
  await app.start()
  closing.push(async () => await app.stop())
}

async function byHttp(slack: SlackServer) {
  const receiver = new HTTPReceiver({ signingSecret, logger: quiet })
  const app = new App({
    token: botToken,
    receiver,
    logger: quiet,
    clientOptions: { slackApiUrl: slack.apiUrl },
  })
  answers(app)
  const server: Server = createServer(receiver.requestListener).listen(0, '127.0.0.1')
  await new Promise((listening) => server.once('listening', listening))
  closing.push(() => new Promise((done) => server.close(done)))
  slack.to(`http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events`)
}

async function start(connect: (slack: SlackServer) => Promise<void>) {
  const slack = await startSlackServer()
  closing.push(() => slack.stop())
  await connect(slack)
  return slack
}

describe.each([
  ['Socket Mode', bySocket],
  ['signed HTTP', byHttp],
] as const)('over %s', (_, connect) => {
  it('shows the answer to a command only to the person, and lets a button take its place', async () => {
    const slack = await start(connect)
    const ana = slack.person('U0ANA')
    const first = await ana.slash('/hello')
    expect(first).toMatchObject({
      acked: true,
      messages: [],
      ephemerals: [{ text: 'Hello.', only: 'U0ANA' }],
    })
    const [message] = first.ephemerals
    if (!message) throw new Error('there is no message')
    const second = await ana.press(message, 'More')
    expect(second.replaced).toMatchObject([{ ts: message.ts, text: 'More of it.' }])
  })

  it('opens a form, keeps it open with a sentence beside the field, and lets it go', async () => {
    const slack = await start(connect)
    const ana = slack.person('U0ANA')
    const { view } = await ana.slash('/hello', 'form')
    if (!view) throw new Error('no form opened')
    expect((await ana.suggest(view, 'who', 'Be')).options).toMatchObject([
      { text: { text: 'Be A.' }, value: 'U1' },
    ])
    expect((await ana.submit(view, { mood: '11' })).errors).toEqual({ mood: 'From 1 to 10.' })
    expect((await ana.submit(view, { mood: '7' })).messages).toMatchObject([{ text: 'Kept 7.' }])
  })

  it('shows a home, answers a direct message and a message menu', async () => {
    const slack = await start(connect)
    const ana = slack.person('U0ANA')
    expect((await ana.home()).view).toMatchObject({ type: 'home' })
    expect((await ana.dm('hi')).messages).toMatchObject([{ text: 'You said hi.' }])
    slack.room('C0GROUP', ['U0ANA'])
    expect((await ana.shortcut('keep', slack.post('C0GROUP', 'Later'))).ephemerals).toMatchObject([
      { text: 'Noted.' },
    ])
  })

  it('tells when nobody acknowledged within three seconds', async () => {
    const slack = await start(connect)
    expect((await slack.person('U0ANA').slash('/hello', 'silent')).acked).toBe(false)
  })
})

describe('a signature', () => {
  it('is made as Slack documents it', () => {
    const body =
      'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c'
    expect(signature(signingSecret, '1531420618', body)).toBe(
      'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503',
    )
  })

  it.each([
    ['a wrong secret', { secret: 'other' }],
    ['a stale timestamp', { off: -360 }],
    ['no timestamp', { timestamp: undefined }],
    ['a timestamp that is no number', { timestamp: 'soon' }],
    ['a body changed on the way', { tamper: (body: string) => body.replace('hello', 'hallo') }],
  ])('with %s is refused by Bolt', async (_, signing) => {
    const slack = await start(byHttp)
    expect((await slack.person('U0ANA').slash('/hello', '', { signing })).status).toBe(401)
  })
})

describe('faults', () => {
  it('answers too many calls with 429 and the seconds to wait', async () => {
    const slack = await start(bySocket)
    slack.fault('chat.postMessage', rateLimited(1))
    const seen = await slack.person('U0ANA').dm('hi', { patience: 10_000 })
    expect(seen.messages).toHaveLength(1)
    expect(slack.called('chat.postMessage').map((one) => one.status)).toEqual([429, 200])
  })

  it('can do the write and lose the reply, so that a client which repeats posts twice', async () => {
    const slack = await start(bySocket)
    slack.fault('chat.postMessage', { after: true, destroy: true })
    const seen = await slack.person('U0ANA').dm('hi')
    await slack.until(() => slack.state.direct('U0ANA').messages.length === 3, 15_000)
    expect(seen.messages).toHaveLength(1)
  })

  it('lets a dropped socket come back', async () => {
    const slack = await start(bySocket)
    slack.sockets.drop('refresh_requested')
    await slack.until(() => slack.sockets.opened === 2 && slack.sockets.connections === 1)
    expect((await slack.person('U0ANA').slash('/hello')).acked).toBe(true)
  })

  it('keeps the pace of one message a second in a room when asked to', async () => {
    const slack = await startSlackServer({ paced: true })
    closing.push(() => slack.stop())
    slack.room('C0GROUP')
    const client = new WebClient(botToken, {
      slackApiUrl: slack.apiUrl,
      rejectRateLimitedCalls: true,
      logger: quiet,
    })
    const sent = await Promise.allSettled(
      [1, 2, 3, 4].map(() => client.chat.postMessage({ channel: 'C0GROUP', text: 'x' })),
    )
    expect(sent.map((one) => one.status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled', 'rejected'])
  })
})

describe('rules of Slack', () => {
  async function client() {
    const slack = await startSlackServer()
    slack.room('C0GROUP', ['U0ANA'])
    slack.person('U0ANA')
    const api = new WebClient(botToken, {
      slackApiUrl: slack.apiUrl,
      retryConfig: { retries: 0 },
      logger: quiet,
    })
    return { slack, api }
  }
  const broken: readonly (readonly [string, object[]])[] = [
    ['a header of 151 characters', [{ type: 'header', text: plain('x'.repeat(151)) }]],
    ['51 blocks', Array.from({ length: 51 }, () => ({ type: 'divider' }))],
    ['a button label of 76 characters', [{ type: 'actions', elements: [button('x'.repeat(76), 'a')] }]],
    ['an action_id twice in a block', [{ type: 'actions', elements: [button('a', 'a'), button('b', 'a')] }]],
    ['a key that Block Kit does not have', [{ type: 'section', text: plain('a'), colour: 'red' }]],
    ['an empty section', [{ type: 'section' }]],
    [
      '26 buttons in a row',
      [{ type: 'actions', elements: Array.from({ length: 26 }, (_, i) => button('a', `a${i}`)) }],
    ],
  ]
  it.each(broken)('refuse %s, and the test fails', async (_, blocks) => {
    const { slack, api } = await client()
    const args = { channel: 'C0GROUP', text: 'x', blocks } as unknown as Parameters<
      typeof api.chat.postMessage
    >[0]
    await expect(api.chat.postMessage(args)).rejects.toThrow('invalid_blocks')
    await expect(slack.stop()).rejects.toThrow('Slack would not have taken this')
  })

  it('refuse a method nobody knows and an argument it does not take', async () => {
    const { slack, api } = await client()
    await expect(api.apiCall('chat.shout')).rejects.toThrow('unknown_method')
    await expect(
      api.apiCall('chat.postMessage', { channel: 'C0GROUP', text: 'x', loud: true }),
    ).rejects.toThrow('invalid_arguments')
    await expect(slack.stop()).rejects.toThrow('chat.shout')
  })

  it('refuse a title of 25 characters and inputs without a submit', async () => {
    const { slack, api } = await client()
    const trigger_id = slack.state.trigger('U0ANA', 'test')
    const { submit: _, ...unsent } = form
    await expect(api.views.open({ trigger_id, view: unsent })).rejects.toThrow('invalid_arguments')
    await expect(slack.stop()).rejects.toThrow('needs submit')
  })

  it('let a trigger open one form, within three seconds', async () => {
    const { slack, api } = await client()
    const trigger_id = slack.state.trigger('U0ANA', 'test')
    const { view } = await api.views.open({ trigger_id, view: form })
    await expect(api.views.open({ trigger_id, view: form })).rejects.toThrow('exchanged_trigger_id')
    await expect(api.views.update({ view_id: view?.id ?? '', hash: 'old', view: form })).rejects.toThrow(
      'hash_conflict',
    )
    slack.state.triggers.set('late', { user: 'U0ANA', cause: 'test', until: Date.now() - 1, used: false })
    await expect(api.views.open({ trigger_id: 'late', view: form })).rejects.toThrow('expired_trigger_id')
    await slack.stop()
  })

  it('let a response_url speak five times', async () => {
    const { slack } = await client()
    const url = slack.state.responseUrl(slack.base, { user: 'U0ANA', cause: 'test', channel: 'C0GROUP' })
    const post = async () =>
      (
        await fetch(url, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: '{"text":"x"}',
        })
      ).status
    const all = [await post(), await post(), await post(), await post(), await post(), await post()]
    expect(all).toEqual([200, 200, 200, 200, 200, 404])
    await slack.stop()
  })

  it('give back the metadata of a message only when asked for it', async () => {
    const { slack, api } = await client()
    const metadata = { event_type: 'handrail', event_payload: { id: 'one' } }
    await api.chat.postMessage({ channel: 'C0GROUP', text: 'x', metadata })
    const read = await api.conversations.history({ channel: 'C0GROUP', include_all_metadata: true })
    expect(read.messages?.[0]).toMatchObject({ metadata })
    expect((await api.conversations.history({ channel: 'C0GROUP' })).messages?.[0]).not.toHaveProperty(
      'metadata',
    )
    await slack.stop()
  })
})

const recorded = new URL('../../../shared/contracts/recorded/', import.meta.url)
describe.skipIf(!existsSync(recorded))('beside recorded deliveries', () => {
  type Recording = Record<string, Record<string, unknown>>
  const read = (name: string) => JSON.parse(readFileSync(new URL(name, recorded), 'utf8')) as Recording
  /** Every key of ours on the way down, for objects both have. */
  function lacking(real: unknown, ours: unknown, path = ''): string[] {
    if (Array.isArray(real) && Array.isArray(ours))
      return real.length && ours.length ? lacking(real[0], ours[0], `${path}[]`) : []
    if (typeof real !== 'object' || real === null || typeof ours !== 'object' || ours === null) return []
    const [one, other] = [real as Record<string, unknown>, ours as Record<string, unknown>]
    return Object.keys(one).flatMap((key) =>
      key in other ? lacking(one[key], other[key], `${path}.${key}`) : [`${path}.${key}`],
    )
  }
  async function ours() {
    const slack = await startSlackServer()
    const { state } = slack
    slack.person('U0ANA')
    slack.room('C0GROUP', ['U0ANA'])
    const message = slack.post('C0GROUP', 'hi')
    const view = {
      ...form,
      private_metadata: '',
      close: plain('Cancel'),
      id: 'V1',
      hash: '1.a',
      user: 'U0ANA',
    }
    await slack.stop()
    const shared = { user: 'U0ANA', trigger: 't', responseUrl: 'http://127.0.0.1/respond/1' }
    const action = { action_id: 'more', block_id: 'b', text: plain('More'), type: 'button' }
    return {
      slash: payloads.slashPayload(state, {
        ...shared,
        command: '/hello',
        text: '',
        place: { channel: 'C0GROUP', name: 'group' },
      }),
      action: payloads.actionPayload(state, { ...shared, action, on: message }),
      ephemeral: payloads.actionPayload(state, { ...shared, action, on: { ...message, only: 'U0ANA' } }),
      submission: payloads.submissionPayload(state, { ...shared, view, values: {} }),
      message: payloads.eventPayload(
        state,
        payloads.directMessageEvent(state, { user: 'U0ANA', channel: 'D1', text: 'hi' }),
      ),
    }
  }
  it('sends every key that Slack sends', async () => {
    const made = await ours()
    const commands = read('slash-commands_slack.json')
    const modals = read('modals_slack.json')
    const direct = read('dm_slack-direct.json')
    // A form of another app has other inputs; a message in no thread has no thread.
    const own = (found: string[]) =>
      found.filter(
        (path) => !/state\.values\.|\.element\.|thread_ts|parent_user_id|\.emoji$|\.style$/.test(path),
      )
    expect(own(lacking(commands['slashCommand'], made.slash))).toEqual([])
    expect(own(lacking(modals['action'], made.action))).toEqual([])
    expect(own(lacking(modals['ephemeralAction'], made.ephemeral))).toEqual([])
    expect(own(lacking(modals['viewSubmission'], made.submission))).toEqual([
      '.view.blocks[].optional',
      '.view.blocks[].dispatch_action',
    ])
    expect(own(lacking(direct['directDM'], made.message))).toEqual([])
  })
})
