// B7 and B8: a blast of reminders at Discord's pace, and how long a command's answer takes meanwhile.
import { createPacer, paces } from '../../src/delivery/pace.ts'
import type { Poster } from '../../src/delivery/ports.ts'
import { connectDiscord } from '../../src/platforms/discord/discord.ts'
import { say } from '../../src/kit/reply.ts'
import { newId } from '../../src/store/ids.ts'
import { t } from '../../src/words/text.ts'
import { startDiscordServer } from '../../test/support/discord-server.ts'
import { percentile, type Case, type Figures } from '../case.ts'
import { joined, wholeBot } from './b1-overhead.ts'

const message = say(t('reminders.prompt'))
const aSecond = 50

async function blast(
  poster: Poster,
  rooms: readonly string[],
  count: number,
  guild: string,
): Promise<number> {
  const pacer = createPacer(paces.discord)
  const began = performance.now()
  await Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const room = rooms[index % rooms.length] ?? ''
      const to = { kind: 'room', room } as const
      const id = newId()
      // A 429 is counted by the server; the message still has to arrive.
      for (let attempt = 1; ; attempt += 1) {
        await pacer.turn({ priority: 2, program: 'p', lane: room })
        const post = {
          id,
          platform: 'discord',
          workspace: guild,
          to,
          message,
          language: 'en',
          attempt,
        } as const
        const outcome = await poster.send(post)
        if (outcome.kind === 'sent') return
        if (outcome.kind !== 'retry') throw new Error(`a message was not sent: ${outcome.kind}`)
        pacer.pause(outcome.afterMs ?? 1000)
      }
    }),
  )
  pacer.stop()
  return performance.now() - began
}

export const discordDrain: Case = {
  id: 'B7 B8',
  what: 'a blast at Discord’s 50 a second, and commands answered meanwhile by the whole bot',
  target: 'at least 0.96 of the limit and no 429; p99 of an answer at most 25 ms over idle',
  ratios: { 'share of 50 a second': ({ share = 0 }) => share },
  async start(quick) {
    const count = quick ? 150 : 1_500
    const server = await startDiscordServer()
    const guild = server.guild('Bench')
    const rooms = Array.from({ length: 300 }, (_, index) => server.channel(guild, `r${index}`).id)
    const { bot, stop } = await wholeBot({ DISCORD_TOKEN: server.token, DISCORD_API_URL: server.apiUrl })
    await server.until(() => server.commands().length > 0, 10_000)
    const ana = server.person('ana', { guild })
    await joined(bot, 'discord', guild.id, ana.id)
    const sending = await connectDiscord({
      dispatcher: bot.conversation.dispatcher,
      token: server.token,
      apiUrl: server.apiUrl,
      log: () => {},
    })
    server.rate('POST /channels', aSecond, 1000, { global: true })
    const answers = async (until: () => boolean): Promise<number[]> => {
      const waits: number[] = []
      do waits.push((await ana.slash('help')).latency)
      while (!until())
      return waits
    }
    return {
      async round(): Promise<Figures> {
        const enough =
          (limit: number, begun = performance.now()) =>
          () =>
            performance.now() - begun > limit
        const idle = await answers(enough(quick ? 800 : 3000))
        const before = server.calls.length
        let over = false
        const sent = blast(sending.poster, rooms, count, guild.id).finally(() => (over = true))
        const during = await answers(() => over)
        const ms = await sent
        const refused = server.calls.slice(before).filter(({ status }) => status === 429).length
        return {
          share: count / (ms / 1000) / aSecond,
          '429s': refused,
          'idle p99, ms': percentile(idle, 0.99),
          'p99 during, ms': percentile(during, 0.99),
          'p99 over idle, ms': percentile(during, 0.99) - percentile(idle, 0.99),
        }
      },
      async stop() {
        await sending.stop()
        await stop()
        await server.stop()
      },
    }
  },
}
