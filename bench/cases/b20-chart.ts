// B20: drawing the three pictures, against the floor that compressing as many bytes sets.
import { deflateSync } from 'node:zlib'
import { randomFillSync } from 'node:crypto'
import { drawBeforeAfter } from '../../src/care/insight/before-after.ts'
import { drawCalendar } from '../../src/care/insight/calendar.ts'
import { drawChart } from '../../src/care/insight/chart.ts'
import { percentile, timed, type Case } from '../case.ts'

const day = (index: number) => new Date(Date.UTC(2026, 8, 1 + index)).toISOString().slice(0, 10)
const trend = {
  title: 'Your last 30 days',
  caption: 'You took part on 21 of 30 days.',
  empty: '',
  days: Array.from({ length: 30 }, (_, at) => ({ label: day(at).slice(5), tookPart: at % 3 > 0 })),
  lines: ['Mood', 'Stress', 'Urge', 'Sleep'].map((name, of) => ({
    name,
    values: Array.from({ length: 30 }, (_, at) => Math.round(5 + 4 * Math.sin(at / 5 + of))),
  })),
}
const marks = ['part', 'pass', 'away', 'none'] as const
const calendar = {
  title: 'Your days',
  caption: '',
  weekdays: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
  legend: { part: 'checked in', pass: 'passed', away: 'away', none: 'no note' },
  days: Array.from({ length: 90 }, (_, at) => ({ day: day(at), mark: marks[at % 4] ?? ('none' as const) })),
  month: (on: string) => on.slice(5, 7),
}
const skills = {
  title: 'Before and after',
  caption: '',
  before: 'before',
  after: 'after',
  rows: Array.from({ length: 6 }, (_, at) => ({
    name: `Skill ${at}`,
    before: 8,
    after: at,
    times: '6 times',
  })),
}
const pixels = randomFillSync(new Uint8Array(24_000))

async function median(times: number, work: () => unknown): Promise<number> {
  const all: number[] = []
  for (let one = 0; one < times; one++) all.push(await timed(work))
  return percentile(all, 0.5)
}

export const pictures: Case = {
  id: 'B20',
  what: 'one picture of 800 by 400 with its words, median in milliseconds, against compressing 24 kB',
  target: 'p50 at most 3 ms; it blocks the loop for as long as it takes',
  ratios: { 'trend / floor': ({ trend: ours = 0, floor = 0 }) => ours / floor },
  async start(quick) {
    const times = quick ? 10 : 50
    await drawChart(trend)
    return {
      round: async () => ({
        floor: await median(times, () => deflateSync(pixels)),
        trend: await median(times, () => drawChart(trend)),
        calendar: await median(times, () => drawCalendar(calendar)),
        'before and after': await median(times, () => drawBeforeAfter(skills)),
      }),
      stop: () => Promise.resolve(),
    }
  },
}
