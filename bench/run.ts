// `npm run bench [-- --quick] [-- --only B5,B9]`: what the project measures of itself. Figures vary with the machine; ratios are
// taken inside one round, and the median of the rounds is reported with its spread. Writes bench/results.json.
import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { spread, type Case, type Figures } from './case.ts'
import { overhead } from './cases/b1-overhead.ts'
import { outbox } from './cases/b5-outbox.ts'
import { discordDrain } from './cases/b7-discord-drain.ts'
import { slackDrain } from './cases/b9-slack-drain.ts'
import { idleTick } from './cases/b11-tick.ts'
import { rush } from './cases/b12-rush.ts'
import { pictures } from './cases/b20-chart.ts'
import { skillSearch } from './cases/b21-skill-search.ts'
import { safetyScreen } from './cases/b22-screen.ts'
import { journalOfYears } from './cases/j1-journal.ts'

const { values } = parseArgs({
  options: { quick: { type: 'boolean', default: false }, only: { type: 'string' } },
})
const { quick, only } = values
const rounds = quick ? 2 : 5
const cases: readonly Case[] = [
  ...overhead,
  ...outbox,
  discordDrain,
  slackDrain,
  idleTick,
  rush,
  pictures,
  skillSearch,
  safetyScreen,
  journalOfYears,
]
const chosen = cases.filter(
  ({ id }) => only === undefined || only.split(',').some((one) => id.startsWith(one)),
)

const say = (line: string) => process.stdout.write(`${line}\n`)
const shown = (value: number): string => (Math.abs(value) >= 100 ? value.toFixed(0) : value.toPrecision(3))
const range = (all: readonly number[]): string => {
  const { min, median, max } = spread(all)
  return `${shown(median)} (${shown(min)} to ${shown(max)})`
}

async function measure(one: Case) {
  say(`\n${one.id}  ${one.what}\n    target: ${one.target}`)
  const running = await one.start(quick)
  const all: Figures[] = []
  try {
    for (let round = 1; round <= rounds; round++) {
      all.push(await running.round())
      process.stderr.write(`    round ${round} of ${rounds}\n`)
    }
  } finally {
    await running.stop()
  }
  const ratios = Object.fromEntries(Object.entries(one.ratios).map(([name, of]) => [name, all.map(of)]))
  for (const [name, found] of Object.entries(ratios)) say(`    ${name}: ${range(found)}`)
  for (const name of Object.keys(all[0] ?? {}))
    say(`      ${name}: ${range(all.flatMap((round) => round[name] ?? []))}`)
  return { id: one.id, what: one.what, target: one.target, rounds: all, ratios }
}

const results = []
for (const one of chosen) results.push(await measure(one))
const file = new URL('results.json', import.meta.url)
await writeFile(
  file,
  `${JSON.stringify({ node: process.version, quick, at: new Date().toISOString(), results }, null, 2)}\n`,
)
say(`\n${results.length} cases measured; written to bench/results.json`)
