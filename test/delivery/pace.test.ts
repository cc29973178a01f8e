import { assert, array, asyncProperty, integer, record } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createPacer, paces, type Pace, type Turn } from '../../src/delivery/pace.ts'
import type { Priority } from '../../src/delivery/ports.ts'
import { handTimer, type HandTimer } from '../support/hand-timer.ts'

type Sent = Turn & { readonly at: number }

function setUp(pace: Pace) {
  const timer = handTimer()
  const pacer = createPacer(pace, timer)
  const sent: Sent[] = []
  const refused: Turn[] = []
  const ask = (turn: Turn): void => {
    void pacer.turn(turn).then((go) => (go ? sent.push({ ...turn, at: timer.now() }) : refused.push(turn)))
  }
  return { timer, pacer, sent, refused, ask }
}

const turn = (lane: string, program = 'program', priority: Priority = 2): Turn => ({
  lane,
  program,
  priority,
})

const byLane = (sent: readonly Sent[]): Sent[][] =>
  [...new Set(sent.map((one) => one.lane))].map((lane) => sent.filter((one) => one.lane === lane))

/** The most sends that any window of the length holds. */
function densest(sent: readonly Sent[], windowMs: number): number {
  let most = 0
  let start = 0
  for (const [index, one] of sent.entries()) {
    while (one.at - (sent[start]?.at ?? 0) >= windowMs - 0.001) start += 1
    most = Math.max(most, index - start + 1)
  }
  return most
}

async function until(timer: HandTimer, done: () => boolean): Promise<void> {
  for (let turns = 0; turns < 1000 && !done(); turns += 1) await timer.advance(100)
}

describe('the pacer', () => {
  test('uses at least 96 % of what Discord allows and never has more than the limit in any window', async () => {
    const { timer, sent, ask } = setUp(paces.discord)
    for (let n = 0; n < 1000; n += 1) ask(turn(`lane ${n}`))
    await until(timer, () => sent.length === 1000)
    const seconds = (sent.at(-1)?.at ?? 0) / 1000
    expect(1000 / seconds / 50).toBeGreaterThanOrEqual(0.96)
    expect(densest(sent, paces.discord.windowMs)).toBeLessThanOrEqual(paces.discord.limit)
    expect(densest(sent, 1000)).toBeLessThan(50)
  })

  test('spreads sends evenly, so that the network cannot bunch two windows into one', async () => {
    const { timer, sent, ask } = setUp({ limit: 10, windowMs: 1000, laneGapMs: 0 })
    for (let n = 0; n < 50; n += 1) ask(turn(`lane ${n}`))
    await until(timer, () => sent.length === 50)
    expect(densest(sent.slice(10), 500)).toBeLessThanOrEqual(6)
  })

  test('leaves the gap between two sends to one place while other places go on', async () => {
    const { timer, sent, ask } = setUp(paces.slack)
    for (let n = 0; n < 90; n += 1) ask(turn(`channel ${n % 30}`))
    await until(timer, () => sent.length === 90)
    for (const lane of byLane(sent))
      for (const [index, one] of lane.entries())
        if (index > 0) expect(one.at - (lane[index - 1]?.at ?? 0)).toBeGreaterThanOrEqual(1099.9)
    expect(sent.at(-1)?.at).toBeLessThan(2 * 1100 + 800)
  })

  test('lets what is urgent pass everything that waits', async () => {
    const { timer, sent, ask } = setUp({ limit: 10, windowMs: 1000, laneGapMs: 0 })
    for (let n = 0; n < 100; n += 1) ask(turn(`lane ${n}`))
    await timer.advance(2000)
    ask(turn('waits', 'other', 1))
    ask(turn('danger', 'other', 0))
    const before = sent.length
    await timer.advance(400)
    expect(sent.slice(before, before + 2).map((one) => one.lane)).toEqual(['danger', 'waits'])
  })

  test("serves programs in turn, so that one program's rush does not hold up another's single reminder", async () => {
    const { timer, sent, ask } = setUp(paces.discord)
    for (let n = 0; n < 500; n += 1) ask(turn(`a ${n}`, 'big'))
    await timer.advance(2000)
    const before = timer.now()
    ask(turn('b', 'small'))
    await timer.advance(1000)
    expect((sent.find((one) => one.lane === 'b')?.at ?? Infinity) - before).toBeLessThan(100)
  })

  test('is silent for as long as it is told, and back at its pace within a second', async () => {
    const { timer, pacer, sent, ask } = setUp(paces.discord)
    for (let n = 0; n < 400; n += 1) ask(turn(`lane ${n}`))
    await timer.advance(1000)
    pacer.pause(3000)
    const before = sent.length
    await timer.advance(2999)
    expect(sent.length).toBe(before)
    await timer.advance(1001)
    expect(sent.length - before).toBeGreaterThanOrEqual(46)
    expect(densest(sent, paces.discord.windowMs)).toBeLessThanOrEqual(paces.discord.limit)
  })

  test('leaves no timer behind when it stops, and sends everybody who waits home', async () => {
    const { timer, pacer, sent, refused, ask } = setUp(paces.slack)
    for (let n = 0; n < 5; n += 1) ask(turn('one channel'))
    await timer.advance(10)
    expect(sent).toHaveLength(1)
    expect(timer.pending).toBe(1)
    pacer.stop()
    ask(turn('too late'))
    await timer.advance(10_000)
    expect(timer.pending).toBe(0)
    expect([sent.length, refused.length]).toEqual([1, 5])
  })

  test('keeps every promise for any mix of lanes, programs and arrivals', async () => {
    const arrival = record({ wait: integer({ min: 0, max: 300 }), lane: integer({ min: 0, max: 4 }) })
    const pace = { limit: 5, windowMs: 500, laneGapMs: 150 }
    await assert(
      asyncProperty(array(arrival, { maxLength: 40 }), async (arrivals) => {
        const { timer, sent, ask } = setUp(pace)
        for (const { wait, lane } of arrivals) {
          ask(turn(`lane ${lane}`, `program ${lane % 2}`))
          await timer.advance(wait)
        }
        await timer.advance(40 * 150)
        expect(sent).toHaveLength(arrivals.length)
        expect(densest(sent, pace.windowMs)).toBeLessThanOrEqual(pace.limit)
        for (const lane of byLane(sent)) expect(densest(lane, pace.laneGapMs)).toBeLessThanOrEqual(1)
      }),
      { numRuns: 50 },
    )
  })
})
