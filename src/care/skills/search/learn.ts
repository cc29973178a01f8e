// Learns the weights: softmax regression on graded labels, one for the words of a text, one for its sentence vector.
import { bucketCount, countsOf, sparseOf } from './features.ts'
import { sharesOf, type Model, type Near } from './model.ts'

/** A text with how well each skill fits it, in the order of `slugs`; shares add up to one. */
export type Lesson = Target & { readonly text: string; readonly vector?: Float32Array }
type Target = { readonly shares: Float32Array; readonly weight: number }
type Rows = { readonly at: Uint32Array; readonly values: Float32Array | Float64Array }

/** How long and how fast to learn; `decay` pulls weights that few texts ask for back towards nothing. */
type Pace = {
  readonly passes: number
  readonly batches: number
  readonly rate: number
  readonly decay: number
}

/** Adam; every batch holds each `batches`th lesson, so no chance is in it and learning twice gives the same file. */
export function regress(
  rows: readonly Rows[],
  lessons: readonly Target[],
  size: number,
  { passes, batches, rate, decay }: Pace,
) {
  const classes = lessons[0]?.shares.length ?? 0
  const weights = new Float32Array(size * classes)
  const slopes = new Float32Array(weights.length)
  const first = new Float32Array(weights.length)
  const second = new Float32Array(weights.length)
  const scores = new Float64Array(classes)
  const total = lessons.reduce((sum, { weight }) => sum + weight, 0) / batches
  const rounds = passes * batches
  for (let round = 1; round <= rounds; round++) {
    for (let i = 0; i < slopes.length; i++) slopes[i] = decay * (weights[i] ?? 0)
    for (let one = round % batches; one < rows.length; one += batches) {
      const { at, values } = rows[one] ?? { at: new Uint32Array(), values: scores }
      const { shares, weight } = lessons[one] ?? { shares: scores, weight: 0 }
      scores.fill(0)
      for (let i = 0; i < at.length; i++) {
        const from = (at[i] ?? 0) * classes
        const value = values[i] ?? 0
        for (let c = 0; c < classes; c++) scores[c] = (scores[c] ?? 0) + value * (weights[from + c] ?? 0)
      }
      const chances = sharesOf(scores)
      for (let c = 0; c < classes; c++) scores[c] = (weight / total) * ((chances[c] ?? 0) - (shares[c] ?? 0))
      for (let i = 0; i < at.length; i++) {
        const from = (at[i] ?? 0) * classes
        const value = values[i] ?? 0
        for (let c = 0; c < classes; c++)
          slopes[from + c] = (slopes[from + c] ?? 0) + value * (scores[c] ?? 0)
      }
    }
    const pace = (rate * (1 - (0.9 * round) / rounds)) / (1 - 0.9 ** round)
    const even = 1 - 0.99 ** round
    for (let i = 0; i < slopes.length; i++) {
      const slope = slopes[i] ?? 0
      const steady = (first[i] = 0.9 * (first[i] ?? 0) + 0.1 * slope)
      const size2 = (second[i] = 0.99 * (second[i] ?? 0) + 0.01 * slope * slope)
      weights[i] = (weights[i] ?? 0) - (pace * steady) / (Math.sqrt(size2 / even) + 1e-7)
    }
  }
  return weights
}

export function rarityOf(texts: readonly ReadonlyMap<number, number>[], buckets = bucketCount): Float32Array {
  const seen = new Float32Array(buckets)
  for (const counts of texts) for (const bucket of counts.keys()) seen[bucket] = (seen[bucket] ?? 0) + 1
  const rarity = seen.map((count) => (count < 2 ? 0 : Math.log(1 + texts.length / count)))
  return rarity.map((one) => Math.min(255, Math.round(one * 16)) / 16)
}

/** One byte a weight, finer near nothing, where most weights are: the byte is the root of the weight. */
export function small(weights: Float32Array): Model['words'] {
  let most = 1e-9
  for (const one of weights) most = Math.max(most, Math.abs(one))
  const byte = (one: number) => Math.round(Math.sign(one) * Math.sqrt(Math.abs(one) / most) * 127)
  return { scale: most / 127 ** 2, weights: Int8Array.from(weights, byte) }
}

/** The lines as whole numbers; the largest part of any vector becomes 127. */
function nearOf(lessons: readonly Lesson[]): Near {
  const vectors = Float32Array.from(lessons.flatMap(({ vector }) => [...(vector ?? [])]))
  let most = 1e-9
  for (const one of vectors) most = Math.max(most, Math.abs(one))
  return {
    scale: most / 127,
    vectors: Int8Array.from(vectors, (one) => Math.round((one / most) * 127)),
    shares: Uint8Array.from(
      lessons.flatMap(({ shares, weight }) => [...shares].map((one) => Math.round(one * weight * 255))),
    ),
  }
}

/** Found by leaving out a fifth of the corpus at a time. */
const wordPace: Pace = { passes: 50, batches: 1, rate: 0.3, decay: 1e-6 }
const sensePace: Pace = { passes: 6, batches: 25, rate: 0.5, decay: 5e-6 }

export function learn(lessons: readonly Lesson[], slugs: readonly string[], learnedFrom: string): Model {
  const rarity = rarityOf(lessons.map(({ text }) => countsOf(text)))
  const sparse = lessons.map(({ text }) => sparseOf(text, rarity))
  const words = regress(
    sparse.map(({ buckets, weights }) => ({ at: buckets, values: weights })),
    lessons,
    bucketCount,
    wordPace,
  )
  const told = lessons.filter(({ vector }) => vector !== undefined)
  const size = told[0]?.vector?.length ?? 0
  const every = Uint32Array.from({ length: size }, (_, at) => at)
  const sense = regress(
    told.map(({ vector }) => ({ at: every, values: vector ?? new Float32Array() })),
    told,
    size,
    sensePace,
  )
  return { learnedFrom, slugs, rarity, words: small(words), sense: small(sense), near: nearOf(told) }
}
