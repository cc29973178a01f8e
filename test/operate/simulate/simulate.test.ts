import { assert, array, asyncProperty, integer, property, tuple } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createPacer, paces } from '../../../src/delivery/pace.ts'
import {
  makeFleet,
  randomFrom,
  type Habit,
  type SimulatedProgram,
} from '../../../src/operate/simulate/fleet.ts'
import { createLateness, dueOf, dueOnce, rowsOf, sendAll } from '../../../src/operate/simulate/queue.ts'
import { measureHere } from '../../../src/operate/simulate/measure.ts'
import { reportOf } from '../../../src/operate/simulate/command.ts'
import { simulate, type Wanted } from '../../../src/operate/simulate/simulate.ts'
import { handTimer } from '../../support/hand-timer.ts'

const measured = { sends: 1000, deliveries: 1000 }
const wanted: Wanted = { members: 3000, days: 2, seed: 7, senders: 1, measured, progress: () => {} }

describe('the simulated fleet', () => {
  it('has exactly the members that were asked for, and is the same for the same seed', () => {
    assert(
      property(integer({ min: 1, max: 5000 }), integer(), (members, seed) => {
        const fleet = makeFleet(members, randomFrom(seed))
        expect(fleet.reduce((sum, one) => sum + one.members, 0)).toBe(members)
        expect(makeFleet(members, randomFrom(seed))).toEqual(fleet)
      }),
      { numRuns: 20 },
    )
    expect(makeFleet(500, randomFrom(1))).not.toEqual(makeFleet(500, randomFrom(2)))
  })

  it('falls due by the schedule’s own rules: summer time, and quiet hours', () => {
    const nine: Habit = { cron: '0 9 * * *', zone: 'America/New_York' }
    const day = (at: string) =>
      [new Date(`${at}T00:00Z`), new Date(Date.parse(`${at}T00:00Z`) + 86_400_000)] as const
    const iso = (instants: readonly number[]) => instants.map((at) => new Date(at).toISOString().slice(0, 16))
    expect(iso(dueOf(nine, ...day('2027-03-13')))).toEqual(['2027-03-13T14:00'])
    expect(iso(dueOf(nine, ...day('2027-03-15')))).toEqual(['2027-03-15T13:00'])
    const early: Habit = { cron: '0 7 * * *', zone: 'UTC', quiet: { from: '22:00', to: '08:00' } }
    expect(iso(dueOf(early, ...day('2027-03-13')))).toEqual(['2027-03-13T08:00'])
  })
})

describe('the simulated queue', () => {
  const programOf = (cron: string, members: number): SimulatedProgram => ({
    platform: 'discord',
    members,
    habits: new Map([['one', { cron, zone: 'UTC', members }]]),
  })
  const [from, to] = [new Date('2027-03-08T00:00Z'), new Date('2027-03-09T00:00Z')]

  it('leaves at the instants at which the bot’s own pacer lets go', async () => {
    const pace = { limit: 20, windowMs: 1000, laneGapMs: 0 }
    await assert(
      asyncProperty(array(integer({ min: 0, max: 20 }), { minLength: 1, maxLength: 60 }), async (tenths) => {
        const dues = tenths.map((tenth) => tenth * 100).toSorted((one, other) => one - other)
        const simulated: number[] = []
        sendAll(Float64Array.from(dues), pace, 0, (_due, at) => simulated.push(at))
        const timer = handTimer()
        const pacer = createPacer(pace, timer)
        const real: number[] = []
        for (const [n, due] of dues.entries()) {
          await timer.advance(due - timer.now())
          const turn = { priority: 2, program: 'p', lane: `l${n}` } as const
          void pacer.turn(turn).then(() => real.push(timer.now()))
        }
        await timer.advance(60_000)
        expect(real.length).toBe(simulated.length)
        // The pacer may catch up 40 ms of its even spacing; a window of the limit holds both to the same rate.
        for (const [n, at] of simulated.entries())
          expect(Math.abs((real[n] ?? NaN) - at)).toBeLessThanOrEqual(100)
      }),
      { numRuns: 30 },
    )
  })

  it('sends at the pace, counts from the minute that was promised, and loses nobody', () => {
    const rows = rowsOf(
      [programOf('0 9 * * *', 100), programOf('0 9 * * *', 100)],
      dueOnce(from, to),
      paces.discord,
    )
    expect(rows.length).toBe(200)
    const late = createLateness()
    sendAll(rows, paces.discord, 0, (due, at) => late.add(at - due))
    expect(late.total).toBe(200)
    // 200 at 49 in 1.02 s: the last leaves in the fifth second.
    expect(late.worst).toBe(5)
    expect(late.within(0.5)).toBeLessThan(late.within(1))
  })

  it('keeps a program of eight from waiting behind one of a thousand', () => {
    const [large, small] = [programOf('0 9 * * *', 1000), programOf('0 9 * * *', 8)]
    const rows = rowsOf([large, small], dueOnce(from, to), paces.discord)
    const alone = rowsOf([small], dueOnce(from, to), paces.discord)
    const lastOfSmall = rows.findIndex((row) => row > (alone.at(-1) ?? 0))
    expect(lastOfSmall).toBe(16)
  })

  it('is never later with more senders', () => {
    assert(
      property(tuple(integer({ min: 1, max: 9 }), integer({ min: 1, max: 1000 })), ([senders, seed]) => {
        const worst = (n: number) =>
          Math.max(...simulate({ ...wanted, seed, senders: n }).asItIs.map((one) => one.secondsLate.worst))
        expect(worst(senders * 2)).toBeLessThanOrEqual(worst(senders))
      }),
      { numRuns: 8 },
    )
  })
})

describe('the simulation', () => {
  it('gives every prompt of every day to somebody, the same for the same seed', () => {
    const one = simulate(wanted)
    expect(simulate(wanted)).toEqual(one)
    const prompts = one.asItIs.reduce((sum, { prompts: sent }) => sum + sent, 0)
    const twice = simulate({ ...wanted, days: 4 }).asItIs.reduce((sum, { prompts: sent }) => sum + sent, 0)
    expect(prompts).toBeGreaterThan(3000 * 2)
    expect(twice).toBe(prompts * 2)
  })

  it('plans as many senders as bring nearly all within five minutes, and no more', () => {
    const { plan, asItIs } = simulate({ ...wanted, members: 150_000, days: 1 })
    expect(Math.max(...asItIs.map(({ secondsLate }) => secondsLate.p99))).toBeGreaterThan(300)
    for (const { platform, senders, p99Seconds } of plan) {
      expect(p99Seconds).toBeLessThanOrEqual(300)
      const fewer = simulate({ ...wanted, members: 150_000, days: 1, senders: Math.max(1, senders - 1) })
      const before = fewer.asItIs.find((one) => one.platform === platform)
      if (senders > 1) expect(before?.secondsLate.p99).toBeGreaterThan(300)
    }
  })

  it('asks for more processes on a slower machine', () => {
    const slow = simulate({ ...wanted, members: 60_000, measured: { sends: 10, deliveries: 10 } })
    expect(slow.processes).toBeGreaterThan(simulate({ ...wanted, members: 60_000 }).processes)
    expect(reportOf(slow)).toContain('60,000 members, 2 days, seed 7')
  })

  it('measures with the bot’s own sender and store', async () => {
    const { sends, deliveries } = await measureHere()
    expect(sends).toBeGreaterThan(0)
    expect(deliveries).toBeGreaterThan(0)
  })
})
