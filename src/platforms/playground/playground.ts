// The third platform: one person at a time speaks for whoever they choose to be, through the same dispatcher as everywhere.
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { Visitor } from '../../kit/command.ts'
import type { Answer, Directory, Dispatcher, Event, KitLog } from '../../kit/dispatch.ts'
import type { Raw } from '../../kit/parse.ts'
import { permits } from '../../kit/permit.ts'
import { say, type Reply } from '../../kit/reply.ts'
import { render } from '../../words/render.ts'
import type { Language } from '../../words/text.ts'
import { createChat, type ChatMessage } from './chat.ts'
import { drawBlocks, drawCommand, drawForm, drawMenu, type DrawnForm } from './draw.ts'
import { limits } from './limits.ts'
import {
  isDirect,
  people as everybody,
  rooms as everywhere,
  workspace,
  type PlaygroundPerson,
  type PlaygroundRoom,
} from './people.ts'
import type { RoomNews } from '../../care/groups/room-keeper.ts'
import { t } from '../../words/text.ts'
import { createPoster } from './poster.ts'
import { createRooms } from './rooms.ts'

export type PlaygroundOptions = {
  readonly dispatcher: Dispatcher
  readonly directory: Directory
  readonly now: () => Date
  /** Comes back when everything due on the way has been sent. */
  readonly moveClock: (to: Date) => Promise<void>
  readonly log: KitLog
  /** What happens in a room by itself. */
  readonly onRoom?: (news: RoomNews) => Promise<void>
  readonly people?: readonly PlaygroundPerson[]
  readonly rooms?: readonly PlaygroundRoom[]
}

/** Who acts, and how their browser is set. */
export type Me = { readonly person: PlaygroundPerson; readonly language: Language; readonly zone: string }
/** What the page must show at once; messages reach it by its event stream. */
type Shown = { readonly form?: DrawnForm; readonly problems?: Readonly<Record<string, string>> }

type Input =
  | Pick<Extract<Event, { kind: 'words' }>, 'kind' | 'name' | 'words'>
  | Pick<Extract<Event, { kind: 'press' }>, 'kind' | 'code' | 'chosen'>
  | Pick<Extract<Event, { kind: 'submit' }>, 'kind' | 'code' | 'raw'>
  | Pick<Extract<Event, { kind: 'menu' }>, 'kind' | 'id' | 'pointed'>

const sentFile = z.object({ name: z.string(), base64: z.base64() })
/** The page sends a file along with its form. */
const withUploads = (raw: Raw): Raw =>
  Object.fromEntries(
    Object.entries(raw).map(([name, said]) => {
      const sent = sentFile.safeParse(said)
      if (!sent.success) return [name, said]
      const bytes = Buffer.from(sent.data.base64, 'base64')
      return [name, { name: sent.data.name, size: bytes.length, read: () => Promise.resolve(bytes) }]
    }),
  )

export function createPlayground(options: PlaygroundOptions) {
  const { dispatcher, directory, now, people = everybody, rooms = everywhere } = options
  const { features } = dispatcher
  const chat = createChat(people, rooms)
  /** Until when somebody is heard by nobody. */
  const silenced = new Map<string, Date>()

  const visitorOf = ({ person, language, zone }: Me): Visitor => ({
    platform: 'playground',
    workspace,
    user: person.user,
    name: person.name,
    locale: language,
    zone,
    managesWorkspace: person.managesWorkspace,
  })
  const actorOf = (me: Me) => directory.find(visitorOf(me), undefined, false).catch(() => undefined)
  const eventFor = (me: Me, room: string) => ({
    visitor: visitorOf(me),
    place: { kind: isDirect(room) ? ('direct' as const) : ('room' as const), room },
    rows: limits.rows,
  })

  function write(room: string, message: Pick<ChatMessage, 'body'> & Partial<ChatMessage>): void {
    chat.put({ id: randomUUID(), room, at: now().toISOString(), ...message })
  }

  function answerWith(me: Me, room: string, pressed: ChatMessage | undefined, answer: Answer): Shown {
    const { reply, language } = answer
    const mine = (shown: Reply & { kind: 'message' }) =>
      shown.audience === 'private' ? { onlyFor: me.person.user } : {}
    switch (reply.kind) {
      case 'again':
        return {}
      case 'form':
        return { form: drawForm(reply, language) }
      case 'problems':
        return {
          problems: Object.fromEntries(
            Object.entries(reply.problems).map(([name, problem]) => [name, render(problem, language)]),
          ),
        }
      case 'message':
        write(room, { ...mine(reply), body: { blocks: drawBlocks(reply, language) } })
        return {}
      case 'update':
        if (pressed)
          chat.put({ ...pressed, edited: true, body: { blocks: drawBlocks(reply.message, language) } })
        else write(room, { ...mine(reply.message), body: { blocks: drawBlocks(reply.message, language) } })
        return {}
    }
  }

  async function hand(me: Me, room: string, input: Input, pressed?: string): Promise<Shown> {
    const answer = await dispatcher.dispatch({ ...eventFor(me, room), ...input })
    return answerWith(me, room, chat.find(me.person.user, pressed), answer)
  }

  return {
    people,
    rooms,
    chat,
    now,
    moveClock: options.moveClock,
    log: options.log,
    poster: createPoster(chat, now),
    keeper: createRooms(chat, silenced),
    sweep: (user: string) => Promise.resolve({ deleted: chat.sweep(user), kept: 0, more: false }),

    /** A slash command anywhere, words to the bot in a direct message, or words to everybody in a room. */
    async say(me: Me, room: string, words: string): Promise<Shown> {
      const { user } = me.person
      const until = silenced.get(user)
      const isHeard = isDirect(room) || (chat.mayWrite(user, room) && !(until && until > now()))
      if (!isHeard && !words.startsWith('/')) {
        const closed = say(t('playground.room.closed'))
        write(room, { onlyFor: user, body: { blocks: drawBlocks(closed, me.language) } })
        return {}
      }
      const [, name, rest = ''] = /^\/([\p{L}\d-]+)\s*([^]*)$/u.exec(words) ?? []
      // What follows a slash may be private and is shown to nobody else.
      const own = name !== undefined || isDirect(room)
      const message = randomUUID()
      write(room, { id: message, from: user, ...(own && { onlyFor: user }), body: { words } })
      if (name !== undefined) return hand(me, room, { kind: 'words', name: name.toLowerCase(), words: rest })
      if (isDirect(room)) return hand(me, room, { kind: 'words', words })
      await options.onRoom?.({ kind: 'said', workspace, room, user, message, words })
      return {}
    },
    press: (me: Me, room: string, code: string, chosen?: string, pressed?: string) =>
      hand(me, room, { kind: 'press', code, ...(chosen !== undefined && { chosen }) }, pressed),
    submit: (me: Me, room: string, code: string, raw: Readonly<Record<string, unknown>>, pressed?: string) =>
      hand(me, room, { kind: 'submit', code, raw: withUploads(raw) }, pressed),
    menu: (me: Me, room: string, id: string, messageId: string) =>
      hand(me, room, { kind: 'menu', id, pointed: { messageId, room } }),

    async suggest(
      me: Me,
      room: string,
      of: { command?: string; code?: string; field: string; typed: string },
    ) {
      const { choices, language } = await dispatcher.suggest({ ...eventFor(me, room), ...of })
      return choices.map(({ value, label }) => ({
        value,
        label: typeof label === 'string' ? label : render(label, language),
      }))
    },

    /** What this person can type and where their clock stands, in the page's language. */
    async abilities(me: Me) {
      const actor = await actorOf(me)
      const roles = actor?.roles ?? ['member' as const]
      return {
        commands: [...features.commands.values()]
          .filter(({ permit }) => permits(permit, roles))
          .map((command) => drawCommand(command, me.language)),
        menus: [...features.menus.values()]
          .filter(({ permit }) => permits(permit, roles))
          .map((menu) => drawMenu(menu, me.language)),
        zone: actor?.zone ?? me.zone,
        rooms: chat.roomsOf(me.person.user).map(({ room, name }) => ({
          room,
          name: { en: render(name, 'en'), es: render(name, 'es') },
        })),
      }
    },
  }
}
export type Playground = ReturnType<typeof createPlayground>
