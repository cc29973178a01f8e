// The outgoing side: what is sent without being asked arrives once, and every refusal is understood.
import { afterEach, describe, expect, it } from 'vitest'
import type { Post } from '../../../src/delivery/ports.ts'
import { button, picture, say, sayInRoom } from '../../../src/kit/reply.ts'
import { rateLimited, refused, unauthorised, wordsIn } from '../../support/discord-server.ts'
import { form, startExample, stopAll, words } from './example.ts'

afterEach(stopAll)

const message = say(words('Good morning.', 'Buenos días.'), button(words('Check in'), form, {}, 'main'))

async function start() {
  const example = await startExample()
  const { discord, ana } = example
  const post = (to: Post['to'], more: Partial<Post> = {}): Post => ({
    id: 'row-000000000000000001',
    platform: 'discord',
    workspace: '1',
    to,
    message,
    language: 'en',
    attempt: 1,
    ...more,
  })
  const toAna = { kind: 'person', user: ana.id } as const
  return { ...example, post, toAna, send: (one: Post) => discord.poster.send(one) }
}

describe('a message', () => {
  it('goes to the direct message, which is opened once and named for storing', async () => {
    const { server, ana, post, toAna, send } = await start()
    const first = await send(post(toAna))
    const [sent] = server.dms(ana.id)
    expect(first).toEqual({ kind: 'sent', messageId: sent?.id, room: sent?.channel })
    await send(post({ ...toAna, room: sent?.channel ?? '' }, { id: 'row-2' }))
    expect(server.called('POST /users/@me/channels')).toHaveLength(1)
    expect(server.dms(ana.id)).toHaveLength(2)
  })
  it('goes to a room in its language, calls nobody, and its button works', async () => {
    const { server, ana, post, send } = await start()
    const room = server.channel(server.guild('Evening'), 'group')
    const hello = sayInRoom(words('Hi', 'Hola'), button(words('Check in', 'Registrar'), form, {}))
    await send(post({ kind: 'room', room: room.id }, { language: 'es', message: hello }))
    const [sent] = room.messages
    if (!sent) throw new Error('nothing was sent')
    expect(wordsIn(sent)).toBe('Hola\nRegistrar')
    expect(server.called('POST /channels/')[0]?.body).toMatchObject({ allowed_mentions: { parse: [] } })
    expect((await ana.click(sent, 'Registrar')).modal?.title).toContain('Everything')
  })
  it('is posted once although the reply was lost, also with a picture and in several parts', async () => {
    const { server, ana, post, toAna, send } = await start()
    const long = say(
      words('Your week'),
      picture('week.png', Buffer.from('89504e470d0a1a0a', 'hex'), words('Mood rose.')),
      words('x'.repeat(3999)),
    )
    for (const fault of [
      { destroy: true, after: true },
      { status: 502, after: true, skip: 1 },
    ]) {
      server.fault('POST /channels/', fault)
      expect(await send(post(toAna, { message: long }))).toEqual({ kind: 'retry', ambiguous: true })
    }
    server.clearFaults()
    expect(await send(post(toAna, { message: long, firstTryAt: new Date() }))).toMatchObject({ kind: 'sent' })
    const sent = server.dms(ana.id)
    expect(sent.map(wordsIn).map((said) => said.slice(0, 9))).toEqual(['Your week', 'x'.repeat(9)])
    expect(sent[0]?.attachments).toMatchObject([{ filename: 'week.png', description: 'Mood rose.' }])
  })
  it('is opened anew when the stored direct message is no longer there', async () => {
    const { server, ana, post, toAna, send } = await start()
    const outcome = await send(post({ ...toAna, room: '123456789012345678' }))
    expect(outcome).toMatchObject({ kind: 'sent', room: server.dms(ana.id)[0]?.channel })
  })
})

describe('a failure', () => {
  it.each([
    ['closed direct messages', refused(403, 50007), { kind: 'unreachable', why: 'closed' }],
    ['no server in common', refused(403, 50278), { kind: 'unreachable', why: 'closed' }],
    ['an unknown room', refused(404, 10003), { kind: 'unreachable', why: 'unknown-room' }],
    ['a room without us', refused(403, 50001), { kind: 'unreachable', why: 'not-in-room' }],
    ['a room where we may not write', refused(403, 50013), { kind: 'unreachable', why: 'not-in-room' }],
    ['a bot held back', refused(403, 20026), { kind: 'stop', why: 'discord 403/20026' }],
    ['a limit', rateLimited(3), { kind: 'retry', ambiguous: false, afterMs: 3050 }],
    ['a server error', { status: 503 }, { kind: 'retry', ambiguous: true }],
    ['a cut connection', { destroy: true }, { kind: 'retry', ambiguous: true }],
    ['an answer cut short', { truncate: true, after: true }, { kind: 'retry', ambiguous: true }],
  ])('of the kind "%s" is understood', async (_, fault, outcome) => {
    const { server, post, toAna, send } = await start()
    server.fault('POST /channels/', fault)
    expect(await send(post(toAna))).toEqual(outcome)
    expect(server.called('POST /channels/')).toHaveLength(1)
  })
  it.each([
    ['a person who is gone', refused(404, 10013), { kind: 'unreachable', why: 'gone' }],
    ['too many opened', refused(429, 40003), { kind: 'retry', ambiguous: false }],
    ['a server error', { status: 503 }, { kind: 'retry', ambiguous: false }],
  ])('to open a direct message, as with %s, has posted nothing', async (_, fault, outcome) => {
    const { server, post, toAna, send } = await start()
    server.fault('POST /users/@me/channels', fault)
    expect(await send(post(toAna))).toMatchObject(outcome)
    expect(server.called('POST /channels/')).toHaveLength(0)
  })
  it('of one 401 is survived, and of two stops the sender until the token is good again', async () => {
    const { server, post, toAna, send } = await start()
    server.fault('POST /users/@me/channels', unauthorised)
    expect(await send(post(toAna))).toMatchObject({ kind: 'sent' })
    server.fault('POST /channels/', { ...unauthorised, times: 2 })
    expect(await send(post(toAna, { id: 'row-2' }))).toEqual({ kind: 'stop', why: 'discord 401/0' })
    expect(await send(post(toAna, { id: 'row-2' }))).toMatchObject({ kind: 'sent' })
  })
  it('holds back neither what people wait for nor, when Discord cannot be reached, counts as sent', async () => {
    const { server, post, toAna, send, ana } = await start()
    server.fault('POST /channels/', { ...rateLimited(5), times: 3 })
    const sending = [1, 2, 3].map((at) => send(post(toAna, { id: `row-${at}` })))
    expect((await ana.slash('away')).done).toBe(true)
    expect((await Promise.all(sending)).every(({ kind }) => kind === 'retry')).toBe(true)
  })
})
