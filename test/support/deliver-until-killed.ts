// A child that ticks and sends as the bot does, until it is killed. Says `ready` when its first tick begins, and `idle`
// when nothing waits any more.
import { createClock } from '../../src/delivery/clock.ts'
import { createDelivery } from '../../src/delivery/delivery.ts'
import { createPacer } from '../../src/delivery/pace.ts'
import type { Post, Poster, Schedules } from '../../src/delivery/ports.ts'
import { createSender } from '../../src/delivery/sender.ts'
import { say } from '../../src/kit/reply.ts'
import { connect } from '../../src/store/connection.ts'
import { deliveryStore } from '../../src/store/delivery/delivery.ts'
import { newId } from '../../src/store/ids.ts'
import { t } from '../../src/words/text.ts'
import { posterFor } from './posters.ts'

/** Mistakes that the test must be able to see. */
const mistakes = {
  none: (poster: Poster): Poster => poster,
  /** The platform is given nothing by which it could know a repeat. */
  'no key': (poster: Poster): Poster => ({
    platform: poster.platform,
    send: ({ firstTryAt: _firstTryAt, ...post }: Post) => poster.send({ ...post, id: newId() }),
  }),
  /** Noted as sent before it is. */
  'marked first': (poster: Poster): Poster => ({
    platform: poster.platform,
    send: (post) => {
      setTimeout(() => void poster.send(post), 500)
      return Promise.resolve({ kind: 'sent', messageId: 'hoped', room: 'hoped' })
    },
  }),
}
export type Mistake = keyof typeof mistakes

const [, , url = '', platform = '', apiUrl = '', token = '', mistake = 'none'] = process.argv
const connection = await connect(url)
const { outbox, schedules } = deliveryStore(connection, newId)
const poster = mistakes[mistake as Mistake](posterFor(platform, apiUrl, token))
const clock = createClock()
const onError = (error: unknown) => process.stderr.write(`${String(error)}\n`)
const sender = createSender({
  poster,
  outbox,
  clock,
  // Nobody wants to wait for a real platform's pace here; the local servers have none.
  pacer: createPacer({ limit: 300, windowMs: 1000, laneGapMs: 0 }),
  owner: newId(),
  render: () => Promise.resolve(say(t('reminders.what.check-in'))),
  onError,
})
let begun = false
const announced: Schedules = {
  ...schedules,
  decide(...args) {
    if (!begun) process.stdout.write('ready\n')
    begun = true
    return schedules.decide(...args)
  },
}
createDelivery({
  schedules: announced,
  senders: { [poster.platform]: sender },
  clock,
  newId,
  onError,
}).start()

setInterval(() => {
  void (async () => {
    const waiting = await connection.prisma.outbox.count({ where: { status: 'waiting' } })
    const due = await connection.prisma.schedule.count({ where: { nextRunAt: { not: null } } })
    if (waiting + due === 0) process.stdout.write('idle\n')
  })()
}, 500)
