// Only Slack's own words for it say that the app is out of a workspace.
import { afterEach, expect, it } from 'vitest'
import { webClient } from '../../../src/platforms/slack/calls.ts'
import { createIsGone } from '../../../src/platforms/slack/presence.ts'
import {
  botToken,
  rateLimited,
  refused,
  startSlackServer,
  type SlackServer,
} from '../../support/slack-server.ts'

let server: SlackServer | undefined
afterEach(async () => {
  await server?.stop()
  server = undefined
})

it('believes that a token is revoked or for elsewhere, and neither an outage nor a lost answer nor a limit', async () => {
  const local = (server = await startSlackServer())
  const isGone = createIsGone(webClient(botToken, local.apiUrl, 500))
  const { id: team } = local.state.team
  expect(await isGone(team)).toBe(false)
  for (const fault of [
    { status: 503 },
    { destroy: true },
    { delayMs: 700 },
    rateLimited(1),
    refused('internal_error'),
    refused('missing_scope'),
  ]) {
    local.fault('auth.test', fault)
    expect(await isGone(team), JSON.stringify(fault)).toBe(false)
  }
  for (const error of ['account_inactive', 'token_revoked', 'invalid_auth']) {
    local.fault('auth.test', refused(error))
    expect(await isGone(team), error).toBe(true)
  }
  expect(await isGone('T0ELSEWHERE')).toBe(true)
})
