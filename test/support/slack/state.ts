// What the local Slack remembers: people, rooms, messages, views, triggers and everything it has shown to somebody.
import { randomBytes } from 'node:crypto'
import type { Block, View } from './block-kit.ts'

export type SlackUser = {
  readonly id: string
  name: string
  real_name: string
  tz: string
  locale: string
  is_admin: boolean
  deleted: boolean
  /** The person cannot be sent direct messages by the app. */
  closed: boolean
}
export type Posted = {
  readonly ts: string
  readonly channel: string
  readonly user: string
  text: string
  blocks: readonly Block[]
  readonly metadata?: {
    readonly event_type: string
    readonly event_payload: Readonly<Record<string, unknown>>
  }
  /** Set for what only this person sees. */
  readonly only?: string
  readonly file?: {
    readonly id: string
    readonly name: string
    readonly alt: string
    readonly bytes: Uint8Array
  }
}
export type Room = {
  readonly id: string
  readonly name: string
  readonly kind: 'channel' | 'group' | 'im'
  readonly members: Set<string>
  readonly messages: Posted[]
  archived: boolean
  purpose?: string
}
/** `cause` is the interaction that opened it: an answer to the form may use what that one allowed. */
export type OpenView = View & {
  readonly id: string
  readonly hash: string
  readonly user: string
  readonly cause?: string
}
/** One thing somebody got to see, in order. `cause` is the interaction whose token was used for it. */
export type Shown = {
  readonly kind: 'posted' | 'replaced' | 'deleted' | 'modal' | 'home'
  readonly user?: string
  readonly channel?: string
  readonly message?: Posted
  readonly view?: OpenView
  readonly cause?: string
}
type Trigger = { readonly user: string; readonly cause: string; readonly until: number; used: boolean }
type ResponseUrl = {
  readonly user: string
  readonly cause: string
  readonly channel: string
  readonly of?: Posted
  readonly until: number
  uses: number
}

export type State = ReturnType<typeof createState>

export function createState() {
  let serial = 0
  let lastMicros = 0
  let ahead = 0
  const next = (prefix: string) => `${prefix}0${(++serial).toString(36).toUpperCase().padStart(8, '0')}`
  const users = new Map<string, SlackUser>()
  const rooms = new Map<string, Room>()
  const views = new Map<string, OpenView>()
  const homes = new Map<string, OpenView>()
  const triggers = new Map<string, Trigger>()
  const responses = new Map<string, ResponseUrl>()
  const ephemerals: Posted[] = []
  /** What people put into forms, by id. */
  const uploads = new Map<string, Uint8Array>()
  const shown: Shown[] = []
  const scopes = ['commands', 'chat:write']
  const bot = { id: 'U0HANDRAIL', botId: 'B0HANDRAIL', app: 'A0HANDRAIL' }
  const team = { id: 'T0HARBOR', domain: 'harbor', name: 'Harbor' }

  const stamp = (): string => {
    lastMicros = Math.max(lastMicros + 1, (Date.now() + ahead) * 1000)
    return `${Math.floor(lastMicros / 1e6)}.${String(lastMicros % 1e6).padStart(6, '0')}`
  }
  const room = (
    id: string,
    kind: Room['kind'],
    members: readonly string[],
    name = id.toLowerCase(),
  ): Room => {
    const made: Room = { id, kind, name, members: new Set(members), messages: [], archived: false }
    rooms.set(id, made)
    return made
  }
  return {
    users,
    rooms,
    views,
    homes,
    triggers,
    responses,
    ephemerals,
    uploads,
    shown,
    bot,
    scopes,
    team,
    next,
    stamp,
    /** Sets the clock of the stamps, before anything is stamped or forward. */
    forward(ms: number): void {
      ahead += ms
    },
    room,
    user(id: string, more: Partial<Omit<SlackUser, 'id'>> = {}): SlackUser {
      const made = {
        id,
        name: id.toLowerCase(),
        real_name: id,
        tz: 'America/Chicago',
        locale: 'en-US',
        is_admin: false,
        deleted: false,
        closed: false,
        ...more,
      }
      users.set(id, made)
      return made
    },
    direct(user: string): Room {
      const known = [...rooms.values()].find((one) => one.kind === 'im' && one.members.has(user))
      return known ?? room(next('D'), 'im', [user, bot.id], 'directmessage')
    },
    trigger(user: string, cause: string): string {
      const id = `${Date.now()}.${++serial}.${randomBytes(16).toString('hex')}`
      triggers.set(id, { user, cause, until: Date.now() + 3000, used: false })
      return id
    },
    responseUrl(base: string, to: Omit<ResponseUrl, 'uses' | 'until'>): string {
      const id = randomBytes(12).toString('base64url')
      responses.set(id, { ...to, until: Date.now() + 30 * 60_000, uses: 0 })
      return `${base}/respond/${id}`
    },
  }
}
