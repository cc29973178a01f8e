// A text as a sparse vector: stems, pairs of words, pieces of words and the same in English, each hashed into a bucket.
import { inEnglish } from './gloss.ts'
import { stemsOf, wordsOf } from './text.ts'

export const bucketCount = 1 << 16

/** Bucket → weight; sums to length one. */
export type Sparse = { readonly buckets: Uint32Array; readonly weights: Float32Array }

export function bucketOf(feature: string, buckets = bucketCount): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < feature.length; at++) hash = Math.imul(hash ^ feature.charCodeAt(at), 0x01000193)
  hash ^= hash >>> 15
  return (Math.imul(hash, 0x2c1b3c6d) >>> 8) & (buckets - 1)
}

export function* piecesOf(word: string): Iterable<string> {
  const marked = ` ${word} `
  for (let length = 3; length <= 5; length++)
    for (let at = 0; at + length <= marked.length; at++) yield marked.slice(at, at + length)
}

/** How often each bucket is hit, whole words counting more than pieces of them. */
export function countsOf(text: string): ReadonlyMap<number, number> {
  const counts = new Map<number, number>()
  const add = (feature: string, weight: number) => {
    const bucket = bucketOf(feature)
    counts.set(bucket, (counts.get(bucket) ?? 0) + weight)
  }
  const words = wordsOf(text)
  const stems = words.map((word) => stemsOf(word))
  for (const [at, word] of words.entries()) {
    for (const stem of stems[at] ?? []) add(`w ${stem}`, 1)
    for (const piece of piecesOf(word)) add(piece, 0.35)
    const [next] = stems[at + 1] ?? []
    if (next !== undefined) add(`p ${stems[at]?.[0]} ${next}`, 0.8)
    const [after] = stems[at + 2] ?? []
    if (after !== undefined) add(`g ${stems[at]?.[0]} ${after}`, 0.4)
  }
  const english = inEnglish(words).map((word) => stemsOf(word)[0])
  for (const [at, stem] of english.entries()) {
    add(`e ${stem}`, 1)
    if (at + 1 < english.length) add(`ep ${stem} ${english[at + 1]}`, 0.8)
    if (at + 2 < english.length) add(`eg ${stem} ${english[at + 2]}`, 0.4)
  }
  return counts
}

export const sparseOf = (text: string, rarity: Float32Array): Sparse => weigh(countsOf(text), rarity)

export function weigh(all: ReadonlyMap<number, number>, rarity: Float32Array): Sparse {
  const counts = [...all].filter(([bucket]) => (rarity[bucket] ?? 0) > 0)
  const weights = Float32Array.from(counts, ([bucket, count]) => Math.sqrt(count) * (rarity[bucket] ?? 0))
  const length = Math.hypot(...weights) || 1
  return {
    buckets: Uint32Array.from(counts, ([bucket]) => bucket),
    weights: weights.map((one) => one / length),
  }
}
