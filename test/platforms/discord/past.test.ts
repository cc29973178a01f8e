// Long gaps are read page after page, in order; what the bot may not read is nothing, and an outage is said.
import { afterEach, expect, it } from 'vitest'
import { closeRest, restClient } from '../../../src/platforms/discord/calls.ts'
import { createPast } from '../../../src/platforms/discord/past.ts'
import { rateLimited, refused, startDiscordServer, type DiscordServer } from '../../support/discord-server.ts'

let server: DiscordServer | undefined
afterEach(async () => {
  await server?.stop()
  server = undefined
})

it('reads 250 messages in order and once, waits at a limit, and rejects when Discord is away', async () => {
  const local = (server = await startDiscordServer())
  const guild = local.guild('Evening')
  const room = local.channel(guild, 'evening')
  const ana = local.person('ana', { guild })
  const rest = restClient(local.token, local.apiUrl, {
    timeout: 2000,
    retries: 0,
    rejectOnRateLimit: () => true,
  })
  const past = createPast(rest, local.token, true)
  const before = new Date(local.state.now() - 1000)
  for (let at = 0; at < 250; at++) await ana.say(room, `word ${at}`, 0)
  const line = `GET /channels/${room.id}/messages`
  local.fault(line, rateLimited(0.1))
  const found = await past.inRoom(guild.id, room.id, before)
  expect(found.map(({ words }) => words)).toEqual(Array.from({ length: 250 }, (_, at) => `word ${at}`))
  expect(found[0]).toMatchObject({ workspace: guild.id, room: room.id, user: ana.id })
  expect(Math.abs((found[0]?.at?.getTime() ?? 0) - before.getTime())).toBeLessThan(60_000)
  local.fault(line, refused(403, 50001))
  expect(await past.inRoom(guild.id, room.id, before)).toEqual([])
  local.fault(line, { status: 503, times: 3 })
  await expect(past.inRoom(guild.id, room.id, before)).rejects.toThrow()
  local.clearFaults()
  expect(await createPast(rest, local.token, false).inRoom(guild.id, room.id, before)).toEqual([])
  closeRest(rest)
})
