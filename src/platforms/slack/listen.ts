// Every listener of the Bolt app: acknowledge in time, ask the dispatcher once, bring back what it says.
import type {
  AckFn,
  App,
  BlockAction,
  BlockElementAction,
  MessageShortcut,
  SlackOptions,
  SlashCommand,
  types,
  ViewSubmitAction,
} from '@slack/bolt'
import type { RoomNews } from '../../care/groups/room-keeper.ts'
import type { PresenceNews } from '../../care/privacy/presence.ts'
import type { Answer, Dispatcher, Event } from '../../kit/dispatch.ts'
import type { Answers, Body, Origin } from './answer.ts'
import { codeOf, drawMessage, inMessages, labelIn, linkCode, plainText } from './draw.ts'
import { saidIn, stampedAt, wordsKey, type Events } from './events.ts'
import { errorsOf, formCallback } from './form.ts'
import { limits, patience } from './limits.ts'
import { createOnce } from './once.ts'
import { respondTo } from './respond.ts'
import { within } from './wait.ts'

/** A message was worked on; `direct` for one to the bot. */
export type OnHeard = (at: Date, direct?: { readonly user: string; readonly room: string }) => void

type FormAck =
  | { readonly response_action: 'errors'; readonly errors: Record<string, string> }
  | { readonly response_action: 'update'; readonly view: types.ModalView }
type Parts = {
  readonly dispatcher: Dispatcher
  readonly answers: Answers
  readonly events: Events
  readonly onRoom: (news: RoomNews) => Promise<void>
  readonly onPresence: (news: PresenceNews) => Promise<void>
  readonly onHeard: OnHeard
}

/** False when the socket has just closed: what the acknowledgement carried then goes another way. */
async function acked(ack: () => Promise<unknown>): Promise<boolean> {
  try {
    await ack()
    return true
  } catch {
    return false
  }
}

/** An answer short enough, and with nothing attached, goes back in the acknowledgement itself. */
function inOnePiece({ reply, language }: Answer): Body | undefined {
  if (reply.kind !== 'message' || reply.blocks.some(({ kind }) => kind === 'picture' || kind === 'file'))
    return undefined
  const [first, ...rest] = inMessages(drawMessage(reply, language))
  if (!first || rest.length > 0) return undefined
  const type = reply.audience === 'room' ? 'in_channel' : 'ephemeral'
  return { ...first, response_type: type, replace_original: false }
}

export function listen(app: App, { dispatcher, answers, events, onRoom, onPresence, onHeard }: Parts) {
  const once = createOnce()
  const underWay = new Set<Promise<unknown>>()

  function working<T>(work: Promise<T>): Promise<T> {
    underWay.add(work)
    void work.finally(() => underWay.delete(work)).catch(() => undefined)
    return work
  }
  const ask = async (id: string, asked: Promise<Event>): Promise<{ event: Event; answer: Answer }> => {
    const event = { key: `slack:${id}`, ...(await asked) }
    return { event, answer: await dispatcher.dispatch(event) }
  }

  async function onCommand(body: SlashCommand, ack: AckFn<Body>): Promise<void> {
    if (!once.first(body.trigger_id)) return void (await acked(() => ack()))
    const asking = ask(body.trigger_id, events.command(body))
    const early = await within(asking, patience.command)
    const said = early && inOnePiece(early.answer)
    const done = await acked(() => (said ? ack(said) : ack()))
    if (said && done) return
    const { event, answer } = await asking
    await answers.deliver({ event, trigger: body.trigger_id, ...respondTo(body.response_url) }, answer)
  }

  async function onPress(body: BlockAction, element: BlockElementAction, ack: AckFn<void>): Promise<void> {
    await acked(() => ack())
    if (codeOf(element.action_id) === linkCode || !once.first(body.trigger_id)) return
    const { event, answer } = await ask(body.trigger_id, events.press(body, element))
    const home = body.view?.type === 'home' && { home: true as const }
    await answers.deliver(
      { event, trigger: body.trigger_id, ...respondTo(body.response_url), ...home },
      answer,
    )
  }

  async function onSubmit(body: ViewSubmitAction, ack: AckFn<FormAck>): Promise<void> {
    const opened = answers.formOrigin(body.view.id)
    let late: Promise<{ event: Event; answer: Answer }> | undefined
    // A delivery that comes again hears the same; the work is done once.
    const said = await once.share(body.trigger_id, async (): Promise<FormAck | undefined> => {
      const asking = ask(body.trigger_id, events.submit(body, opened?.place))
      const early = await within(asking, patience.submission)
      const { reply, language } = early?.answer ?? {}
      if (early && language && reply?.kind === 'problems')
        return { response_action: 'errors', errors: errorsOf(reply.problems, language) }
      if (early && language && reply?.kind === 'form')
        return { response_action: 'update', view: answers.view(early.event, reply, language) }
      late = asking
      return undefined
    })
    await acked(() => (said ? ack(said) : ack()))
    if (!late) return
    const { event, answer } = await late
    const origin: Origin = { ...opened, event }
    await answers.deliver(origin, answer)
  }

  async function onMenu(body: MessageShortcut, ack: AckFn<void>): Promise<void> {
    await acked(() => ack())
    if (!once.first(body.trigger_id)) return
    const { event, answer } = await ask(body.trigger_id, events.menu(body))
    await answers.deliver({ event, trigger: body.trigger_id, ...respondTo(body.response_url) }, answer)
  }

  async function onSearch(
    body: SlackOptions,
    ack: (found: { options: types.PlainTextOption[] }) => Promise<void>,
  ) {
    const code = 'view' in body ? body.view?.private_metadata : undefined
    const { block_id: field = '', value: typed } = body as { block_id?: string; value: string }
    const asking = (async () => {
      const from = await events.fromBody(body)
      return await dispatcher.suggest({ ...from, field, typed, ...(code !== undefined && { code }) })
    })()
    const { choices = [], language = 'en' } = (await within(asking, patience.suggestion)) ?? {}
    const options = choices
      .filter(({ value }) => value.length <= limits.optionValue)
      .map(({ value, label }) => ({ text: plainText(labelIn(label, language), limits.option), value }))
    await acked(() => ack({ options: options.slice(0, limits.suggestions) }))
  }

  async function onHome(id: string, asked: () => Promise<Event>): Promise<void> {
    if (!once.first(id)) return
    const { event, answer } = await ask(id, asked())
    await answers.deliver({ event, home: true }, answer)
  }
  async function onWords(channel: string, user: string, ts: string, asked: () => Promise<Event>) {
    const key = wordsKey(channel, ts)
    if (!once.first(key)) return
    const { event, answer } = await ask(key, asked())
    await answers.deliver({ event }, answer)
    onHeard(stampedAt(ts), { user, room: channel })
  }

  app.command(/.*/, ({ body, ack }) => working(onCommand(body, ack as AckFn<Body>)))
  app.action<BlockAction>({ type: 'block_actions' }, ({ body, action, ack }) =>
    working(onPress(body, action, ack)),
  )
  app.view<ViewSubmitAction>({ callback_id: formCallback, type: 'view_submission' }, ({ body, ack }) =>
    working(onSubmit(body, ack as AckFn<FormAck>)),
  )
  app.shortcut<MessageShortcut>({ type: 'message_action' }, ({ body, ack }) => working(onMenu(body, ack)))
  app.options(/.*/, ({ body, ack }) => working(onSearch(body, ack)))
  app.event('app_home_opened', async ({ event, body }) => {
    if (event.tab !== 'home') return
    await working(onHome(body.event_id, () => events.home(event.user, body.team_id, event.channel)))
  })
  async function hears(id: string, news: RoomNews): Promise<void> {
    if (once.first(id)) await working(onRoom(news)).catch(() => undefined)
  }
  app.message(async ({ message, body }) => {
    const said = saidIn(message, body.team_id)
    if (said) {
      await hears(body.event_id, said)
      return onHeard(stampedAt(said.message))
    }
    if (message.subtype !== undefined || message.channel_type !== 'im' || message.bot_id) return
    const { user, channel, ts } = message
    await working(onWords(channel, user, ts, () => events.words(user, body.team_id, message)))
  })
  app.event('member_left_channel', ({ event, body }) => {
    const { user, channel: room, team: workspace } = event
    return hears(body.event_id, { kind: 'left', workspace, room, user })
  })
  for (const kind of ['member_joined_channel', 'group_left', 'group_deleted', 'group_archive'] as const)
    app.event(kind, ({ event, body }) => hears(body.event_id, { kind: 'changed', room: event.channel }))
  const isOut = async (id: string, workspace: string): Promise<void> => {
    if (once.first(id)) await working(onPresence({ kind: 'gone', workspace }))
  }
  app.event('app_uninstalled', ({ body }) => isOut(body.event_id, body.team_id))
  app.event('tokens_revoked', async ({ event, body }) => {
    // People's own tokens are none of ours.
    if ((event.tokens.bot ?? []).length > 0) await isOut(body.event_id, body.team_id)
  })
  return { underWay }
}
