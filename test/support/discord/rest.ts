// The REST API: every route that the bot may use, and nothing beyond.
import { faultsOf } from './contract.ts'
import { answer, jsonOf, nothing, pieces, refuse, type Answer, type Call } from './call.ts'
import { createInteractions } from './interactions.ts'
import {
  channelPayload,
  guildPayload,
  memberPayload,
  messagePayload,
  textOf,
  userPayload,
} from './payloads.ts'
import type { Channel, Guild, Json, Posted, State } from './state.ts'

type Parts = {
  readonly state: State
  readonly violate: (what: string) => void
  readonly gatewayUrl: () => string
  /** Tells the bot of a message that somebody, as a rule itself, has written. */
  readonly announce: (message: Posted) => void
}
type Handler = (ids: readonly string[], call: Call) => Answer
/** `open`: the token in the path is the key, no other is asked for. */
type Route = {
  readonly method: string
  readonly path: RegExp
  readonly handle: Handler
  readonly open?: boolean
}

/** `:id` is an id or @me; the others anything. */
const route = (line: string, handle: Handler, open = false): Route => {
  const [method = '', path = ''] = line.split(' ')
  return { method, path: new RegExp(`^${path.replaceAll(/:\w+/g, '([^/]+)')}$`), handle, open }
}
const unknownChannel = refuse(404, 10003, 'Unknown Channel')

export function createRest({ state, violate, gatewayUrl, announce }: Parts) {
  const { callback, followup, onMessage, isBad, invalid, edit } = createInteractions(state, violate)
  const application = () => ({
    id: state.bot.id,
    name: 'Handrail',
    description: '',
    icon: null,
    flags: state.application.flags,
    bot_public: state.application.isPublic,
    bot_require_code_grant: false,
    verify_key: '0'.repeat(64),
  })
  const guildOfMine = ({ id, name, members }: Guild) => ({
    id,
    name,
    icon: null,
    banner: null,
    owner: false,
    permissions: members.get(state.bot.id)?.permissions ?? '0',
    features: [],
  })
  const gateway = () =>
    answer({
      url: gatewayUrl(),
      shards: 1,
      session_start_limit: { total: 1000, remaining: 999, reset_after: 14_400_000, max_concurrency: 1 },
    })

  const keep = (where: string, list: readonly Json[]): Answer => {
    const kept = list.map((one) => ({
      ...one,
      id: state.next(),
      type: one['type'] ?? 1,
      application_id: state.bot.id,
      version: state.next(),
      ...(where !== '' && { guild_id: where }),
    }))
    state.commands.set(where, kept)
    return answer(kept)
  }
  const commandsIn = (where: string) => state.commands.get(where) ?? []
  const replaceCommands = (where: string, { body }: Call): Answer =>
    isBad('commands', faultsOf.commands(body)) ? invalid : keep(where, body as readonly Json[])
  function addCommand(where: string, { body }: Call): Answer {
    if (isBad('command', faultsOf.command(body))) return invalid
    const one = jsonOf(body)
    const others = commandsIn(where).filter(
      ({ name, type }) => name !== one['name'] || type !== (one['type'] ?? 1),
    )
    const made = {
      ...one,
      id: state.next(),
      type: one['type'] ?? 1,
      application_id: state.bot.id,
      version: state.next(),
    }
    state.commands.set(where, [...others, made])
    return answer(made, 201)
  }
  function changeCommand(where: string, id: string, { method, body }: Call): Answer {
    const known = commandsIn(where).find((one) => one['id'] === id)
    if (!known) return refuse(404, 10063, 'Unknown application command')
    const others = commandsIn(where).filter((one) => one !== known)
    if (method === 'GET') return answer(known)
    if (method === 'DELETE') {
      state.commands.set(where, others)
      return nothing
    }
    const next = { ...known, ...jsonOf(body) }
    if (others.some((one) => one['name'] === next['name'] && one['type'] === next['type']))
      return refuse(400, 50035, 'Application command names must be unique')
    state.commands.set(where, [...others, next])
    return answer(next)
  }

  function channelFor(id: string): Channel | Answer {
    const channel = state.channels.get(id)
    if (!channel || (channel.guild !== undefined && !state.guilds.has(channel.guild))) return unknownChannel
    if (channel.hidden) return refuse(403, 50001, 'Missing Access')
    return channel
  }
  function post([id = '']: readonly string[], call: Call): Answer {
    const channel = channelFor(id)
    if ('status' in channel) return channel
    if (isBad('message', faultsOf.message(call.body, call.files.size))) return invalid
    if (channel.recipient !== undefined && state.users.get(channel.recipient)?.closed)
      return refuse(403, 50007, 'Cannot send messages to this user')
    const data = jsonOf(call.body)
    const nonce = data['nonce'] === undefined ? undefined : textOf(data['nonce'])
    const twin = channel.messages.find((one) => nonce !== undefined && one.nonce === nonce)
    if (twin && data['enforce_nonce'] === true) return answer(messagePayload(state, twin))
    const made: Posted = {
      id: state.next(),
      channel: id,
      author: state.bot.id,
      ...pieces(state, data, call.files),
      flags: Number(data['flags'] ?? 0),
      ephemeral: false,
      ...(nonce !== undefined && { nonce }),
    }
    channel.messages.push(made)
    announce(made)
    return answer(messagePayload(state, made))
  }
  function onPosted([channelId = '', id = '']: readonly string[], call: Call): Answer {
    const channel = channelFor(channelId)
    if ('status' in channel) return channel
    const message = channel.messages.find((one) => one.id === id && !one.ephemeral)
    if (!message) return refuse(404, 10008, 'Unknown Message')
    if (call.method === 'GET') return answer(messagePayload(state, message))
    if (call.method !== 'DELETE' && message.author !== state.bot.id)
      return refuse(403, 50005, 'Cannot edit a message by another user')
    if (call.method === 'DELETE') {
      channel.messages.splice(channel.messages.indexOf(message), 1)
      return nothing
    }
    if (isBad('edit', faultsOf.messageEdit(call.body, call.files.size))) return invalid
    edit(message, jsonOf(call.body), call.files)
    return answer(messagePayload(state, message))
  }
  const history: Handler = ([id = ''], { query }) => {
    const channel = channelFor(id)
    if ('status' in channel) return channel
    const limit = Number(query.get('limit') ?? 50)
    const before = BigInt(query.get('before') ?? '0')
    const after = query.get('after')
    const seen = channel.messages
      .filter(({ id: one, ephemeral }) => !ephemeral && (before === 0n || BigInt(one) < before))
      .filter(({ id: one }) => after === null || BigInt(one) > BigInt(after))
      .toReversed()
    // What follows an id begins right after it, and is told newest first all the same.
    const page = after === null ? seen.slice(0, limit) : seen.slice(-limit)
    return answer(page.map((one) => messagePayload(state, one)))
  }
  const see = (id: string): Answer => {
    const channel = channelFor(id)
    return 'status' in channel ? channel : answer(channelPayload(state, channel))
  }
  const openDirect: Handler = (_, { body }) => {
    if (isBad('direct message', faultsOf.direct(body))) return invalid
    const person = String(jsonOf(body)['recipient_id'])
    if (!state.users.has(person)) return refuse(400, 50033, 'Invalid Recipient(s)')
    return answer(channelPayload(state, state.direct(person)))
  }
  const member = (guildId: string, userId: string): Answer => {
    const guild = state.guilds.get(guildId)
    const user = state.users.get(userId === '@me' ? state.bot.id : userId)
    if (!guild) return refuse(404, 10004, 'Unknown Guild')
    if (!user || !guild.members.has(user.id)) return refuse(404, 10007, 'Unknown Member')
    return answer({ ...memberPayload(guild, user), user: userPayload(user) })
  }
  const person = (id: string): Answer => {
    const user = state.users.get(id === '@me' ? state.bot.id : id)
    return user ? answer(userPayload(user)) : refuse(404, 10013, 'Unknown User')
  }

  const unknownGuild = refuse(404, 10004, 'Unknown Guild')
  const missingRights = refuse(403, 50013, 'Missing Permissions')
  const guildChannels: Handler = ([guildId = '']) => {
    if (!state.guilds.has(guildId)) return unknownGuild
    const all = [...state.channels.values()].filter((one) => one.guild === guildId && !one.hidden)
    return answer(all.map((one) => channelPayload(state, one)))
  }
  const makeChannel: Handler = ([guildId = ''], { body }) => {
    const guild = state.guilds.get(guildId)
    if (!guild) return unknownGuild
    if (guild.forbids) return missingRights
    const { name, topic, permission_overwrites: rules } = jsonOf(body)
    if (typeof name !== 'string' || name.length < 1 || name.length > 100)
      return refuse(400, 50035, 'Invalid Form Body')
    const made = state.channel({ guild: guildId, name: name.toLowerCase().replaceAll(' ', '-') })
    made.topic = textOf(topic)
    made.overwrites = new Map(
      (Array.isArray(rules) ? rules : []).map((one: Json) => [textOf(one['id']), one]),
    )
    return answer(channelPayload(state, made), 201)
  }
  const changeChannel: Handler = ([id = ''], { body }) => {
    const channel = channelFor(id)
    if ('status' in channel) return channel
    const data = jsonOf(body)
    if (typeof data['name'] === 'string') channel.name = data['name']
    if (data['rate_limit_per_user'] !== undefined) channel.slow = Number(data['rate_limit_per_user'])
    return answer(channelPayload(state, channel))
  }
  const putRule: Handler = ([id = '', who = ''], { body }) => {
    const channel = channelFor(id)
    if ('status' in channel) return channel
    if (channel.guild !== undefined && state.guilds.get(channel.guild)?.forbids) return missingRights
    const { type, allow, deny } = jsonOf(body)
    if (type !== 0 && type !== 1) violate(`a permission of type ${textOf(type)}`)
    channel.overwrites ??= new Map()
    channel.overwrites.set(who, { id: who, type, allow: textOf(allow), deny: textOf(deny) })
    return nothing
  }
  const dropRule: Handler = ([id = '', who = '']) => {
    const channel = channelFor(id)
    if ('status' in channel) return channel
    return channel.overwrites?.delete(who) ? nothing : refuse(404, 10009, 'Unknown Overwrite')
  }
  const changeMember: Handler = ([guildId = '', userId = ''], { body }) => {
    const found = state.guilds.get(guildId)?.members.get(userId)
    if (!found) return refuse(404, 10007, 'Unknown Member')
    const until = jsonOf(body)['communication_disabled_until']
    found.quietUntil = until === null ? null : textOf(until)
    return member(guildId, userId)
  }

  const app = '/applications/:app'
  const inGuild = `${app}/guilds/:guild`
  const routes: readonly Route[] = [
    route('GET /gateway', () => answer({ url: gatewayUrl() }), true),
    route('GET /gateway/bot', gateway),
    route('GET /applications/@me', () => answer(application())),
    route('GET /oauth2/applications/@me', () => answer(application())),
    route(`GET ${app}/commands`, () => answer(commandsIn(''))),
    route(`PUT ${app}/commands`, (_, call) => replaceCommands('', call)),
    route(`POST ${app}/commands`, (_, call) => addCommand('', call)),
    ...['GET', 'PATCH', 'DELETE'].map((method) =>
      route(`${method} ${app}/commands/:id`, ([, id = ''], call) => changeCommand('', id, call)),
    ),
    route(`GET ${inGuild}/commands`, ([, guild = '']) => answer(commandsIn(guild))),
    route(`PUT ${inGuild}/commands`, ([, guild = ''], call) => replaceCommands(guild, call)),
    route(`POST ${inGuild}/commands`, ([, guild = ''], call) => addCommand(guild, call)),
    ...['GET', 'PATCH', 'DELETE'].map((method) =>
      route(`${method} ${inGuild}/commands/:id`, ([, guild = '', id = ''], call) =>
        changeCommand(guild, id, call),
      ),
    ),
    route('POST /interactions/:id/:token/callback', callback, true),
    route('POST /webhooks/:app/:token', followup, true),
    ...['GET', 'PATCH', 'DELETE'].map((method) =>
      route(`${method} /webhooks/:app/:token/messages/:id`, onMessage, true),
    ),
    route('POST /users/@me/channels', openDirect),
    route('GET /users/@me/guilds', () => answer([...state.guilds.values()].map(guildOfMine))),
    route('GET /users/:id', ([id = '']) => person(id)),
    route('GET /channels/:id', ([id = '']) => see(id)),
    route('GET /guilds/:id/channels', guildChannels),
    route('POST /guilds/:id/channels', makeChannel),
    route('PATCH /channels/:id', changeChannel),
    route('PUT /channels/:id/permissions/:who', putRule),
    route('DELETE /channels/:id/permissions/:who', dropRule),
    route('PATCH /guilds/:id/members/:user', changeMember),
    route('GET /channels/:id/messages', history),
    route('POST /channels/:id/messages', post),
    ...['GET', 'PATCH', 'DELETE'].map((method) =>
      route(`${method} /channels/:id/messages/:message`, onPosted),
    ),
    route('POST /channels/:id/typing', ([id = '']) => {
      const channel = channelFor(id)
      return 'status' in channel ? channel : nothing
    }),
    route('GET /guilds/:id', ([id = '']) => {
      const guild = state.guilds.get(id)
      return guild ? answer(guildPayload(state, guild)) : refuse(404, 10004, 'Unknown Guild')
    }),
    route('GET /guilds/:id/members/:user', ([guild = '', user = '']) => member(guild, user)),
  ]

  return {
    call(call: Call, isAuthorised: boolean): Answer {
      const found = routes.find(({ method, path }) => method === call.method && path.test(call.path))
      if (!found) {
        violate(`nobody answers ${call.method} ${call.path}`)
        return refuse(404, 0, '404: Not Found')
      }
      if (!found.open && !isAuthorised) return refuse(401, 0, '401: Unauthorized')
      return found.handle((found.path.exec(call.path) ?? []).slice(1), call)
    },
  }
}
