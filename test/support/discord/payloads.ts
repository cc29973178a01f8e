// What Discord writes about people, places, messages and interactions, key by key as it was recorded.
import type { Channel, Guild, Interaction, Json, Posted, State, User } from './state.ts'

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A text or number as text, anything else as nothing. */
export const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : ''

export const userPayload = (user: User): Json => ({
  id: user.id,
  username: user.username,
  global_name: user.bot ? null : user.name,
  discriminator: user.bot ? '6184' : '0',
  avatar: null,
  avatar_decoration_data: null,
  clan: null,
  collectibles: null,
  display_name_styles: null,
  primary_guild: null,
  public_flags: 0,
  ...(user.bot && { bot: true }),
})

export function memberPayload(guild: Guild, user: User): Json {
  const { roles } = guild.members.get(user.id) ?? { roles: [] }
  return {
    roles,
    avatar: null,
    banner: null,
    communication_disabled_until: guild.members.get(user.id)?.quietUntil ?? null,
    deaf: false,
    flags: 0,
    joined_at: '2026-01-04T20:21:10.139000+00:00',
    mute: false,
    nick: null,
    pending: false,
    premium_since: null,
  }
}

export function channelPayload(state: State, channel: Channel): Json {
  const recipient = channel.recipient === undefined ? undefined : state.users.get(channel.recipient)
  const shared = { id: channel.id, flags: 0, last_message_id: channel.messages.at(-1)?.id ?? null }
  return recipient
    ? { ...shared, type: 1, recipients: [userPayload(recipient)] }
    : {
        ...shared,
        type: 0,
        guild_id: channel.guild,
        name: channel.name,
        nsfw: false,
        parent_id: null,
        permission_overwrites: [...(channel.overwrites?.values() ?? [])],
        position: 0,
        rate_limit_per_user: channel.slow ?? 0,
        topic: channel.topic ?? null,
      }
}

export const guildPayload = (state: State, guild: Guild): Json => ({
  id: guild.id,
  name: guild.name,
  icon: null,
  owner_id: guild.owner,
  preferred_locale: guild.locale,
  features: [],
  emojis: [],
  stickers: [],
  roles: [{ id: guild.id, name: '@everyone', color: 0, position: 0, permissions: '0', managed: false }],
  verification_level: 0,
  default_message_notifications: 1,
  explicit_content_filter: 0,
  mfa_level: 0,
  nsfw_level: 0,
  premium_tier: 0,
  system_channel_id: null,
  system_channel_flags: 0,
  joined_at: '2026-01-04T20:39:45.451082+00:00',
  large: false,
  unavailable: false,
  member_count: guild.members.size,
  members: [{ ...memberPayload(guild, state.bot), user: userPayload(state.bot) }],
  channels: [...state.channels.values()]
    .filter((one) => one.guild === guild.id && !one.hidden)
    .map((one) => channelPayload(state, one)),
  threads: [],
  presences: [],
  voice_states: [],
  stage_instances: [],
  guild_scheduled_events: [],
  soundboard_sounds: [],
})

/** Discord gives every component a number. */
function numbered(components: readonly Json[]): readonly Json[] {
  let last = 0
  const number = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(number)
    if (!isObject(value)) return value
    const own = 'type' in value && typeof value['type'] === 'number' ? { id: ++last } : {}
    return {
      ...own,
      ...Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, number(inner)])),
    }
  }
  return components.map((one) => number(one) as Json)
}

export function messagePayload(state: State, message: Posted): Json {
  const author = state.users.get(message.author) ?? state.bot
  return {
    id: message.id,
    channel_id: message.channel,
    author: userPayload(author),
    content: message.content,
    embeds: message.embeds.map((one) => ({ type: 'rich', ...one })),
    components: numbered(message.components),
    attachments: message.attachments.map(({ bytes, ...one }) => ({
      ...one,
      size: bytes.length,
      url: `http://127.0.0.1/attachments/${one.id}/${one.filename}`,
      proxy_url: `http://127.0.0.1/attachments/${one.id}/${one.filename}`,
    })),
    edited_timestamp: message.edited ?? null,
    flags: message.flags,
    mention_everyone: false,
    mention_roles: [],
    mentions: [],
    pinned: false,
    timestamp: new Date(Number((BigInt(message.id) >> 22n) + 1_420_070_400_000n)).toISOString(),
    tts: false,
    type: 0,
    ...(message.nonce !== undefined && { nonce: message.nonce }),
  }
}

/** MESSAGE_CREATE: a message with what the gateway adds to it. `reads` is whether the bot may see the words. */
export function messageEvent(state: State, message: Posted, reads: boolean): Json {
  const channel = state.channels.get(message.channel)
  const guild = channel?.guild === undefined ? undefined : state.guilds.get(channel.guild)
  const author = state.users.get(message.author)
  return {
    ...messagePayload(state, message),
    ...(!reads && { content: '', embeds: [], components: [], attachments: [] }),
    channel_type: guild ? 0 : 1,
    ...(guild && author && { guild_id: guild.id, member: memberPayload(guild, author) }),
  }
}

export function interactionPayload(state: State, interaction: Interaction, data: Json): Json {
  const channel = state.channels.get(interaction.channel)
  const user = state.users.get(interaction.user)
  if (!channel || !user) throw new Error('an interaction needs a person and a place')
  const guild = channel.guild === undefined ? undefined : state.guilds.get(channel.guild)
  return {
    app_permissions: '2248473465835073',
    application_id: state.bot.id,
    attachment_size_limit: 10_485_760,
    authorizing_integration_owners: { '0': guild?.id ?? '0' },
    channel: {
      ...channelPayload(state, channel),
      ...(guild && { permissions: guild.members.get(user.id)?.permissions ?? '0' }),
    },
    channel_id: channel.id,
    context: guild ? 0 : 1,
    data,
    entitlement_sku_ids: [],
    entitlements: [],
    ...(guild && {
      guild: { features: [], id: guild.id, locale: guild.locale },
      guild_id: guild.id,
      guild_locale: guild.locale,
      member: {
        ...memberPayload(guild, user),
        collectibles: null,
        display_name_styles: null,
        permissions: guild.members.get(user.id)?.permissions ?? '0',
        unusual_dm_activity_until: null,
        user: userPayload(user),
      },
    }),
    ...(!guild && { user: userPayload(user) }),
    id: interaction.id,
    locale: user.locale,
    ...(interaction.of && { message: messagePayload(state, interaction.of) }),
    token: interaction.token,
    type: interaction.type,
    version: 1,
  }
}
