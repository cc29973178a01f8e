import { afterAll, beforeAll, expect, test } from 'vitest'
import { createClock } from '../../src/delivery/clock.ts'
import { createDelivery } from '../../src/delivery/delivery.ts'
import { createPacer } from '../../src/delivery/pace.ts'
import { createSender } from '../../src/delivery/sender.ts'
import { say } from '../../src/kit/reply.ts'
import type { Connection } from '../../src/store/connection.ts'
import { deliveryStore } from '../../src/store/delivery/delivery.ts'
import { connectionFor, eachDatabase } from '../support/databases.ts'
import { addPeople, addProgram, newId } from '../support/delivery-rows.ts'
import { fakePlatform } from '../support/fake-platform.ts'

eachDatabase((make) => {
  const open = connectionFor(make)
  let connection: Connection
  const stops: (() => Promise<void>)[] = []
  beforeAll(async () => {
    connection = await open()
  })
  afterAll(async () => {
    for (const stop of stops) await stop()
  })

  function setUp(now: Date) {
    const began = Date.now()
    const clock = createClock(() => now.getTime() + Date.now() - began)
    const { outbox, schedules } = deliveryStore(connection, newId)
    const platform = fakePlatform()
    const errors: unknown[] = []
    const onError = (error: unknown) => errors.push(error)
    const arrived: Date[] = []
    const sender = createSender({
      poster: platform,
      outbox,
      clock,
      pacer: createPacer({ limit: 10_000, windowMs: 1000, laneGapMs: 0 }),
      owner: newId(),
      render: () => {
        arrived.push(clock.now())
        return Promise.resolve(say())
      },
      onError,
    })
    const delivery = createDelivery({ schedules, senders: { discord: sender }, clock, newId, onError })
    stops.push(() => delivery.stop())
    return { clock, platform, errors, arrived, delivery }
  }

  test('a clock that is moved brings each prompt at its own local time, across the change to summer time', async () => {
    const { clock, arrived, platform, delivery } = setUp(new Date('2026-03-07T02:00:00Z'))
    const program = await addProgram(connection.prisma)
    await addPeople(connection.prisma, program, 2, [
      { cron: '0 9 * * *', nextRunAt: new Date('2026-03-07T14:00:00Z') },
      { cron: '30 2 * * *', nextRunAt: new Date('2026-03-07T07:30:00Z') },
    ])
    const target = new Date('2026-03-09T03:00:00Z')
    await delivery.moveTo(target)
    expect(platform.shown).toHaveLength(8)
    // On the second morning 02:30 does not exist, and comes at 03:00.
    const hours = ['2026-03-07T07:30', '2026-03-07T14:00', '2026-03-08T07:00', '2026-03-08T13:00']
    expect(arrived.map((at) => at.toISOString().slice(0, 16))).toEqual(hours.flatMap((hour) => [hour, hour]))
    expect(clock.now() >= target).toBe(true)
    await delivery.settle()
    expect(platform.shown).toHaveLength(8)
  })

  test('a clock that stood years ahead and was set back plans the prompts of these days again', async () => {
    const now = new Date('2026-07-01T12:00:00Z')
    let ahead = 10 * 365 * 86_400_000
    const { schedules } = deliveryStore(connection, newId)
    const onError = (error: unknown) => {
      throw error
    }
    const clock = createClock(() => now.getTime() + ahead)
    const delivery = createDelivery({ schedules, senders: {}, clock, newId, onError })
    const program = await addProgram(connection.prisma)
    await addPeople(connection.prisma, program, 1, [
      { cron: '0 9 * * *', nextRunAt: new Date('2026-07-01T13:00:00Z') },
    ])
    const next = async () =>
      (await connection.prisma.schedule.findFirst({ where: { programId: program.id } }))?.nextRunAt
    await delivery.settle()
    expect((await next())?.getUTCFullYear()).toBe(2036)
    ahead = 0
    await delivery.settle()
    expect(await next()).toEqual(new Date('2026-07-01T13:00:00Z'))
  })

  test('the beat ticks by itself, wakes the senders, and stops', async () => {
    const { platform, errors, delivery } = setUp(new Date('2026-06-01T12:59:59.500Z'))
    const program = await addProgram(connection.prisma)
    await addPeople(connection.prisma, program, 1, [{ nextRunAt: new Date('2026-06-01T13:00:00Z') }])
    expect(delivery.health().tickAgeMs).toBeUndefined()
    delivery.start()
    await expect.poll(() => platform.shown.length, { timeout: 20_000 }).toBeGreaterThan(0)
    expect(delivery.health().tickAgeMs).toBeLessThan(20_000)
    expect(delivery.health().senders).toHaveProperty('discord')
    await delivery.stop()
    const sent = platform.tried.length
    await new Promise((go) => setTimeout(go, 1500))
    expect([platform.tried.length, errors]).toEqual([sent, []])
  })
})
