// Before and after a skill, one row a skill: an open mark for before, a filled one for after, a line between them.
import { scaleLinear } from 'd3-scale'
import { card, ink, round, text } from './drawing.ts'
import { png } from './png.ts'

/** Means from 0 to 10, and how many uses they rest on. */
export type BeforeAfterRow = {
  readonly name: string
  readonly before: number
  readonly after: number
  /** Like "6 times". */
  readonly times: string
}
export type BeforeAfter = {
  readonly title: string
  readonly caption: string
  readonly before: string
  readonly after: string
  readonly rows: readonly BeforeAfterRow[]
}

export const rowsAtMost = 6
const plot = { left: 270, right: 690, top: 100, bottom: 330 }
const x = scaleLinear([0, 10], [plot.left, plot.right]).clamp(true)
const short = (name: string) => (name.length > 26 ? `${name.slice(0, 25).trimEnd()}…` : name)

function row({ name, before, after, times }: BeforeAfterRow, y: number): string {
  const [from, to] = [round(x(before)), round(x(after))]
  return [
    text(short(name), 24, y + 5, `fill="${ink.text}"`),
    `<path d="M${from} ${y}H${to}" stroke="${ink.part}" stroke-width="3"/>`,
    `<rect x="${from - 7}" y="${y - 7}" width="14" height="14" fill="${ink.card}" stroke="${ink.quiet}" stroke-width="2.5"/>`,
    `<circle cx="${to}" cy="${y}" r="8" fill="${ink.part}"/>`,
    text(times, plot.right + 24, y + 5),
  ].join('')
}

export function beforeAfterSvg({ title, caption, before, after, rows }: BeforeAfter): string {
  const shown = rows.slice(0, rowsAtMost)
  const step = (plot.bottom - plot.top) / rowsAtMost
  return card(title, [
    ...[0, 5, 10].map(
      (value) =>
        `<path d="M${x(value)} ${plot.top - 10}V${plot.bottom}" stroke="${ink.grid}"/>${text(`${value}`, x(value), plot.bottom + 20, 'text-anchor="middle"')}`,
    ),
    `<rect x="${plot.left}" y="58" width="14" height="14" fill="${ink.card}" stroke="${ink.quiet}" stroke-width="2.5"/>`,
    text(before, plot.left + 22, 71),
    `<circle cx="${plot.left + 210}" cy="65" r="8" fill="${ink.part}"/>`,
    text(after, plot.left + 226, 71),
    ...shown.map((one, at) => row(one, Math.round(plot.top + step * (at + 0.5)))),
    text(caption, 24, 380, `fill="${ink.part}" font-weight="600"`),
  ])
}

/** PNG, 800 x 400. */
export const drawBeforeAfter = (chart: BeforeAfter): Promise<Uint8Array> => png(beforeAfterSvg(chart))
