// The local Discord itself, held against a real discord.js client and against recorded payloads.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startDiscordServer, type DiscordServer } from './discord-server.ts'
import { connect } from './discord/example-bot.ts'

let server: DiscordServer
let bot: Awaited<ReturnType<typeof connect>>
const start = async (options: Parameters<typeof connect>[1] = {}) => {
  bot = await connect(server, options)
}
beforeEach(async () => {
  server = await startDiscordServer()
})
afterEach(async () => {
  await bot.client.destroy()
  await server.stop()
})
const ana = () => server.person('ana')

describe('Interactions', () => {
  it('shows the answer to a command, private as it was sent', async () => {
    await start()
    const seen = await ana().slash('hello', { how: 'now', mood: 3 })
    expect(seen).toMatchObject({ acked: true, done: true, original: { content: 'Hello.', ephemeral: true } })
    expect(seen.latency).toBeLessThan(3000)
  })

  it('waits for an answer that was deferred', async () => {
    await start()
    const seen = await ana().slash('hello', { how: 'slowly' })
    expect(seen).toMatchObject({ done: true, original: { content: 'Slow.', ephemeral: true } })
  })
})
