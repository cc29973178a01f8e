import { describe, expect, it } from 'vitest'
import {
  addDays,
  joined,
  milestoneAfter,
  slippedOn,
  timeOf,
  type Episode,
} from '../../../src/care/recovery/days.ts'

describe('recovery time', () => {
  const cases: readonly [string, readonly Episode[], string, object][] = [
    ['nothing yet', [], '2026-03-01', { current: undefined, longest: 0, total: 0, passed: 0 }],
    ['begun today', [{ from: '2026-03-01' }], '2026-03-01', { current: 0, longest: 0, total: 0, passed: 0 }],
    ['a leap day counts', [{ from: '2028-02-28' }], '2028-03-01', { current: 2, longest: 2, total: 2 }],
    [
      'a slip takes one day, not the days before it',
      slippedOn([{ from: '2026-01-01' }], '2026-01-11'),
      '2026-01-20',
      { current: 8, longest: 10, total: 18, counted: 18, passed: 19 },
    ],
    [
      'an ended one keeps its days',
      [{ from: '2026-01-01', to: '2026-01-11' }],
      '2026-03-01',
      { current: undefined, longest: 10, total: 10, passed: 59 },
    ],
    [
      'overlapping ones are counted once',
      [
        { from: '2026-01-01', to: '2026-01-10' },
        { from: '2026-01-05', to: '2026-01-15' },
      ],
      '2026-01-20',
      { longest: 14, total: 14, passed: 19 },
    ],
    [
      'one that lies ahead does not count',
      [{ from: '2026-05-01' }],
      '2026-03-01',
      { total: 0, current: undefined },
    ],
  ]
  it.each(cases)('%s', (_name, episodes, today, wanted) => {
    expect(timeOf(episodes, today)).toMatchObject(wanted)
  })

  it('splits only the episode a slip falls into, wherever it lies', () => {
    const before = [{ from: '2025-01-01', to: '2025-06-01' }, { from: '2026-01-01' }]
    expect(slippedOn(before, '2025-03-01')).toEqual([
      { from: '2025-01-01', to: '2025-03-01' },
      { from: '2025-03-02', to: '2025-06-01' },
      { from: '2026-01-01' },
    ])
    expect(slippedOn(before, '2025-07-01')).toEqual(before)
    // On the very first day there was no whole day before it.
    expect(slippedOn([{ from: '2026-01-01' }], '2026-01-01')).toEqual([{ from: '2026-01-02' }])
    // Twice on one day is one slip.
    expect(slippedOn(slippedOn(before, '2026-02-01'), '2026-02-01')).toEqual(slippedOn(before, '2026-02-01'))
  })

  it('never counts more days than have passed, and never fewer for a day that is added', () => {
    let seed = 7
    const next = (n: number) => (seed = (seed * 1103515245 + 12345) % 2 ** 31) % n
    for (let run = 0; run < 2000; run++) {
      const episodes = Array.from({ length: 1 + next(4) }, (): Episode => {
        const from = addDays('2025-01-01', next(400))
        return next(4) === 0 ? { from } : { from, to: addDays(from, next(90)) }
      })
      const today = addDays('2025-01-01', 400 + next(200))
      const time = timeOf(episodes, today)
      expect(time.counted).toBeLessThanOrEqual(time.passed)
      expect(time.longest).toBeLessThanOrEqual(time.total)
      const slipped = timeOf(slippedOn(episodes, addDays('2025-01-01', next(600))), today)
      expect(time.total - slipped.total).toBeLessThanOrEqual(1)
      expect(time.total - slipped.total).toBeGreaterThanOrEqual(0)
      expect(joined(joined(episodes))).toEqual(joined(episodes))
    }
  })

  it('names milestones that lie ahead, for ever', () => {
    expect([0, 1, 6, 7, 89, 364, 365, 546, 547, 729].map(milestoneAfter)).toEqual([
      1, 7, 7, 14, 90, 365, 547, 547, 730, 730,
    ])
  })
})
