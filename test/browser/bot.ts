// The whole bot behind the playground, on a database of its own, with a clock that starts two days before summer time.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { list } from '../../commands/index.ts'
import { screen } from '../support/screen.ts'
import { skills } from '../../src/care/skills/content.ts'
import { createSkillSearch } from '../../src/care/skills/search/search.ts'
import type { Place } from '../../src/care/safety/lines.ts'
import { createConversation } from '../../src/conversation.ts'
import { createClock } from '../../src/delivery/clock.ts'
import { createDelivery } from '../../src/delivery/delivery.ts'
import { createPacer, paces } from '../../src/delivery/pace.ts'
import { createSender } from '../../src/delivery/sender.ts'
import { createPlayground } from '../../src/platforms/playground/playground.ts'
import { servePlayground } from '../../src/platforms/playground/serve.ts'
import { openStore } from '../../src/store/connect.ts'
import { newId } from '../../src/store/ids.ts'

/** 2026-03-06 10:00 in New York. */
const start = Date.UTC(2026, 2, 6, 15)

export async function startBot() {
  const dataDir = await mkdtemp(join(tmpdir(), 'handrail-'))
  const store = await openStore({ dataDir })
  const began = performance.now()
  const clock = createClock(() => start + performance.now() - began)
  const now = () => clock.now()
  const failures: unknown[] = []
  let kept: readonly Place[] = []
  const places = {
    all: () => kept,
    write: (all: readonly Place[]) => {
      kept = all
      return Promise.resolve()
    },
  }
  const { app, dispatcher, notices } = createConversation({
    stores: store,
    places,
    finder: createSkillSearch({ skills }),
    screen,
    list,
    now,
    log: ({ error }) => void failures.push(error),
  })
  const playground = createPlayground({
    dispatcher,
    directory: app.directory,
    now,
    moveClock: (to) => delivery.moveTo(to),
    log: ({ error }) => void failures.push(error),
  })
  const sender = createSender({
    poster: playground.poster,
    outbox: store.outbox,
    pacer: createPacer(paces.playground),
    clock,
    owner: newId(),
    render: notices,
    onError: (error) => void failures.push(error),
  })
  const delivery = createDelivery({
    schedules: store.schedules,
    senders: { playground: sender },
    clock,
    newId,
    onError: (error) => void failures.push(error),
  })
  delivery.start()
  const { url, close } = await servePlayground(playground, 0)
  return {
    url,
    /** What went wrong inside; empty after a good run. */
    failures,
    async stop() {
      await close()
      await delivery.stop()
      await store.close()
      await rm(dataDir, { recursive: true })
    },
  }
}
