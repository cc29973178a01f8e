// Only Discord's own word for it says that the bot is out of a server.
import { afterEach, expect, it } from 'vitest'
import { closeRest, restClient } from '../../../src/platforms/discord/calls.ts'
import { createIsGone } from '../../../src/platforms/discord/presence.ts'
import { refused, startDiscordServer, type DiscordServer } from '../../support/discord-server.ts'

let server: DiscordServer | undefined
afterEach(async () => {
  await server?.stop()
  server = undefined
})

it('believes “unknown” and “no access”, and neither an outage nor a lost answer nor a limit', async () => {
  const local = (server = await startDiscordServer())
  const guild = local.guild('Evening')
  const rest = restClient(local.token, local.apiUrl, {
    timeout: 500,
    retries: 0,
    rejectOnRateLimit: () => true,
  })
  const isGone = createIsGone(rest, local.token)
  const line = `GET /guilds/${guild.id}`
  expect(await isGone(guild.id)).toBe(false)
  for (const fault of [
    { status: 503 },
    { status: 500, body: {} },
    { destroy: true },
    { delayMs: 700 },
    refused(403, 50013),
    refused(401, 0),
  ]) {
    local.fault(line, { ...fault, times: 2 })
    expect(await isGone(guild.id), JSON.stringify(fault)).toBe(false)
    local.clearFaults()
  }
  local.fault(line, refused(403, 50001))
  expect(await isGone(guild.id)).toBe(true)
  local.uninstall(guild)
  expect(await isGone(guild.id)).toBe(true)
  closeRest(rest)
})
