// Slack: a Bolt app over Socket Mode or signed HTTP, in front of the one dispatcher.
import type { RequestListener } from 'node:http'
import { App } from '@slack/bolt'
import type { RoomKeeper } from '../../care/groups/room-keeper.ts'
import type { RoomNews } from '../../care/groups/room-keeper.ts'
import type { IsGone, PresenceNews } from '../../care/privacy/presence.ts'
import type { Poster, Sweep } from '../../delivery/ports.ts'
import type { Dispatcher } from '../../kit/dispatch.ts'
import { fetchFrom } from '../../kit/upload.ts'
import { createAnswers } from './answer.ts'
import { clientOptions, errorWord, isFatal, silent, webClient } from './calls.ts'
import { createEvents } from './events.ts'
import { listen, type OnHeard } from './listen.ts'
import { patience } from './limits.ts'
import type { SlackLog } from './log.ts'
import { createPast } from './past.ts'
import { createPoster } from './poster.ts'
import { createIsGone, isRefused, isUninstalled } from './presence.ts'
import { createSigned } from './signed.ts'
import { createRooms } from './rooms.ts'
import { createSweep } from './sweep.ts'
import { createSockets, type SocketOptions } from './sockets.ts'
import { createVisitors } from './visitor.ts'
import { within } from './wait.ts'

export type SlackOptions = {
  readonly dispatcher: Dispatcher
  readonly botToken: string
  readonly transport:
    | ({ readonly kind: 'socket' } & Omit<SocketOptions, 'apiUrl' | 'log' | 'onConnected'>)
    | { readonly kind: 'http'; readonly signingSecret: string }
  /** Another base for the Web API, like http://127.0.0.1:3002/api/. */
  readonly apiUrl?: string | undefined
  /** What happens in rooms by itself. */
  readonly onRoom?: (news: RoomNews) => Promise<void>
  /** Where the app is, and is not any more. */
  readonly onPresence?: (news: PresenceNews) => Promise<void>
  readonly onHeard?: OnHeard
  /** Slack can deliver, after it could not. */
  readonly onConnected?: () => void
  readonly log: SlackLog
  /** The command that the Home tab shows. */
  readonly home?: string
}
export type Slack = {
  /** For the sender; what a person waits for has a client of its own. */
  readonly poster: Poster
  readonly sweep: Sweep
  readonly keeper: RoomKeeper
  readonly isGone: IsGone
  readonly past: ReturnType<typeof createPast>
  /** For `/slack/*` of the shared HTTP server, when deliveries come by HTTP. */
  readonly listener?: RequestListener
  readonly health: () => { readonly ok: boolean; readonly connections?: number }
  /** Takes nothing more and waits a little for answers on their way. */
  readonly stop: () => Promise<void>
}

const drainMs = 4000
/** Where Slack keeps what people upload, for whoever has the token. */
const fileHost = 'https://files.slack.com'

/** Rejects when Slack refuses a token. A network that is away is no reason: it heals by itself. */
export async function connectSlack(options: SlackOptions): Promise<Slack> {
  const {
    dispatcher,
    botToken,
    transport,
    apiUrl,
    log,
    home = 'home',
    onRoom = () => Promise.resolve(),
    onPresence = () => Promise.resolve(),
    onHeard = () => undefined,
    onConnected = () => undefined,
  } = options
  const client = webClient(botToken, apiUrl, 5000)
  const note = (doing: string, error: unknown) =>
    log({ what: 'slack-call-failed', doing, error: errorWord(error) })
  const fetchFile = fetchFrom([apiUrl === undefined ? fileHost : new URL(apiUrl).origin], {
    authorization: `Bearer ${botToken}`,
  })
  const { receiver, ...way } = wayIn(transport, { apiUrl, log, onConnected })
  const app = new App({
    receiver,
    authorize: async () => ({ botToken }),
    clientOptions: clientOptions(apiUrl, 5000),
    logger: silent,
    convoStore: false,
  })
  acknowledgeWhenDone(app)
  app.error(async (error) => note('listen', error.original ?? error))
  const answers = createAnswers({ client, dispatcher, log })
  const events = createEvents(createVisitors(client), home, fetchFile)
  const { underWay } = listen(app, {
    dispatcher,
    answers,
    onRoom,
    onPresence,
    onHeard,
    events,
  })
  try {
    const { team_id: workspace } = await client.auth.test()
    if (workspace !== undefined) await onPresence({ kind: 'here', workspace })
  } catch (error) {
    if (isRefused(error)) await onPresence({ kind: 'refused' })
    // After an uninstallation the bot runs on: what it keeps of the program is erased in time.
    if (isFatal(errorWord(error)) && !isUninstalled(error)) throw error
    note('auth.test', error)
  }
  if (!way.sockets) onConnected()
  await way.sockets?.start()
  const sending = webClient(botToken, apiUrl, 10_000)
  let own: Promise<string> | undefined
  const ownId = (): Promise<string> => {
    own ??= sending.auth.test().then(({ user_id: id }) => id ?? '')
    own.catch(() => (own = undefined))
    return own
  }
  return {
    poster: createPoster(sending, (error) => note('picture', error)),
    sweep: createSweep(sending),
    keeper: createRooms(sending, ownId),
    isGone: createIsGone(sending),
    past: createPast(sending, events),
    ...(way.listener && { listener: way.listener }),
    health: () => {
      const connections = way.sockets?.open()
      return connections === undefined ? { ok: true } : { ok: connections > 0, connections }
    },
    async stop() {
      await way.sockets?.stop()
      await within(Promise.allSettled(underWay), drainMs)
    },
  }
}

/** Slack repeats an event that nobody acknowledged, so that waits until it was worked on; Bolt would do it at once. */
function acknowledgeWhenDone(app: App): void {
  const work = app.processEvent.bind(app)
  app.processEvent = async (delivered) => {
    if ((delivered.body as { readonly type?: unknown }).type !== 'event_callback') return work(delivered)
    const working = work({ ...delivered, ack: () => Promise.resolve() })
    await within(working, patience.event)
    await delivered.ack()
    await working
  }
}

function wayIn(
  transport: SlackOptions['transport'],
  more: Pick<SocketOptions, 'apiUrl' | 'log' | 'onConnected'>,
) {
  if (transport.kind === 'http') return { ...createSigned(transport.signingSecret), sockets: undefined }
  const sockets = createSockets({ ...transport, ...more })
  return { receiver: sockets, sockets, listener: undefined }
}
