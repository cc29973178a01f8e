// Asks each platform about its tokens and what they allow. Sends nothing and opens no connection.
import type { Config } from '../../config.ts'
import { askDiscord, type DiscordPermissions } from './discord.ts'
import type { Finding } from './finding.ts'
import { askSlack } from './slack.ts'

/** What the bot needs on each platform: the lists stand beside the code that uses them. */
export type Needs = {
  readonly slackScopes: readonly string[]
  readonly discordPermissions: DiscordPermissions
}

export type PlatformsSeen = {
  readonly findings: readonly Finding[]
  /** What the platform's clock said, in milliseconds since 1970. */
  readonly theirClock?: number
}

export async function askPlatforms(
  { discord, slack }: Pick<Config, 'discord' | 'slack'>,
  needs: Needs,
): Promise<PlatformsSeen> {
  const [onDiscord, onSlack] = await Promise.all([
    discord ? askDiscord(discord, needs.discordPermissions) : undefined,
    slack ? askSlack(slack, needs.slackScopes) : [],
  ])
  const all = [...(onDiscord ? [onDiscord] : []), ...onSlack]
  const hours = all.map(({ asked }) => Date.parse(asked?.headers.get('date') ?? ''))
  const theirClock = hours.find((hour) => !Number.isNaN(hour))
  return {
    findings: all.flatMap(({ findings }) => findings),
    ...(theirClock !== undefined && { theirClock }),
  }
}
