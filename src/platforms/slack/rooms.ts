// Groups' rooms on Slack: private channels. What a bot cannot do there it says, so that a person does it.
import type { WebClient } from '@slack/web-api'
import type { RoomAnswer, RoomKeeper, RoomTrouble } from '../../care/groups/room-keeper.ts'
import { failureOf } from './calls.ts'

const troubles: Readonly<Record<string, RoomTrouble>> = {
  channel_not_found: 'gone',
  is_archived: 'gone',
  user_not_found: 'gone',
  user_disabled: 'gone',
  message_not_found: 'gone',
  not_in_channel: 'no-access',
  missing_scope: 'no-right',
  restricted_action: 'no-right',
  cant_delete_message: 'not-possible',
  cant_kick_from_general: 'not-possible',
}

async function answering<T>(work: () => Promise<T>, fine: readonly string[] = []): Promise<RoomAnswer<T>> {
  try {
    return { ok: true, value: await work() }
  } catch (error) {
    const failure = failureOf(error)
    if (failure.kind !== 'refused') return { ok: false, why: 'later' }
    // Done already is done.
    if (fine.includes(failure.error)) return { ok: true, value: undefined as T }
    return { ok: false, why: troubles[failure.error] ?? 'no-right' }
  }
}
const notPossible = (): Promise<RoomAnswer<void>> => Promise.resolve({ ok: false, why: 'not-possible' })

const mostRooms = 20
const longestName = 80
/** Slack's rule for names of channels: small letters, numbers, hyphens. */
const slugOf = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/[^a-z0-9-]/g, '')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, longestName - 10) || 'group'

/** `client` must reject instead of waiting at a limit; `bot` is the bot's own user id. */
export function createRooms(client: WebClient, bot: () => Promise<string>): RoomKeeper {
  const marked = (mark: string): string => `Handrail ${mark}`

  async function found(mark: string): Promise<string | undefined> {
    for (let cursor: string | undefined; ;) {
      const { channels = [], response_metadata: more } = await client.conversations.list({
        types: 'private_channel',
        exclude_archived: true,
        limit: 200,
        ...(cursor !== undefined && { cursor }),
      })
      const known = channels.find(({ purpose }) => purpose?.value?.endsWith(marked(mark)))
      if (known?.id !== undefined) return known.id
      cursor = more?.next_cursor
      if (!cursor) return undefined
    }
  }
  /** An archived channel keeps its name for ever: the next one gets a number. */
  async function create(slug: string): Promise<string> {
    for (let turn = 1; ; turn++) {
      try {
        const name = turn === 1 ? slug : `${slug}-${turn}`
        const { channel } = await client.conversations.create({ name, is_private: true })
        if (!channel?.id) throw new Error('Slack made no channel')
        return channel.id
      } catch (error) {
        const failure = failureOf(error)
        if (turn === mostRooms || failure.kind !== 'refused' || failure.error !== 'name_taken') throw error
      }
    }
  }
  const usable = async (room: string): Promise<void> => {
    const { channel } = await client.conversations.info({ channel: room })
    if (channel?.is_archived) throw new Archived()
  }

  return {
    platform: 'slack',

    make: (_team, { mark, name }) =>
      answering(async () => {
        const known = await found(mark)
        if (known !== undefined) return known
        const room = await create(
          `${slugOf(name)}-${mark.slice(-6).toLowerCase()}`.replaceAll(/[^a-z0-9-]/g, '0'),
        )
        await client.conversations.setPurpose({ channel: room, purpose: marked(mark) })
        return room
      }),

    async people(_team, room) {
      try {
        await usable(room)
      } catch (error) {
        if (error instanceof Archived) return { ok: false, why: 'gone' }
        return answering(() => Promise.reject(error))
      }
      return answering(async () => {
        const own = await bot()
        const all: string[] = []
        for (let cursor: string | undefined; ;) {
          const { members = [], response_metadata: more } = await client.conversations.members({
            channel: room,
            limit: 200,
            ...(cursor !== undefined && { cursor }),
          })
          all.push(...members.filter((one) => one !== own))
          cursor = more?.next_cursor
          if (!cursor) return all
        }
      })
    },

    letIn: (_team, room, user) =>
      answering(
        async () => void (await client.conversations.invite({ channel: room, users: user })),
        ['already_in_channel'],
      ),
    putOut: (_team, room, user) =>
      answering(
        async () => void (await client.conversations.kick({ channel: room, user })),
        ['not_in_channel'],
      ),
    mayWrite: notPossible,
    openToWrite: notPossible,
    slow: notPossible,
    archive: (_team, room) =>
      answering(
        async () => void (await client.conversations.archive({ channel: room })),
        ['already_archived'],
      ),
    timeOut: notPossible,
    read: (_team, room, message) =>
      answering(async () => {
        const { messages = [] } = await client.conversations.history({
          channel: room,
          latest: message,
          oldest: message,
          inclusive: true,
          limit: 1,
        })
        const [one] = messages
        if (one?.ts !== message) throw new Error('the message is not there')
        return { user: one.user ?? '', words: one.text ?? '' }
      }),
    // A bot may take away only what it wrote itself.
    remove: (_team, room, message) =>
      answering(async () => void (await client.chat.delete({ channel: room, ts: message }))),
  }
}
class Archived extends Error {}
