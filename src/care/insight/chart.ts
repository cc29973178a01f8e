// The trend picture: up to four lines over some days. Every word comes in, already in the reader's language.
import { scaleLinear, scalePoint } from 'd3-scale'
import { line, symbol, symbolCircle, symbolDiamond, symbolSquare, symbolTriangle } from 'd3-shape'
import { card, ink, round, text } from './drawing.ts'
import { png } from './png.ts'

/** `values` has one entry a day, 0 to 10; undefined is a gap. */
export type ChartLine = { readonly name: string; readonly values: readonly (number | undefined)[] }
export type ChartDay = { readonly label: string; readonly tookPart: boolean }
export type Chart = {
  readonly title: string
  /** Like "Days taken part: 18 of 30". */
  readonly caption: string
  /** Said in the middle when no line has a value. */
  readonly empty: string
  readonly days: readonly ChartDay[]
  readonly lines: readonly ChartLine[]
}

const plot = { left: 48, right: 672, top: 66, bottom: 300 }
// Dash and marker carry the same difference as the colour.
const looks = [
  { colour: '#11705c', dash: '', marker: symbolCircle },
  { colour: '#ae4a12', dash: '7 4', marker: symbolSquare },
  { colour: '#7440a8', dash: '2 4', marker: symbolTriangle },
  { colour: '#1f5fae', dash: '11 4 2 4', marker: symbolDiamond },
] as const
type Look = (typeof looks)[number]

const y = scaleLinear([0, 10], [plot.bottom, plot.top]).clamp(true)

type Point = { readonly x: number; readonly y: number; readonly alone: boolean }

function grid(): string {
  return [0, 5, 10]
    .map(
      (value) =>
        `<path d="M${plot.left} ${y(value)}H${plot.right}" stroke="${ink.grid}"/>${text(`${value}`, plot.left - 12, y(value) + 5, 'text-anchor="end"')}`,
    )
    .join('')
}

function dayRow(days: readonly ChartDay[], x: (day: number) => number): string {
  const every = days.length <= 7 ? 1 : Math.ceil(days.length / 6)
  const radius = days.length <= 7 ? 6 : days.length <= 31 ? 5 : 2.6
  return days
    .map(({ label, tookPart }, index) => {
      const fill = tookPart ? ink.part : 'none'
      const dot = `<circle cx="${round(x(index))}" cy="${plot.bottom + 22}" r="${radius}" fill="${fill}" stroke="${tookPart ? ink.part : ink.missed}"/>`
      // Counted from the last day, which is the one people look for.
      return (days.length - 1 - index) % every === 0
        ? dot + text(label, x(index), plot.bottom + 52, 'text-anchor="middle"')
        : dot
    })
    .join('')
}

function pointsOf(
  values: readonly (number | undefined)[],
  x: (day: number) => number,
): (Point | undefined)[] {
  return values.map((value, index) =>
    value === undefined
      ? undefined
      : {
          x: round(x(index)),
          y: round(y(value)),
          alone: values[index - 1] === undefined && values[index + 1] === undefined,
        },
  )
}

const mark = ({ marker, colour }: Look, area: number, x: number, at: number) =>
  `<path d="${symbol(marker, area)() ?? ''}" transform="translate(${x} ${round(at)})" fill="${colour}" stroke="${ink.card}"/>`

function drawLine(points: readonly (Point | undefined)[], look: Look): string {
  const path = line<Point | undefined>()
    .defined((point) => point !== undefined)
    .x((point) => point?.x ?? 0)
    .y((point) => point?.y ?? 0)(points)
  const dense = points.length > 31
  const markers = points.flatMap((point) =>
    point && (!dense || point.alone) ? mark(look, points.length > 7 ? 44 : 80, point.x, point.y) : [],
  )
  return `<path d="${path ?? ''}" fill="none" stroke="${look.colour}" stroke-width="${dense ? 2 : 2.5}" stroke-dasharray="${look.dash}" stroke-linejoin="round"/>${markers.join('')}`
}

type Label = { readonly name: string; readonly look: Look; readonly from: Point; readonly at: number }

/** Moves labels apart, top to bottom and then back up from the lower edge, so that none covers another. */
function spread(labels: readonly Label[]): Label[] {
  const gap = 24
  const down: Label[] = []
  for (const label of labels.toSorted((a, b) => a.at - b.at))
    down.push({ ...label, at: Math.max(label.at, (down.at(-1)?.at ?? -gap) + gap) })
  const up: Label[] = []
  for (const label of down.toReversed())
    up.push({ ...label, at: Math.min(label.at, (up.at(-1)?.at ?? plot.bottom + gap) - gap) })
  return up
}

/** As much of a name as there is room for beside the plot. */
const short = (name: string) => (name.length > 11 ? `${name.slice(0, 10).trimEnd()}…` : name)

function drawLabel({ name, look, from, at }: Label): string {
  const leader = `<path d="M${from.x + 6} ${from.y}L${plot.right + 12} ${round(at)}" stroke="${look.colour}" stroke-opacity="0.35"/>`
  return `${leader}${mark(look, 70, plot.right + 20, at)}${text(short(name), plot.right + 32, at + 5, `fill="${look.colour}" font-weight="600"`)}`
}

export function chartSvg({ title, caption, empty, days, lines }: Chart): string {
  const scale = scalePoint(
    days.map((_, index) => index),
    [plot.left + 10, plot.right - 10],
  )
  const x = (day: number) => scale(day) ?? plot.left
  const drawn = looks.flatMap((look, index) => {
    const one = lines[index]
    return one ? { look, name: one.name, points: pointsOf(one.values, x) } : []
  })
  const labels = drawn.flatMap(({ look, name, points }) => {
    const from = points.findLast((point) => point !== undefined)
    return from ? { name, look, from, at: from.y } : []
  })
  return card(title, [
    grid(),
    ...drawn.map(({ look, points }) => drawLine(points, look)),
    ...spread(labels).map(drawLabel),
    labels.length === 0
      ? text(empty, (plot.left + plot.right) / 2, 192, 'text-anchor="middle" font-size="18"')
      : '',
    dayRow(days, x),
    text(caption, 24, 380, `fill="${ink.part}" font-weight="600"`),
  ])
}

/** PNG, 800 x 400. */
export const drawChart = (chart: Chart): Promise<Uint8Array> => png(chartSvg(chart))
