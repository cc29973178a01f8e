// B9: a blast of reminders over thirty Slack rooms at Slack's own pace, and how long an unrelated call waits meanwhile.
import { WebClient } from '@slack/web-api'
import { createPacer, paces } from '../../src/delivery/pace.ts'
import { webClient } from '../../src/platforms/slack/calls.ts'
import { createPoster } from '../../src/platforms/slack/poster.ts'
import { say } from '../../src/kit/reply.ts'
import { newId } from '../../src/store/ids.ts'
import { t } from '../../src/words/text.ts'
import { botToken, startSlackServer, type SlackServer } from '../../test/support/slack-server.ts'
import { percentile, timed, type Case, type Figures } from '../case.ts'

const rooms = Array.from({ length: 30 }, (_, index) => `C${String(index).padStart(4, '0')}`)
const message = say(t('reminders.prompt'))

async function unrelated(client: WebClient, until: Promise<unknown>): Promise<number> {
  let going = true
  void until.finally(() => (going = false))
  const waits: number[] = []
  while (going) {
    waits.push(await timed(() => client.users.info({ user: 'U1' })))
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  return percentile(waits, 0.99)
}

type Blast = (each: number, server: SlackServer) => Promise<{ readonly ms: number; readonly waited: number }>

const paced: Blast = async (each, server) => {
  const pacer = createPacer(paces.slack)
  const poster = createPoster(webClient(botToken, server.apiUrl, 10_000), () => {})
  const interactive = webClient(botToken, server.apiUrl, 5_000)
  const began = performance.now()
  const sends = rooms.flatMap((room) =>
    Array.from({ length: each }, async () => {
      await pacer.turn({ priority: 2, program: 'p', lane: room })
      const outcome = await poster.send({
        id: newId(),
        platform: 'slack',
        workspace: 'T1',
        to: { kind: 'room', room },
        message,
        language: 'en',
        attempt: 1,
      })
      if (outcome.kind !== 'sent') throw new Error(`a message was not sent: ${outcome.kind}`)
    }),
  )
  const all = Promise.all(sends)
  const waited = await unrelated(interactive, all)
  await all
  pacer.stop()
  return { ms: performance.now() - began, waited }
}

/** As a bot does it that leaves the pace to the client library. */
const atOnce: Blast = async (each, server) => {
  const client = new WebClient(botToken, { slackApiUrl: server.apiUrl })
  const began = performance.now()
  const all = Promise.all(
    rooms.flatMap((channel) =>
      Array.from({ length: each }, () => client.chat.postMessage({ channel, text: 'x' })),
    ),
  )
  const waited = await unrelated(client, all)
  await all
  return { ms: performance.now() - began, waited }
}

async function measure(
  blast: Blast,
  each: number,
): Promise<{ share: number; refused: number; waited: number }> {
  const server = await startSlackServer({ paced: true })
  for (const room of rooms) server.room(room)
  server.person('U1')
  const { ms, waited } = await blast(each, server)
  const refused = server.calls.filter(({ status }) => status === 429).length
  await server.stop()
  // One a second and room; the first goes at once.
  return { share: Math.max(1, each - 1) / (ms / 1000), refused, waited }
}

export const slackDrain: Case = {
  id: 'B9',
  what: 'a blast over thirty Slack rooms, one message a second and room',
  target: 'at least 0.98 of the limit, no 429, an unrelated call waits at most 25 ms longer',
  ratios: {
    'share of the limit': ({ share = 0 }) => share,
    'share, left to the client library': ({ 'peer share': share = 0 }) => share,
  },
  start: (quick) =>
    Promise.resolve({
      async round(): Promise<Figures> {
        const each = quick ? 3 : 12
        const ours = await measure(paced, each)
        const peer = await measure(atOnce, quick ? 3 : 6)
        return {
          share: ours.share,
          '429s': ours.refused,
          'unrelated p99, ms': ours.waited,
          'peer share': peer.share,
          'peer 429s': peer.refused,
          'peer unrelated p99, ms': peer.waited,
        }
      },
      stop: () => Promise.resolve(),
    }),
}
