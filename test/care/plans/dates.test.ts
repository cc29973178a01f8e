import { expect, it } from 'vitest'
import { lastSeen } from '../../../src/care/plans/directives.ts'
import { nextPrompt } from '../../../src/care/plans/hard-dates.ts'

it.each([
  ['well before', '2026-05-10', false, '2026-05-01', { moment: 'before', day: '2026-05-08' }],
  ['the day of the first word', '2026-05-10', false, '2026-05-08', { moment: 'after', day: '2026-05-11' }],
  ['on the day', '2026-05-10', false, '2026-05-10', { moment: 'after', day: '2026-05-11' }],
  ['when it is over', '2026-05-10', false, '2026-05-11', undefined],
  ['the next year', '2026-05-10', true, '2026-05-11', { moment: 'before', day: '2027-05-08' }],
  ['over New Year', '2026-01-01', true, '2026-06-01', { moment: 'before', day: '2026-12-30' }],
  ['the day after, in a new year', '2020-12-31', true, '2026-12-30', { moment: 'after', day: '2027-01-01' }],
  ['a leap day in a plain year', '2024-02-29', true, '2026-02-20', { moment: 'before', day: '2026-02-26' }],
  ['long ago', '1990-07-04', true, '2026-07-03', { moment: 'after', day: '2026-07-05' }],
] as const)('asks two days before and one after: %s', (_name, date, yearly, after, wanted) => {
  const found = nextPrompt(date, yearly, after)
  if (wanted === undefined) expect(found).toBeUndefined()
  else expect(found).toMatchObject(wanted)
})

it.each([
  ['nobody has seen them since it was agreed', undefined, [], '2026-03-01'],
  ['they checked in', '2026-03-05', [], '2026-03-05'],
  ['they checked in before it was agreed', '2026-02-05', [], '2026-03-01'],
  ['they were away', '2026-03-02', [{ fromDay: '2026-03-03', toDay: '2026-03-08' }], '2026-03-08'],
  ['they are away now', undefined, [{ fromDay: '2026-03-09', toDay: '2026-03-20' }], '2026-03-10'],
  ['they will be away', undefined, [{ fromDay: '2026-03-12', toDay: '2026-03-20' }], '2026-03-01'],
])('counts silence from the last sign: %s', (_name, lastCheckIn, aways, wanted) => {
  expect(lastSeen('2026-03-01', lastCheckIn, aways, '2026-03-10')).toBe(wanted)
})
