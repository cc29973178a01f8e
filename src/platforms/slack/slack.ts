// Slack: a Bolt app over Socket Mode or signed HTTP, in front of the one dispatcher.
import type { RequestListener } from 'node:http'
import { App } from '@slack/bolt'
import type { Poster } from '../../delivery/ports.ts'
import type { Dispatcher } from '../../kit/dispatch.ts'
import { createAnswers } from './answer.ts'
import { clientOptions, errorWord, isFatal, silent, webClient } from './calls.ts'
import { createEvents } from './events.ts'
import { listen } from './listen.ts'
import type { SlackLog } from './log.ts'
import { createPoster } from './poster.ts'
import { createSigned } from './signed.ts'
import { createSockets, type SocketOptions } from './sockets.ts'
import { createVisitors } from './visitor.ts'
import { within } from './wait.ts'

export type SlackOptions = {
  readonly dispatcher: Dispatcher
  readonly botToken: string
  readonly transport:
    | ({ readonly kind: 'socket' } & Omit<SocketOptions, 'apiUrl' | 'log'>)
    | { readonly kind: 'http'; readonly signingSecret: string }
  /** Another base for the Web API, like http://127.0.0.1:3002/api/. */
  readonly apiUrl?: string | undefined
  readonly log: SlackLog
  /** The command that the Home tab shows. */
  readonly home?: string
}
export type Slack = {
  /** For the sender; what a person waits for has a client of its own. */
  readonly poster: Poster
  /** For `/slack/*` of the shared HTTP server, when deliveries come by HTTP. */
  readonly listener?: RequestListener
  readonly health: () => { readonly ok: boolean; readonly connections?: number }
  /** Takes nothing more and waits a little for answers on their way. */
  readonly stop: () => Promise<void>
}

const drainMs = 4000

/** Rejects when Slack refuses a token. A network that is away is no reason: it heals by itself. */
export async function connectSlack(options: SlackOptions): Promise<Slack> {
  const { dispatcher, botToken, transport, apiUrl, log, home = 'home' } = options
  const client = webClient(botToken, apiUrl, 5000)
  const note = (doing: string, error: unknown) =>
    log({ what: 'slack-call-failed', doing, error: errorWord(error) })
  const { receiver, ...way } = wayIn(transport, apiUrl, log)
  const app = new App({
    receiver,
    authorize: async () => ({ botToken }),
    clientOptions: clientOptions(apiUrl, 5000),
    logger: silent,
    convoStore: false,
  })
  app.error(async (error) => note('listen', error.original ?? error))
  const answers = createAnswers({ client, dispatcher, log })
  const { underWay } = listen(app, {
    dispatcher,
    answers,
    events: createEvents(createVisitors(client), home),
  })
  try {
    await client.auth.test()
  } catch (error) {
    if (isFatal(errorWord(error))) throw error
    note('auth.test', error)
  }
  await way.sockets?.start()
  return {
    poster: createPoster(webClient(botToken, apiUrl, 10_000), (error) => note('picture', error)),
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

function wayIn(transport: SlackOptions['transport'], apiUrl: string | undefined, log: SlackLog) {
  if (transport.kind === 'http') return { ...createSigned(transport.signingSecret), sockets: undefined }
  const sockets = createSockets({ ...transport, apiUrl, log })
  return { receiver: sockets, sockets, listener: undefined }
}
