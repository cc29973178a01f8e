import { expect, it } from 'vitest'
import { fewest, partOfDay, patternsOf, type Logged } from '../../../src/care/urges/patterns.ts'

const urge = (more: Partial<Logged> = {}): Logged => ({
  at: new Date('2026-03-02T20:00:00Z'),
  strength: 5,
  acted: undefined,
  triggers: [],
  deeds: [],
  later: undefined,
  ...more,
})
const utc = (at: Date) => ({ hour: at.getUTCHours(), weekday: at.getUTCDay() || 7 })

it('says nothing while there are fewer notes than mean anything', () => {
  expect(
    patternsOf(
      Array.from({ length: fewest - 1 }, () => urge()),
      utc,
    ),
  ).toBeUndefined()
  expect(
    patternsOf(
      Array.from({ length: fewest }, () => urge()),
      utc,
    )?.times,
  ).toBe(fewest)
})

it('counts what came before, once a note, the most frequent first', () => {
  const found = patternsOf(
    [
      urge({ triggers: ['tired', 'tired', 'lonely'], strength: 8 }),
      urge({ triggers: ['tired'], strength: 4 }),
      urge({ triggers: ['lonely'], strength: 2 }),
      urge({ triggers: ['tired'], strength: 6 }),
      urge(),
    ],
    utc,
  )
  expect(found?.triggers).toEqual([
    { of: 'tired', times: 3, meanStrength: 6 },
    { of: 'lonely', times: 2, meanStrength: 5 },
  ])
})

it('keeps acting apart from strength, and leaves out those who did not say', () => {
  const found = patternsOf(
    [urge({ acted: true, strength: 0 }), urge({ acted: false }), urge(), urge(), urge()],
    utc,
  )
  expect([found?.acted, found?.answeredActed]).toEqual([1, 2])
})

it('speaks of what helped only from urges that were asked about again', () => {
  const found = patternsOf(
    [
      urge({ deeds: ['skill'], strength: 8, later: 3 }),
      urge({ deeds: ['skill', 'person'], strength: 8, later: 8 }),
      urge({ deeds: ['person'], strength: 8, later: 2 }),
      urge({ deeds: ['left'] }),
      urge(),
    ],
    utc,
  )
  expect(found?.eased).toEqual([
    { deed: 'skill', times: 2, weaker: 1 },
    { deed: 'person', times: 2, weaker: 1 },
  ])
})

it.each([
  [0, 'night'],
  [4, 'night'],
  [5, 'morning'],
  [12, 'afternoon'],
  [17, 'evening'],
  [21, 'evening'],
  [22, 'night'],
])('calls %i o’clock %s', (hour, name) => expect(partOfDay(hour)).toBe(name))
