// Groups' rooms on Discord: a text channel that only its members see, each by a right of their own.
import {
  ChannelType,
  OverwriteType,
  PermissionFlagsBits as may,
  Routes,
  type APIChannel,
  type APIMessage,
  type REST,
} from 'discord.js'
import { z } from 'zod'
import type { RoomAnswer, RoomKeeper, RoomTrouble } from '../../care/groups/room-keeper.ts'
import { failureOf } from './calls.ts'

const unknownChannel = 10003
const unknownMember = 10007
const unknownUser = 10013
const unknownMessage = 10008
const missingAccess = 50001
const missingRights = 50013

const channels = z.array(
  z.object({ id: z.string(), type: z.custom<ChannelType>(Number.isInteger), topic: z.string().nullish() }),
)
const overwrites = z.array(
  z.object({
    id: z.string(),
    type: z.custom<OverwriteType>(Number.isInteger),
    allow: z.string(),
    deny: z.string(),
  }),
)
const seen = z.object({ permission_overwrites: overwrites.optional(), name: z.string().nullish() })

const reading = may.ViewChannel | may.ReadMessageHistory
const everybody = (open: boolean) => ({
  type: OverwriteType.Role,
  allow: open ? String(may.SendMessages) : '0',
  deny: String(open ? may.ViewChannel : may.ViewChannel | may.SendMessages | may.AddReactions),
})
const member = (write: boolean) => ({
  type: OverwriteType.Member,
  allow: String(reading),
  deny: write ? '0' : String(may.SendMessages),
})

function troubleOf(error: unknown): RoomTrouble {
  const failure = failureOf(error)
  if (failure.kind !== 'refused') return 'later'
  switch (failure.code) {
    case unknownChannel:
    case unknownMember:
    case unknownUser:
    case unknownMessage:
      return 'gone'
    case missingAccess:
      return 'no-access'
    case missingRights:
      return 'no-right'
    default:
      return failure.status === 404 ? 'gone' : 'no-right'
  }
}

async function answering<T>(work: () => Promise<T>): Promise<RoomAnswer<T>> {
  try {
    return { ok: true, value: await work() }
  } catch (error) {
    return { ok: false, why: troubleOf(error) }
  }
}

/** `rest` must reject instead of waiting at a limit; `bot` is the bot's own user id. */
export function createRooms(rest: REST, bot: () => Promise<string>): RoomKeeper {
  const rights = (room: string, id: string, body: object) =>
    rest.put(Routes.channelPermission(room, id), { body })
  const marked = (mark: string): string => `Handrail ${mark}`

  return {
    platform: 'discord',

    make: (guild, { mark, name }) =>
      answering(async () => {
        const all = channels.parse(await rest.get(Routes.guildChannels(guild)))
        const known = all.find(
          (one) => one.type === ChannelType.GuildText && one.topic?.endsWith(marked(mark)),
        )
        if (known) return known.id
        const rules = [
          { id: guild, ...everybody(true) },
          {
            id: await bot(),
            type: OverwriteType.Member,
            allow: String(reading | may.SendMessages),
            deny: '0',
          },
        ]
        const body = { name, type: ChannelType.GuildText, topic: marked(mark), permission_overwrites: rules }
        const made = (await rest.post(Routes.guildChannels(guild), { body })) as APIChannel
        return made.id
      }),

    people: (_guild, room) =>
      answering(async () => {
        const { permission_overwrites: rules = [] } = seen.parse(await rest.get(Routes.channel(room)))
        const own = await bot()
        return rules
          .filter(
            ({ id, type, allow }) =>
              type === OverwriteType.Member && id !== own && (BigInt(allow) & may.ViewChannel) !== 0n,
          )
          .map(({ id }) => id)
      }),

    letIn: (guild, room, user) =>
      answering(async () => {
        await rest.get(Routes.guildMember(guild, user))
        await rights(room, user, member(true))
      }),
    putOut: (_guild, room, user) =>
      answering(async () => void (await rest.delete(Routes.channelPermission(room, user)))),
    mayWrite: (_guild, room, user, write) =>
      answering(async () => void (await rights(room, user, member(write)))),
    openToWrite: (guild, room, open) =>
      answering(async () => void (await rights(room, guild, everybody(open)))),
    slow: (_guild, room, seconds) =>
      answering(
        async () => void (await rest.patch(Routes.channel(room), { body: { rate_limit_per_user: seconds } })),
      ),
    archive: (guild, room) =>
      answering(async () => {
        await rights(room, guild, everybody(false))
        const { name } = seen.parse(await rest.get(Routes.channel(room)))
        if (!name?.startsWith('archived-'))
          await rest.patch(Routes.channel(room), { body: { name: `archived-${name ?? ''}`.slice(0, 100) } })
      }),
    timeOut: (guild, user, until) =>
      answering(async () => {
        const body = { communication_disabled_until: until?.toISOString() ?? null }
        await rest.patch(Routes.guildMember(guild, user), { body })
      }),
    read: (_guild, room, message) =>
      answering(async () => {
        const found = (await rest.get(Routes.channelMessage(room, message))) as APIMessage
        return { user: found.author.id, words: found.content }
      }),
    remove: (_guild, room, message) =>
      answering(async () => void (await rest.delete(Routes.channelMessage(room, message)))),
  }
}
