// What Discord delivers, as events of the kit. An account and a place come from Discord, never from what somebody wrote.
import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ChannelType,
  InteractionType,
  PermissionFlagsBits,
  type APIApplicationCommandAutocompleteInteraction,
  type APIInteraction,
  type GatewayMessageCreateDispatchData,
} from 'discord.js'
import type { RoomNews } from '../../care/groups/room-keeper.ts'
import type { Place, Visitor } from '../../kit/command.ts'
import type { Event } from '../../kit/dispatch.ts'
import type { Features } from '../../kit/features.ts'
import type { Raw } from '../../kit/parse.ts'
import type { FetchFile } from '../../kit/upload.ts'
import { codeOf } from './draw.ts'
import { rawOf } from './form.ts'
import { limits } from './limits.ts'
import { menuName, optionName } from './registration.ts'

const managing = PermissionFlagsBits.Administrator | PermissionFlagsBits.ManageGuild

function visitorOf({ member, user, guild_id, locale }: Exclude<APIInteraction, { type: 1 }>): Visitor {
  const account = member?.user ?? user
  if (!account) throw new Error('an interaction names no account')
  return {
    platform: 'discord',
    workspace: guild_id,
    user: account.id,
    name: member?.nick ?? account.global_name ?? account.username,
    ...(locale && { locale }),
    managesWorkspace: member !== undefined && (BigInt(member.permissions) & managing) !== 0n,
  }
}

export const epoch = 1_420_070_400_000n
/** When Discord made this id. */
export const madeAt = (id: string): Date => new Date(Number((BigInt(id) >> 22n) + epoch))

const keyOf = (id: string) => `discord:${id}`

function placeOf({ guild_id, channel }: APIInteraction): Place {
  const isDirect = guild_id === undefined || channel?.type === ChannelType.DM
  return { kind: isDirect ? 'direct' : 'room', room: channel?.id ?? '' }
}

const fromOf = (interaction: Exclude<APIInteraction, { type: 1 }>) => ({
  key: keyOf(interaction.id),
  visitor: visitorOf(interaction),
  place: placeOf(interaction),
  rows: limits.rows,
})

type Options = Extract<APIApplicationCommandAutocompleteInteraction['data'], { type: 1 }>['options']
/** The values of typed options, under the names of the command's fields. */
function valuesOf(features: Features<never>, command: string, options: Options | undefined): Raw {
  const fields = Object.keys(features.commands.get(command)?.options ?? {})
  const pairs = (options ?? []).flatMap((one) => {
    const field = fields.find((name) => optionName(name) === one.name)
    return field !== undefined && 'value' in one ? [[field, one.value] as const] : []
  })
  return Object.fromEntries(pairs)
}

/** Undefined for what the kit has no name for. */
export function eventOf(
  interaction: APIInteraction,
  features: Features<never>,
  fetchFile: FetchFile,
): Event | undefined {
  switch (interaction.type) {
    case InteractionType.Ping:
    case InteractionType.ApplicationCommandAutocomplete:
      return undefined
    case InteractionType.ApplicationCommand: {
      const from = fromOf(interaction)
      const { data } = interaction
      if (data.type === ApplicationCommandType.ChatInput) {
        const raw = valuesOf(features, data.name, data.options as Options | undefined)
        return { ...from, kind: 'command', name: data.name, raw }
      }
      if (data.type !== ApplicationCommandType.Message) return undefined
      const menu = [...features.menus.values()].find((one) => menuName(one) === data.name)
      const { room } = from.place
      const link = `https://discord.com/channels/${interaction.guild_id ?? '@me'}/${room}/${data.target_id}`
      return {
        ...from,
        kind: 'menu',
        id: menu?.id ?? data.name,
        pointed: { messageId: data.target_id, room, link },
      }
    }
    case InteractionType.MessageComponent: {
      const { data } = interaction
      const chosen = 'values' in data ? data.values[0] : undefined
      return {
        ...fromOf(interaction),
        kind: 'press',
        code: codeOf(data.custom_id),
        ...(chosen !== undefined && { chosen }),
      }
    }
    case InteractionType.ModalSubmit:
      return {
        ...fromOf(interaction),
        kind: 'submit',
        code: interaction.data.custom_id,
        raw: rawOf(interaction.data, fetchFile),
      }
  }
}

/** What is being typed in an option, for suggestions. */
export function typingOf(
  interaction: APIApplicationCommandAutocompleteInteraction,
  features: Features<never>,
) {
  const { name } = interaction.data
  const options = 'options' in interaction.data ? interaction.data.options : []
  const focused = options.find((one) => 'focused' in one && one.focused)
  if (!focused || focused.type === ApplicationCommandOptionType.Subcommand || !('value' in focused))
    return undefined
  const [field] = Object.keys(valuesOf(features, name, [focused] as Options))
  if (field === undefined) return undefined
  return { ...fromOf(interaction), command: name, field, typed: String(focused.value) }
}

/** Words that a person said in a room; undefined for a bot's, and for what has no words that the bot may read. */
export function saidIn(message: GatewayMessageCreateDispatchData): (RoomNews & { kind: 'said' }) | undefined {
  const { id, author, guild_id: workspace, channel_id: room, content: words } = message
  // An edit may name neither author nor words.
  if (workspace === undefined || !author || author.bot || !words) return undefined
  const link = `https://discord.com/channels/${workspace}/${room}/${id}`
  const at = message.edited_timestamp ? new Date(message.edited_timestamp) : madeAt(id)
  return { kind: 'said', workspace, room, user: author.id, message: id, words, link, at }
}

/** Words in a direct message; undefined for a bot's, and for what is said anywhere else. */
export function wordsOf(message: GatewayMessageCreateDispatchData): Event | undefined {
  const { id, author, guild_id, channel_id, content } = message
  if (!author || author.bot || message.webhook_id !== undefined || guild_id !== undefined) return undefined
  const visitor: Visitor = {
    platform: 'discord',
    workspace: undefined,
    user: author.id,
    name: author.global_name ?? author.username,
    managesWorkspace: false,
  }
  return {
    key: keyOf(id),
    saidAt: madeAt(id).getTime(),
    visitor,
    place: { kind: 'direct', room: channel_id },
    rows: limits.rows,
    kind: 'words',
    words: content,
  }
}
