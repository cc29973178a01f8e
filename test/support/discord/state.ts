// What the local Discord remembers: guilds, channels, people, messages, commands and open interactions.

export type Json = Readonly<Record<string, unknown>>
export type Component = Json & { readonly type: number }

export type Guild = {
  readonly id: string
  readonly name: string
  readonly owner: string
  readonly locale: string
  readonly members: Map<string, Member>
  /** The bot was given no right to look after channels. */
  forbids?: boolean
}
export type Member = {
  roles: string[]
  /** A bit field, as Discord writes it: '32' may manage the server. */
  permissions: string
  /** Nobody hears from them until then. */
  quietUntil?: string | null
}
export type User = {
  readonly id: string
  readonly username: string
  name: string
  locale: string
  readonly bot: boolean
  /** The bot cannot send direct messages to this person. */
  closed: boolean
}
export type Channel = {
  readonly id: string
  /** Absent for direct messages. */
  readonly guild?: string
  name: string
  /** With whom the bot speaks here: direct messages only. */
  readonly recipient?: string
  readonly messages: Posted[]
  /** The bot may not see or write here. */
  hidden: boolean
  topic?: string | null
  overwrites?: Map<string, Json>
  slow?: number
}
export type Attachment = {
  readonly id: string
  readonly filename: string
  readonly description?: string
  readonly bytes: Uint8Array
}
export type Posted = {
  readonly id: string
  readonly channel: string
  readonly author: string
  content: string
  embeds: readonly Json[]
  components: readonly Component[]
  attachments: readonly Attachment[]
  flags: number
  readonly nonce?: string
  /** Only the person who caused it sees it. */
  readonly ephemeral: boolean
  edited?: string
}
export type Modal = {
  readonly custom_id: string
  readonly title: string
  readonly components: readonly Component[]
  /** The message whose button opened it. */
  readonly of?: Posted
}
export type Choice = { readonly name: string; readonly value: string | number }
export type Interaction = {
  readonly id: string
  readonly token: string
  /** 2 command, 3 component, 4 autocomplete, 5 modal. */
  readonly type: number
  readonly user: string
  readonly channel: string
  readonly at: number
  readonly of?: Posted
  /** The type of the first answer, and how many milliseconds it took. */
  answered?: number
  latency?: number
  /** The answer is still "thinking". */
  waiting: boolean
  /** The answer was promised as private. */
  private: boolean
  original?: Posted
  updated?: Posted
  readonly followups: Posted[]
  modal?: Modal
  choices?: readonly Choice[]
}
export type State = ReturnType<typeof createState>

const discordEpoch = 1_420_070_400_000n
export const ephemeralFlag = 64

export function createState() {
  let serial = 0
  let ahead = 0
  const guilds = new Map<string, Guild>()
  const channels = new Map<string, Channel>()
  const users = new Map<string, User>()
  const interactions = new Map<string, Interaction>()
  const tokens = new Map<string, Interaction>()
  const directs = new Map<string, Channel>()
  const uploads = new Map<string, { readonly name: string; readonly bytes: Uint8Array }>()
  /** By guild, '' for everywhere. */
  const commands = new Map<string, readonly Json[]>()
  const now = () => Date.now() + ahead
  // The client's queues look for ids of 17 to 19 digits; shorter ones would be sorted into other queues.
  const next = (): string => String(((BigInt(now()) - discordEpoch) << 22n) | BigInt(serial++ % 4096))

  const user = (name: string, more: Partial<Omit<User, 'id' | 'username'>> = {}): User => {
    const known = [...users.values()].find((one) => one.username === name)
    if (known) return Object.assign(known, more)
    const made = { id: next(), username: name, name, locale: 'en-US', bot: false, closed: false, ...more }
    users.set(made.id, made)
    return made
  }
  const channel = (more: Partial<Channel> & { readonly name: string }): Channel => {
    const made: Channel = { id: next(), messages: [], hidden: false, ...more }
    channels.set(made.id, made)
    return made
  }
  const bot = user('handrail', { bot: true })
  /** What its page at Discord says: which intents are switched on, and whether anybody may add it. */
  const application = { flags: 0, isPublic: true }
  return {
    guilds,
    channels,
    users,
    interactions,
    tokens,
    uploads,
    commands,
    bot,
    application,
    now,
    next,
    user,
    channel,
    /** Lets time pass for tokens and deadlines. */
    forward(ms: number): void {
      ahead += ms
    },
    guild(name: string, locale = 'en-US'): Guild {
      const made: Guild = { id: next(), name, owner: next(), locale, members: new Map() }
      made.members.set(bot.id, { roles: [], permissions: '0' })
      guilds.set(made.id, made)
      return made
    },
    join(guild: Guild, who: User, more: Partial<Member> = {}): Member {
      const member = { roles: [], permissions: '0', ...guild.members.get(who.id), ...more }
      guild.members.set(who.id, member)
      return member
    },
    direct(person: string): Channel {
      const made = directs.get(person) ?? channel({ name: '', recipient: person })
      directs.set(person, made)
      return made
    },
    message(id: string): Posted | undefined {
      for (const one of channels.values()) {
        const found = one.messages.find((message) => message.id === id)
        if (found) return found
      }
      return undefined
    },
  }
}
