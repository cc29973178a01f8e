// What this machine does in a second, by the bot's own sender and store on a SQLite file of its own, with a platform that
// answers at once.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClock } from '../../delivery/clock.ts'
import { createPacer } from '../../delivery/pace.ts'
import { createSender } from '../../delivery/sender.ts'
import { openStore, type Store } from '../../store/connect.ts'
import { newId } from '../../store/ids.ts'

export type Measured = {
  /** Messages a second, from the outbox to the kept result. */
  readonly sends: number
  /** Deliveries a second of which the key is on the disk, as before every answer. */
  readonly deliveries: number
}

const rows = 2_000
const atOnce = 50

async function sendsOf(store: Store): Promise<number> {
  const at = new Date()
  const programId = newId()
  await store.programs.create({
    id: programId,
    name: 'Simulation',
    country: 'US',
    language: 'en',
    zone: 'UTC',
    promptTime: '09:00',
    law: 'unsure',
    phiMode: 'none',
    questions: [],
    workspace: { platform: 'playground', externalId: 'simulation' },
    at,
  })
  const notice = {
    programId,
    platform: 'playground',
    workspace: 'simulation',
    notice: 'check-in',
    params: {},
    priority: 2,
    dueAt: at,
  } as const
  await store.outbox.put(
    Array.from({ length: rows }, (_, n) => ({ ...notice, to: { room: `r${n}` }, dedupeKey: `s${n}` })),
    at,
  )
  const sender = createSender({
    poster: {
      platform: 'playground',
      send: ({ id }) => Promise.resolve({ kind: 'sent', messageId: id, room: id }),
    },
    outbox: store.outbox,
    pacer: createPacer({ limit: 1e6, windowMs: 1000, laneGapMs: 0 }),
    clock: createClock(),
    owner: newId(),
    render: () => Promise.resolve({ kind: 'message', audience: 'private', blocks: [] }),
    onError: (error) => {
      throw error
    },
  })
  const began = performance.now()
  await sender.drain()
  const seconds = (performance.now() - began) / 1000
  await sender.stop()
  return rows / seconds
}

async function deliveriesOf(store: Store): Promise<number> {
  const began = performance.now()
  for (let done = 0; done < rows; done += atOnce)
    await Promise.all(
      Array.from({ length: atOnce }, (_, n) => store.received.take(`d${done + n}`, new Date())),
    )
  return (rows * 1000) / (performance.now() - began)
}

export async function measureHere(): Promise<Measured> {
  const dataDir = await mkdtemp(join(tmpdir(), 'handrail-simulate-'))
  try {
    const store = await openStore({ dataDir })
    try {
      return { sends: await sendsOf(store), deliveries: await deliveriesOf(store) }
    } finally {
      await store.close()
    }
  } finally {
    await rm(dataDir, { recursive: true, force: true })
  }
}
