import { expect, it } from 'vitest'
import { cronOf, patternOf } from '../../../src/care/prompts/cron.ts'
import { higher, lower, stepsFrom } from '../../../src/care/prompts/taper.ts'

it.each([
  [
    'daily',
    '2026-03-06',
    14,
    ['three 2026-03-06', 'weekly 2026-03-20', 'monthly 2026-04-03', 'off 2026-04-17'],
  ],
  ['weekly', '2026-01-31', 30, ['monthly 2026-01-31', 'off 2026-03-02']],
  ['monthly', '2026-12-31', 7, ['off 2026-12-31']],
  ['off', '2026-12-31', 7, []],
] as const)('from %s on %s every %i days', (rhythm, first, days, steps) => {
  expect(stepsFrom(rhythm, first, days).map((one) => `${one.rhythm} ${one.day}`)).toEqual(steps)
})

it('ends at both ends', () => {
  expect([higher('daily'), lower('daily'), higher('off'), lower('off')]).toEqual([
    undefined,
    'three',
    'monthly',
    undefined,
  ])
})

it.each([
  [{ time: '09:05', days: [1, 2, 3, 4, 5, 6, 7] }, '5 9 * * *'],
  [{ time: '21:30', days: [1, 3, 5] }, '30 21 * * 1,3,5'],
  [{ time: '09:00', days: [1, 2, 3, 4, 5, 6, 7], monthDay: 28 }, '0 9 28 * *'],
] as const)('%j is %s and back', (pattern, cron) => {
  expect(cronOf(pattern)).toBe(cron)
  expect(patternOf(cron)).toEqual(pattern)
})
