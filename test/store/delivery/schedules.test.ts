import { assert, array, asyncProperty, constantFrom, integer } from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Outbox, Schedules } from '../../../src/delivery/ports.ts'
import { createTick } from '../../../src/delivery/schedules.ts'
import { nextSlot, slotFrom } from '../../../src/delivery/when.ts'
import type { Connection } from '../../../src/store/connection.ts'
import { deliveryStore } from '../../../src/store/delivery/delivery.ts'
import { connectionFor, eachDatabase } from '../../support/databases.ts'
import { addPeople, addProgram, newId, type ScheduleRow } from '../../support/delivery-rows.ts'

const nine = new Date('2026-03-05T14:00:00Z')
const plus = (hours: number): Date => new Date(nine.getTime() + hours * 3_600_000)
const daily: ScheduleRow = { nextRunAt: nine }

/** Local days from the first prompt on whose 09:00 has come; what is further back than a month is not recorded. */
/** The days that a tick at `now` has to have dealt with. */
function daysOf(now: Date): readonly string[] {
  const from = new Date(Math.max(nine.getTime(), now.getTime() - 31 * 86_400_000))
  const days: string[] = []
  for (
    let slot = slotFrom('0 9 * * *', 'America/New_York', from);
    slot && slot.at <= now;
    slot = nextSlot('0 9 * * *', 'America/New_York', slot.at)
  )
    days.push(slot.day)
  return days
}

const crash = () => {
  throw new Error('crash')
}

eachDatabase((make) => {
  const open = connectionFor(make)
  let connection: Connection
  let schedules: Schedules
  let outbox: Outbox
  let tick: (now: Date) => Promise<number>
  beforeAll(async () => {
    connection = await open()
    ;({ schedules, outbox } = deliveryStore(connection, newId))
    tick = tickOf(schedules)
  })

  const tickOf = (port: Schedules) => {
    const onError = (error: unknown) => {
      throw error
    }
    const ticker = createTick({ schedules: port, newId, onError, batch: 100 })
    return (now: Date) => ticker.tick(now)
  }
  const scheduleOf = (id: string | undefined) =>
    connection.prisma.schedule.findUniqueOrThrow({
      where: { id: id ?? '' },
      include: { occurrences: { orderBy: { localDay: 'asc' } } },
    })
  const rowsOf = (programId: string) => connection.prisma.outbox.findMany({ where: { programId } })
  const setUp = async (count: number, rows: readonly ScheduleRow[] = [daily], more = {}) => {
    const program = await addProgram(connection.prisma)
    return { program, ...(await addPeople(connection.prisma, program, count, rows, more)) }
  }

  test('a rush is queued once each, by however many processes', async () => {
    const { program, schedules: ids } = await setUp(2000)
    await Promise.all([tick(plus(0)), tick(plus(0)), tickOf(schedules)(plus(0))])
    await tick(plus(0))
    const rows = await rowsOf(program.id)
    expect(new Set(rows.map((row) => row.dedupeKey))).toEqual(
      new Set(ids.map((id) => `prompt:${id}:2026-03-05`)),
    )
    expect(rows).toHaveLength(2000)
    const stored = await connection.prisma.schedule.findMany({ where: { programId: program.id } })
    expect(new Set(stored.map((row) => row.nextRunAt?.toISOString()))).toEqual(
      new Set([plus(24).toISOString()]),
    )
    expect(new Set(stored.map((row) => row.unanswered))).toEqual(new Set([1]))
  })

  test('one program’s rush leaves room for another’s single prompt', async () => {
    const big = await setUp(300)
    const small = await setUp(1)
    await tick(plus(0))
    const first = await outbox.claim({
      platform: 'discord',
      owner: 'a',
      now: plus(1),
      until: plus(2),
      limit: 4100,
      maxPriority: 2,
    })
    const queue = first.filter(({ programId }) => [big.program.id, small.program.id].includes(programId))
    expect(queue.findIndex(({ programId }) => programId === small.program.id)).toBeLessThan(2)
  })

  test('a tick that dies half way leaves everything as it was, and the next one does it once', async () => {
    const { program } = await setUp(5)
    await expect(
      schedules.decide(plus(0), 100, () => {
        throw new Error('power cut')
      }),
    ).rejects.toThrow('power cut')
    expect(await rowsOf(program.id)).toEqual([])
    await tick(plus(0))
    await tick(plus(0))
    expect(await rowsOf(program.id)).toHaveLength(5)
  })

  test('a local day that already had its occurrence gets no second prompt', async () => {
    const { program, schedules: ids } = await setUp(1)
    await tick(plus(0))
    // As after a clock that was set back, or a backup that was restored.
    await connection.prisma.schedule.update({
      where: { id: ids[0] ?? '' },
      data: { nextRunAt: nine, unanswered: 6 },
    })
    await tick(plus(1))
    expect(await rowsOf(program.id)).toHaveLength(1)
    expect(await scheduleOf(ids[0])).toMatchObject({ nextRunAt: plus(24), pausedAt: null, unanswered: 6 })
  })

  test('after seven prompts without an answer the schedule rests, and the seventh says so', async () => {
    const { program, schedules: ids } = await setUp(1)
    for (let day = 0; day < 9; day += 1) await tick(plus(24 * day))
    const rows = (await rowsOf(program.id)).toSorted((a, b) => a.dueAt.getTime() - b.dueAt.getTime())
    expect(rows.map((row) => JSON.parse(row.params).last)).toEqual([...Array(6).fill(undefined), 'true'])
    expect(await scheduleOf(ids[0])).toMatchObject({ pausedBy: 'ignored', nextRunAt: null, unanswered: 7 })
  })

  test('days away, quiet hours and people who left are read with the schedule', async () => {
    const away = await setUp(1)
    await connection.prisma.away.create({
      data: {
        id: newId(),
        programId: away.program.id,
        personId: away.people[0] ?? '',
        fromDay: '2026-03-01',
        toDay: '2026-03-05',
      },
    })
    const quiet = await setUp(1, [daily], { quiet: ['08:00', '10:00'] })
    const gone = await setUp(1, [daily], { leftAt: plus(-1) })
    await tick(plus(0))
    expect((await scheduleOf(away.schedules[0])).occurrences).toMatchObject([{ state: 'away' }])
    expect(await rowsOf(away.program.id)).toEqual([])
    expect(await rowsOf(quiet.program.id)).toMatchObject([{ dueAt: plus(1) }])
    expect(await scheduleOf(gone.schedules[0])).toMatchObject({ nextRunAt: null, occurrences: [] })
  })

  test('a person is written to where messages reach them', async () => {
    const { program, people } = await setUp(1)
    const personId = people[0] ?? ''
    await connection.prisma.account.updateMany({ where: { personId }, data: { unreachableSince: plus(-5) } })
    const other = await addProgram(connection.prisma, 'slack')
    await connection.prisma.account.create({
      data: {
        id: newId(),
        programId: program.id,
        personId,
        workspaceId: other.workspace.id,
        platform: 'slack',
        externalId: 'U1',
      },
    })
    await tick(plus(0))
    expect(await rowsOf(program.id)).toMatchObject([
      { platform: 'slack', workspace: other.workspace.externalId, toUser: 'U1', personId },
    ])
  })

  test('what was missed in an outage is recorded, and a prompt that grew stale in the outbox becomes missed', async () => {
    const { program, schedules: ids } = await setUp(1)
    await tick(plus(48))
    const days = (await scheduleOf(ids[0])).occurrences
    expect(days.map(({ state }) => state)).toEqual(['missed', 'missed', 'queued'])
    const [row] = await rowsOf(program.id)
    if (!row) throw new Error('a row')
    await connection.prisma.outbox.update({
      where: { id: row.id },
      data: { leaseOwner: 'a', leaseUntil: plus(99) },
    })
    await outbox.settle('a', [
      { id: row.id, status: 'expired', failure: 'late', occurrence: days[2]?.id ?? '' },
    ])
    expect((await scheduleOf(ids[0])).occurrences[2]).toMatchObject({ state: 'missed' })
  })

  describe('a snooze', () => {
    const snoozed = async () => {
      const { program, people, schedules: ids } = await setUp(1)
      await tick(plus(0))
      const { occurrences } = await scheduleOf(ids[0])
      const data = {
        id: newId(),
        programId: program.id,
        personId: people[0] ?? '',
        occurrenceId: occurrences[0]?.id ?? '',
        dueAt: plus(1),
      }
      await connection.prisma.snooze.create({ data })
      return data
    }

    test('asks once more at its time, and the schedule stays where it was', async () => {
      const { programId } = await snoozed()
      await tick(plus(0.9))
      expect(await rowsOf(programId)).toHaveLength(1)
      await Promise.all([tick(plus(1)), tick(plus(1))])
      await tick(plus(2))
      expect(await rowsOf(programId)).toHaveLength(2)
    })

    test('says nothing when the person has checked in meanwhile', async () => {
      const { programId, personId } = await snoozed()
      await connection.prisma.checkIn.create({
        data: {
          id: newId(),
          programId,
          personId,
          forDay: '2026-03-05',
          at: plus(0.5),
          kind: 'pass',
          late: false,
          audience: 'me',
        },
      })
      await tick(plus(1))
      expect(await rowsOf(programId)).toHaveLength(1)
    })
  })

  test('the next due instant is the earliest of schedules, snoozes and rows', async () => {
    const far = new Date('2031-01-01T00:00:00Z')
    expect(await schedules.nextDue(far)).toBeUndefined()
    await setUp(1, [{ nextRunAt: new Date('2031-01-03T14:00:00Z') }])
    expect(await schedules.nextDue(far)).toEqual(new Date('2031-01-03T14:00:00Z'))
    const { program } = await setUp(1, [])
    await outbox.put(
      [
        {
          programId: program.id,
          platform: 'discord',
          workspace: 'w',
          to: { room: 'r' },
          notice: 'n',
          params: {},
          dedupeKey: newId(),
          priority: 2,
          dueAt: new Date('2031-01-02T00:00:00Z'),
        },
      ],
      far,
    )
    expect(await schedules.nextDue(far)).toEqual(new Date('2031-01-02T00:00:00Z'))
  })

  test('stored instants that today’s rules contradict are set right after a start', async () => {
    const { schedules: ids } = await setUp(2, [
      { nextRunAt: new Date('2036-03-05T14:00:00Z') },
      { nextRunAt: plus(24) },
    ])
    const ticker = createTick({ schedules, newId, onError: () => {}, batch: 3 })
    await ticker.recheck(plus(1))
    for (const id of ids) expect((await scheduleOf(id)).nextRunAt).toEqual(plus(24))
  })

  test('through any sequence of ticks, crashes, clock jumps and second processes each day has one prompt at most', async () => {
    const step = constantFrom(
      'tick',
      'two at once',
      'crash',
      'day',
      'hour',
      'back an hour',
      'week',
      'recheck',
    )
    await assert(
      asyncProperty(
        array(step, { minLength: 5, maxLength: 25 }),
        integer({ min: 1, max: 4 }),
        async (steps, people) => {
          const { program, schedules: ids } = await setUp(people)
          let hours = 0
          let latest = 0
          const ticked = new Set<string>()
          for (const one of steps) {
            if (one === 'day') hours += 24
            if (one === 'hour') hours += 1
            if (one === 'week') hours += 168
            if (one === 'back an hour') hours -= 1
            if (one === 'tick' || one === 'two at once') {
              latest = Math.max(latest, hours)
              for (const day of daysOf(plus(hours))) ticked.add(day)
            }
            if (one === 'tick') await tick(plus(hours))
            if (one === 'two at once') await Promise.all([tick(plus(hours)), tick(plus(hours))])
            if (one === 'recheck')
              await createTick({ schedules, newId, onError: () => {} }).recheck(plus(hours))
            if (one === 'crash') await schedules.decide(plus(hours), 100, crash).catch(() => 0)
          }
          await tick(plus(latest))
          for (const day of daysOf(plus(latest))) ticked.add(day)
          const keys = (await rowsOf(program.id)).map((row) => row.dedupeKey)
          expect(new Set(keys).size).toBe(keys.length)
          for (const id of ids) {
            const stored = await scheduleOf(id)
            const days = stored.occurrences.map(({ localDay }) => localDay)
            expect(new Set(days).size).toBe(days.length)
            expect(keys.filter((key) => key.includes(id)).length).toBe(
              stored.occurrences.filter(({ state }) => state === 'queued').length,
            )
            // Nothing is lost: every local day up to the last tick has its occurrence, unless the ladder ended.
            if (stored.pausedBy !== 'ignored') expect(days.toSorted()).toEqual([...ticked].toSorted())
          }
          await connection.prisma.schedule.updateMany({
            where: { programId: program.id },
            data: { nextRunAt: null },
          })
        },
      ),
      { numRuns: 15, endOnFailure: true },
    )
  })
})
