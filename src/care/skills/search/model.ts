// What was learned from the corpus, read from content/skill-search.bin: for each skill a weight per feature of a text, and
// the lines themselves as vectors, to find those nearest to a text.
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { bucketCount, sparseOf } from './features.ts'

const header = z.strictObject({
  /** Of everything it was learned from; a test says when the content has moved on. */
  learnedFrom: z.string(),
  slugs: z.array(z.string()),
  dimensions: z.int(),
  wordScale: z.number(),
  senseScale: z.number(),
  nearScale: z.number(),
  lines: z.int(),
})

export type Model = {
  readonly learnedFrom: string
  readonly slugs: readonly string[]
  readonly rarity: Float32Array
  readonly words: { readonly scale: number; readonly weights: Int8Array }
  readonly sense: { readonly scale: number; readonly weights: Int8Array }
  readonly near: Near
}
/** Of each line its vector, in whole steps of `scale`, and how well each skill fits it, of 255 for a line
 * that is believed outright and that only one skill fits. */
export type Near = { readonly scale: number; readonly vectors: Int8Array; readonly shares: Uint8Array }

export const modelFile = new URL('../../../../content/skill-search.bin', import.meta.url)

/** A line of JSON, then how rare each bucket is (in 16ths), the weights of words and of sentence vectors, the lines. */
export function packModel({ learnedFrom, slugs, rarity, words, sense, near }: Model): Uint8Array {
  const head = {
    learnedFrom,
    slugs,
    dimensions: sense.weights.length / slugs.length,
    wordScale: words.scale,
    senseScale: sense.scale,
    nearScale: near.scale,
    lines: near.shares.length / slugs.length,
  }
  return Buffer.concat([
    Buffer.from(`${JSON.stringify(head)}\n`),
    Uint8Array.from(rarity, (one) => Math.min(255, Math.round(one * 16))),
    Buffer.from(words.weights.buffer),
    Buffer.from(sense.weights.buffer),
    Buffer.from(near.vectors.buffer),
    near.shares,
  ])
}

export function readModel(file: URL = modelFile): Model {
  const bytes = readFileSync(file)
  const end = bytes.indexOf(10)
  const { learnedFrom, slugs, dimensions, wordScale, senseScale, nearScale, lines } = header.parse(
    JSON.parse(bytes.toString('utf8', 0, end)),
  )
  let at = end + 1
  const take = (length: number) => bytes.subarray(at, (at += length))
  return {
    learnedFrom,
    slugs,
    rarity: Float32Array.from(take(bucketCount), (one) => one / 16),
    words: { scale: wordScale, weights: new Int8Array(take(bucketCount * slugs.length)) },
    sense: { scale: senseScale, weights: new Int8Array(take(dimensions * slugs.length)) },
    near: {
      scale: nearScale,
      vectors: new Int8Array(take(lines * dimensions)),
      shares: new Uint8Array(take(lines * slugs.length)),
    },
  }
}

const addTo = (scores: Float64Array, weights: Int8Array, row: number, by: number) => {
  const from = row * scores.length
  for (let at = 0; at < scores.length; at++) {
    const root = weights[from + at] ?? 0
    scores[at] = (scores[at] ?? 0) + by * root * Math.abs(root)
  }
}

/** One score a skill, in the order of `slugs`, from the words of the text. */
export function scoreWords({ rarity, words, slugs }: Model, text: string): Float64Array {
  const scores = new Float64Array(slugs.length)
  const { buckets, weights } = sparseOf(text, rarity)
  for (const [at, bucket] of buckets.entries())
    addTo(scores, words.weights, bucket, (weights[at] ?? 0) * words.scale)
  return scores
}

/** The same from the vector of the sentence. */
export function scoreSense({ sense, slugs }: Model, vector: readonly number[]): Float64Array {
  const scores = new Float64Array(slugs.length)
  for (const [at, value] of vector.entries()) addTo(scores, sense.weights, at, value * sense.scale)
  return scores
}

/** How much more a line counts than one that is a tenth less alike: found by holding out lines. */
const nearness = 28

/** Shares of the skills that fit the lines nearest to the sentence. */
export function sharesNear({ near, slugs }: Model, vector: readonly number[]): Float64Array {
  const lines = near.shares.length / slugs.length
  const sought = Int8Array.from(vector, (one) => Math.max(-127, Math.min(127, Math.round(one / near.scale))))
  const alike = new Float64Array(lines)
  const { vectors } = near
  for (let line = 0, from = 0; line < lines; line++, from += sought.length) {
    let sum = 0
    for (let at = 0; at < sought.length; at++)
      sum = (sum + Math.imul(vectors[from + at] ?? 0, sought[at] ?? 0)) | 0
    alike[line] = sum
  }
  const counts = sharesOf(alike.map((one) => one * near.scale ** 2 * nearness))
  const sums = new Float64Array(slugs.length)
  for (const [line, count] of counts.entries())
    if (count > 1e-6)
      for (let at = 0; at < sums.length; at++)
        sums[at] = (sums[at] ?? 0) + count * (near.shares[line * sums.length + at] ?? 0)
  const all = sums.reduce((sum, one) => sum + one, 0) || 1
  return sums.map((one) => one / all)
}

/** Scores as shares of one. */
export function sharesOf(scores: Float64Array): Float64Array {
  const top = scores.reduce((most, one) => Math.max(most, one), -Infinity)
  const raised = scores.map((one) => Math.exp(one - top))
  const sum = raised.reduce((all, one) => all + one, 0)
  return raised.map((one) => one / sum)
}
