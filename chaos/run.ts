// `npm run chaos [-- --quick] [-- --only C1,C4] [-- --seed 7]`: the product is broken on purpose, and must keep its promises.
// Each case first makes a mistake of its own and must see it. Writes chaos/results.json and docs/reliability.md.
import { execFileSync } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import type { Case, Seen } from './case.ts'
import { deliveryKilled } from './cases/c1-delivery-killed.ts'
import { writesKilled } from './cases/c2-writes-killed.ts'
import { processesKilled } from './cases/c3-processes-killed.ts'
import { databaseRestarts } from './cases/c4-database-restarts.ts'
import { clockJumps } from './cases/c5-clock-jumps.ts'
import { outage } from './cases/c6-outage.ts'
import { migrationsCut } from './cases/c7-migrations-cut.ts'
import { diskFull } from './cases/c8-disk-full.ts'
import { poison } from './cases/c9-poison.ts'
import { walk } from './cases/c10-walk.ts'
import { table, type Result } from './table.ts'

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string' },
    seed: { type: 'string' },
  },
})
const { quick, only } = values
const seed = Number(values.seed ?? randomInt(2 ** 31))
const cases: readonly Case[] = [
  ...deliveryKilled,
  writesKilled,
  ...(quick ? processesKilled.slice(0, 1) : processesKilled),
  databaseRestarts,
  clockJumps,
  outage,
  migrationsCut,
  diskFull,
  poison,
  walk,
]
const chosen = cases.filter(
  ({ id }) => only === undefined || only.split(',').some((one) => id.split(' ')[0] === one),
)

const say = (line: string) => process.stdout.write(`${line}\n`)
const told = ({ figures }: Seen) =>
  Object.entries(figures)
    .map(([name, figure]) => `${name} ${figure}`)
    .join(', ')

/** A mistake is planted again, with other blows, as often as this before the case counts as blind. */
const plantings = 5

async function put(one: Case): Promise<Result> {
  say(`\n${one.id}  ${one.what}\n    planted: ${one.planted}`)
  const began = performance.now()
  // Whether a blow falls into the moment that the mistake opens is a matter of chance.
  let caught = await one.run({ quick, seed, planted: true })
  for (let more = 1; more < plantings && caught.broken.length === 0; more += 1)
    caught = await one.run({ quick, seed: seed + more, planted: true })
  say(`    ${caught.broken.length > 0 ? `seen: ${caught.broken.join('; ')}` : 'NOT SEEN'}`)
  const seen = await one.run({ quick, seed, planted: false })
  const seconds = Math.round((performance.now() - began) / 1000)
  say(`    ${told(seen)} (${seconds} s)`)
  for (const broken of seen.broken) say(`    BROKEN: ${broken}`)
  return { id: one.id, what: one.what, planted: one.planted, caught: caught.broken, seconds, ...seen }
}

say(`seed ${seed}`)
const results: Result[] = []
for (const one of chosen) results.push(await put(one))
const failed = results.filter(({ broken, caught }) => broken.length > 0 || caught.length === 0)

const git = (...args: string[]) => execFileSync('git', args, { encoding: 'utf8' }).trim()
const run = { at: new Date().toISOString(), commit: git('rev-parse', '--short', 'HEAD'), quick, seed }
const here = (name: string) => new URL(name, import.meta.url)
await writeFile(
  here('results.json'),
  `${JSON.stringify({ node: process.version, ...run, results }, null, 2)}\n`,
)
if (only === undefined) await writeFile(here('../docs/reliability.md'), table(run, results))
say(`\n${results.length - failed.length} of ${results.length} cases held; seed ${seed}`)
// Clients of platforms that were cut off may still hold a timer.
process.exit(failed.length === 0 ? 0 : 1)
