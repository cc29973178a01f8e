import { describe, expect, test } from 'vitest'
import { beforeAfterSvg, drawBeforeAfter } from '../../../src/care/insight/before-after.ts'
import { calendarSvg, drawCalendar, type Calendar, type DayMark } from '../../../src/care/insight/calendar.ts'
import { png } from '../../../src/care/insight/png.ts'

const marks: readonly DayMark[] = ['part', 'pass', 'away', 'none']
const daysFrom = (first: string, count: number) =>
  Array.from({ length: count }, (_, at) => ({
    day: new Date(Date.parse(`${first}T12:00:00Z`) + at * 86_400_000).toISOString().slice(0, 10),
    mark: marks[at % 4] ?? 'none',
  }))
const calendar = (more: Partial<Calendar> = {}): Calendar => ({
  title: 'Tus días',
  caption: '12 de 35 días',
  weekdays: ['lun', 'mar', 'mié', 'jue', 'vie', 'sáb', 'dom'],
  legend: { part: 'con registro', pass: 'pasaste', away: 'fuera', none: 'sin nota' },
  days: daysFrom('2026-09-03', 35),
  month: (day) => `m${day.slice(5, 7)}`,
  ...more,
})
const withoutWords = (svg: string) => svg.replaceAll(/<text[^>]*>[^<]*<\/text>/g, '')
const sizeOf = (bytes: Uint8Array) => {
  const drawn = Buffer.from(bytes)
  return [drawn.readUInt32BE(16), drawn.readUInt32BE(20)]
}
const textsIn = (svg: string) => [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, words]) => words)

describe('the calendar', () => {
  test('draws its words, in 800 by 400', async () => {
    const drawn = await drawCalendar(calendar())
    expect(sizeOf(drawn)).toEqual([800, 400])
    const bare = await png(withoutWords(calendarSvg(calendar())))
    expect(drawn.length).toBeGreaterThan(bare.length * 1.2)
  })

  test('gives each kind of day a shape of its own, so that colour is not needed', () => {
    const svg = (mark: DayMark) => calendarSvg(calendar({ days: [{ day: '2026-09-07', mark }] }))
    const shapes = marks.map((mark) => svg(mark).replaceAll(/(#[0-9a-f]{6}|<text[^>]*>[^<]*<\/text>)/g, ''))
    expect(new Set(shapes).size).toBe(4)
  })

  test('names each month once, and keeps every day inside the card for 35 and 90 days', () => {
    for (const count of [1, 35, 90]) {
      const svg = calendarSvg(calendar({ days: daysFrom('2026-09-03', count) }))
      const months = textsIn(svg).filter((words) => words?.startsWith('m0') || words?.startsWith('m1'))
      expect(months).toEqual([...new Set(months)])
      for (const [, y] of svg.matchAll(/cy="([\d.]+)"/g)) expect(Number(y)).toBeLessThan(362)
    }
  })

  test('cannot be broken by what a word holds', () => {
    const svg = calendarSvg(calendar({ title: '<svg onload="x">&\u0000\ud800' }))
    expect(svg).not.toContain('<svg onload')
    expect(svg).toContain('&lt;svg')
  })
})

describe('before and after', () => {
  const chart = {
    title: 'Before and after',
    caption: 'Your own numbers',
    before: 'before',
    after: 'after',
    rows: [
      { name: 'Cold water', before: 7, after: 4, times: '6 times' },
      { name: 'A <b>very</b> long name of a skill that somebody gave it', before: 12, after: -3, times: '1' },
    ],
  }

  test('draws a row a skill, at most six, with names cut to fit and numbers kept on the scale', async () => {
    const svg = beforeAfterSvg({ ...chart, rows: Array.from({ length: 9 }, () => chart.rows[1] ?? never()) })
    expect(svg.match(/stroke-width="3"/g)).toHaveLength(6)
    expect(svg).not.toContain('<b>')
    for (const [, x] of svg.matchAll(/cx="([\d.]+)"/g)) expect(Number(x)).toBeLessThanOrEqual(690)
    expect(sizeOf(await drawBeforeAfter(chart))).toEqual([800, 400])
  })
})

function never(): never {
  throw new Error('the row is there')
}
