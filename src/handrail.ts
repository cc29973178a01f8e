// The whole bot: store, use cases, platforms, delivery and health, started in this order and stopped in the other.
import { randomUUID } from 'node:crypto'
import type { RequestListener } from 'node:http'
import { join } from 'node:path'
import type { Config } from './config.ts'
import { createConversation, type CommandList, type Conversation } from './conversation.ts'
import { createClock } from './delivery/clock.ts'
import { choresOf } from './chores.ts'
import { createDelivery, type Delivery } from './delivery/delivery.ts'
import { createPacer, paces } from './delivery/pace.ts'
import type { Platform, Poster, Sweep } from './delivery/ports.ts'
import { createSender } from './delivery/sender.ts'
import { addFictionalPeople } from './fiction.ts'
import type { Event } from './kit/dispatch.ts'
import { takeLate } from './late-words.ts'
import { drawChart } from './care/insight/chart.ts'
import { skills } from './care/skills/content.ts'
import { createSkillSearch } from './care/skills/search/search.ts'
import { createScreen } from './care/safety/screen/screen.ts'
import { catchingUpOf, type Past } from './care/safety/catching-up.ts'
import { createSense } from './care/skills/search/sense.ts'
import { createHeartbeat } from './operate/heartbeat.ts'
import { healthOf, listen, portTrouble, type Health } from './operate/health.ts'
import { namedError, type Log } from './operate/log.ts'
import { createMetrics } from './operate/metrics.ts'
import { CannotStart } from './store/cannot-start.ts'
import { placesIn } from './operate/places-file.ts'
import type { RoomKeeper } from './care/groups/room-keeper.ts'
import type { RoomNews } from './care/groups/room-keeper.ts'
import type { IsGone, PresenceNews } from './care/privacy/presence.ts'
import type { Playground } from './platforms/playground/playground.ts'
import { openStore, type Store } from './store/connect.ts'
import { newId } from './store/ids.ts'

/** A platform that is connected: where to send, how it is, and how to leave. */
type Connected = {
  readonly poster: Poster
  readonly sweep: Sweep
  readonly keeper: RoomKeeper
  readonly isGone: IsGone
  readonly past?: Past<Event>
  readonly health: () => { readonly ok: boolean; readonly [fact: string]: unknown }
  readonly stop: () => Promise<void>
  readonly listener?: RequestListener
}

/** What a platform says without being asked. */
type Hearing = {
  readonly onHeard: (at: Date, direct?: { readonly user: string; readonly room: string }) => void
  readonly onConnected: () => void
  readonly onRoom: (news: RoomNews) => Promise<void>
  readonly onPresence: (news: PresenceNews) => Promise<void>
}

export type Handrail = {
  readonly conversation: Conversation
  readonly store: Store
  readonly delivery: Delivery
  /** Addresses people and operators can open. */
  readonly urls: { readonly playground?: string; readonly health: string }
  health(): Promise<Health>
  stop(): Promise<void>
}

type Options = {
  readonly config: Config
  readonly list: CommandList
  readonly log: Log
  /** Milliseconds since 1970; tests begin where they like. */
  readonly machineClock?: () => number
  /** Opens the store; tests put a slower one in its place. */
  readonly open?: typeof openStore
}

/** The first picture of a process takes far longer than the rest; nobody should have to wait for it. */
const warmChart = () => drawChart({ title: '', caption: '', empty: '', days: [], lines: [] })

/** A text that the screen has not read by then becomes an item for people. */
const screenMs = 9000
/** A tick is due every second; this late, something is wrong. */
const tickLateMs = 10_000

/** Rejects with `CannotStart`, in words for an operator, where an operator can help. */
export async function startHandrail({
  config,
  list,
  log,
  machineClock,
  open = openStore,
}: Options): Promise<Handrail> {
  const began = performance.now()
  // First of all, so that it has its words before anybody writes.
  const reader = createScreen({ patience: screenMs, early: true })
  const heart = createHeartbeat((text) => reader.screen(text))
  void heart.beat()
  const store = await open(config)
  if (store.migrated.length > 0) log({ what: 'migrated', count: store.migrated.length })
  const clock = createClock(machineClock)
  const places = await placesIn(join(config.dataDir, 'places.json'))
  const finder = createSkillSearch({ skills, sense: createSense() })
  const metrics = createMetrics()
  const uncounted = createConversation({
    stores: { ...store, received: metrics.received(store.received) },
    places,
    finder,
    screen: metrics.screen((text) => reader.screen(text)),
    list,
    sweeps: (platform) => connected[platform]?.sweep,
    keepers: (platform) => connected[platform]?.keeper,
    presences: (platform) => connected[platform]?.isGone,
    now: () => clock.now(),
    log,
  })
  const conversation = { ...uncounted, dispatcher: metrics.dispatcher(uncounted.dispatcher) }
  await conversation.app.lines.placesChanged()

  const connected: Partial<Record<Platform, Connected>> = {}
  const catchingUp = catchingUpOf<Event>({
    heard: store.heard,
    pasts: (platform) => connected[platform]?.past,
    takeRoom: conversation.app.rooms.late,
    takeDirect: (said, at) => takeLate(conversation.inbox, said, at),
    now: () => clock.now(),
    onError: (error) => log({ what: 'catching-up-failed', error }),
  })
  await catchingUp.begin([
    ...(config.discord ? ['discord' as const] : []),
    ...(config.slack ? ['slack' as const] : []),
  ])
  const hearing = (platform: Platform): Hearing => ({
    onHeard: (at, direct) => catchingUp.heard(platform, at, direct),
    onConnected: () => catchingUp.connected(platform),
    async onRoom(news) {
      await conversation.app.rooms.news(platform, news, clock.now())
      delivery.wake()
    },
    onPresence: (news) => conversation.app.removals.news(platform, news, clock.now()),
  })
  if (config.discord) connected.discord = await discord(config.discord, conversation, hearing('discord'), log)
  if (config.slack) connected.slack = await slack(config.slack, conversation, hearing('slack'), log)
  const playground = config.playground && (await import('./platforms/playground/playground.ts'))
  const page = playground?.createPlayground({
    dispatcher: conversation.dispatcher,
    directory: conversation.app.directory,
    now: () => clock.now(),
    moveClock: (to) => delivery.moveTo(to),
    onRoom: hearing('playground').onRoom,
    log,
  })
  if (page) {
    connected.playground = {
      poster: page.poster,
      sweep: page.sweep,
      keeper: page.keeper,
      isGone: () => Promise.resolve(false),
      health: () => ({ ok: true }),
      stop: () => Promise.resolve(),
    }
    await addFictionalPeople(conversation.app, page.people, page.rooms, clock.now())
  }

  const outbox = metrics.outbox(store.outbox)
  const senders = Object.fromEntries(
    Object.values(connected).map(({ poster }) => [
      poster.platform,
      createSender({
        poster: metrics.poster(poster),
        outbox,
        pacer: createPacer(paces[poster.platform]),
        clock,
        owner: randomUUID(),
        render: conversation.notices,
        onError: (error) => log({ what: 'delivery-failed', error }),
      }),
    ]),
  )
  const onError = (error: unknown) => log({ what: 'delivery-failed', error })
  const delivery = createDelivery({
    schedules: store.schedules,
    senders,
    clock,
    newId,
    onError,
    chores: [
      ...choresOf(conversation.app, onError),
      { run: (now) => catchingUp.run(now) },
      { run: (now) => conversation.inbox.run(now).catch(onError) },
    ],
  })
  delivery.start()

  const database = async () => {
    await store.health()
    return { ok: true }
  }
  const health = () =>
    healthOf({
      database,
      scheduler: () => {
        const { tickAgeMs, senders: states } = delivery.health()
        return Promise.resolve({
          ok: (tickAgeMs ?? performance.now() - began) < tickLateMs,
          tickAgeMs,
          senders: states,
        })
      },
      screen: () => Promise.resolve(heart.health()),
      ...Object.fromEntries(
        Object.entries(connected).map(([name, { health: ask }]) => [name, () => Promise.resolve(ask())]),
      ),
    })
  const measured = () => {
    const { tickAgeMs, senders: states } = delivery.health()
    const platforms = Object.values(connected).map(({ poster }) => poster.platform)
    return metrics.page({
      tickAgeMs,
      screenSees: heart.health().ok,
      inHand: Object.fromEntries(Object.entries(states).map(([name, { inHand }]) => [name, inHand])),
      figures: () => store.figures(platforms, clock.now()),
    })
  }
  const slackListener = connected.slack?.listener
  const server = await listen({
    port: config.port,
    host: config.host,
    health,
    ready: () => healthOf({ database }),
    metrics: { page: measured, type: metrics.contentType, here: config.metricsHere },
    ...(slackListener && { slack: slackListener }),
  })
  const served = page && config.playground && (await openPage(page, config.playground.port))
  log({ what: 'listening', part: 'health', url: `${server.url}/healthz` })
  if (served) log({ what: 'listening', part: 'playground', url: served.url })
  void warmChart().catch((error: unknown) => log({ what: 'delivery-failed', error }))
  log({ what: 'started', platforms: Object.keys(connected), ms: Math.round(performance.now() - began) })

  return {
    conversation,
    store,
    delivery,
    urls: { health: `${server.url}/healthz`, ...(served && { playground: served.url }) },
    health,
    async stop() {
      await Promise.all([
        server.stop(),
        served?.close(),
        ...Object.values(connected).map(({ stop }) => stop()),
      ])
      await delivery.stop()
      await catchingUp.stop()
      heart.stop()
      await finder.close()
      await reader.close()
      await store.close()
    },
  }
}

async function openPage(page: Playground, port: number) {
  const { servePlayground } = await import('./platforms/playground/serve.ts')
  return servePlayground(page, port).catch((error: NodeJS.ErrnoException) => {
    throw portTrouble({ port, host: '127.0.0.1', setting: 'PLAYGROUND_PORT' }, error)
  })
}

/** What adapters say of themselves, as one short name and the platform's word for an error. */
const platformEvent = (entry: {
  readonly what: string
  readonly state?: string
  readonly doing?: string
  readonly error?: string
}) => ({
  event: [entry.what, entry.state ?? entry.doing].join(':'),
  ...(entry.error !== undefined && { code: entry.error }),
})

/** Adapters reject only when the platform refuses what they were given; a network that is away heals by itself. */
const refusedBy = (platform: string, setting: string) => (error: unknown) => {
  const { name, code } = namedError(error)
  throw new CannotStart(
    `${platform} refused ${setting} (${code ?? name}). Copy the token again from the platform’s page; docs/${platform.toLowerCase()}.md shows where it is and what the app needs.`,
  )
}

/** Client libraries are large: each is loaded only when its platform is on. */
async function discord(
  config: NonNullable<Config['discord']>,
  { dispatcher }: Conversation,
  hearing: Hearing,
  log: Log,
): Promise<Connected> {
  const { connectDiscord } = await import('./platforms/discord/discord.ts')
  return connectDiscord({
    dispatcher,
    ...hearing,
    ...config,
    log: (entry) => log({ what: 'platform', platform: 'discord', ...platformEvent(entry) }),
  }).catch(refusedBy('Discord', 'DISCORD_TOKEN'))
}

async function slack(
  config: NonNullable<Config['slack']>,
  { dispatcher }: Conversation,
  hearing: Hearing,
  log: Log,
): Promise<Connected> {
  const { connectSlack } = await import('./platforms/slack/slack.ts')
  return connectSlack({
    dispatcher,
    ...hearing,
    botToken: config.botToken,
    transport:
      config.mode === 'socket'
        ? { kind: 'socket', appToken: config.appToken }
        : { kind: 'http', signingSecret: config.signingSecret },
    ...(config.apiUrl !== undefined && { apiUrl: config.apiUrl }),
    log: (entry) => log({ what: 'platform', platform: 'slack', ...platformEvent(entry) }),
  }).catch(refusedBy('Slack', 'SLACK_BOT_TOKEN or SLACK_APP_TOKEN'))
}
