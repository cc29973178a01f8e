// `npm run eval`: how well skills are found and texts are screened, on lines that nothing was learned from.
import { existsSync } from 'node:fs'
import { skills } from '../src/care/skills/content.ts'
import { readLines, type NeedLine } from '../src/care/skills/search/corpus.ts'
import { createSkillSearch } from '../src/care/skills/search/search.ts'
import { createSense } from '../src/care/skills/search/sense.ts'
import { hit, meanOf, ndcg } from './ranking.ts'
import { reportScreen } from './screen-report.ts'

const sets = [
  ['Development set', new URL('../../shared/eval/skills-dev.jsonl', import.meta.url)],
  ['Set held apart', new URL('../test/eval/skills-held.jsonl', import.meta.url)],
] as const

const say = (line: string) => process.stdout.write(`${line}\n`)
const search = createSkillSearch({ skills, sense: createSense(30_000) })

type Scored = NeedLine & { readonly recall: number; readonly gain: number; readonly found: readonly string[] }

function table(scored: readonly Scored[]): void {
  const keysOf = ({ lang, kind }: Scored) => ['all', lang, `${lang} ${kind}`]
  say('                    lines  recall@3  nDCG@5')
  for (const key of [...new Set(scored.flatMap(keysOf))].toSorted()) {
    const all = scored.filter((one) => keysOf(one).includes(key))
    const [recall, gain] = [all.map((one) => one.recall), all.map((one) => one.gain)].map((one) =>
      meanOf(one).toFixed(3),
    )
    say(`  ${key.padEnd(18)}${String(all.length).padStart(5)}  ${recall?.padStart(8)}  ${gain?.padStart(6)}`)
  }
}

for (const [name, file] of sets) {
  if (!existsSync(file)) {
    say(`${name}: not here, passed over.`)
    continue
  }
  const scored: Scored[] = []
  for (const line of readLines(file)) {
    const found = (await search.find(line.text)).map(({ slug }) => slug)
    scored.push({ ...line, found, recall: hit(found, line), gain: ndcg(found, line) })
  }
  say(`\n${name}`)
  table(scored)
  for (const { text, found, good } of scored.filter(({ recall }) => recall === 0))
    say(`  missed: ${text.slice(0, 70)} -> ${found.slice(0, 3).join(' ')} (good: ${good.join(' ')})`)
}
await search.close()
await reportScreen(say)
