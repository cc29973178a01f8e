// Brings an answer to where the person is: the acknowledgement, the response address, a modal, the Home tab or the direct message.
import type { types } from '@slack/bolt'
import type { WebClient } from '@slack/web-api'
import type { Answer, Dispatcher, Event } from '../../kit/dispatch.ts'
import type { Message, OpenForm } from '../../kit/reply.ts'
import { render } from '../../words/render.ts'
import { t, type Language, type Text } from '../../words/text.ts'
import { errorWord, postMessage } from './calls.ts'
import { actionId, drawMessage, inMessages, plainText, type Drawn } from './draw.ts'
import { drawForm, todayIn } from './form.ts'
import { homeCode } from './events.ts'
import { limits } from './limits.ts'
import type { SlackLog } from './log.ts'
import { upload } from './attached.ts'

export type Body = {
  readonly text: string
  readonly blocks: types.KnownBlock[]
  readonly response_type: 'ephemeral' | 'in_channel'
  readonly replace_original: boolean
}
/** Where a person acted, and how they can be answered there. */
export type Origin = {
  readonly event: Event
  /** Slack's permission to open a dialog: 3 s, once. */
  readonly trigger?: string
  /** Speaks through the response address: privately, in any room, five times in half an hour. */
  readonly respond?: (body: Body) => Promise<unknown>
  readonly home?: true
}
/** Where the answer to a form goes: where the form was opened. Kept in memory; after a restart the direct message serves. */
export type FormOrigin = Pick<Origin, 'respond' | 'home'> & Pick<Event, 'place'>

const formsKept = 5000

type Parts = { readonly client: WebClient; readonly dispatcher: Dispatcher; readonly log: SlackLog }

export function createAnswers({ client, dispatcher, log }: Parts) {
  const forms = new Map<string, FormOrigin>()
  const directRooms = new Map<string, string>()

  function note(doing: string, error: unknown): void {
    log({ what: 'slack-call-failed', doing, error: errorWord(error) })
  }

  async function directRoom({ place, visitor }: Event): Promise<string> {
    const known =
      place.kind === 'direct' && place.room.startsWith('D') ? place.room : directRooms.get(visitor.user)
    if (known) return known
    const { channel } = await client.conversations.open({ users: visitor.user })
    if (!channel?.id) throw new Error('Slack opened no direct message')
    if (directRooms.size >= formsKept) directRooms.clear()
    directRooms.set(visitor.user, channel.id)
    return channel.id
  }

  /** What to say beside the words about pictures and files that are shown elsewhere or not at all. */
  async function attached({ event }: Origin, { attached }: Drawn): Promise<Text | undefined> {
    const kind = attached.some((one) => one.kind === 'file') ? 'file' : attached[0]?.kind
    if (kind === undefined) return undefined
    try {
      const room = await directRoom(event)
      await upload(client, room, attached)
      return room === event.place.room ? undefined : t(`slack.${kind}.direct`)
    } catch (error) {
      note(kind, error)
      return t(`slack.${kind}.lost`)
    }
  }

  async function publish(
    user: string,
    { blocks }: Drawn,
    isHome: boolean,
    language: Language,
  ): Promise<void> {
    const back: types.KnownBlock = {
      type: 'actions',
      elements: [
        {
          type: 'button',
          text: plainText(render(t('slack.home.back'), language), limits.button),
          action_id: actionId(homeCode, 0),
        },
      ],
    }
    const all = blocks.slice(0, limits.homeBlocks - 1)
    await client.views.publish({
      user_id: user,
      view: { type: 'home', blocks: isHome ? all : [...all, back] },
    })
  }

  async function say(
    origin: Origin,
    message: Message,
    language: Language,
    replacing: boolean,
  ): Promise<void> {
    const drawn = drawMessage(message, language)
    const { event, respond } = origin
    const { user } = event.visitor
    const beside = await attached(origin, drawn)
    const blocks = beside
      ? [
          ...drawn.blocks,
          { type: 'context' as const, elements: [plainText(render(beside, language), limits.text)] },
        ]
      : drawn.blocks
    if (origin.home) return await publish(user, { ...drawn, blocks }, event.kind === 'command', language)
    const inRoom = message.audience === 'room'
    let answering = respond
    for (const [index, body] of inMessages({ ...drawn, blocks }).entries()) {
      const how = {
        response_type: inRoom ? ('in_channel' as const) : ('ephemeral' as const),
        replace_original: replacing && index === 0,
      }
      try {
        if (answering) {
          await answering({ ...body, ...how })
          continue
        }
      } catch (error) {
        note('response', error)
        answering = undefined
      }
      const channel = inRoom ? event.place.room : await directRoom(event)
      await postMessage(client, { channel, ...body })
    }
  }

  const remember = (view: string | undefined, origin: Origin): void => {
    if (view === undefined) return
    forms.set(view, {
      place: origin.event.place,
      ...(origin.respond && { respond: origin.respond }),
      ...(origin.home && { home: true }),
    })
    for (const oldest of forms.keys()) {
      if (forms.size <= formsKept) break
      forms.delete(oldest)
    }
  }

  const view = (event: Event, form: OpenForm, language: Language) =>
    drawForm(form, language, todayIn(event.visitor.zone))

  async function open(origin: Origin, form: OpenForm, language: Language): Promise<void> {
    if (origin.trigger !== undefined) {
      try {
        const opened = await client.views.open({
          trigger_id: origin.trigger,
          view: view(origin.event, form, language),
        })
        return remember(opened.view?.id, origin)
      } catch (error) {
        note('form', error)
      }
    }
    await say(origin, await dispatcher.openLater(origin.event, form), language, false)
  }

  return {
    view,
    formOrigin: (id: string): FormOrigin | undefined => forms.get(id),
    /** Never rejects: what cannot be brought is noted. */
    async deliver(origin: Origin, { reply, language }: Answer): Promise<void> {
      try {
        switch (reply.kind) {
          case 'message':
            return await say(origin, reply, language, false)
          case 'update':
            return await say(origin, reply.message, language, true)
          case 'problems':
            return await say(origin, reply.message, language, false)
          case 'form':
            return await open(origin, reply, language)
          case 'again':
            return
        }
      } catch (error) {
        note('answer', error)
      }
    },
  }
}
export type Answers = ReturnType<typeof createAnswers>
