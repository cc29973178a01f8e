import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createClock, type MovableClock } from '../../src/delivery/clock.ts'
import { createPacer, realTimer, type Timer } from '../../src/delivery/pace.ts'
import type { Held, Notice, Outbox, Poster } from '../../src/delivery/ports.ts'
import { createSender, type Sender } from '../../src/delivery/sender.ts'
import { say } from '../../src/kit/reply.ts'
import type { Connection } from '../../src/store/connection.ts'
import { deliveryStore } from '../../src/store/delivery/delivery.ts'
import { connectionFor, eachDatabase } from '../support/databases.ts'
import { addPeople, addProgram, newId, type ProgramRow } from '../support/delivery-rows.ts'
import { fakePlatform, type FakePlatform } from '../support/fake-platform.ts'

const start = new Date('2026-03-05T14:00:00Z')

eachDatabase((make, name) => {
  const open = connectionFor(make)
  let connection: Connection
  let outbox: Outbox
  let program: ProgramRow
  let clock: MovableClock
  let platform: FakePlatform
  let errors: unknown[]
  let senders: Sender[]

  beforeAll(async () => {
    connection = await open()
    outbox = deliveryStore(connection, newId).outbox
  })
  beforeEach(async () => {
    await connection.prisma.outbox.deleteMany()
    program = await addProgram(connection.prisma)
    const began = Date.now()
    clock = createClock(() => start.getTime() + Date.now() - began)
    platform = fakePlatform()
    errors = []
    senders = []
  })
  afterEach(async () => {
    for (const sender of senders) await sender.stop()
  })

  type Changes = Partial<Parameters<typeof createSender>[0]>
  const sender = (changes: Changes = {}): Sender => {
    const made = createSender({
      poster: platform,
      outbox,
      clock,
      pacer: createPacer({ limit: 10_000, windowMs: 1000, laneGapMs: 0 }),
      owner: newId(),
      render: () => Promise.resolve(say()),
      onError: (error) => errors.push(error),
      ...changes,
    })
    senders.push(made)
    return made
  }
  const put = (count: number, changes: Partial<Notice> = {}) =>
    outbox.put(
      Array.from({ length: count }, (_, n) => ({
        programId: program.id,
        platform: 'discord',
        workspace: program.workspace.externalId,
        to: { room: `room ${n}` },
        notice: 'check-in',
        params: {},
        dedupeKey: newId(),
        priority: 2,
        dueAt: start,
        ...changes,
      })),
      start,
    )
  const statuses = async () => {
    const rows = await connection.prisma.outbox.findMany({ orderBy: { dueAt: 'asc' } })
    return rows.map(({ status, failure }) => [status, failure])
  }
  const later = (seconds: number) => clock.moveTo(new Date(clock.now().getTime() + seconds * 1000))

  test('sends what is due once each, more than its hands can hold', async () => {
    await put(150)
    const one = sender({ window: 20 })
    await one.drain()
    await one.drain()
    expect([platform.tried.length, platform.shown.length]).toEqual([150, 150])
    expect(new Set((await statuses()).map(([status]) => status))).toEqual(new Set(['sent']))
    expect(one.state()).toEqual({ inHand: 0 })
  })

  test('remembers the room of a direct message, so that the next takes one request', async () => {
    const { people } = await addPeople(connection.prisma, program, 1, [])
    const to = { user: `u-${people[0]}` }
    const one = sender()
    for (let n = 0; n < 2; n += 1) {
      await put(1, { to })
      await one.drain()
    }
    expect(platform.tried.map((post) => post.to)).toEqual([
      { kind: 'person', ...to },
      { kind: 'person', ...to, room: 'dm' },
    ])
  })

  test('repeats after a lost reply, with the same id and the first try, and it is seen once', async () => {
    await put(1)
    platform.answer = (post) => (post.attempt < 3 ? 'lost' : 'sent')
    const one = sender()
    for (let n = 0; n < 3; n += 1) {
      await one.drain()
      later(20)
    }
    expect(platform.tried.map((post) => [post.attempt, post.firstTryAt !== undefined])).toEqual([
      [1, false],
      [2, true],
      [3, true],
    ])
    expect(platform.shown).toHaveLength(1)
    expect(await statuses()).toEqual([['sent', null]])
  })

  test('gives a prompt up rather than repeat it once the platform may have forgotten it', async () => {
    await put(1)
    platform.answer = () => 'lost'
    const one = sender()
    await one.drain()
    later(600)
    await one.drain()
    expect(platform.tried).toHaveLength(1)
    expect(await statuses()).toEqual([['dead', 'unknown']])
  })

  test('repeats a notice about a person in danger however late it is', async () => {
    await put(1, { priority: 0, expiresAt: start })
    platform.answer = (post) => (post.attempt === 1 ? 'lost' : 'sent')
    const one = sender()
    await one.drain()
    later(86_400)
    await one.drain()
    expect(await statuses()).toEqual([['sent', null]])
  })

  test('does not send what is no longer of use', async () => {
    await put(1, { expiresAt: start })
    await put(1, { dueAt: new Date(start.getTime() + 1) })
    later(1)
    const one = sender({ render: () => Promise.resolve(undefined) })
    await one.drain()
    expect(platform.tried).toEqual([])
    expect(await statuses()).toEqual([
      ['expired', 'late'],
      ['expired', 'not-needed'],
    ])
  })

  test('is not held up by a row that cannot be drawn, which dies in the end', async () => {
    await put(1, { notice: 'poison' })
    await put(10)
    const one = sender({
      render: ({ notice }) =>
        notice === 'poison' ? Promise.reject(new Error('poison')) : Promise.resolve(say()),
    })
    await one.drain()
    expect(platform.shown).toHaveLength(10)
    for (let n = 0; n < 5; n += 1) {
      later(300)
      await one.drain()
    }
    expect(await statuses()).toContainEqual(['dead', 'unreadable'])
    expect(errors).toHaveLength(5)
  })

  test('marks a closed door and does not knock again', async () => {
    const { people } = await addPeople(connection.prisma, program, 1, [])
    await put(1, { to: { user: `u-${people[0]}` } })
    platform.answer = () => ({ kind: 'unreachable', why: 'closed' })
    await sender().drain()
    expect(await statuses()).toEqual([['unreached', 'closed']])
    const account = await connection.prisma.account.findFirst({ where: { personId: people[0] ?? '' } })
    expect(account?.unreachableSince).not.toBeNull()
  })

  test('tries nothing more for a while when the token was revoked, says why, and loses nothing', async () => {
    await put(30)
    platform.answer = () => ({ kind: 'stop', why: 'token_revoked' })
    const one = sender({ window: 5 })
    await one.drain()
    await one.drain()
    expect(platform.tried.length).toBeLessThanOrEqual(5)
    expect(one.state().stopped).toBe('token_revoked')
    expect(new Set((await statuses()).map(([status]) => status))).toEqual(new Set(['waiting']))
    platform.answer = () => 'sent'
    await sender().drain()
    expect(platform.shown).toHaveLength(30)
  })

  test('waits as long as a 429 says before the place is tried again', async () => {
    await put(1)
    platform.answer = (post) =>
      post.attempt === 1 ? { kind: 'retry', ambiguous: false, afterMs: 5_000 } : 'sent'
    const one = sender()
    await one.drain()
    later(4)
    await one.drain()
    expect(platform.tried).toHaveLength(1)
    later(2)
    const pacer = createPacer({ limit: 10_000, windowMs: 1000, laneGapMs: 0 })
    await sender({ pacer }).drain()
    expect(platform.tried.map((post) => [post.attempt, post.firstTryAt])).toEqual([
      [1, undefined],
      [2, undefined],
    ])
  })

  test('keeps the order of a room through refusals and slow drawing', async () => {
    for (let n = 0; n < 6; n += 1)
      await put(1, {
        params: { n: String(n) },
        to: { room: 'ordered' },
        dueAt: new Date(start.getTime() + n),
      })
    later(1)
    const numberOf = new Map<string, number>()
    const render = async ({ id, params }: Held) => {
      const n = Number(params['n'])
      numberOf.set(id, n)
      await new Promise((go) => setTimeout(go, n === 0 ? 30 : 0))
      return say()
    }
    platform.answer = ({ id, attempt }) =>
      attempt === 1 && (numberOf.get(id) ?? 0) % 3 === 0 ? { kind: 'retry', ambiguous: false } : 'sent'
    const [one, two] = [sender({ render }), sender({ render })]
    for (let n = 0; n < 6; n += 1) {
      await Promise.all([one.drain(), two.drain()])
      later(3)
    }
    expect(platform.shown.map(({ id }) => numberOf.get(id))).toEqual([0, 1, 2, 3, 4, 5])
  })

  test('lets what is urgent pass hands that are full', async () => {
    await put(40)
    let release: () => void = () => {}
    const held = new Promise<'sent'>((go) => (release = () => go('sent')))
    platform.answer = ({ to }) => (to.kind === 'room' && to.room === 'urgent' ? 'sent' : held)
    const one = sender({ window: 10 })
    one.wake()
    await expect.poll(() => platform.tried.length, { timeout: 10_000 }).toBe(10)
    await put(1, { priority: 0, to: { room: 'urgent' } })
    one.wake()
    await expect
      .poll(() => platform.shown.map((post) => post.to), { timeout: 10_000 })
      .toEqual([{ kind: 'room', room: 'urgent' }])
    release()
    await one.drain()
    expect(platform.shown).toHaveLength(41)
  })

  test('hands back at a stop what it had not tried, so that another may send it at once', async () => {
    await put(30)
    const slow = createPacer({ limit: 1, windowMs: 60_000, laneGapMs: 0 })
    const one = sender({ pacer: slow })
    one.wake()
    await expect.poll(() => platform.shown.length).toBe(1)
    await expect.poll(() => one.state().inHand).toBe(29)
    await one.stop()
    expect(await connection.prisma.outbox.count({ where: { leaseOwner: { not: null } } })).toBe(0)
    await sender().drain()
    expect(platform.shown).toHaveLength(30)
    expect(new Set(platform.tried.map(({ attempt }) => attempt))).toEqual(new Set([1]))
  })

  test('does not send what it held through a long sleep, since another may have sent it', async () => {
    await put(1)
    let ahead = 0
    const sleepy: Timer = { ...realTimer, now: () => performance.now() + ahead }
    const render = () => {
      ahead += 60_000
      return Promise.resolve(say())
    }
    const one = sender({ timer: sleepy, render })
    one.wake()
    await expect.poll(() => one.state().inHand).toBe(0)
    expect(platform.tried).toEqual([])
  })

  test('sends nothing twice while the database refuses to note what was sent', async () => {
    await put(5)
    let broken = 2
    const shaky: Outbox = {
      ...outbox,
      settle: (owner, settled) =>
        broken-- > 0 ? Promise.reject(new Error('disk full')) : outbox.settle(owner, settled),
    }
    await sender({ outbox: shaky }).drain()
    expect([platform.tried.length, errors.length]).toEqual([5, 2])
    expect(new Set((await statuses()).map(([status]) => status))).toEqual(new Set(['sent']))
  })

  describe('when processes die at any moment and one reply in five is lost', () => {
    /** A process that dies after so many steps: from then on it neither hears nor writes anything. */
    function mortal(steps: number) {
      let left = steps
      let die: () => void = () => {}
      const died = new Promise<void>((go) => (die = go))
      const never = new Promise<never>(() => {})
      async function step<T>(call: () => Promise<T>): Promise<T> {
        if (left <= 0) return never
        const result = await call()
        left -= 1
        if (left === 0) die()
        return left <= 0 ? never : result
      }
      const port: Outbox = {
        put: (...args) => outbox.put(...args),
        depth: (...args) => outbox.depth(...args),
        claim: (request) => step(() => outbox.claim(request)),
        renew: (...args) => step(() => outbox.renew(...args)),
        settle: (...args) => step(() => outbox.settle(...args)),
        takeBack: (one) => outbox.takeBack?.(one) ?? Promise.resolve(),
      }
      const poster: Poster = {
        platform: platform.platform,
        send: (post) => step(() => platform.send(post)),
      }
      return { port, poster, died }
    }

    async function live(count: number): Promise<void> {
      await put(count)
      let asked = 0
      platform.answer = () => (asked++ % 5 === 3 ? 'lost' : 'sent')
      for (let life = 0; life < 60; life += 1) {
        const { port, poster, died } = mortal(1 + ((life * 7) % 23))
        const one = createSender({
          poster,
          outbox: port,
          clock,
          owner: newId(),
          window: 15,
          pacer: createPacer({ limit: 10_000, windowMs: 1000, laneGapMs: 0 }),
          render: () => Promise.resolve(say()),
          onError: (error) => errors.push(error),
        })
        await Promise.race([died, one.drain()])
        // PostgreSQL has no way to know that the other is dead: its leases run out.
        later(name === 'PostgreSQL' ? 31 : 3)
        if ((await outbox.depth('discord', clock.now())).due === 0) break
      }
      platform.answer = () => 'sent'
      const last = sender()
      for (let n = 0; n < 5; n += 1) {
        later(name === 'PostgreSQL' ? 31 : 16)
        await last.drain()
      }
    }

    test('nobody misses a message and nobody sees one twice', async () => {
      await live(120)
      const ids = platform.shown.map(({ id }) => id)
      const dead = (await statuses()).filter(([status]) => status === 'dead').length
      expect([new Set(ids).size, ids.length]).toEqual([ids.length, ids.length])
      // A row whose holder died may be past what the platform remembers; it is never repeated then, and visible.
      expect(ids.length + dead).toBeGreaterThanOrEqual(120)
      if (name === 'SQLite') expect(ids.length).toBe(120)
      expect((await statuses()).filter(([status]) => status === 'waiting')).toEqual([])
    })

    test('this test sees a platform that does not remember', async () => {
      platform.remembers = false
      await live(120)
      expect(platform.shown.length).toBeGreaterThan(new Set(platform.shown.map(({ id }) => id)).size)
    })
  })
})
