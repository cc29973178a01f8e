import { assert, constantFrom, date, integer, property, shuffledSubarray, tuple } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { afterQuiet, atLocal, localDay, nextQuiet, nextSlot, slotFrom } from '../../src/delivery/when.ts'

const at = (iso: string): Date => new Date(iso)
const newYork = 'America/New_York'

describe('a wall-clock time', () => {
  test('runs at the first instant after the gap when it does not exist that day', () => {
    expect(atLocal('2026-03-08', '02:30', newYork)).toEqual(at('2026-03-08T07:00:00Z'))
    expect(atLocal('2026-10-04', '02:15', 'Australia/Lord_Howe')).toEqual(at('2026-10-03T15:30:00Z'))
    expect(atLocal('2026-03-22', '02:30', 'Africa/Casablanca')).toEqual(at('2026-03-22T02:00:00Z'))
  })

  test('runs on the first pass when it occurs twice', () => {
    expect(atLocal('2026-11-01', '01:30', newYork)).toEqual(at('2026-11-01T05:30:00Z'))
  })

  test('stays the same local time across the change', () => {
    const before = slotFrom('0 9 * * *', newYork, at('2026-03-07T12:00:00Z'))
    const after = slotFrom('0 9 * * *', newYork, at('2026-03-08T06:00:00Z'))
    expect(before).toEqual({ at: at('2026-03-07T14:00:00Z'), day: '2026-03-07' })
    expect(after).toEqual({ at: at('2026-03-08T13:00:00Z'), day: '2026-03-08' })
  })

  test('stands for its own day even where the gap swallows midnight', () => {
    const slots = [
      ...walk('30 23 * * *', 'America/Nuuk', at('2025-03-29T12:00:00Z'), at('2025-03-31T12:00:00Z')),
    ]
    expect(slots).toEqual([
      { at: at('2025-03-30T01:00:00Z'), day: '2025-03-29' },
      { at: at('2025-03-31T00:30:00Z'), day: '2025-03-30' },
    ])
    expect(localDay(at('2025-03-30T01:00:00Z'), 'America/Nuuk')).toBe('2025-03-30')
  })

  test('keeps to its weekdays', () => {
    const days = [...walk('0 9 * * 1,3,7', newYork, at('2026-03-01T00:00:00Z'), at('2026-03-15T00:00:00Z'))]
    expect(days.map((slot) => slot.day)).toEqual([
      '2026-03-01',
      '2026-03-02',
      '2026-03-04',
      '2026-03-08',
      '2026-03-09',
      '2026-03-11',
    ])
  })

  test('is found however the questions are mixed, as if nothing were remembered', () => {
    const days = Array.from({ length: 60 }, (_, n) => at('2026-02-20T00:00:00Z').getTime() + n * 21_600_000)
    const fresh = new Map(days.map((day) => [day, slotFrom('30 2 * * *', newYork, new Date(day))]))
    assert(
      property(shuffledSubarray(days), (order) => {
        for (const day of order)
          expect(slotFrom('30 2 * * *', newYork, new Date(day))).toEqual(fresh.get(day))
      }),
    )
  })

  test('refuses an expression with seconds and a zone that does not exist', () => {
    expect(() => nextSlot('0 0 9 * * *', newYork, at('2026-01-01T00:00:00Z'))).toThrow()
    expect(() => nextSlot('0 9 * * *', 'Mars/Olympus', at('2026-01-01T00:00:00Z'))).toThrow()
  })
})

describe('quiet hours', () => {
  const night = { from: '21:30', to: '07:00' }

  test('move what falls into them to their end, over midnight too', () => {
    expect(afterQuiet(at('2026-03-07T03:00:00Z'), newYork, night)).toEqual(at('2026-03-07T12:00:00Z'))
    expect(afterQuiet(at('2026-03-07T11:59:00Z'), newYork, night)).toEqual(at('2026-03-07T12:00:00Z'))
  })

  test('leave everything else where it is, their very end included', () => {
    for (const iso of ['2026-03-07T12:00:00Z', '2026-03-07T20:00:00Z', '2026-03-07T02:29:00Z'])
      expect(afterQuiet(at(iso), newYork, night)).toEqual(at(iso))
    expect(afterQuiet(at('2026-03-07T03:00:00Z'), newYork, undefined)).toEqual(at('2026-03-07T03:00:00Z'))
  })

  test('of one day end on that day, and equal ends are no quiet at all', () => {
    expect(afterQuiet(at('2026-03-07T17:30:00Z'), newYork, { from: '12:00', to: '14:00' })).toEqual(
      at('2026-03-07T19:00:00Z'),
    )
    expect(afterQuiet(at('2026-03-07T17:00:00Z'), newYork, { from: '12:00', to: '12:00' })).toEqual(
      at('2026-03-07T17:00:00Z'),
    )
  })

  test('never hold anything back twice', () => {
    const time = tuple(integer({ min: 0, max: 23 }), integer({ min: 0, max: 59 })).map(hhmm)
    const instant = date({
      min: at('2020-01-01T00:00:00Z'),
      max: at('2035-12-31T00:00:00Z'),
      noInvalidDate: true,
    })
    const zone = constantFrom(
      newYork,
      'Europe/Madrid',
      'Australia/Lord_Howe',
      'Asia/Kathmandu',
      'America/Nuuk',
    )
    assert(
      property(instant, zone, time, time, (when, where, from, to) => {
        const moved = afterQuiet(when, where, { from, to })
        expect(moved.getTime()).toBeGreaterThanOrEqual(when.getTime())
        expect(afterQuiet(moved, where, { from, to })).toEqual(moved)
        expect(moved.getTime() - when.getTime()).toBeLessThanOrEqual(26 * 3_600_000)
      }),
    )
  })

  test('begin next today, or tomorrow when today has passed', () => {
    expect(nextQuiet(at('2026-03-07T15:00:00Z'), newYork, night)).toEqual(at('2026-03-08T02:30:00Z'))
    expect(nextQuiet(at('2026-03-07T15:00:00Z'), newYork, { from: '09:00', to: '09:30' })).toEqual(
      at('2026-03-08T13:00:00Z'),
    )
  })
})

const hhmm = ([hour, minute]: readonly [number, number]): string =>
  `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`

function* walk(cron: string, zone: string, from: Date, to: Date) {
  for (let slot = slotFrom(cron, zone, from); slot && slot.at < to; slot = nextSlot(cron, zone, slot.at))
    yield slot
}
