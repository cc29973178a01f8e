// What Discord really sends, as recorded by another project: our payloads have its keys, and the client reads both.
import { existsSync, readFileSync } from 'node:fs'
import { Events, type Interaction } from 'discord.js'
import { describe, expect, it } from 'vitest'
import { startDiscordServer, type DiscordServer } from '../discord-server.ts'
import { connect } from './example-bot.ts'
import { isObject } from './payloads.ts'
import type { Json } from './state.ts'

const file = new URL('../../../../shared/contracts/recorded/discord.json', import.meta.url)
const recorded: Json = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Json) : {}
const at = (value: unknown, ...path: readonly string[]): unknown =>
  path.reduce((inner, key) => (isObject(inner) ? inner[key] : undefined), value)
const keys = (value: unknown, ...path: readonly string[]) => Object.keys(at(value, ...path) ?? {}).toSorted()

/** What the bot is sent when somebody presses a button and writes in a room. */
async function sentBy(server: DiscordServer) {
  const { client } = await connect(server)
  const packets: { readonly t: string; readonly d: Json }[] = []
  client.on(Events.Raw, (packet: { readonly t: string; readonly d: Json }) => packets.push(packet))
  const guild = server.guild('Harbor')
  const room = server.channel(guild, 'evening')
  server.install(guild)
  const ana = server.person('ana', { guild })
  const { original } = await ana.slash('hello', { how: 'now' })
  if (!original) throw new Error('there should be an answer')
  await ana.click(original, 'More')
  await ana.dm('Hello')
  await ana.say(room, 'Hello', 0)
  await server.until(() => packets.some(({ t }) => t === 'MESSAGE_CREATE'))
  await client.destroy()
  return {
    click: packets.findLast(({ t }) => t === 'INTERACTION_CREATE')?.d,
    direct: packets.find(({ t }) => t === 'MESSAGE_CREATE')?.d,
  }
}

describe.skipIf(!existsSync(file))('Recorded payloads', () => {
  it('have the same keys as ours', async () => {
    const server = await startDiscordServer()
    const { click, direct } = await sentBy(server)
    const real = recorded['buttonClickHello']
    expect(keys(click)).toEqual(keys(real))
    for (const part of ['data', 'guild', 'member', 'message'])
      expect(keys(click, part)).toEqual(keys(real, part))
    expect(keys(click, 'member', 'user')).toEqual(keys(real, 'member', 'user'))
    expect(keys(click, 'message', 'author')).toEqual(keys(real, 'message', 'author'))
    const message = keys(recorded, 'gatewayMention', 'data').filter(
      (key) => key !== 'guild_id' && key !== 'member',
    )
    expect(keys(direct)).toEqual(message)
    await server.stop()
  })

  it.each(Object.keys(recorded).filter((name) => name.startsWith('buttonClick') || name === 'differentUser'))(
    'are read by the client: %s',
    async (name) => {
      const server = await startDiscordServer()
      const { client, errors } = await connect(server)
      const read = new Promise<Interaction>((done) => {
        client.removeAllListeners(Events.InteractionCreate).once(Events.InteractionCreate, done)
      })
      server.dispatch('INTERACTION_CREATE', recorded[name])
      const interaction = await read
      expect(interaction.isButton() && interaction.customId).toBe(at(recorded[name], 'data', 'custom_id'))
      expect(errors).toEqual([])
      await client.destroy()
      await server.stop()
    },
  )
})
