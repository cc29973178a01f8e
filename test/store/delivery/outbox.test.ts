import { beforeAll, expect, test } from 'vitest'
import type { Claim, Held, Notice, Outbox } from '../../../src/delivery/ports.ts'
import type { Connection } from '../../../src/store/connection.ts'
import { deliveryStore } from '../../../src/store/delivery/delivery.ts'
import { connectionFor, eachDatabase } from '../../support/databases.ts'
import { addPeople, addProgram, newId, type ProgramRow } from '../../support/delivery-rows.ts'

const now = new Date('2026-03-05T14:00:00.123Z')
const plus = (seconds: number): Date => new Date(now.getTime() + seconds * 1000)

eachDatabase((make, name) => {
  const open = connectionFor(make)
  let connection: Connection
  let outbox: Outbox
  let program: ProgramRow
  beforeAll(async () => {
    connection = await open()
    outbox = deliveryStore(connection, newId).outbox
    program = await addProgram(connection.prisma)
  })

  /** Each test speaks of a platform of its own, so that none sees another's rows. */
  const platformOf = (test: string) => test as Notice['platform']
  const notice = (platform: string, changes: Partial<Notice> = {}): Notice => ({
    programId: program.id,
    platform: platformOf(platform),
    workspace: program.workspace.externalId,
    to: { room: 'room' },
    notice: 'check-in',
    params: { occurrence: 'o' },
    dedupeKey: newId(),
    priority: 2,
    dueAt: now,
    ...changes,
  })
  const claim = (platform: string, changes: Partial<Claim> = {}) =>
    outbox.claim({
      platform: platformOf(platform),
      owner: 'a',
      now,
      until: plus(30),
      limit: 100,
      maxPriority: 2,
      ...changes,
    })
  const rowOf = (id: string) => connection.prisma.outbox.findUniqueOrThrow({ where: { id } })
  const only = <T>(rows: readonly T[]): T => {
    const [row] = rows
    if (rows.length !== 1 || !row) throw new Error(`${rows.length} rows`)
    return row
  }

  test('four workers who claim at once share all rows and none twice', async () => {
    await outbox.put(
      Array.from({ length: 300 }, (_, n) => notice('workers', { to: { room: `room ${n}` } })),
      now,
    )
    const work = async (owner: string): Promise<string[]> => {
      const got: string[] = []
      for (;;) {
        const held = await claim('workers', { owner, limit: 7 })
        if (held.length === 0) return got
        got.push(...held.map(({ id }) => id))
      }
    }
    const got = (await Promise.all(['a', 'b', 'c', 'd'].map(work))).flat()
    // A worker may find all that is left locked by the others and go home; nothing is lost by it.
    got.push(...(await claim('workers', { owner: 'e', limit: 300 })).map(({ id }) => id))
    expect([got.length, new Set(got).size]).toEqual([300, 300])
  })

  test('a claimed row is nobody else’s until the lease runs out, and then it is known to have been tried', async () => {
    await outbox.put([notice('lease')], now)
    const first = only(await claim('lease'))
    expect([first.attempt, first.firstTryAt]).toEqual([1, undefined])
    expect(await claim('lease', { owner: 'b', now: plus(29) })).toEqual([])
    const second = only(await claim('lease', { owner: 'b', now: plus(31), until: plus(60) }))
    expect([second.id, second.attempt, second.firstTryAt]).toEqual([first.id, 2, now])
  })

  test('a lease that is renewed is kept', async () => {
    await outbox.put([notice('renew')], now)
    const { id } = only(await claim('renew'))
    await outbox.renew([id], 'a', plus(90))
    expect(await claim('renew', { owner: 'b', now: plus(60) })).toEqual([])
  })

  test('who lost the lease changes nothing, except that what was sent was sent', async () => {
    await outbox.put([notice('fence')], now)
    const { id } = only(await claim('fence'))
    only(await claim('fence', { owner: 'b', now: plus(31), until: plus(60) }))
    await outbox.settle('a', [{ id, status: 'dead', failure: 'late loser' }])
    expect(await rowOf(id)).toMatchObject({ status: 'waiting', leaseOwner: 'b' })
    await outbox.settle('a', [{ id, status: 'sent', messageId: 'm', at: plus(32) }])
    await outbox.settle('b', [{ id, status: 'waiting', dueAt: plus(99) }])
    expect(await rowOf(id)).toMatchObject({ status: 'sent', messageId: 'm', sentAt: plus(32) })
  })

  test('a row handed back is as it was', async () => {
    await outbox.put([notice('back')], now)
    const { id } = only(await claim('back'))
    await outbox.settle('a', [{ id, status: 'released' }])
    expect(await rowOf(id)).toMatchObject({
      attempts: 0,
      firstTryAt: null,
      leaseOwner: null,
      leaseUntil: null,
    })
    expect(only(await claim('back', { owner: 'b' })).attempt).toBe(1)
  })

  test('a row that waits comes again when it is due, with the memory of a try that may have arrived', async () => {
    await outbox.put([notice('wait')], now)
    const { id } = only(await claim('wait'))
    await outbox.settle('a', [
      { id, status: 'waiting', dueAt: plus(10), firstTryAt: now, failure: 'retrying' },
    ])
    expect(await claim('wait', { now: plus(9) })).toEqual([])
    expect(only(await claim('wait', { now: plus(10) }))).toMatchObject({ attempt: 2, firstTryAt: now })
  })

  const inRow = (platform: string) =>
    outbox.put(
      Array.from({ length: 6 }, (_, n) =>
        notice(platform, { dueAt: plus(n - 60), params: { n: String(n) } }),
      ),
      now,
    )
  const numbers = (rows: readonly Held[]) => rows.map(({ params }) => Number(params['n']))

  test('a room is one worker’s at a time, and what another left behind goes first', async () => {
    await inRow('room')
    expect(numbers(await claim('room', { limit: 2 }))).toEqual([0, 1])
    expect(await claim('room', { owner: 'b' })).toEqual([])
    expect(numbers(await claim('room', { limit: 2 }))).toEqual([2, 3])
    const next = { owner: 'b', now: plus(31), until: plus(61) }
    expect(numbers(await claim('room', next))).toEqual([0, 1, 2, 3])
    expect(numbers(await claim('room', next))).toEqual([4, 5])
  })

  test('workers who claim at once never share a room', async () => {
    await inRow('shared')
    const owners = ['a', 'b', 'c', 'd', 'e', 'f']
    const got = await Promise.all(owners.map((owner) => claim('shared', { owner, limit: 2 })))
    expect(got.filter((rows) => rows.length > 0)).toHaveLength(1)
  })

  test('those behind a row that is tried again wait with it, and what is about a danger does not', async () => {
    await inRow('behind')
    const first = only(await claim('behind', { limit: 1 }))
    await outbox.settle('a', [{ id: first.id, status: 'waiting', dueAt: plus(10), failure: 'retrying' }])
    await outbox.put([notice('behind', { priority: 0, params: { n: '9' } })], now)
    expect(numbers(await claim('behind', { owner: 'b' }))).toEqual([9])
    const at = { owner: 'b', now: plus(10), until: plus(40) }
    expect(numbers(await claim('behind', at))).toEqual([0])
    expect(numbers(await claim('behind', at))).toEqual([1, 2, 3, 4, 5])
  })

  test('a row that cannot be drawn lets the others pass', async () => {
    await inRow('undrawn')
    const first = only(await claim('undrawn', { limit: 1 }))
    await outbox.settle('a', [{ id: first.id, status: 'waiting', dueAt: plus(10), failure: 'unreadable' }])
    expect(numbers(await claim('undrawn', { owner: 'b' }))).toEqual([1, 2, 3, 4, 5])
  })

  test('the same fact announced twice is one row', async () => {
    const twice = notice('twice', { dedupeKey: 'the same fact' })
    await outbox.put([twice, twice], now)
    await outbox.put([twice], now)
    expect(await claim('twice')).toHaveLength(1)
  })

  test('the urgent come first, and alone when asked for alone', async () => {
    const row = (priority: 0 | 1 | 2, at: Date) => notice('urgent', { priority, dueAt: at })
    await outbox.put([row(2, plus(-9)), row(1, plus(-5)), row(0, now), row(2, plus(5))], now)
    const urgent = await claim('urgent', { maxPriority: 1 })
    expect(urgent.map(({ priority }) => priority)).toEqual([0, 1])
    expect((await claim('urgent')).map(({ priority }) => priority)).toEqual([2])
  })

  test('a sent direct message leaves its room with the account, and a refused one marks the account once', async () => {
    const { people } = await addPeople(connection.prisma, program, 1, [])
    const user = `u-${only(people)}`
    // Accounts are looked up by the platform of their workspace.
    const send = async (key: string) => {
      await outbox.put([notice('discord', { to: { user }, dedupeKey: key, personId: only(people) })], now)
      return only(await claim('discord'))
    }
    const account = () => connection.prisma.account.findFirstOrThrow({ where: { externalId: user } })

    const first = await send('dm 1')
    expect(first.to).toEqual({ kind: 'person', user })
    await outbox.settle('a', [{ id: first.id, status: 'sent', messageId: 'm', at: now, room: 'dm' }])
    expect((await account()).directRoomId).toBe('dm')

    const second = await send('dm 2')
    expect(second.to).toEqual({ kind: 'person', user, room: 'dm' })
    await outbox.settle('a', [{ id: second.id, status: 'unreached', failure: 'closed', at: plus(1) }])
    const third = await send('dm 3')
    expect(third.unreachable).toBe(true)
    await outbox.settle('a', [{ id: third.id, status: 'unreached', failure: 'closed', at: plus(2) }])
    expect((await account()).unreachableSince).toEqual(plus(1))

    const fourth = await send('dm 4')
    await outbox.settle('a', [{ id: fourth.id, status: 'sent', messageId: 'm', at: plus(3), room: 'dm' }])
    expect((await account()).unreachableSince).toBeNull()
  })

  test('a row says whether its person has left, and their language or the program’s', async () => {
    const { people } = await addPeople(connection.prisma, program, 2, [], { leftAt: now })
    const [gone, here] = people
    if (!gone || !here) throw new Error('two people')
    await connection.prisma.person.update({ where: { id: here }, data: { language: 'es', leftAt: null } })
    await outbox.put(
      people.map((personId) => notice('left', { personId, to: { user: 'someone' } })),
      now,
    )
    const held = new Map((await claim('left')).map((row) => [row.personId, [row.left, row.language]]))
    expect([held.get(gone), held.get(here)]).toEqual([
      [true, 'en'],
      [false, 'es'],
    ])
  })

  test('many endings are kept in one go', async () => {
    await outbox.put(
      Array.from({ length: 50 }, () => notice('many')),
      now,
    )
    const held = await claim('many')
    await outbox.settle(
      'a',
      held.map(({ id }, n) =>
        n % 2
          ? { id, status: 'sent', messageId: `m${n}`, at: now }
          : { id, status: 'dead', failure: 'unknown' },
      ),
    )
    expect(await outbox.depth(platformOf('many'), now)).toEqual({ due: 0, dead: 25 })
    await outbox.put([notice('many', { dueAt: plus(-60) })], now)
    expect(await outbox.depth(platformOf('many'), now)).toEqual({ due: 1, dead: 25, oldestDueAt: plus(-60) })
  })

  test.runIf(name === 'SQLite')('what a process before this one held is taken back at once', async () => {
    await outbox.put([notice('before')], now)
    only(await claim('before'))
    await outbox.takeBack?.(platformOf('before'))
    expect(only(await claim('before', { owner: 'b' })).firstTryAt).toEqual(now)
  })
})
