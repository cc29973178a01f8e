// The outgoing side: what is sent without being asked arrives once, and every refusal is understood.
import { afterEach, describe, expect, it } from 'vitest'
import type { Outcome, Post } from '../../../src/delivery/ports.ts'
import { button, picture, say, sayInRoom } from '../../../src/kit/reply.ts'
import { rateLimited, refused } from '../../support/slack-server.ts'
import { form, startExample, stopAll, words } from './example.ts'

afterEach(stopAll)

const message = say(words('Good <morning>.', 'Buenos días.'), button(words('Check in'), form, {}, 'main'))
const post = (to: Post['to'], more: Partial<Post> = {}): Post => ({
  id: 'row-0000000000000000-1',
  platform: 'slack',
  workspace: 'T0HARBOR',
  to,
  message,
  language: 'en',
  attempt: 1,
  ...more,
})
const toAna = { kind: 'person', user: 'U0ANA' } as const
const justNow = () => new Date(Date.now() - 1000)

async function start() {
  const example = await startExample('signed HTTP')
  const { server, slack } = example
  const direct = server.state.direct('U0ANA')
  server.room('C0GROUP', ['U0ANA'])
  return { ...example, direct, send: (one: Post) => slack.poster.send(one) }
}

describe('a message', () => {
  it('goes to the direct message, which is opened once and named for storing', async () => {
    const { server, direct, send } = await start()
    const first = await send(post(toAna))
    const [sent] = direct.messages
    expect(first).toEqual({ kind: 'sent', messageId: sent?.ts, room: direct.id })
    expect(sent?.text).toBe('Good &lt;morning&gt;.')
    await send(post({ ...toAna, room: direct.id }, { id: 'row-2' }))
    expect(server.called('conversations.open')).toHaveLength(1)
  })

  it('goes to a room in its language, unfurls nothing, and its button works', async () => {
    const { server, send, ana } = await start()
    await send(
      post(
        { kind: 'room', room: 'C0GROUP' },
        {
          language: 'es',
          message: sayInRoom(words('Hi', 'Hola'), button(words('Check in', 'Registrar'), form, {})),
        },
      ),
    )
    const [sent] = server.state.rooms.get('C0GROUP')?.messages ?? []
    expect(sent?.text).toBe('Hola')
    expect(server.called('chat.postMessage')[0]?.args).toMatchObject({
      unfurl_links: 'false',
      unfurl_media: 'false',
    })
    if (!sent) throw new Error('nothing was sent')
    expect((await ana.press(sent, 'Registrar')).view?.type).toBe('modal')
  })

  it('brings its picture, and counts as sent although the picture is lost', async () => {
    const { direct, server, send, log } = await start()
    const seen = say(words('Your week'), picture('week.png', Buffer.from('png'), words('Mood rose.')))
    expect(await send(post(toAna, { message: seen }))).toMatchObject({ kind: 'sent' })
    expect(direct.messages.map((one) => one.file?.alt ?? one.text)).toEqual([
      'Your week\nMood rose.',
      'Mood rose.',
    ])
    server.fault('files.completeUploadExternal', { status: 500 })
    expect(await send(post(toAna, { message: seen, id: 'row-2' }))).toMatchObject({ kind: 'sent' })
    expect(log.join()).toContain('picture')
  })

  it('finds a new direct message when the stored one is gone', async () => {
    const { direct, send } = await start()
    expect(await send(post({ ...toAna, room: 'D0OLD' }))).toMatchObject({ kind: 'sent', room: direct.id })
  })
})

describe('a lost reply', () => {
  it.each([
    ['a cut connection', { after: true, destroy: true }],
    ['a 502', { after: true, status: 502 }],
    ['a 429 that does not say how long', { after: true, status: 429, body: '<html>' }],
    ['half a body', { after: true, truncate: true, body: { ok: true, channel: 'D', ts: '1.2' } }],
    ['internal_error', { after: true, ...refused('internal_error') }],
    ['fatal_error', { after: true, ...refused('fatal_error') }],
  ])('by %s is ambiguous, and the next try finds the message instead of repeating it', async (_, fault) => {
    const { server, direct, send } = await start()
    server.fault('chat.postMessage', fault)
    expect(await send(post(toAna))).toEqual({ kind: 'retry', ambiguous: true })
    expect(direct.messages).toHaveLength(1)
    const again = await send(post({ ...toAna, room: direct.id }, { attempt: 2, firstTryAt: justNow() }))
    expect(again).toEqual({ kind: 'sent', messageId: direct.messages[0]?.ts, room: direct.id })
    expect(direct.messages).toHaveLength(1)
  })

  it('is looked for beyond the first page', async () => {
    const { server, direct, send } = await start()
    server.fault('chat.postMessage', { after: true, destroy: true })
    await send(post(toAna))
    for (let at = 0; at < 150; at++) server.post(direct.id, `later ${at}`)
    expect(await send(post({ ...toAna, room: direct.id }, { firstTryAt: justNow() }))).toMatchObject({
      kind: 'sent',
    })
    expect(server.called('conversations.history')).toHaveLength(2)
    expect(direct.messages).toHaveLength(151)
  })

  it('that had posted nothing is sent now', async () => {
    const { direct, send } = await start()
    expect(await send(post(toAna, { firstTryAt: justNow() }))).toMatchObject({ kind: 'sent' })
    expect(direct.messages).toHaveLength(1)
  })

  it.each([
    ['the look is told to wait', rateLimited(7), { kind: 'retry', ambiguous: true, afterMs: 7000 }],
    ['the look fails', { status: 503 }, { kind: 'retry', ambiguous: true }],
  ])('is not repeated while %s', async (_, fault, expected) => {
    const { server, direct, send } = await start()
    server.fault('conversations.history', fault)
    expect(await send(post({ ...toAna, room: direct.id }, { firstTryAt: justNow() }))).toEqual(expected)
    expect(direct.messages).toEqual([])
  })

  it('is repeated where Slack does not let us look, since nothing at all would be worse', async () => {
    const { server, direct, send } = await start()
    server.fault('conversations.history', refused('missing_scope'))
    expect(await send(post({ ...toAna, room: direct.id }, { firstTryAt: justNow() }))).toMatchObject({
      kind: 'sent',
    })
    expect(direct.messages).toHaveLength(1)
  })

  it('stays ambiguous when the direct message cannot be opened at the next try', async () => {
    const { server, send } = await start()
    server.fault('conversations.open', { status: 503, times: 2 })
    expect(await send(post(toAna, { firstTryAt: justNow() }))).toEqual({ kind: 'retry', ambiguous: true })
    expect(await send(post(toAna))).toEqual({ kind: 'retry', ambiguous: false })
  })
})

describe('a refusal', () => {
  const outcomes: readonly (readonly [string, Outcome])[] = [
    ['channel_not_found', { kind: 'unreachable', why: 'unknown-room' }],
    ['is_archived', { kind: 'unreachable', why: 'unknown-room' }],
    ['not_in_channel', { kind: 'unreachable', why: 'not-in-room' }],
    ['user_disabled', { kind: 'unreachable', why: 'gone' }],
    ['cannot_dm_bot', { kind: 'unreachable', why: 'closed' }],
    ['messages_tab_disabled', { kind: 'unreachable', why: 'closed' }],
    ['token_revoked', { kind: 'stop', why: 'token_revoked' }],
    ['account_inactive', { kind: 'stop', why: 'account_inactive' }],
    ['missing_scope', { kind: 'stop', why: 'missing_scope' }],
    ['ratelimited', { kind: 'retry', ambiguous: false }],
    ['something_new', { kind: 'retry', ambiguous: false }],
  ]
  it.each(outcomes)('%s is sorted', async (error, outcome) => {
    const { server, send } = await start()
    server.fault('chat.postMessage', refused(error))
    expect(await send(post({ kind: 'room', room: 'C0GROUP' }))).toEqual(outcome)
  })

  it('with 429 is tried again after the time that Slack says, and is not ambiguous', async () => {
    const { server, send } = await start()
    server.fault('chat.postMessage', rateLimited(12))
    expect(await send(post({ kind: 'room', room: 'C0GROUP' }))).toEqual({
      kind: 'retry',
      ambiguous: false,
      afterMs: 12_000,
    })
  })

  it('because somebody left or takes no messages is kept apart', async () => {
    const { server, send } = await start()
    server.person('U0GONE', { deleted: true })
    server.person('U0CLOSED', { closed: true })
    expect(await send(post({ kind: 'person', user: 'U0GONE' }))).toEqual({ kind: 'unreachable', why: 'gone' })
    expect(await send(post({ kind: 'person', user: 'U0CLOSED' }))).toEqual({
      kind: 'unreachable',
      why: 'closed',
    })
    expect(await send(post({ kind: 'person', user: 'U0NOBODY' }))).toEqual({
      kind: 'unreachable',
      why: 'gone',
    })
    server.state.room('C0OTHER', 'channel', [])
    expect(await send(post({ kind: 'room', room: 'C0OTHER' }))).toEqual({
      kind: 'unreachable',
      why: 'not-in-room',
    })
  })

  it('by a network that is away is not ambiguous', async () => {
    const { server, slack } = await startExample('signed HTTP')
    server.fault('conversations.open', { destroy: true })
    expect(await slack.poster.send(post(toAna))).toEqual({ kind: 'retry', ambiguous: false })
  })
})
