// `node --import tsx bench/learn-screen.ts`: learns content/screen.bin and content/screen-sense.onnx anew after content/screen
// changed. The sentence model is taught by bench/learn-sense.py (Debian: python3-torch, python3-onnx).
// With names of files (`en-b.jsonl es-b.jsonl`) it goes on from the sentence weights that stand, with the lines of those files
// and as many others; half of the new lines are kept apart to set the thresholds on.
import { execFile } from 'node:child_process'
import { copyFile, mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { z } from 'zod'
import { corpusLines, hashOf, linesOf } from '../src/care/safety/screen/corpus.ts'
import { mixed } from '../src/care/safety/screen/judge.ts'
import {
  createModel,
  modelFile,
  packModel,
  readModel,
  type thresholds as shape,
} from '../src/care/safety/screen/model.ts'
import { normalise } from '../src/care/safety/screen/normalise.ts'
import { createReader } from '../src/care/safety/screen/reader.ts'
import { aboutFile, loadPieces, readAbout, senseFile } from '../src/care/safety/screen/sense.ts'
import { windowsOf } from '../src/care/safety/screen/units.ts'
import { calibrate, foldOf, folds, learn, leftOut } from './screen-lessons.ts'

const run = promisify(execFile)
const say = (line: string) => process.stdout.write(`${line}\n`)
const held = 0
type Thresholds = z.infer<typeof shape>

const lines = corpusLines()
const added = new Set(process.argv.slice(2).flatMap((name) => linesOf(name).map(({ text }) => text)))
const on = added.size > 0
const every = Math.max(1, Math.floor((lines.length - added.size) / Math.max(1, added.size)))
/** The fold a line is in, or undefined where it is passed over; one that is in no fold to be judged is always learned from. */
function placeOf(text: string, at: number): number | undefined {
  if (!on) return foldOf(at)
  if (added.has(text)) return at % 2
  return at % every === 0 ? -1 : undefined
}
const words = learn(lines)
const read = createReader(createModel(words).vocabulary)
const piecesOf = await loadPieces()
const folder = await mkdtemp(join(tmpdir(), 'handrail-screen-'))
say(`Working in ${folder}.`)
const path = (name: string) => join(folder, name)
await writeFile(
  path('lessons'),
  lines
    .flatMap(({ text, ...line }, at) => {
      const fold = placeOf(text, at)
      const pieces = piecesOf(read(windowsOf(normalise(text))[0] ?? ''))
      return fold === undefined ? [] : [JSON.stringify({ ...line, at, fold, pieces })]
    })
    .join('\n'),
)

const teacher = fileURLToPath(new URL('learn-sense.py', import.meta.url))
const python = process.env['PYTHON'] ?? '/usr/bin/python3'
const env = { ...process.env, ...(on && { ON: fileURLToPath(senseFile).replace(/\.onnx$/, '') }) }
const teaching = Promise.all([
  run(python, [teacher, path('lessons'), path('held'), String(held)], { env }),
  run(python, [teacher, path('lessons'), path('weights')], { env }),
])

/** Few new lines say little by themselves: the thresholds that stand count for as many lines as they were set on. */
function weighed(fresh: Thresholds, before: Thresholds, count: number): Thresholds {
  if (!on) return fresh
  const earlier = (lines.length - added.size) / folds
  const mean = (now: number, then: number) => (now * count + then * earlier) / (count + earlier)
  return { urgent: mean(fresh.urgent, before.urgent), concern: mean(fresh.concern, before.concern) }
}
const stand = { words: readModel().thresholds, sense: readAbout().thresholds }
const byWords = await leftOut(lines, on ? (at) => placeOf(lines[at]?.text ?? '', at) === held : undefined)
await writeFile(
  modelFile,
  packModel({ ...words, thresholds: weighed(calibrate(byWords), stand.words, byWords.length) }),
)
say(`Words learned from ${lines.length} texts.`)

await teaching
const share = z.strictObject({ at: z.int(), concern: z.number(), urgent: z.number() })
const bySense = new Map(
  (await readFile(path('held'), 'utf8'))
    .trim()
    .split('\n')
    .map((line) => share.parse(JSON.parse(line)))
    .map((one) => [one.at, one]),
)
const judged = byWords.flatMap((one) => {
  const sense = bySense.get(one.at)
  return sense === undefined ? [] : [{ ...one, ...mixed(one, { ...sense, reason: one.reason }) }]
})
const thresholds = weighed(calibrate(judged), stand.sense, judged.length)
const reasons: unknown = JSON.parse(await readFile(path('weights.json'), 'utf8'))
await copyFile(path('weights.onnx'), senseFile)
await writeFile(
  aboutFile,
  `${JSON.stringify({ learnedFrom: hashOf(lines), reasons: z.array(z.string()).parse(reasons), thresholds }, undefined, 2)}\n`,
)
say(`Sentences learned; cut at ${JSON.stringify(thresholds)}.`)
