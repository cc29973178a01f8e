// Learns the safety screen from its corpus, and finds the shares from which a text is urgent or a concern.
import { regress, rarityOf, small } from '../src/care/skills/search/learn.ts'
import { weigh } from '../src/care/skills/search/features.ts'
import { wordsOf } from '../src/care/skills/search/text.ts'
import { readConcepts } from '../src/care/safety/screen/concepts.ts'
import { hashOf, levels, type ScreenLine } from '../src/care/safety/screen/corpus.ts'
import { bucketCount, countsOf } from '../src/care/safety/screen/features.ts'
import { createModel, type Packed } from '../src/care/safety/screen/model.ts'
import { normalise } from '../src/care/safety/screen/normalise.ts'
import { createJudge, type TextShares } from '../src/care/safety/screen/judge.ts'
import { createReader } from '../src/care/safety/screen/reader.ts'
import { unitsOf } from '../src/care/safety/screen/units.ts'
import { createVocabulary } from '../src/care/safety/screen/vocabulary.ts'

const pace = { passes: 60, batches: 1, rate: 0.3, decay: 2e-6 }
export const folds = 5

const concepts = readConcepts()
type Words = ReturnType<typeof createModel>

function vocabularyOf(lines: readonly ScreenLine[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const { text, kind } of lines)
    if (kind !== 'misspelt' && kind !== 'leet' && kind !== 'spaced')
      for (const word of wordsOf(normalise(text))) counts[word] = (counts[word] ?? 0) + 1
  for (const word of concepts.words) counts[word] = (counts[word] ?? 0) + 2
  return Object.fromEntries(
    Object.entries(counts).filter(([word, count]) => count > 1 && /^[a-z]+$/.test(word)),
  )
}

/** What one line teaches: a short text whole; of a long one the stretch that an earlier model found worst. */
function stretchesOf(
  line: ScreenLine,
  read: (normal: string) => string,
  earlier: Words | undefined,
): readonly string[] {
  const units = unitsOf(normalise(line.text)).map(({ text }) => read(text))
  if (units.length === 1) return units
  if (line.level === 'none') return units
  if (earlier === undefined) return []
  const worst = units
    .map((text) => ({ text, ...earlier.shares(text) }))
    .toSorted((a, b) => b.urgent + b.concern - a.urgent - a.concern)
  return worst.slice(0, 1).map(({ text }) => text)
}

function learnOnce(lines: readonly ScreenLine[], earlier?: Words): Packed {
  const vocabulary = vocabularyOf(lines)
  const readers = { concepts, vocabulary: createVocabulary(new Map(Object.entries(vocabulary))) }
  const read = createReader(readers.vocabulary)
  const classes = levels
  const lessons = lines.flatMap((line) => {
    const stretches = stretchesOf(line, read, earlier)
    return stretches.map((text) => ({
      counts: countsOf(text, readers),
      shares: Float32Array.from(classes, (name) => (name === line.level ? 1 : 0)),
      weight: 1 / Math.sqrt(stretches.length),
    }))
  })
  const rarity = rarityOf(
    lessons.map(({ counts }) => counts),
    bucketCount,
  )
  const buckets = Uint32Array.from(rarity.keys()).filter((bucket) => (rarity[bucket] ?? 0) > 0)
  const rowOf = new Map(Array.from(buckets, (bucket, row) => [bucket, row]))
  const rows = lessons.map(({ counts }) => {
    const sparse = weigh(counts, rarity)
    return { at: sparse.buckets.map((bucket) => rowOf.get(bucket) ?? 0), values: sparse.weights }
  })
  const { scale, weights } = small(regress(rows, lessons, buckets.length, pace))
  return {
    learnedFrom: hashOf(lines),
    scale,
    rows: buckets.length,
    thresholds: { urgent: 0.5, concern: 0.5 },
    vocabulary,
    buckets,
    rarity: Uint8Array.from(buckets, (bucket) => Math.round((rarity[bucket] ?? 0) * 16)),
    weights,
  }
}

/** Twice: the second time long texts teach what the first learned to see in them. */
export function learn(lines: readonly ScreenLine[]): Packed {
  return learnOnce(lines, createModel(learnOnce(lines)))
}

export type Judged = Pick<ScreenLine, 'level'> & TextShares & { readonly at: number }

export const foldOf = (at: number): number => at % folds

/** Each line, or each of those told, judged by its words, with a model that never saw it. */
export async function leftOut(
  lines: readonly ScreenLine[],
  told?: (at: number) => boolean,
): Promise<readonly Judged[]> {
  const parts = Array.from({ length: folds }, (_, fold) => (at: number) => foldOf(at) === fold)
  const judged: Judged[] = []
  for (const isOut of told === undefined ? parts : [told]) {
    const { shares } = createJudge(createModel(learn(lines.filter((_, at) => !isOut(at)))))
    for (const [at, { level, text }] of lines.entries())
      if (isOut(at)) judged.push({ at, level, ...(await shares(text)) })
  }
  return judged
}

/** Where as large a share of the texts that matter is missed as of the `none` is raised: the goals ask for both alike. */
function balance(hits: readonly number[], others: readonly number[]): number {
  const from = (values: readonly number[], cut: number) => values.filter((one) => one >= cut).length
  const missed = (cut: number) => 1 - from(hits, cut) / hits.length
  const raised = (cut: number) => from(others, cut) / others.length
  return [...hits, ...others].toSorted((a, b) => a - b).find((cut) => missed(cut) >= raised(cut)) ?? 0.5
}

export function calibrate(judged: readonly Judged[]): { readonly urgent: number; readonly concern: number } {
  const none = judged.filter(({ level }) => level === 'none')
  const either = ({ urgent, concern }: TextShares) => urgent + concern
  const urgentOnes = judged.filter(({ level }) => level === 'urgent')
  return {
    urgent: balance(
      urgentOnes.map(({ urgent }) => urgent),
      none.map(({ urgent }) => urgent),
    ),
    concern: balance(judged.filter(({ level }) => level !== 'none').map(either), none.map(either)),
  }
}
