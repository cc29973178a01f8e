// B22: the safety screen, from asking its processes to their answer; short texts, long ones and hostile input.
import { statSync } from 'node:fs'
import { corpusLines } from '../../src/care/safety/screen/corpus.ts'
import { modelFile } from '../../src/care/safety/screen/model.ts'
import { createScreen } from '../../src/care/safety/screen/screen.ts'
import { senseFile } from '../../src/care/safety/screen/sense.ts'
import { percentile, timed, type Case } from '../case.ts'

const hostile = [
  'k i l l m e '.repeat(8_000),
  'a'.repeat(100_000),
  Array.from({ length: 14_000 }, (_, at) => (at * 7_919).toString(36)).join(' '),
  'no '.repeat(33_000),
  '"!?.,'.repeat(20_000),
]

export const safetyScreen: Case = {
  id: 'B22',
  what: 'the safety screen on texts of the corpus and on 100 kB of hostile input, in milliseconds; sizes in kilobytes',
  target: 'p99 at most 50 ms, hostile input at most 200 ms',
  ratios: { 'p99 / 50 ms': ({ p99 = 0 }) => p99 / 50, 'hostile / 200 ms': ({ worst = 0 }) => worst / 200 },
  async start(quick) {
    const texts = corpusLines()
      .map(({ text }) => text)
      .filter((_, at) => at % (quick ? 20 : 5) === 0)
    const screen = createScreen({ processes: 1, patience: 60_000 })
    for (const text of texts.slice(0, 20)) await screen.screen(text)
    return {
      async round() {
        const times: number[] = []
        for (const text of texts) times.push(await timed(() => screen.screen(text)))
        const slow: number[] = []
        for (const text of hostile) slow.push(await timed(() => screen.screen(text)))
        return {
          median: percentile(times, 0.5),
          p99: percentile(times, 0.99),
          worst: Math.max(...slow),
          wordsKilobytes: statSync(modelFile).size / 1024,
          senseKilobytes: statSync(senseFile).size / 1024,
        }
      },
      stop: () => screen.close(),
    }
  },
}
