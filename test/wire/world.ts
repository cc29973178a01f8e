// The whole bot on a platform of our own: people who type, press and fill in, by whichever way in.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { list } from '../../commands/index.ts'
import { readConfig } from '../../src/config.ts'
import { startHandrail, type Handrail } from '../../src/handrail.ts'
import { createLog } from '../../src/operate/log.ts'
import { openStore, type Store } from '../../src/store/connect.ts'
import { fieldsIn, startDiscordServer, wordsIn, type Modal, type Posted } from '../support/discord-server.ts'
import {
  appToken,
  botToken,
  signingSecret,
  startSlackServer,
  type OpenView,
} from '../support/slack-server.ts'

export const ways = ['Discord', 'Slack by Socket Mode', 'Slack by HTTP'] as const
export type Way = (typeof ways)[number]
type SlackPosted = Awaited<
  ReturnType<ReturnType<Awaited<ReturnType<typeof startSlackServer>>['person']>['slash']>
>['messages'][number]

/** Somebody who uses the bot; every act resolves when its answer is there. */
export type Someone = {
  readonly user: string
  /** The longest time any of their acts waited for its acknowledgement, in milliseconds. */
  longestWait(): number
  command(name: string, words?: string, options?: Readonly<Record<string, string | number>>): Promise<string>
  press(label: string): Promise<string>
  /** Chooses an entry of a menu on what is shown, both by their labels. */
  pick(menu: string, entry: string): Promise<string>
  /** By field name on Slack and by label on Discord, page after page; sends each page that is open. */
  fill(values: Readonly<Record<string, readonly [label: string, value: unknown]>>): Promise<string>
  hasForm(): boolean
  /** Picks an entry of the menu on the newest message in a room, by its label on Discord and its id on Slack. */
  onMessage(room: string, menu: readonly [label: string, id: string]): Promise<string>
  dm(words: string): Promise<string>
  /** The platform delivers once more what they did last, as after an acknowledgement that it did not hear. */
  again?(): Promise<string>
  /** What the bot sent without being asked, as words. */
  received(): readonly string[]
  pressOnLast(label: string): Promise<string>
  /** Everything shown to them so far, private answers too. */
  seen(): string
  /** Alt texts of the pictures shown to this person. */
  pictures(): readonly string[]
}

/** What people do to a private room by hand, and who is in it. */
export type Rooms = {
  /** Of a group, by the id in its purpose or topic; undefined while there is none. */
  of(group: string): string | undefined
  /** Accounts that can read there, without the bot. */
  members(room: string): readonly string[]
  letIn(room: string, user: string): void
  remove(room: string): Promise<void>
  putBotOut(room: string): void
  inviteBot(room: string): void
  say(room: string, user: string, words: string): Promise<void>
}

/** What becomes of the bot in the whole server or workspace. */
export type Presence = {
  remove(): Promise<void>
  /** The bot hears of it only where the platform has a way to say so; on Slack it is started with a new token. */
  invite(): Promise<void>
  /** The platform is out of order there for a while. */
  outage(): Promise<void>
}

export type World = {
  readonly rooms: Rooms
  readonly presence: Presence
  readonly workspace: string
  readonly bot: Handrail
  readonly dataDir: string
  readonly logged: readonly string[]
  someone(name: string, more?: { readonly manages?: boolean }): Someone
  /** Everything that left the bot for the platform, as text. */
  sent(): readonly string[]
  moveTo(at: Date): Promise<void>
  /** The process ends and another one begins, on the same data. What happens `meanwhile`, at its beginning, it does not hear. */
  restart(meanwhile?: () => Promise<void>, downMs?: number): Promise<void>
  stop(): Promise<void>
}

const begin = Date.UTC(2026, 2, 6, 15)
const textOf = (blocks: readonly unknown[]): string =>
  [...JSON.stringify(blocks).matchAll(/"(?:text|alt_text)":"((?:[^"\\]|\\.)*)"/g)]
    .map(([, words = '']) => JSON.parse(`"${words}"`) as string)
    .join('\n')

export async function startWorld(way: Way, wrap: (store: Store) => Store = (store) => store): Promise<World> {
  const dataDir = await mkdtemp(join(tmpdir(), 'handrail-wire-'))
  const logged: string[] = []
  const log = createLog('trace', (line) => logged.push(line))
  const began = performance.now()
  let down = 0
  const machineClock = () => begin + down + performance.now() - began
  const start = async (environment: Readonly<Record<string, string>>) => {
    const read = readConfig({
      ...environment,
      DATA_DIR: dataDir,
      PORT: '0',
      HOST: '127.0.0.1',
      LOG_LEVEL: 'trace',
    })
    if (!read.ok) throw new Error(read.problems.join(' '))
    const open: typeof openStore = async (place) => wrap(await openStore(place))
    return startHandrail({ config: read.config, list, log, machineClock, open })
  }
  let bot: Handrail | undefined
  const running = (): Handrail => {
    if (!bot) throw new Error('the bot does not run')
    return bot
  }
  let begun: Parameters<typeof start>[0] = {}
  const first: Start = async (environment) => {
    begun = environment
    bot = await start(environment)
    return bot
  }
  const world = way === 'Discord' ? await onDiscord(first) : await onSlack(first, way)
  return {
    ...world,
    get bot() {
      return running()
    },
    dataDir,
    logged,
    moveTo: (at) => running().delivery.moveTo(at),
    async restart(meanwhile, downMs = 0) {
      await running().stop()
      await meanwhile?.()
      down += downMs
      bot = await start(begun)
      world.restarted?.(bot)
    },
    async stop() {
      await running().stop()
      await world.close()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

type Start = (environment: Readonly<Record<string, string>>) => Promise<Handrail>
type Half = Pick<World, 'presence' | 'rooms' | 'someone' | 'sent' | 'workspace'> & {
  close(): Promise<void>
  restarted?(bot: Handrail): void
}

async function onDiscord(start: Start): Promise<Half> {
  const server = await startDiscordServer()
  server.state.forward(begin - Date.now())
  const guild = server.guild('Evening')
  server.channel(guild, 'evening')
  server.gateway.habits.readsContent = true
  await start({
    DISCORD_TOKEN: server.token,
    DISCORD_API_URL: server.apiUrl,
    DISCORD_READ_ROOMS: 'on',
  })
  const channelOf = (room: string) => {
    const channel = server.state.channels.get(room)
    if (!channel) throw new Error('there is no such channel')
    return channel
  }
  const viewing = 1n << 10n
  const rooms: Rooms = {
    of: (group) => [...server.state.channels.values()].find(({ topic }) => topic?.endsWith(group))?.id,
    members: (room) =>
      [...(channelOf(room).overwrites?.values() ?? [])]
        .filter(
          ({ id, type, allow }) =>
            type === 1 && id !== server.state.bot.id && (BigInt(String(allow)) & viewing) !== 0n,
        )
        .map(({ id }) => String(id)),
    letIn: (room, user) =>
      void channelOf(room).overwrites?.set(user, { id: user, type: 1, allow: String(viewing), deny: '0' }),
    remove: async (room) => server.removeChannel(room),
    putBotOut: (room) => void (channelOf(room).hidden = true),
    inviteBot: (room) => void (channelOf(room).hidden = false),
    async say(room, user, words) {
      const name = server.state.users.get(user)?.username ?? ''
      await server.person(name, { guild }).say(channelOf(room), words, 0)
    },
  }
  await server.until(() => server.commands().length > 0, 10_000)
  return {
    rooms,
    presence: {
      remove: async () => server.uninstall(guild),
      invite: async () => void server.install(guild),
      outage: async () => server.outage(guild),
    },
    workspace: guild.id,
    sent: () => server.calls.map(({ method, path, body }) => `${method} ${path} ${JSON.stringify(body)}`),
    close: () => server.stop(),
    someone(name, { manages } = {}) {
      const person = server.person(name, { guild, ...(manages && { permissions: '32' }) })
      let message: Posted | undefined
      let modal: Modal | undefined
      let longest = 0
      const alts: string[] = []
      const texts: string[] = []
      const take = (seen: Awaited<ReturnType<typeof person.slash>>): string => {
        longest = Math.max(longest, seen.acked ? seen.latency : Infinity)
        modal = seen.modal
        const all = [seen.updated, seen.original, ...seen.followups].filter((one) => one !== undefined)
        message = seen.updated ?? seen.original ?? seen.followups[0] ?? message
        texts.push(...all.map(wordsIn))
        for (const one of all) alts.push(...one.attachments.flatMap(({ description }) => description ?? []))
        return modal ? `form: ${modal.title}` : all.map(wordsIn).join('\n')
      }
      const shown = (): Posted => {
        if (!message) throw new Error('nothing is shown')
        return message
      }
      return {
        user: person.id,
        longestWait: () => longest,
        hasForm: () => modal !== undefined,
        command: async (command, _words, options = {}) =>
          take(await person.slash(command, options, { patience: 90_000 })),
        press: async (label) => take(await person.click(shown(), label, { patience: 90_000 })),
        pick: async (menu, entry) => take(await person.select(shown(), menu, [entry], { patience: 90_000 })),
        async onMessage(room, [label]) {
          const last = channelOf(room).messages.at(-1)
          if (!last) throw new Error('nothing was said there')
          return take(await person.menu(label, last, { patience: 90_000 }))
        },
        async fill(values) {
          let said = ''
          // A form that came too late for a slow machine waits behind a button.
          if (!modal) take(await person.click(shown(), 'Continue', { patience: 90_000 }))
          for (let page = 0; page < 3 && modal; page++) {
            const labels = new Set(fieldsIn(modal).map(({ label }) => label))
            const here = Object.values(values).filter(([label]) => labels.has(label))
            const given = Object.fromEntries(
              here.map(([label, value]) => [label, Array.isArray(value) ? value : String(value)]),
            )
            said = take(await person.modal(modal, given as never, { patience: 90_000 }))
            if (/Continue \(2 of 2\)/.test(JSON.stringify(message)) && !modal) {
              const more = Object.values(values).some(([label]) => !labels.has(label))
              said = take(
                await person.click(shown(), more ? 'Continue (2 of 2)' : 'Save as it is', {
                  patience: 90_000,
                }),
              )
            }
          }
          return said
        },
        dm: async (words) => (await person.dm(words, 4000)).map(wordsIn).join('\n'),
        received: () => server.dms(person.id).map(wordsIn),
        async pressOnLast(label) {
          const last = server.dms(person.id).at(-1)
          if (!last) throw new Error('nothing came')
          return take(await person.click(last, label, { patience: 90_000 }))
        },
        seen: () => texts.join('\n'),
        pictures: () => alts,
      }
    },
  }
}

async function onSlack(start: Start, way: Way): Promise<Half> {
  const server = await startSlackServer()
  server.state.forward(begin - Date.now())
  const byHttp = way === 'Slack by HTTP'
  const key = byHttp ? { SLACK_SIGNING_SECRET: signingSecret } : { SLACK_APP_TOKEN: appToken }
  const bot = await start({ SLACK_BOT_TOKEN: botToken, SLACK_API_URL: server.apiUrl, ...key })
  const restarted = ({ urls }: Handrail): void => {
    if (byHttp) server.to(urls.health.replace('/healthz', '/slack/events'))
  }
  restarted(bot)
  server.room('CEVENING')
  const channelOf = (room: string) => {
    const channel = server.state.rooms.get(room)
    if (!channel) throw new Error('there is no such channel')
    return channel
  }
  const { id: botUser } = server.state.bot
  const rooms: Rooms = {
    of: (group) =>
      [...server.state.rooms.values()].find(({ purpose, archived }) => purpose?.endsWith(group) && !archived)
        ?.id,
    members: (room) => [...channelOf(room).members].filter((one) => one !== botUser),
    letIn: (room, user) => void channelOf(room).members.add(user),
    async remove(room) {
      channelOf(room).archived = true
      await server.person('UADMIN').event({ type: 'group_archive', channel: room, user: 'UADMIN' })
    },
    putBotOut: (room) => void channelOf(room).members.delete(botUser),
    inviteBot: (room) => void channelOf(room).members.add(botUser),
    say: async (room, user, words) => void (await server.person(user).say(room, words)),
  }
  return {
    restarted,
    rooms,
    presence: {
      remove: () => server.uninstall(),
      invite: async () => server.install(),
      outage: async () => server.fault('auth.test', { status: 503, times: 50 }),
    },
    workspace: server.state.team.id,
    sent: () => server.calls.map(({ method, args }) => `${method} ${JSON.stringify(args)}`),
    close: () => server.stop(),
    someone(name, { manages } = {}) {
      const id = `U${name.toUpperCase()}`
      const person = server.person(id, {
        name,
        tz: 'America/New_York',
        ...(manages && { is_admin: true }),
      } as never)
      let message: SlackPosted | undefined
      let view: OpenView | undefined
      let longest = 0
      const take = (seen: Awaited<ReturnType<typeof person.slash>>): string => {
        longest = Math.max(longest, seen.acked ? seen.latency : Infinity)
        view = seen.view
        const all = [...seen.replaced, ...seen.ephemerals, ...seen.messages]
        message = all[0] ?? message
        if (Object.keys(seen.errors).length > 0) return Object.values(seen.errors).join('\n')
        return view
          ? `form: ${JSON.stringify(view)}`
          : all.map((one) => `${textOf(one.blocks)}\n${one.text}`).join('\n')
      }
      const shown = (): SlackPosted => {
        if (!message) throw new Error('nothing is shown')
        return message
      }
      const mine = () =>
        server.state.direct(id).messages.filter((one) => one.user !== id && one.only === undefined)
      return {
        user: id,
        longestWait: () => longest,
        hasForm: () => view !== undefined,
        command: async (command, words = '') =>
          take(await person.slash(`/${command}`, words, { patience: 90_000 })),
        press: async (label) => take(await person.press(shown(), label, { patience: 90_000 })),
        async pick(menu, entry) {
          const found = shown().blocks.flatMap((block) =>
            block.type === 'section' &&
            block.accessory?.type === 'static_select' &&
            block.accessory.placeholder?.text === menu
              ? [block.accessory]
              : [],
          )[0]
          const value = found?.options.find(({ text }) => text.text === entry)?.value
          if (!found || value === undefined) throw new Error(`“${menu}” has no “${entry}”`)
          return take(await person.select(shown(), found.action_id, value, { patience: 90_000 }))
        },
        async onMessage(room, [, id]) {
          const last = channelOf(room).messages.at(-1)
          if (!last) throw new Error('nothing was said there')
          return take(await person.shortcut(id, last, { patience: 90_000 }))
        },
        async fill(values) {
          if (!view) take(await person.press(shown(), 'Continue', { patience: 90_000 }))
          if (!view) throw new Error('no form is open')
          const given = Object.fromEntries(
            Object.entries(values).map(([field, [, value]]) => [
              field,
              Array.isArray(value) ? value : String(value),
            ]),
          )
          return take(await person.submit(view, given, { patience: 90_000 }))
        },
        dm: async (words) => take(await person.dm(words, { patience: 10_000 })),
        again: async () => take(await person.again()),
        received: () =>
          mine()
            .map((one) => `${textOf(one.blocks)}\n${one.text}`)
            .filter((words) => words.trim() !== ''),
        async pressOnLast(label) {
          const last = mine().at(-1)
          if (!last) throw new Error('nothing came')
          return take(await person.press(last, label, { patience: 90_000 }))
        },
        seen: () =>
          server.state.shown
            .flatMap(({ message: one }) =>
              one && (one.only ?? (one.channel === server.state.direct(id).id ? id : '')) === id ? [one] : [],
            )
            .map((one) => `${textOf(one.blocks)}\n${one.text}`)
            .join('\n'),
        pictures: () =>
          server.calls
            .filter(({ method }) => /upload/i.test(method))
            .flatMap(({ args }) =>
              [args['alt_txt'], args['alt_text']].filter((alt) => typeof alt === 'string'),
            ),
      }
    },
  }
}
