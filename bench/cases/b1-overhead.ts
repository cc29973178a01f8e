// B1: what the whole path costs (parse, person, permit, database, sealing, drawing) over a handler that only answers.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { once } from 'node:events'
import { App, SocketModeReceiver } from '@slack/bolt'
import { Client, MessageFlags } from 'discord.js'
import { list } from '../../commands/index.ts'
import { readConfig } from '../../src/config.ts'
import { startHandrail, type Handrail } from '../../src/handrail.ts'
import { startDiscordServer } from '../../test/support/discord-server.ts'
import { appToken, botToken, startSlackServer } from '../../test/support/slack-server.ts'
import { percentile, type Case, type Figures } from '../case.ts'

/** A whole bot on a database of its own, with a program and one member in it. */
export async function wholeBot(
  environment: Readonly<Record<string, string>>,
): Promise<{ bot: Handrail; stop(): Promise<void> }> {
  const dataDir = await mkdtemp(join(tmpdir(), 'handrail-bench-'))
  const read = readConfig({ ...environment, DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'silent' })
  if (!read.ok) throw new Error(read.problems.join(' '))
  const bot = await startHandrail({ config: read.config, list, log: () => {} })
  return {
    bot,
    async stop() {
      await bot.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

export async function joined(
  bot: Handrail,
  platform: 'discord' | 'slack',
  workspace: string,
  user: string,
): Promise<void> {
  const { app } = bot.conversation
  const now = new Date()
  const form = {
    name: 'Bench',
    country: 'US',
    language: 'en',
    zone: 'America/New_York',
    promptTime: '09:00',
    law: 'unsure',
  } as const
  const program = await app.programs.create(
    form,
    { account: { platform, workspace, user: 'admin' }, name: 'Admin', zone: undefined },
    now,
  )
  await app.members.join(
    { account: { platform, workspace, user }, name: 'Ana', zone: undefined },
    program,
    'en',
    now,
  )
}

/** Milliseconds of wall and CPU time a command, half of them at the most; both ends run in this process. */
export async function perCommand(
  count: number,
  once: () => Promise<number>,
): Promise<{ p50: number; cpu: number }> {
  for (let warm = 0; warm < 20; warm++) await once()
  const before = process.cpuUsage()
  const waits: number[] = []
  for (let one = 0; one < count; one++) waits.push(await once())
  const used = process.cpuUsage(before)
  return { p50: percentile(waits, 0.5), cpu: (used.user + used.system) / 1000 / count }
}

type Cost = { readonly p50: number; readonly cpu: number }
const figuresOf = (bare: Cost, help: Cost, checkin: Cost): Figures => ({
  'bare p50': bare.p50,
  'bare CPU': bare.cpu,
  '/help p50': help.p50,
  '/help CPU': help.cpu,
  '/checkin p50': checkin.p50,
  '/checkin CPU': checkin.cpu,
})

const ratiosOfOverhead: Case['ratios'] = {
  'CPU of /help / bare': ({ 'bare CPU': bare = 1, '/help CPU': help = 0 }) => help / bare,
  'CPU of /checkin / bare': ({ 'bare CPU': bare = 1, '/checkin CPU': checkin = 0 }) => checkin / bare,
  'p50 of /help / bare': ({ 'bare p50': bare = 1, '/help p50': help = 0 }) => help / bare,
}

const onSlack: Case = {
  id: 'B1 Slack',
  what: 'the whole path over a bare Bolt handler, over Socket Mode; CPU of both ends in one process',
  target: '/help at most 1.15 of the bare handler’s CPU',
  ratios: ratiosOfOverhead,
  async start(quick) {
    const count = quick ? 50 : 400
    const server = await startSlackServer()
    const { bot, stop } = await wholeBot({
      SLACK_BOT_TOKEN: botToken,
      SLACK_APP_TOKEN: appToken,
      SLACK_API_URL: server.apiUrl,
    })
    const ana = server.person('UANA')
    const team = server.state.team.id
    await joined(bot, 'slack', team, 'UANA')
    const bareServer = await startSlackServer()
    const receiver = new SocketModeReceiver({
      appToken,
      installerOptions: { clientOptions: { slackApiUrl: bareServer.apiUrl } },
    })
    const bare = new App({ receiver, token: botToken, clientOptions: { slackApiUrl: bareServer.apiUrl } })
    bare.command('/help', async ({ ack }) => ack({ text: 'ok' }))
    await bare.start()
    const bareAna = bareServer.person('UANA')
    return {
      async round(): Promise<Figures> {
        const one = await perCommand(count, async () => (await bareAna.slash('/help', '')).latency)
        const help = await perCommand(count, async () => (await ana.slash('/my-help', '')).latency)
        const checkin = await perCommand(
          count,
          async () => (await ana.slash('/checkin', '7 4 2 slept badly')).latency,
        )
        return figuresOf(one, help, checkin)
      },
      async stop() {
        await bare.stop()
        await stop()
        await bareServer.stop()
        await server.stop()
      },
    }
  },
}

const onDiscord: Case = {
  id: 'B1 Discord',
  what: 'the whole path over a bare discord.js handler; CPU of both ends in one process',
  target: '/help at most 1.15 of the bare handler’s CPU',
  ratios: ratiosOfOverhead,
  async start(quick) {
    const count = quick ? 50 : 400
    const server = await startDiscordServer()
    const guild = server.guild('Bench')
    server.channel(guild, 'general')
    const { bot, stop } = await wholeBot({ DISCORD_TOKEN: server.token, DISCORD_API_URL: server.apiUrl })
    await server.until(() => server.commands().length > 0, 10_000)
    const ana = server.person('ana', { guild })
    await joined(bot, 'discord', guild.id, ana.id)
    const bareServer = await startDiscordServer()
    const bareGuild = bareServer.guild('Bench')
    bareServer.channel(bareGuild, 'general')
    const bare = new Client({ intents: [], rest: { api: bareServer.apiUrl, version: '10' } })
    bare.on('interactionCreate', (interaction) => {
      if (interaction.isChatInputCommand())
        void interaction.reply({ content: 'ok', flags: MessageFlags.Ephemeral })
    })
    const ready = once(bare, 'clientReady')
    await bare.login(bareServer.token)
    await ready
    await bare.application?.commands.set([{ name: 'help', description: 'x' }])
    const bareAna = bareServer.person('ana', { guild: bareGuild })
    const checkin = { mood: 7, stress: 4, urge: 2, note: 'slept badly' }
    return {
      async round(): Promise<Figures> {
        const one = await perCommand(count, async () => (await bareAna.slash('help')).latency)
        const help = await perCommand(count, async () => (await ana.slash('help')).latency)
        const full = await perCommand(count, async () => (await ana.slash('checkin', checkin)).latency)
        return figuresOf(one, help, full)
      },
      async stop() {
        await bare.destroy()
        await stop()
        await bareServer.stop()
        await server.stop()
      },
    }
  },
}

export const overhead = [onDiscord, onSlack]
