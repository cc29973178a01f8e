// A process that sends what is due and serves members, until it is killed. Says `ready`, then the name of each thing that a
// member was told is saved.
import { createInterface } from 'node:readline'
import { createClock } from '../../src/delivery/clock.ts'
import { createDelivery } from '../../src/delivery/delivery.ts'
import { createPacer } from '../../src/delivery/pace.ts'
import type { Post, Poster } from '../../src/delivery/ports.ts'
import { createSender } from '../../src/delivery/sender.ts'
import { quote, say } from '../../src/kit/reply.ts'
import { openStore } from '../../src/store/connect.ts'
import { newId } from '../../src/store/ids.ts'
import { castOn, type Speaker } from '../../test/support/cast.ts'
import { posterFor } from '../../test/support/posters.ts'

export type Job = {
  readonly dataDir: string
  readonly databaseUrl: string
  /** Each of them writes again as soon as they were answered. */
  readonly members: readonly string[]
  readonly platforms: readonly {
    readonly platform: string
    readonly apiUrl: string
    readonly token: string
  }[]
  readonly mistake?: 'told too early' | 'no key' | undefined
}

const { dataDir, databaseUrl, members, platforms, mistake } = JSON.parse(process.argv[2] ?? '') as Job
const store = await openStore({ dataDir, databaseUrl })
const cast = castOn(store)
const me = newId()
const tell = (line: string) => process.stdout.write(`${line}\n`)

/** The platform is given nothing by which it could know a repeat. */
const keyless = (poster: Poster): Poster => ({
  platform: poster.platform,
  send: ({ firstTryAt: _firstTryAt, ...post }: Post) => poster.send({ ...post, id: newId() }),
})

const clock = createClock()
const senders = Object.fromEntries(
  platforms.map(({ platform, apiUrl, token }) => {
    const poster = posterFor(platform, apiUrl, token)
    const sender = createSender({
      poster: mistake === 'no key' ? keyless(poster) : poster,
      outbox: store.outbox,
      clock,
      pacer: createPacer({ limit: 300, windowMs: 1000, laneGapMs: 1020 }),
      owner: me,
      render: ({ params }) => Promise.resolve(say(quote(`#${params['n'] ?? ''}#`))),
      // The database goes away on purpose.
      onError: () => {},
    })
    return [platform, sender]
  }),
)
if (platforms.length > 0)
  createDelivery({ schedules: store.schedules, senders, clock, newId, onError: () => {} }).start()

const ways: readonly ((speaker: Speaker, name: string) => Promise<string>)[] = [
  (speaker, name) => speaker.slash('checkin', { mood: 5, note: name }),
  (speaker, name) => speaker.slash('journal', { words: name }),
]
async function writing(user: string): Promise<void> {
  const speaker = cast.as(user)
  for (let n = 0; ; n += 1) {
    const name = `${user}-${me}-${n}`
    const way = ways[n % ways.length]
    if (mistake === 'told too early') tell(name)
    const said = await way?.(speaker, name)
    if (said?.includes('Saved.')) tell(name)
    // A database that is away is not asked a thousand times a second.
    else await new Promise((go) => setTimeout(go, 100))
  }
}
for (const user of members) void writing(user)
// What is said to a process whose starter has gone ends it.
createInterface({ input: process.stdin }).on('close', () => process.exit(0))
tell('ready')
