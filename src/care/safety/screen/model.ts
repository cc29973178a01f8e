// What was learned from the corpus: a weight per feature and class, read from content/screen.bin.
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { sharesOf } from '../../skills/search/model.ts'
import { weigh } from '../../skills/search/features.ts'
import { readConcepts } from './concepts.ts'
import { levels } from './corpus.ts'
import { bucketCount, countsOf, type Readers } from './features.ts'
import { createVocabulary } from './vocabulary.ts'

/** Shares from which a text is urgent, or at least a concern. */
export const thresholds = z.strictObject({ urgent: z.number(), concern: z.number() })

const header = z.strictObject({
  /** Of every line it was learned from; a test says when the corpus has moved on. */
  learnedFrom: z.string(),
  scale: z.number(),
  rows: z.int(),
  thresholds,
  vocabulary: z.record(z.string(), z.int()),
})
export type Header = z.infer<typeof header>

/** `buckets` are those that were learned; the rest say nothing. */
export type Packed = Header & {
  readonly buckets: Uint32Array
  readonly rarity: Uint8Array
  readonly weights: Int8Array
}

export const modelFile = new URL('../../../../content/screen.bin', import.meta.url)

/** A line of JSON, then bucket numbers, how rare each is (in 16ths), and a byte a class for each: the root of a weight. */
export const packModel = ({ buckets, rarity, weights, ...head }: Packed): Uint8Array =>
  Buffer.concat([
    Buffer.from(`${JSON.stringify(head)}\n`),
    Buffer.from(buckets.buffer, buckets.byteOffset, buckets.byteLength),
    rarity,
    Buffer.from(weights.buffer, weights.byteOffset, weights.byteLength),
  ])

export function readModel(file: URL = modelFile): Packed {
  const bytes = readFileSync(file)
  const end = bytes.indexOf(10)
  const head = header.parse(JSON.parse(bytes.toString('utf8', 0, end)))
  const from = end + 1
  const middle = from + head.rows * 4
  return {
    ...head,
    buckets: new Uint32Array(Uint8Array.from(bytes.subarray(from, middle)).buffer),
    rarity: Uint8Array.from(bytes.subarray(middle, middle + head.rows)),
    weights: Int8Array.from(bytes.subarray(middle + head.rows), (one) => (one << 24) >> 24),
  }
}

export type Shares = { readonly concern: number; readonly urgent: number; readonly reason: string }

export function createModel(packed: Packed = readModel()) {
  const { scale, weights, thresholds } = packed
  const readers: Readers = {
    concepts: readConcepts(),
    vocabulary: createVocabulary(new Map(Object.entries(packed.vocabulary))),
  }
  const rarity = new Float32Array(bucketCount)
  const rowOf = new Int32Array(bucketCount).fill(-1)
  for (const [row, bucket] of packed.buckets.entries()) {
    rowOf[bucket] = row
    rarity[bucket] = (packed.rarity[row] ?? 0) / 16
  }

  return {
    thresholds,
    vocabulary: readers.vocabulary,
    /** How much of a stretch of normalised text is a concern and how much urgent, of one in all. */
    shares(text: string): Shares {
      const scores = new Float64Array(levels.length)
      const sparse = weigh(countsOf(text, readers), rarity)
      for (const [at, bucket] of sparse.buckets.entries()) {
        const from = (rowOf[bucket] ?? 0) * levels.length
        const by = (sparse.weights[at] ?? 0) * scale
        for (let c = 0; c < levels.length; c++) {
          const root = weights[from + c] ?? 0
          scores[c] = (scores[c] ?? 0) + by * root * Math.abs(root)
        }
      }
      const [, concern = 0, urgent = 0] = sharesOf(scores)
      return { concern, urgent, reason: 'noticed' }
    },
  }
}
export type Model = ReturnType<typeof createModel>
