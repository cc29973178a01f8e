import { describe, expect, test } from 'vitest'
import { chartSvg, drawChart, type Chart } from '../../../src/care/insight/chart.ts'
import { png } from '../../../src/care/insight/png.ts'

const days = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ label: `${index + 1} nov`, tookPart: index % 3 > 0 }))
const chart = (more: Partial<Chart> = {}): Chart => ({
  title: 'Tus últimos 7 días',
  caption: 'Días en que participaste: 4 de 7',
  empty: 'Aún no hay nada que mostrar',
  days: days(7),
  lines: [
    { name: 'Ánimo', values: [3, 4, undefined, 6, 7, 6, 5] },
    { name: 'Estrés', values: [8, 8, 7, undefined, undefined, 4, 4] },
    { name: 'Impulso', values: [undefined, 2, 2, 1, 0, undefined, 0] },
    { name: 'Sueño', values: [5, 5, 6, 6, 7, 7, undefined] },
  ],
  ...more,
})
const withoutWords = (svg: string) => svg.replaceAll(/<text[^>]*>[^<]*<\/text>/g, '')
const pathsOf = (svg: string) =>
  [...svg.matchAll(/<path d="([^"]*)" fill="none" stroke="([^"]*)"/g)].map(([, path = '', stroke]) => ({
    path,
    stroke,
  }))
/** How often a pen is put down: one move a run of days in a row. */
const runs = (svg: string, colour: string) =>
  pathsOf(svg).flatMap(({ path, stroke }) => (stroke === colour ? [path.split('M').length - 1] : []))

describe('the trend picture', () => {
  test('is a PNG of 800 by 400 with the words drawn: it is larger than the same one without words', async () => {
    const drawn = Buffer.from(await drawChart(chart()))
    expect(drawn.subarray(1, 4).toString('latin1')).toBe('PNG')
    expect([drawn.readUInt32BE(16), drawn.readUInt32BE(20)]).toEqual([800, 400])
    const bare = await png(withoutWords(chartSvg(chart())))
    expect(drawn.length).toBeGreaterThan(bare.length * 1.2)
  })

  test('is the same to the byte each time, and stays small at 90 days', async () => {
    const long = chart({
      days: days(90),
      lines: chart().lines.map(({ name }, of) => ({
        name,
        values: days(90).map((_, at) => Math.round(5 + 4 * Math.sin(at / 6 + of))),
      })),
    })
    const [one, other] = [await drawChart(long), await drawChart(long)]
    expect(Buffer.from(one).equals(Buffer.from(other))).toBe(true)
    expect(one.length).toBeLessThan(40_000)
  })

  test('leaves a gap where a day is missing', () => {
    const mood = (values: (number | undefined)[]) =>
      runs(chartSvg(chart({ lines: [{ name: 'Mood', values }] })), '#11705c')
    expect(mood([1, 2, 3, 4, 5, 6, 7])).toEqual([1])
    expect(mood([1, 2, undefined, 4, undefined, undefined, 7])).toEqual([3])
  })

  test('tells lines apart by dash as well as by colour, and marks the days taken part', () => {
    const svg = chartSvg(chart())
    const dashes = [...svg.matchAll(/stroke-dasharray="([^"]*)"/g)].map(([, dash]) => dash)
    expect(new Set(dashes).size).toBe(4)
    expect(svg.match(/<circle[^>]*fill="none"/g)).toHaveLength(3)
    expect(svg.match(/<circle[^>]*fill="#/g)).toHaveLength(4)
  })

  test('keeps the labels at the line ends apart when every line ends at the same value', () => {
    const same = chart().lines.map(({ name }) => ({ name, values: [0, 0, 0, 0, 0, 0, 0] }))
    const at = [...chartSvg(chart({ lines: same })).matchAll(/<text x="704" y="([\d.]+)"/g)].map(([, y]) =>
      Number(y),
    )
    const gaps = at
      .toSorted((a, b) => a - b)
      .flatMap((y, index, all) => (index > 0 ? [y - (all[index - 1] ?? 0)] : []))
    expect(gaps).toHaveLength(3)
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(18)
    expect(Math.max(...at)).toBeLessThan(320)
  })

  test('is drawn with one day, with one point, with none, and says so when there is nothing', async () => {
    const one = chart({ days: days(1), lines: [{ name: 'Mood', values: [10] }] })
    const lonely = chart({ lines: [{ name: 'Mood', values: [undefined, undefined, 4] }] })
    const nothing = chart({ lines: [{ name: 'Mood', values: [] }] })
    const no = chart({ days: [], lines: [] })
    for (const each of [one, lonely, nothing, no]) {
      expect((await drawChart(each)).length).toBeGreaterThan(500)
      expect(chartSvg(each)).not.toMatch(/NaN|undefined/)
    }
    expect(chartSvg(nothing)).toContain('Aún no hay nada')
    expect(chartSvg(lonely)).not.toContain('Aún no hay nada')
  })

  test('stays inside its frame when a value is not between 0 and 10', () => {
    const svg = chartSvg(
      chart({ lines: [{ name: 'Mood', values: [-5, 0, 10, 400, Number.MAX_VALUE, 3, 2] }] }),
    )
    const heights = pathsOf(svg).flatMap(({ path }) =>
      [...path.matchAll(/,([\d.-]+)/g)].map(([, y]) => Number(y)),
    )
    expect(heights).toHaveLength(7)
    expect(Math.min(...heights)).toBeGreaterThanOrEqual(66)
    expect(Math.max(...heights)).toBeLessThanOrEqual(300)
  })

  test('draws words as words, whatever they hold', async () => {
    const hostile = chart({
      title: '<script>"&\' \u0000\u001f\ud800',
      caption: '</svg>',
      lines: [{ name: '&amp;', values: [5] }],
    })
    expect(chartSvg(hostile)).not.toContain('<script')
    expect((await drawChart(hostile)).length).toBeGreaterThan(500)
  })
})
