// The token, what the application's page allows, and what the bot may do in each server.
import { z } from 'zod'
import type { Config } from '../../config.ts'
import { ask, under, type Asked } from './ask.ts'
import { good, problem, warning, type Finding } from './finding.ts'

/** Bits by the words of Discord's own page. */
export type DiscordPermissions = Readonly<Record<string, bigint>>

const administrator = 1n << 3n
/** The switch for the Message Content intent, for bots in few servers and in many. */
const contentFlags = (1 << 18) | (1 << 19)

const application = z.object({ flags: z.number().default(0), bot_public: z.boolean().default(false) })
const guilds = z.array(z.object({ name: z.string(), permissions: z.string().regex(/^\d+$/) }))

function aboutIntents(asked: Asked | undefined, readsRooms: boolean): readonly Finding[] {
  const read = application.safeParse(asked?.body)
  if (!read.success) return [warning('discord-intents', 'Discord did not say what the application may hear.')]
  const hears = (read.data.flags & contentFlags) !== 0
  const intents =
    readsRooms && !hears
      ? problem(
          'discord-intents',
          'DISCORD_READ_ROOMS is on, but Message Content is off under “Bot” of the application: Discord will refuse the connection. Turn one of them round.',
        )
      : hears && !readsRooms
        ? warning(
            'discord-intents',
            'Message Content is on under “Bot” of the application, and nothing needs it: turn it off, or set DISCORD_READ_ROOMS=on.',
          )
        : good('discord-intents', 'The intents of the application are those that are needed.')
  return read.data.bot_public
    ? [
        intents,
        warning(
          'discord-public',
          'Anybody can add this bot to a server of theirs: turn “Public Bot” off under “Bot” of the application.',
        ),
      ]
    : [intents]
}

function aboutServers(asked: Asked | undefined, needs: DiscordPermissions): readonly Finding[] {
  const read = guilds.safeParse(asked?.body)
  if (!read.success)
    return [warning('discord-permissions', 'Discord did not say what the bot may do in its servers.')]
  if (read.data.length === 0)
    return [
      warning('discord-permissions', 'The bot is in no server yet: open the invitation of docs/discord.md.'),
    ]
  return read.data.map(({ name, permissions }) => {
    const has = BigInt(permissions)
    if ((has & administrator) !== 0n)
      return warning(
        'discord-permissions',
        `In ${name} the bot is an administrator. Take that away: docs/discord.md lists what it needs.`,
      )
    const lacks = Object.entries(needs).flatMap(([word, bit]) => ((has & bit) === bit ? [] : [word]))
    return lacks.length === 0
      ? good('discord-permissions', `In ${name} the bot has the permissions it needs.`)
      : problem(
          'discord-permissions',
          `In ${name} the bot lacks: ${lacks.join(', ')}. Give them to its role; docs/discord.md says what each is for.`,
        )
  })
}

export async function askDiscord(
  { token, apiUrl = 'https://discord.com/api', readsRooms }: NonNullable<Config['discord']>,
  needs: DiscordPermissions,
): Promise<{ readonly asked: Asked | undefined; readonly findings: readonly Finding[] }> {
  const get = (path: string) => ask('GET', under(apiUrl, `v10/${path}`), `Bot ${token}`)
  const asked = await get('users/@me')
  if (!asked)
    return {
      asked,
      findings: [warning('discord', 'Discord did not answer within 5 s, so DISCORD_TOKEN was not checked.')],
    }
  if (asked.status === 401)
    return {
      asked,
      findings: [
        problem(
          'discord',
          'Discord refuses DISCORD_TOKEN. Reset it under “Bot” of the application, and set the new one.',
        ),
      ],
    }
  if (asked.status !== 200)
    return {
      asked,
      findings: [warning('discord', `Discord answered ${asked.status}, so DISCORD_TOKEN was not checked.`)],
    }
  const [app, servers] = await Promise.all([get('applications/@me'), get('users/@me/guilds')])
  return {
    asked,
    findings: [
      good('discord', 'Discord accepts DISCORD_TOKEN.'),
      ...aboutIntents(app, readsRooms),
      ...aboutServers(servers, needs),
    ],
  }
}
