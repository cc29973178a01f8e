// The screen's part of `npm run eval`: recall, precision and false alarms per level, language and kind, on texts nothing was
// learned from.
import { existsSync } from 'node:fs'
import { readLines, type Level, type ScreenLine } from '../src/care/safety/screen/corpus.ts'
import { createScreen } from '../src/care/safety/screen/screen.ts'
import { percentile } from './case.ts'

const sets = [
  ['Development set', new URL('../../shared/eval/crisis-dev.jsonl', import.meta.url)],
  ['Set held apart', new URL('../test/eval/screen-held.jsonl', import.meta.url)],
] as const
const columns = [
  'lines',
  'urgent found',
  'of said urgent',
  'raised found',
  'none urgent',
  'none raised',
] as const

type Judged = ScreenLine & { readonly said: Level }

const share = (all: readonly Judged[], fits: (one: Judged) => boolean): string =>
  all.length === 0 ? '-' : (all.filter(fits).length / all.length).toFixed(3)

function figures(all: readonly Judged[]): readonly string[] {
  const urgent = all.filter(({ level }) => level === 'urgent')
  const none = all.filter(({ level }) => level === 'none')
  const saidUrgent = ({ said }: Judged) => said === 'urgent'
  const raised = ({ said }: Judged) => said !== 'none'
  return [
    String(all.length),
    share(urgent, saidUrgent),
    share(all.filter(saidUrgent), ({ level }) => level === 'urgent'),
    share(
      all.filter(({ level }) => level !== 'none'),
      raised,
    ),
    share(none, saidUrgent),
    share(none, raised),
  ]
}

export async function reportScreen(say: (line: string) => void): Promise<void> {
  const screen = createScreen({ processes: 1, patience: 60_000 })
  for (const [name, file] of sets) {
    if (!existsSync(file)) {
      say(`\n${name} for the safety screen: not here, passed over.`)
      continue
    }
    await screen.screen('warm')
    const times: number[] = []
    const judged: Judged[] = []
    for (const line of readLines(file)) {
      const began = performance.now()
      const { level: said } = await screen.screen(line.text)
      times.push(performance.now() - began)
      judged.push({ ...line, said })
    }
    say(`\n${name} for the safety screen`)
    say(`  ${''.padEnd(18)}${columns.map((one) => one.padStart(16)).join('')}`)
    const keysOf = ({ lang, kind }: Judged) => ['all', lang, `kind ${kind}`]
    for (const key of [...new Set(judged.flatMap(keysOf))].toSorted()) {
      const row = figures(judged.filter((one) => keysOf(one).includes(key)))
      say(`  ${key.padEnd(18)}${row.map((one) => one.padStart(16)).join('')}`)
    }
    say(
      `  milliseconds a text: median ${percentile(times, 0.5).toFixed(1)}, p99 ${percentile(times, 0.99).toFixed(1)}`,
    )
  }
  await screen.close()
}
