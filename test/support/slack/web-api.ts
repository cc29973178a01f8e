// Slack's Web API as far as Handrail uses it. A method or argument that is not here fails the test.
import { z } from 'zod'
import type { Block, View } from './block-kit.ts'
import { messageFaults, viewFaults } from './block-kit.ts'
import type { OpenView, Posted, Room, State } from './state.ts'

export type Args = Readonly<Record<string, unknown>>
type Answer = Readonly<Record<string, unknown>>
/** Calls a minute, as Slack's published tiers. Posting has a rule of its own. */
const tiers: Readonly<Record<string, number>> = {
  'apps.connections.open': 50,
  'chat.delete': 50,
  'chat.getPermalink': 1200,
  'chat.postEphemeral': 100,
  'chat.update': 50,
  'files.delete': 50,
  'conversations.history': 50,
  'conversations.archive': 20,
  'conversations.create': 20,
  'conversations.info': 50,
  'conversations.invite': 50,
  'conversations.kick': 50,
  'conversations.setPurpose': 20,
  'conversations.list': 20,
  'conversations.members': 100,
  'conversations.open': 50,
  'files.completeUploadExternal': 100,
  'files.getUploadURLExternal': 100,
  'team.info': 50,
  'users.info': 100,
  'users.list': 20,
  'views.open': 100,
  'views.publish': 100,
  'views.push': 100,
  'views.update': 100,
}
export const tierOf = (method: string): number | undefined => tiers[method]

const json = z.unknown()
const bool = z.union([z.boolean(), z.literal('true'), z.literal('false')]).optional()
const message = {
  channel: z.string().min(1),
  text: z.string().max(40_000).optional(),
  blocks: json.optional(),
  mrkdwn: bool,
  parse: z.string().optional(),
  link_names: bool,
}
const list = { cursor: z.string().optional(), limit: z.coerce.number().int().min(1).max(1000).optional() }
const shapes = {
  'auth.test': {},
  'apps.connections.open': {},
  'chat.postMessage': {
    ...message,
    metadata: z
      .strictObject({
        event_type: z.string().regex(/^\w+$/).max(255),
        event_payload: z.record(z.string(), json),
      })
      .optional(),
    unfurl_links: bool,
    unfurl_media: bool,
    thread_ts: z.string().optional(),
    reply_broadcast: bool,
  },
  'chat.postEphemeral': { ...message, user: z.string(), thread_ts: z.string().optional() },
  'chat.update': { ...message, ts: z.string() },
  'chat.delete': { channel: z.string(), ts: z.string() },
  'chat.getPermalink': { channel: z.string(), message_ts: z.string() },
  'conversations.open': { users: z.string().optional(), channel: z.string().optional(), return_im: bool },
  'conversations.archive': { channel: z.string() },
  'conversations.create': {
    name: z.string().regex(/^[a-z0-9_-]{1,80}$/),
    is_private: bool,
    team_id: z.string().optional(),
  },
  'conversations.info': { channel: z.string() },
  'conversations.invite': { channel: z.string(), users: z.string() },
  'conversations.kick': { channel: z.string(), user: z.string() },
  'conversations.setPurpose': { channel: z.string(), purpose: z.string().max(250) },
  'conversations.list': { ...list, types: z.string().optional(), exclude_archived: bool },
  'conversations.members': { ...list, channel: z.string() },
  'conversations.history': {
    ...list,
    channel: z.string(),
    oldest: z.string().optional(),
    latest: z.string().optional(),
    inclusive: bool,
    include_all_metadata: bool,
  },
  'files.getUploadURLExternal': {
    filename: z.string().min(1),
    length: z.coerce.number().int().positive(),
    alt_text: z.string().max(1000).optional(),
    alt_txt: z.string().max(1000).optional(),
    snippet_type: z.string().optional(),
  },
  'files.completeUploadExternal': {
    files: z.array(z.strictObject({ id: z.string(), title: z.string().optional() })).min(1),
    channel_id: z.string().optional(),
    initial_comment: z.string().optional(),
    thread_ts: z.string().optional(),
  },
  'files.delete': { file: z.string() },
  'team.info': {},
  'users.info': { user: z.string(), include_locale: bool },
  'users.list': { ...list, include_locale: bool },
  'views.open': { trigger_id: z.string(), view: json },
  'views.push': { trigger_id: z.string(), view: json },
  'views.update': { view_id: z.string(), view: json, hash: z.string().optional() },
  'views.publish': { user_id: z.string(), view: json, hash: z.string().optional() },
} as const satisfies Record<string, z.ZodRawShape>
type Method = keyof typeof shapes
const isMethod = (name: string): name is Method => Object.hasOwn(shapes, name)

const no = (error: string, more: Answer = {}): Answer => ({ ok: false, error, ...more })
const yes = (more: Answer = {}): Answer => ({ ok: true, ...more })
const wordsOf = (value: unknown): string => (typeof value === 'string' ? value : '')
const structured = new Set(['blocks', 'view', 'metadata', 'files'])

/** The Web API client posts forms with structures as JSON strings. */
export function readArgs(body: string, type: string): Args {
  if (type.includes('json')) return z.record(z.string(), z.unknown()).parse(JSON.parse(body || '{}'))
  const pairs = [...new URLSearchParams(body)]
  return Object.fromEntries(
    pairs.map(([name, value]) => [name, structured.has(name) ? (JSON.parse(value) as unknown) : value]),
  )
}

export function createWebApi(
  state: State,
  violate: (what: string) => void,
  urls: { base: () => string; socket: () => string },
) {
  const uploads = new Map<string, { name: string; alt: string; bytes?: Uint8Array }>()

  const blocksIn = (blocks: unknown, where: string): readonly Block[] | undefined => {
    if (blocks === undefined) return []
    const faults = messageFaults(blocks)
    faults.forEach((fault) => violate(`${where}: ${fault}`))
    return faults.length > 0 ? undefined : (blocks as readonly Block[])
  }

  function roomFor(channel: string): Room | string {
    const user = state.users.get(channel)
    const room = user ? state.direct(user.id) : state.rooms.get(channel)
    if (!room) return 'channel_not_found'
    const owner =
      room.kind === 'im' ? [...room.members].map((id) => state.users.get(id)).find(Boolean) : undefined
    if (owner?.deleted) return 'user_disabled'
    if (owner?.closed) return 'messages_tab_disabled'
    if (room.archived) return 'is_archived'
    return room
  }

  function post(to: Omit<Posted, 'ts' | 'user'>, cause?: string): Posted {
    const posted: Posted = { ...to, ts: state.stamp(), user: state.bot.id }
    if (to.only) state.ephemerals.push(posted)
    else state.rooms.get(to.channel)?.messages.push(posted)
    state.shown.push({
      kind: 'posted',
      channel: to.channel,
      message: posted,
      ...(to.only && { user: to.only }),
      ...(cause && { cause }),
    })
    return posted
  }

  function replace(old: Posted, text: string, blocks: readonly Block[], cause?: string): void {
    old.text = text
    old.blocks = blocks
    state.shown.push({
      kind: 'replaced',
      channel: old.channel,
      message: old,
      ...(old.only && { user: old.only }),
      ...(cause && { cause }),
    })
  }

  function remove(old: Posted): void {
    const from = old.only ? state.ephemerals : (state.rooms.get(old.channel)?.messages ?? [])
    from.splice(from.indexOf(old), 1)
    state.shown.push({
      kind: 'deleted',
      channel: old.channel,
      message: old,
      ...(old.only && { user: old.only }),
    })
  }

  function keep(
    view: unknown,
    kind: 'modal' | 'home',
    user: string,
    known?: OpenView,
    cause?: string,
  ): OpenView | undefined {
    const faults = viewFaults(view, kind)
    faults.forEach((fault) => violate(`${kind}: ${fault}`))
    if (faults.length > 0) return undefined
    const from = cause ?? known?.cause
    const kept = {
      ...(view as View),
      id: known?.id ?? state.next('V'),
      hash: state.stamp(),
      user,
      ...(from !== undefined && { cause: from }),
    }
    if (kind === 'home') state.homes.set(user, kept)
    state.views.set(kept.id, kept)
    state.shown.push({ kind, user, view: kept, ...(cause && { cause }) })
    return kept
  }

  function trigger(id: string): { user: string; cause: string } | string {
    const known = state.triggers.get(id)
    if (!known) return 'invalid_trigger_id'
    if (known.used) return 'exchanged_trigger_id'
    if (Date.now() > known.until) return 'expired_trigger_id'
    known.used = true
    return known
  }

  const userBody = (id: string) => {
    const user = state.users.get(id)
    if (!user) return undefined
    const { closed: _, ...open } = user
    return {
      ...open,
      team_id: state.team.id,
      is_owner: false,
      is_bot: false,
      profile: { real_name: user.real_name, display_name: user.name },
    }
  }
  const roomBody = (room: Room) => ({
    id: room.id,
    name: room.name,
    is_im: room.kind === 'im',
    is_channel: room.kind === 'channel',
    is_group: room.kind === 'group',
    is_private: room.kind !== 'channel',
    is_archived: room.archived,
    is_member: room.members.has(state.bot.id),
    purpose: { value: room.purpose ?? '', creator: '', last_set: 0 },
  })
  const messageBody = (one: Posted, metadata: boolean) => ({
    type: 'message',
    user: one.user,
    ...(one.user === state.bot.id && { bot_id: state.bot.botId, app_id: state.bot.app }),
    team: state.team.id,
    ts: one.ts,
    text: one.text,
    blocks: one.blocks,
    ...(one.file && { files: [{ id: one.file.id }] }),
    ...(metadata && one.metadata && { metadata: one.metadata }),
  })

  function say(args: Args, only?: string): Answer {
    const found = roomFor(String(args['channel']))
    if (typeof found === 'string') return no(found)
    if (!found.members.has(state.bot.id)) return no('not_in_channel')
    if (only && !found.members.has(only)) return no('user_not_in_channel')
    const blocks = blocksIn(args['blocks'], 'message')
    if (!blocks) return no('invalid_blocks')
    if (!args['text'] && blocks.length === 0) return no('no_text')
    if (!args['text']) violate('message: without text a screen reader and a notification have nothing to say')
    const metadata = args['metadata'] as Posted['metadata']
    const posted = post({
      channel: found.id,
      text: wordsOf(args['text']),
      blocks,
      ...(only && { only }),
      ...(metadata && { metadata }),
    })
    return only
      ? yes({ message_ts: posted.ts })
      : yes({ channel: found.id, ts: posted.ts, message: messageBody(posted, true) })
  }

  function mine(args: Args): Room | string {
    const room = state.rooms.get(String(args['channel']))
    if (!room) return 'channel_not_found'
    if (!room.members.has(state.bot.id)) return 'not_in_channel'
    return room.archived ? 'is_archived' : room
  }
  const find = (args: Args): Posted | undefined =>
    state.rooms.get(String(args['channel']))?.messages.find((one) => one.ts === args['ts'])

  const methods: Readonly<Record<Method, (args: Args) => Answer>> = {
    'auth.test': () =>
      yes({
        url: `https://${state.team.domain}.slack.com/`,
        team: state.team.name,
        user: 'handrail',
        team_id: state.team.id,
        user_id: state.bot.id,
        bot_id: state.bot.botId,
        is_enterprise_install: false,
      }),
    'apps.connections.open': () => yes({ url: urls.socket() }),
    'chat.postMessage': (args) => say(args),
    'chat.postEphemeral': (args) => say(args, String(args['user'])),
    'chat.update'(args) {
      const old = find(args)
      if (!old) return no('message_not_found')
      if (old.user !== state.bot.id) return no('cant_update_message')
      const blocks = blocksIn(args['blocks'], 'message')
      if (!blocks) return no('invalid_blocks')
      replace(old, wordsOf(args['text']), blocks)
      return yes({ channel: old.channel, ts: old.ts })
    },
    'chat.delete'(args) {
      const old = find(args)
      if (!old) return no('message_not_found')
      if (old.user !== state.bot.id) return no('cant_delete_message')
      remove(old)
      return yes({ channel: old.channel, ts: old.ts })
    },
    'chat.getPermalink': (args) =>
      yes({
        permalink: `https://${state.team.domain}.slack.com/archives/${String(args['channel'])}/p${String(args['message_ts']).replace('.', '')}`,
      }),
    'conversations.open'(args) {
      const user = state.users.get(String(args['users']))
      if (!user) return no('user_not_found')
      if (user.deleted) return no('user_disabled')
      return yes({ channel: { id: state.direct(user.id).id } })
    },
    'conversations.info'(args) {
      const room = state.rooms.get(String(args['channel']))
      // A private channel that the bot is not in does not exist for it.
      const isSeen = room && (room.kind === 'channel' || room.members.has(state.bot.id))
      return isSeen ? yes({ channel: roomBody(room) }) : no('channel_not_found')
    },
    'conversations.create'(args) {
      const name = String(args['name'])
      if ([...state.rooms.values()].some((room) => room.name === name)) return no('name_taken')
      const kind = String(args['is_private']) === 'true' ? 'group' : 'channel'
      return yes({ channel: roomBody(state.room(state.next('C'), kind, [state.bot.id], name)) })
    },
    'conversations.setPurpose'(args) {
      const room = mine(args)
      if (typeof room === 'string') return no(room)
      room.purpose = String(args['purpose'])
      return yes({ channel: roomBody(room) })
    },
    'conversations.invite'(args) {
      const room = mine(args)
      if (typeof room === 'string') return no(room)
      const user = String(args['users'])
      if (!state.users.has(user)) return no('user_not_found')
      if (room.members.has(user)) return no('already_in_channel')
      room.members.add(user)
      return yes({ channel: roomBody(room) })
    },
    'conversations.kick'(args) {
      const room = mine(args)
      if (typeof room === 'string') return no(room)
      return room.members.delete(String(args['user'])) ? yes() : no('not_in_channel')
    },
    'conversations.archive'(args) {
      const room = mine(args)
      if (typeof room === 'string') return no(room)
      room.archived = true
      return yes()
    },
    'conversations.list'(args) {
      const wanted = wordsOf(args['types'] ?? 'public_channel').split(',')
      const types = { channel: 'public_channel', group: 'private_channel', im: 'im' }
      return yes({
        channels: [...state.rooms.values()]
          .filter(
            (room) =>
              wanted.includes(types[room.kind]) &&
              (room.kind === 'channel' || room.members.has(state.bot.id)) &&
              !(room.archived && String(args['exclude_archived']) === 'true'),
          )
          .map(roomBody),
      })
    },
    'conversations.members'(args) {
      const room = state.rooms.get(String(args['channel']))
      return room ? yes({ members: [...room.members] }) : no('channel_not_found')
    },
    'conversations.history'(args) {
      const room = state.rooms.get(String(args['channel']))
      if (!room) return no('channel_not_found')
      if (!room.members.has(state.bot.id)) return no('not_in_channel')
      const { oldest = '0', latest = '9999999999', limit = 100, cursor = '0' } = args
      const within = room.messages
        .filter(({ ts }) =>
          String(args['inclusive']) === 'true'
            ? Number(ts) >= Number(oldest) && Number(ts) <= Number(latest)
            : Number(ts) > Number(oldest) && Number(ts) < Number(latest),
        )
        .toReversed()
      const from = Number(cursor)
      const page = within.slice(from, from + Number(limit))
      const more = from + page.length < within.length
      const metadata = String(args['include_all_metadata']) === 'true'
      return yes({
        messages: page.map((one) => messageBody(one, metadata)),
        has_more: more,
        ...(more && { response_metadata: { next_cursor: String(from + page.length) } }),
      })
    },
    'files.getUploadURLExternal'(args) {
      const id = state.next('F')
      uploads.set(id, {
        name: String(args['filename']),
        alt: wordsOf(args['alt_text'] ?? args['alt_txt']),
      })
      return yes({ upload_url: `${urls.base()}/upload/${id}`, file_id: id })
    },
    'files.completeUploadExternal'(args) {
      const files = args['files'] as readonly { readonly id: string; readonly title?: string }[]
      const channel = args['channel_id']
      for (const { id } of files) {
        const { bytes, name, alt } = uploads.get(id) ?? { name: '', alt: '' }
        if (!bytes) return no('file_not_found')
        if (channel === undefined) continue
        const room = state.rooms.get(wordsOf(channel))
        if (!room) return no('channel_not_found')
        if (!room.members.has(state.bot.id)) return no('not_in_channel')
        if (alt === '') violate('a picture was sent without a description')
        post({
          channel: room.id,
          text: wordsOf(args['initial_comment']),
          blocks: [],
          file: { id, name, alt, bytes },
        })
      }
      return yes({ files: files.map(({ id, title }) => ({ id, title: title ?? id })) })
    },
    'files.delete': ({ file }) => (uploads.delete(String(file)) ? yes() : no('file_not_found')),
    'team.info': () => yes({ team: state.team }),
    'users.info'(args) {
      const user = userBody(String(args['user']))
      return user ? yes({ user }) : no('user_not_found')
    },
    'users.list': () =>
      yes({ members: [...state.users.keys()].map(userBody), response_metadata: { next_cursor: '' } }),
    'views.open'(args) {
      const by = trigger(String(args['trigger_id']))
      if (typeof by === 'string') return no(by)
      const view = keep(args['view'], 'modal', by.user, undefined, by.cause)
      return view ? yes({ view }) : no('invalid_arguments')
    },
    'views.push': (args) => methods['views.open'](args),
    'views.update'(args) {
      const known = state.views.get(String(args['view_id']))
      if (!known) return no('not_found')
      if (args['hash'] !== undefined && args['hash'] !== known.hash) return no('hash_conflict')
      const view = keep(args['view'], known.type, known.user, known)
      return view ? yes({ view }) : no('invalid_arguments')
    },
    'views.publish'(args) {
      const user = String(args['user_id'])
      if (!state.users.has(user)) return no('user_not_found')
      const known = state.homes.get(user)
      if (args['hash'] !== undefined && args['hash'] !== known?.hash) return no('hash_conflict')
      const view = keep(args['view'], 'home', user, known)
      return view ? yes({ view }) : no('invalid_arguments')
    },
  }

  const responseSchema = z.strictObject({
    text: z.string().max(40_000).optional(),
    blocks: json.optional(),
    response_type: z.enum(['ephemeral', 'in_channel']).optional(),
    replace_original: z.boolean().optional(),
    delete_original: z.boolean().optional(),
    unfurl_links: z.boolean().optional(),
    unfurl_media: z.boolean().optional(),
    mrkdwn: z.boolean().optional(),
    metadata: json.optional(),
  })

  /** A message as an acknowledgement or a response_url carries it. Returns an error of Slack's, or undefined. */
  function respond(
    body: unknown,
    to: { user: string; channel: string; cause: string; of?: Posted },
  ): string | undefined {
    const read = responseSchema.safeParse(typeof body === 'string' ? { text: body } : body)
    if (!read.success) {
      read.error.issues.forEach((issue) => violate(`response: ${issue.path.join('.')} ${issue.message}`))
      return 'invalid_payload'
    }
    const { text = '', replace_original, delete_original, response_type } = read.data
    if (delete_original && to.of) {
      remove(to.of)
      return undefined
    }
    const blocks = blocksIn(read.data.blocks, 'response')
    if (!blocks) return 'invalid_blocks'
    if (text === '' && blocks.length === 0) return 'no_text'
    if (text === '') violate('response: without text a screen reader has nothing to say')
    if (replace_original && to.of) replace(to.of, text, blocks, to.cause)
    else
      post(
        { channel: to.channel, text, blocks, ...(response_type === 'in_channel' ? {} : { only: to.user }) },
        to.cause,
      )
    return undefined
  }

  return {
    keep,
    post,
    respond,
    isMethod,
    upload(id: string, bytes: Uint8Array): boolean {
      const known = uploads.get(id)
      if (known) known.bytes = bytes
      return known !== undefined
    },
    call(method: string, args: Args): Answer {
      if (!isMethod(method)) {
        violate(`${method} is not a method that this Slack knows`)
        return no('unknown_method')
      }
      // A client of one workspace may name it in any call.
      const { token: _, team_id: __, ...given } = args
      const read = z.strictObject(shapes[method]).safeParse(given)
      if (!read.success) {
        read.error.issues.forEach((issue) => violate(`${method}: ${issue.path.join('.')} ${issue.message}`))
        return no('invalid_arguments')
      }
      return methods[method](given)
    },
  }
}
