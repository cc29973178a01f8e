// A person in front of Discord: what they do, and what they then see.
import { randomBytes } from 'node:crypto'
import { fillModal, fillOptions, pick, resolved, type Filled, type Handed, type Options } from './fill.ts'
import type { createGateway } from './gateway.ts'
import { interactionPayload, messagePayload } from './payloads.ts'
import { findComponent } from './seen.ts'
import type { Channel, Choice, Guild, Interaction, Json, Modal, Posted, State } from './state.ts'

export type Membership = {
  readonly guild?: Guild
  readonly permissions?: string
  readonly roles?: readonly string[]
  readonly locale?: string
  readonly closed?: boolean
}
export type How = {
  /** Where; otherwise the first channel of the guild, or the direct messages of a person without a guild. */
  readonly channel?: Channel
  /** How long to wait for the answer, in milliseconds. */
  readonly patience?: number
  /** Delivers it this many times. */
  readonly copies?: number
  /** Delivers it this late. */
  readonly delayMs?: number
}
export type Seen = {
  readonly acked: boolean
  /** Milliseconds until the acknowledgement. */
  readonly latency: number
  /** The answer itself, also when it took a while. */
  readonly original?: Posted
  /** The message whose button was pressed, when the answer changed it. */
  readonly updated?: Posted
  /** Grows while more comes. */
  readonly followups: readonly Posted[]
  readonly modal?: Modal
  readonly choices: readonly Choice[]
  /** What the bot wrote meanwhile in the room and directly to the person, for all there to see. */
  readonly messages: readonly Posted[]
  /** An answer came, and none is still "thinking". */
  readonly done: boolean
}
type Parts = {
  readonly state: State
  readonly gateway: ReturnType<typeof createGateway>
  readonly announce: (message: Posted) => void
  readonly base: () => string
}
export type Person = ReturnType<typeof personOf>

const sleep = (ms: number) => new Promise((done) => setTimeout(done, ms))
const list = (value: unknown) => (Array.isArray(value) ? (value as readonly Json[]) : [])

export function personOf({ state, gateway, announce, base }: Parts, name: string, membership: Membership) {
  const { guild, permissions, roles, locale, closed } = membership
  const user = state.user(name, {
    ...(locale !== undefined && { locale }),
    ...(closed !== undefined && { closed }),
  })
  if (guild)
    state.join(guild, user, {
      ...(permissions !== undefined && { permissions }),
      ...(roles && { roles: [...roles] }),
    })

  function place({ channel }: How): Channel {
    if (channel) return channel
    if (!guild) return state.direct(user.id)
    const first = [...state.channels.values()].find((one) => one.guild === guild.id)
    return first ?? state.channel({ guild: guild.id, name: 'general' })
  }
  function isDone({ answered, waiting, updated, original, followups }: Interaction): boolean {
    if (answered === undefined) return false
    if (answered === 5) return !waiting && (original !== undefined || followups.length > 0)
    return answered !== 6 || updated !== undefined || followups.length > 0
  }
  /** What the bot writes from now on where this person reads. */
  function listen(channel: Channel): () => readonly Posted[] {
    const places = [...new Set([channel, state.direct(user.id)])].map((one) => ({
      one,
      from: one.messages.length,
    }))
    return () =>
      places.flatMap(({ one, from }) =>
        one.messages.slice(from).filter((message) => message.author === state.bot.id && !message.ephemeral),
      )
  }

  /** Any interaction, also one that Discord's own client would not send. */
  async function interact(type: number, data: Json, how: How = {}, of?: Posted): Promise<Seen> {
    const channel = place(how)
    const heard = listen(channel)
    if (how.delayMs) await sleep(how.delayMs)
    const interaction: Interaction = {
      id: state.next(),
      token: randomBytes(60).toString('base64url'),
      type,
      user: user.id,
      channel: channel.id,
      at: state.now(),
      ...(of && { of }),
      waiting: false,
      private: false,
      followups: [],
    }
    state.interactions.set(interaction.id, interaction)
    state.tokens.set(interaction.token, interaction)
    const payload = interactionPayload(state, interaction, data)
    for (let copy = 0; copy < (how.copies ?? 1); copy += 1)
      gateway.dispatch('INTERACTION_CREATE', payload, { guild: channel.guild })
    const until = performance.now() + (how.patience ?? 10_000)
    const ackUntil = performance.now() + Math.min(how.patience ?? 3000, 3000)
    while (
      !isDone(interaction) &&
      performance.now() < (interaction.answered === undefined ? ackUntil : until)
    )
      await sleep(2)
    const { original, updated, modal, choices = [], followups, latency = 0 } = interaction
    return {
      acked: interaction.answered !== undefined,
      latency,
      ...(original && original !== of && { original }),
      ...(updated && { updated }),
      ...(modal && { modal }),
      followups,
      choices,
      messages: heard().filter((one) => one !== original && !followups.includes(one)),
      done: isDone(interaction),
    }
  }

  /** A registered command as the person may see it here: `reminders add` names a subcommand. */
  function find(words: string, type: number, channel: Channel): { command: Json; path: readonly Json[] } {
    const [first = '', ...rest] = type === 1 ? words.split(' ') : [words]
    const all = [...(state.commands.get('') ?? []), ...(state.commands.get(channel.guild ?? '') ?? [])]
    const command = all.find((one) => one['name'] === first && (one['type'] ?? 1) === type)
    if (!command)
      throw new Error(
        `there is no command ${first}, only ${all.map((one) => String(one['name'])).join(', ')}`,
      )
    const contexts = command['contexts']
    if (Array.isArray(contexts) && !contexts.includes(channel.guild === undefined ? 1 : 0))
      throw new Error(`${first} is not offered here`)
    const needed = command['default_member_permissions']
    const owned = guild ? BigInt(guild.members.get(user.id)?.permissions ?? '0') : 0n
    if (
      typeof needed === 'string' &&
      channel.guild !== undefined &&
      (owned & 8n) === 0n &&
      (owned & BigInt(needed)) !== BigInt(needed)
    )
      throw new Error(`${first} is not offered to ${name}`)
    const path: Json[] = []
    for (const word of rest) {
      const inner = list((path.at(-1) ?? command)['options']).find((one) => one['name'] === word)
      if (!inner) throw new Error(`${first} has no subcommand ${word}`)
      path.push(inner)
    }
    return { command, path }
  }
  function commandData(words: string, values: Options, channel: Channel, focused?: string): Json {
    const { command, path } = find(words, 1, channel)
    const inner = fillOptions(list((path.at(-1) ?? command)['options']), values, focused)
    const options = path.reduceRight(
      (nested, one) => [{ name: one['name'], type: one['type'], options: nested }] as readonly Json[],
      inner,
    )
    return { id: command['id'], name: command['name'], type: 1, options, ...resolved(state, inner) }
  }
  const componentData = (component: Json, more: Json = {}): Json => ({
    component_type: component['type'],
    custom_id: component['custom_id'],
    id: 2,
    ...more,
  })
  const on = (message: Posted, how: How): How => {
    const channel = state.channels.get(message.channel)
    return channel ? { ...how, channel } : how
  }
  async function write(channel: Channel, content: string, patience: number): Promise<readonly Posted[]> {
    const heard = listen(channel)
    const message: Posted = {
      id: state.next(),
      channel: channel.id,
      author: user.id,
      content,
      embeds: [],
      components: [],
      attachments: [],
      flags: 0,
      nonce: state.next(),
      ephemeral: false,
    }
    channel.messages.push(message)
    announce(message)
    const until = performance.now() + patience
    while (heard().length === 0 && performance.now() < until) await sleep(2)
    return heard()
  }

  /** What somebody puts into a form lies at an address of Discord's. */
  function upload({ name, bytes }: Handed): Json {
    const id = state.next()
    state.uploads.set(id, { name, bytes })
    const url = `${base()}/attachments/${id}/${name}`
    return { id, filename: name, size: bytes.length, url, proxy_url: url, content_type: 'application/zip' }
  }

  return {
    id: user.id,
    user,
    interact,
    slash: async (words: string, values: Options = {}, how: How = {}) =>
      await interact(2, commandData(words, values, place(how)), how),
    /** What is offered while `typed` stands in `option`. */
    autocomplete: async (words: string, option: string, typed: string, values: Options = {}, how: How = {}) =>
      await interact(4, commandData(words, { ...values, [option]: typed }, place(how), option), how),
    /** A command from the menu of a message. */
    menu: async (label: string, message: Posted, how: How = {}): Promise<Seen> => {
      const there = on(message, how)
      const { command } = find(label, 3, place(there))
      const data = {
        id: command['id'],
        name: label,
        type: 3,
        target_id: message.id,
        resolved: { messages: { [message.id]: messagePayload(state, message) } },
      }
      return await interact(2, data, there)
    },
    click: async (message: Posted, label: string, how: How = {}): Promise<Seen> => {
      const button = findComponent(message, label)
      if (button['style'] === 5) throw new Error(`“${label}” is a link`)
      return await interact(3, componentData(button), on(message, how), message)
    },
    select: async (
      message: Posted,
      label: string,
      picks: readonly string[],
      how: How = {},
    ): Promise<Seen> => {
      const menu = findComponent(message, label)
      const values = menu['type'] === 3 ? pick(menu, label, picks) : picks
      return await interact(3, componentData(menu, { values }), on(message, how), message)
    },
    /** Fills in a form and sends it off. */
    modal: async (modal: Modal, values: Filled = {}, how: How = {}): Promise<Seen> =>
      await interact(5, fillModal(modal, values, upload), modal.of ? on(modal.of, how) : how, modal.of),
    /** Writes in a room; answers what the bot wrote there, after at most `patience` milliseconds. */
    say: async (channel: Channel, words: string, patience = 500) => await write(channel, words, patience),
    dm: async (words: string, patience = 2500) => await write(state.direct(user.id), words, patience),
    /** Leaves the guild. */
    leave(): void {
      if (!guild) throw new Error(`${name} is in no guild`)
      guild.members.delete(user.id)
      gateway.dispatch(
        'GUILD_MEMBER_REMOVE',
        { guild_id: guild.id, user: { id: user.id, username: name } },
        {
          guild: guild.id,
          intent: 1 << 1,
        },
      )
    },
  }
}
