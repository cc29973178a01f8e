// The real client libraries' sending sides, set up as in the bot, against the local servers.
import type { Poster } from '../../src/delivery/ports.ts'
import { restClient } from '../../src/platforms/discord/calls.ts'
import { createPoster as createDiscordPoster } from '../../src/platforms/discord/poster.ts'
import { webClient } from '../../src/platforms/slack/calls.ts'
import { createPoster as createSlackPoster } from '../../src/platforms/slack/poster.ts'

export function posterFor(platform: string, apiUrl: string, token: string): Poster {
  switch (platform) {
    case 'slack':
      return createSlackPoster(webClient(token, apiUrl, 10_000), () => {})
    case 'discord': {
      const rest = restClient(token, apiUrl, { timeout: 10_000, retries: 0, rejectOnRateLimit: () => true })
      return createDiscordPoster(rest, token)
    }
    default:
      throw new Error(`there is no poster for ${platform}`)
  }
}
