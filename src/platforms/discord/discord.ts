// Discord: a discord.js client in front of the one dispatcher, and the way out for what is sent unasked.
import { setTimeout as sleep } from 'node:timers/promises'
import {
  InteractionType,
  Routes,
  type APIInteraction,
  type GatewayMessageCreateDispatchData,
} from 'discord.js'
import type { RoomKeeper } from '../../care/groups/room-keeper.ts'
import type { RoomNews } from '../../care/groups/room-keeper.ts'
import type { IsGone, PresenceNews } from '../../care/privacy/presence.ts'
import type { Poster, Sweep } from '../../delivery/ports.ts'
import type { Dispatcher } from '../../kit/dispatch.ts'
import { fetchFrom } from '../../kit/upload.ts'
import { createAnswers } from './answer.ts'
import { authorized, closeRest, errorWord, repeating, restClient } from './calls.ts'
import { drawMessage } from './draw.ts'
import { eventOf, madeAt, saidIn, wordsOf } from './events.ts'
import { createGateway, type GatewayTimes } from './gateway.ts'
import type { DiscordLog } from './log.ts'
import { createOnce } from './once.ts'
import { createIsGone } from './presence.ts'
import { createPast } from './past.ts'
import { createPoster } from './poster.ts'
import { register } from './register.ts'
import { createRooms } from './rooms.ts'
import { createSweep } from './sweep.ts'
import { within } from './wait.ts'

export type DiscordOptions = {
  readonly dispatcher: Dispatcher
  readonly token: string
  /** Another base for Discord's API, like http://127.0.0.1:3001/api. */
  readonly apiUrl?: string | undefined
  /** What happens in rooms by itself. */
  readonly onRoom?: (news: RoomNews) => Promise<void>
  /** Where the bot is, and is not any more. */
  readonly onPresence?: (news: PresenceNews) => Promise<void>
  /** A message was worked on; `direct` for one to the bot. */
  readonly onHeard?: (at: Date, direct?: { readonly user: string; readonly room: string }) => void
  /** Discord delivers, after it did not. */
  readonly onConnected?: () => void
  /** Whether words in groups' rooms pass the screen. The app's owner allows it in Discord's portal first. */
  readonly readsRooms?: boolean
  readonly log: DiscordLog
  readonly times?: Partial<GatewayTimes>
}
export type Discord = {
  /** For the sender; what a person waits for has a client of its own. */
  readonly poster: Poster
  readonly sweep: Sweep
  readonly keeper: RoomKeeper
  readonly isGone: IsGone
  readonly past: ReturnType<typeof createPast>
  readonly health: () => { readonly ok: boolean; readonly commands: boolean }
  /** Takes nothing more and waits a little for answers on their way. */
  readonly stop: () => Promise<void>
}

const drainMs = 4000
const registerAgainMs = 60_000
/** Where Discord keeps what people upload. */
const fileHosts = ['https://cdn.discordapp.com', 'https://media.discordapp.net']

/** Rejects when Discord refuses the token. A network that is away is no reason: it heals by itself. */
export async function connectDiscord(options: DiscordOptions): Promise<Discord> {
  const { dispatcher, token, apiUrl, log, readsRooms = false } = options
  const { onRoom = () => Promise.resolve(), onPresence = () => Promise.resolve() } = options
  const { onHeard = () => undefined, onConnected = () => undefined } = options
  // Short, so that an acknowledgement which hangs can be made again within Discord's 3 s.
  const rest = restClient(token, apiUrl, { timeout: 1500, retries: 2 })
  const sending = restClient(token, apiUrl, { timeout: 10_000, retries: 0, rejectOnRateLimit: () => true })
  const answers = createAnswers(rest, dispatcher)
  const fetchFile = fetchFrom(apiUrl === undefined ? fileHosts : [new URL(apiUrl).origin])
  const isFirst = createOnce()
  const underWay = new Set<Promise<void>>()
  const stopping = new AbortController()
  let areRegistered = false

  const note = (doing: string, error: unknown) =>
    log({ what: 'discord-call-failed', doing, error: errorWord(error) })

  function working(doing: string, work: () => Promise<void>): void {
    const done: Promise<void> = work()
      .catch((error: unknown) => note(doing, error))
      .finally(() => underWay.delete(done))
    underWay.add(done)
  }

  function onInteraction(interaction: APIInteraction): void {
    if (interaction.type === InteractionType.Ping || !isFirst(interaction.id)) return
    if (interaction.type === InteractionType.ApplicationCommandAutocomplete)
      return working('suggest', () => answers.suggest(interaction))
    const event = eventOf(interaction, dispatcher.features, fetchFile)
    if (event) working('answer', () => answers.respond(interaction, event))
  }

  async function answerWords(message: GatewayMessageCreateDispatchData): Promise<void> {
    const said = saidIn(message)
    if (said) {
      await onRoom(said)
      return onHeard(madeAt(said.message))
    }
    const event = wordsOf(message)
    if (!event || !isFirst(message.id)) return
    const answer = await dispatcher.dispatch(event)
    const reply = await answers.messageOf(event, answer)
    onHeard(madeAt(message.id), { user: message.author.id, room: message.channel_id })
    if (!reply) return
    const drawn = drawMessage(reply, answer.language)
    for (const [at, { body, files }] of drawn.entries()) {
      const once = { nonce: `${message.id}.${at}`, enforce_nonce: true }
      const route = Routes.channelMessages(message.channel_id)
      await authorized(rest, token, () =>
        repeating(() => rest.post(route, { body: { ...body, ...once }, files })),
      )
    }
  }

  async function registering(): Promise<void> {
    while (!areRegistered && !stopping.signal.aborted) {
      try {
        log({ what: 'discord-commands', state: await register(rest, token, dispatcher.features) })
        areRegistered = true
      } catch (error) {
        note('register', error)
        await sleep(registerAgainMs, undefined, { signal: stopping.signal }).catch(() => undefined)
      }
    }
  }

  let placing: Promise<void> = Promise.resolve()
  /** One after the other: who went and came again is here. */
  const onPlace = (news: PresenceNews): void =>
    working('presence', () => (placing = placing.catch(() => undefined).then(() => onPresence(news))))

  const gateway = createGateway({
    token,
    apiUrl,
    log,
    onInteraction,
    onMessage: (message) => working('words', () => answerWords(message)),
    onGuild: (workspace, isHere) => onPlace({ kind: isHere ? 'here' : 'gone', workspace }),
    onGuilds: (workspaces) => {
      onConnected()
      onPlace({ kind: 'all', workspaces })
    },
    onRoomGone: (room) => working('room', () => onRoom({ kind: 'changed', room })),
    readsRooms,
    ...(options.times && { times: options.times }),
  })
  const close = () => {
    stopping.abort()
    closeRest(rest)
    closeRest(sending)
  }
  try {
    await gateway.start()
  } catch (error) {
    close()
    throw error
  }
  void registering()
  let own: Promise<string> | undefined
  const ownId = (): Promise<string> => {
    own ??= sending.get(Routes.user()).then((user) => (user as { readonly id: string }).id)
    own.catch(() => (own = undefined))
    return own
  }
  return {
    poster: createPoster(sending, token),
    sweep: createSweep(sending),
    keeper: createRooms(sending, ownId),
    isGone: createIsGone(sending, token),
    past: createPast(sending, token, readsRooms),
    health: () => ({ ok: gateway.isWell(), commands: areRegistered }),
    async stop() {
      await gateway.stop()
      await within(Promise.allSettled(underWay), drainMs)
      close()
    },
  }
}
