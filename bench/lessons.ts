// Examples made ready for learning: skills as numbers, sentence vectors kept between runs.
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Example } from '../src/care/skills/search/corpus.ts'
import type { Lesson } from '../src/care/skills/search/learn.ts'
import { plainEnglish } from '../src/care/skills/search/gloss.ts'
import { loadVectors } from '../src/care/skills/search/vectors.ts'

const kept = join(tmpdir(), 'handrail-skill-vectors.json')
const dimensions = 512
const keyOf = (text: string): string => createHash('sha1').update(text).digest('hex')

async function vectorsOf(texts: readonly string[]): Promise<ReadonlyMap<string, Float32Array>> {
  const known = new Map<string, string>(existsSync(kept) ? JSON.parse(readFileSync(kept, 'utf8')) : [])
  const missing = [...new Set(texts)].filter((text) => !known.has(keyOf(text)))
  const vectors = missing.length > 0 ? await loadVectors() : undefined
  if (missing.length > 0 && vectors === undefined) throw new Error('install the optional packages first')
  for (let at = 0; at < missing.length && vectors; at += 64) {
    const batch = missing.slice(at, at + 64)
    const made = await vectors(batch)
    for (const [i, text] of batch.entries())
      known.set(keyOf(text), Buffer.from(Float32Array.from(made[i] ?? []).buffer).toString('base64'))
  }
  writeFileSync(kept, JSON.stringify([...known]))
  const read = (text: string) => {
    const bytes = Buffer.from(known.get(keyOf(text)) ?? '', 'base64')
    return new Float32Array(new Uint8Array(bytes).buffer, 0, dimensions)
  }
  return new Map(texts.map((text) => [text, read(text)]))
}

export async function lessonsOf(
  examples: readonly Example[],
  slugs: readonly string[],
): Promise<readonly Lesson[]> {
  const vectors = await vectorsOf(examples.map(({ text }) => plainEnglish(text)))
  return examples.map(({ text, fits, weight }) => ({
    text,
    weight,
    shares: Float32Array.from(slugs, (slug) => fits.get(slug) ?? 0),
    vector: vectors.get(plainEnglish(text)) ?? new Float32Array(dimensions),
  }))
}
