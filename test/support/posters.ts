// The real client libraries' sending sides, against the local servers.
import type { Poster } from '../../src/delivery/ports.ts'
import { webClient } from '../../src/platforms/slack/calls.ts'
import { createPoster as createSlackPoster } from '../../src/platforms/slack/poster.ts'

export function posterFor(platform: string, apiUrl: string): Poster {
  if (platform === 'slack') return createSlackPoster(webClient('xoxb-local-bot', apiUrl, 10_000), () => {})
  throw new Error(`there is no poster for ${platform}`)
}
