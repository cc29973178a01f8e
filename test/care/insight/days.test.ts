import { describe, expect, test } from 'vitest'
import { daysUpTo, summarise } from '../../../src/care/insight/days.ts'

const answered = (forDay: string, values: Record<string, number>) => ({ forDay, values })

describe('days', () => {
  test('a window holds every day once, oldest first, across the end of a year and a leap day', () => {
    expect(daysUpTo('2027-01-02', 4, []).map(({ day }) => day)).toEqual([
      '2026-12-30',
      '2026-12-31',
      '2027-01-01',
      '2027-01-02',
    ])
    expect(daysUpTo('2028-03-01', 2, []).map(({ day }) => day)).toEqual(['2028-02-29', '2028-03-01'])
    expect(new Set(daysUpTo('2026-11-23', 90, []).map(({ day }) => day)).size).toBe(90)
  })

  test('several check-ins of one day become their average, each question by itself', () => {
    const [day] = daysUpTo('2026-11-23', 1, [
      answered('2026-11-23', { mood: 3, stress: 8 }),
      answered('2026-11-23', { mood: 6 }),
    ])
    expect(day?.values).toEqual({ mood: 4.5, stress: 8 })
  })

  test('passing and being away count as taking part, and a silent day does not', () => {
    const days = daysUpTo(
      '2026-11-23',
      4,
      [answered('2026-11-20', { mood: 5 }), answered('2026-11-21', {})],
      [{ fromDay: '2026-11-22', toDay: '2026-11-22' }],
    )
    expect(days.map(({ tookPart }) => tookPart)).toEqual([true, true, true, false])
    expect(days[1]?.values).toEqual({})
  })

  test('a check-in outside of the window changes nothing', () => {
    const outside = [answered('2026-11-16', { mood: 1 }), answered('2026-11-24', { mood: 1 })]
    expect(daysUpTo('2026-11-23', 7, outside)).toEqual(daysUpTo('2026-11-23', 7, []))
  })
})

describe('the summary', () => {
  const marks = [
    answered('2026-11-09', { mood: 0 }),
    answered('2026-11-10', { mood: 4 }),
    answered('2026-11-17', { mood: 5 }),
    answered('2026-11-19', { mood: 9 }),
    answered('2026-11-21', { mood: 5 }),
    answered('2026-11-23', { mood: 9 }),
  ]
  const now = daysUpTo('2026-11-23', 7, marks)
  const before = daysUpTo('2026-11-16', 7, marks)

  test('says how many days were taken part in and compares with the window before', () => {
    const { tookPart, of, trends } = summarise(['mood'], now, before)
    expect({ tookPart, of }).toEqual({ tookPart: 4, of: 7 })
    expect(trends.mood).toMatchObject({ now: 7, before: 4 })
  })

  test('names the first of equally high and equally low days', () => {
    expect(summarise(['mood'], now, before).trends.mood).toMatchObject({
      highest: { value: 9, day: '2026-11-19' },
      lowest: { value: 5, day: '2026-11-17' },
    })
  })

  test('leaves out what nobody answered instead of calling it zero', () => {
    expect(summarise(['sleep'], now, before).trends.sleep).toEqual({})
    expect(summarise(['mood'], before, []).trends.mood).not.toHaveProperty('before')
  })
})
