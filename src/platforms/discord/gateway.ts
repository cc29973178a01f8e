// The connection through which Discord delivers, and the watch over it: a client that is stuck is replaced by a new one.
import { setTimeout as sleep } from 'node:timers/promises'
import {
  Client,
  Events,
  GatewayDispatchEvents,
  GatewayIntentBits,
  Status,
  type APIInteraction,
  type GatewayMessageCreateDispatchData,
} from 'discord.js'
import { errorWord } from './calls.ts'
import type { DiscordLog } from './log.ts'

export type GatewayTimes = {
  /** How long a connection may be anything but ready before it is given up. Longer than a resume takes (0.5 s). */
  readonly stuckMs: number
  readonly checkMs: number
  /** How long a new connection may take; an IDENTIFY may have to wait 5 s for its turn. */
  readonly startMs: number
  /** The first pause between two tries to connect; it doubles up to a minute. */
  readonly pauseMs: number
}
const usual: GatewayTimes = { stuckMs: 8000, checkMs: 1000, startMs: 30_000, pauseMs: 1000 }
const longestPauseMs = 60_000

type Parts = {
  readonly token: string
  readonly apiUrl: string | undefined
  readonly log: DiscordLog
  readonly onInteraction: (interaction: APIInteraction) => void
  readonly onMessage: (message: GatewayMessageCreateDispatchData) => void
  /** A room was deleted. */
  readonly onRoomGone: (room: string) => void
  /** Whether the bot is in a server; a server that is out of order says nothing. */
  readonly onGuild: (guild: string, isHere: boolean) => void
  /** Every server that the bot is in, once all shards have said theirs. */
  readonly onGuilds: (guilds: ReadonlySet<string>) => void
  /** Hears what is said in rooms, edits too; Discord wants the app's owner to allow it first. */
  readonly readsRooms: boolean
  readonly times?: Partial<GatewayTimes>
}
type Packet = { t: string | null; readonly d: unknown }
type Ready = {
  readonly guilds: readonly { readonly id: string }[]
  readonly shard?: readonly [id: number, count: number]
}
type Guild = { readonly id: string; readonly unavailable?: boolean }

/** Nothing gets better by waiting. */
const isHopeless = (error: unknown): boolean =>
  error instanceof Error &&
  (('code' in error && error.code === 'TokenInvalid') ||
    /authentication failed|disallowed intents/i.test(error.message))

/** How long the servers may take to arrive before the connection counts as ready without them. */
const guildsMs = 1500
const intents = [GatewayIntentBits.DirectMessages, GatewayIntentBits.Guilds]
const readingIntents = [...intents, GatewayIntentBits.GuildMessages, GatewayIntentBits.MessageContent]

export function createGateway(parts: Parts) {
  const { token, apiUrl, log, onInteraction, onMessage, onRoomGone, onGuild, onGuilds, readsRooms, times } =
    parts
  const { stuckMs, checkMs, startMs, pauseMs } = { ...usual, ...times }
  let client: Client | undefined
  /** By shard, the servers that it named when it was ready. */
  const guilds = new Map<number, Set<string>>()
  let connecting: Promise<void> | undefined
  let lastWell = performance.now()
  let watch: NodeJS.Timeout | undefined
  const stopping = new AbortController()

  const failed = (error: unknown) => log({ what: 'discord-socket', state: 'failed', error: errorWord(error) })

  function onReady({ guilds: named, shard: [shard, count] = [0, 1] }: Ready): void {
    guilds.set(shard, new Set(named.map(({ id }) => id)))
    if (guilds.size === count) onGuilds(new Set([...guilds.values()].flatMap((ids) => [...ids])))
  }
  /** Each server arrives once more after a shard is ready, and when an outage is over. */
  function onArrival({ id, unavailable }: Guild): void {
    if (unavailable === true || [...guilds.values()].some((ids) => ids.has(id))) return
    guilds.values().next().value?.add(id)
    onGuild(id, true)
  }
  /** An outage says so: https://docs.discord.com/developers/events/gateway-events#guild-delete */
  function onDeparture({ id, unavailable }: Guild): void {
    if (unavailable === true) return
    for (const ids of guilds.values()) ids.delete(id)
    onGuild(id, false)
  }

  /**
   * Takes a packet out of the client's hands: discord.js holds it back until every server has answered, and throws
   * out of the socket, which ends the process, when a key that it expects is missing.
   */
  function take(packet: Packet): void {
    try {
      if (packet.t === GatewayDispatchEvents.InteractionCreate) onInteraction(packet.d as APIInteraction)
      else if (packet.t === GatewayDispatchEvents.ChannelDelete)
        return onRoomGone((packet.d as { readonly id: string }).id)
      else if (packet.t === GatewayDispatchEvents.Ready) return onReady(packet.d as Ready)
      else if (packet.t === GatewayDispatchEvents.GuildCreate) return onArrival(packet.d as Guild)
      else if (packet.t === GatewayDispatchEvents.GuildDelete) return onDeparture(packet.d as Guild)
      else if (
        packet.t === GatewayDispatchEvents.MessageCreate ||
        packet.t === GatewayDispatchEvents.MessageUpdate
      )
        onMessage(packet.d as GatewayMessageCreateDispatchData)
      else return
    } catch (error) {
      failed(error)
    }
    packet.t = null
  }

  function create(): Client {
    guilds.clear()
    const made = new Client({
      intents: readsRooms ? readingIntents : intents,
      waitGuildTimeout: guildsMs,
      allowedMentions: { parse: [] },
      shards: 'auto',
      rest: { version: '10', ...(apiUrl !== undefined && { api: apiUrl }) },
    })
    made.on('raw' as string, take)
    made.on(Events.Error, failed)
    made.on(Events.ShardError, failed)
    made.on(Events.ShardReady, () => log({ what: 'discord-socket', state: 'open' }))
    made.on(Events.ShardResume, () => log({ what: 'discord-socket', state: 'open' }))
    made.on(Events.ShardReconnecting, () => log({ what: 'discord-socket', state: 'closed' }))
    return made
  }

  /** discord.js calls itself ready while it waits for a RESUME that never comes; the shards know better. */
  const isWell = (): boolean => {
    const shards = client?.ws.shards
    return shards !== undefined && shards.size > 0 && shards.every(({ status }) => status === Status.Ready)
  }

  async function leave(): Promise<void> {
    const left = client
    client = undefined
    await left?.destroy().catch(failed)
  }

  async function connect(): Promise<void> {
    client = create()
    const done = new AbortController()
    const late = async () => {
      await sleep(startMs, undefined, { signal: AbortSignal.any([done.signal, stopping.signal]) })
      throw new Error('Discord took too long to connect')
    }
    try {
      await Promise.race([client.login(token), late()])
    } finally {
      done.abort()
    }
  }

  async function connectAgain(): Promise<void> {
    for (let pause = pauseMs; !stopping.signal.aborted; pause = Math.min(pause * 2, longestPauseMs)) {
      await leave()
      if (stopping.signal.aborted) return
      try {
        return await connect()
      } catch (error) {
        failed(error)
      }
      await sleep(pause, undefined, { signal: stopping.signal }).catch(() => undefined)
    }
  }

  function reconnect(): void {
    connecting ??= connectAgain().finally(() => (connecting = undefined))
  }

  function check(): void {
    if (connecting || isWell()) lastWell = performance.now()
    else if (performance.now() - lastWell > stuckMs) reconnect()
  }

  return {
    isWell,
    /** Rejects when Discord refuses the token or the intents. Anything else heals by itself. */
    async start(): Promise<void> {
      try {
        await connect()
        watch = setInterval(check, checkMs)
      } catch (error) {
        failed(error)
        if (isHopeless(error)) {
          await leave()
          throw error
        }
        watch = setInterval(check, checkMs)
        reconnect()
      }
    },
    async stop(): Promise<void> {
      stopping.abort()
      clearInterval(watch)
      await connecting
      await leave()
    },
  }
}
