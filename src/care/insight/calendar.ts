// The calendar of days taken part: weeks as rows, a shape for each kind of day, so that colour is not the only cue.
import { Temporal } from 'temporal-polyfill'
import { card, ink, round, text } from './drawing.ts'
import { png } from './png.ts'

export type DayMark = 'part' | 'pass' | 'away' | 'none'
export type CalendarDay = { readonly day: string; readonly mark: DayMark }
export type Calendar = {
  readonly title: string
  readonly caption: string
  /** Monday first, seven of them. */
  readonly weekdays: readonly string[]
  /** What each shape means. */
  readonly legend: Readonly<Record<DayMark, string>>
  /** Local days in order, without a gap. */
  readonly days: readonly CalendarDay[]
  /** Short name of the month that a row begins in. */
  readonly month: (day: string) => string
}

const area = { left: 96, top: 92, right: 500, bottom: 350 }

function shape(mark: DayMark, x: number, y: number, r: number): string {
  const at = `cx="${round(x)}" cy="${round(y)}" r="${round(r)}"`
  switch (mark) {
    case 'part':
      return `<circle ${at} fill="${ink.part}"/>`
    case 'pass':
      return `<circle ${at} fill="none" stroke="${ink.part}" stroke-width="2.5"/><circle cx="${round(x)}" cy="${round(y)}" r="${round(r / 3)}" fill="${ink.part}"/>`
    case 'away':
      return `<path d="M${round(x - r)} ${round(y)}H${round(x + r)}" stroke="${ink.quiet}" stroke-width="3"/>`
    case 'none':
      return `<circle cx="${round(x)}" cy="${round(y)}" r="2" fill="${ink.missed}"/>`
  }
}

const marks = ['part', 'pass', 'away', 'none'] as const satisfies readonly DayMark[]

export function calendarSvg({ title, caption, weekdays, legend, days, month }: Calendar): string {
  const first = days[0] ? Temporal.PlainDate.from(days[0].day) : undefined
  const offset = first ? first.dayOfWeek - 1 : 0
  const rows = Math.max(1, Math.ceil((days.length + offset) / 7))
  const step = { x: (area.right - area.left) / 6, y: Math.min(46, (area.bottom - area.top) / rows) }
  const radius = Math.min(13, step.y * 0.36)
  const place = (index: number) => ({
    x: area.left + ((index + offset) % 7) * step.x,
    y: area.top + Math.floor((index + offset) / 7) * step.y + step.y / 2,
  })
  // A row carries the name of its month when that is another one than the row above begins in.
  const rowNames = days.flatMap(({ day }, index) => {
    if (index > 0 && (index + offset) % 7 !== 0) return []
    const above = days[index - 7] ?? days[0]
    const isNew = index === 0 || above?.day.slice(0, 7) !== day.slice(0, 7)
    return isNew ? [text(month(day), 24, place(index).y + 5)] : []
  })
  return card(title, [
    ...weekdays.map((name, at) => text(name, area.left + at * step.x, area.top - 12, 'text-anchor="middle"')),
    ...rowNames,
    ...days.map(({ mark }, index) => {
      const { x, y } = place(index)
      return shape(mark, x, y, radius)
    }),
    ...marks.flatMap((mark, at) => {
      const y = 120 + at * 40
      return [shape(mark, 580, y, 11), text(legend[mark], 604, y + 5)]
    }),
    text(caption, 24, 380, `fill="${ink.part}" font-weight="600"`),
  ])
}

/** PNG, 800 x 400. */
export const drawCalendar = (calendar: Calendar): Promise<Uint8Array> => png(calendarSvg(calendar))
