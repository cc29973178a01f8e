// The lines the screen learns from: content/screen/*.jsonl, written as content/screen/guide.md says.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { z } from 'zod'

export const levels = ['none', 'concern', 'urgent'] as const
export type Level = (typeof levels)[number]
export const reasons = [
  'suicide',
  'self-harm',
  'overdose',
  'harm-others',
  'abuse',
  'goodbye',
  'hopeless',
  'relapse',
  'medication',
  'eating',
  'other-in-danger',
] as const

const line = z.object({
  lang: z.enum(['en', 'es']),
  level: z.enum(levels),
  kind: z.string(),
  reason: z.enum(reasons).optional().catch(undefined),
  text: z.string(),
})
export type ScreenLine = z.infer<typeof line>

const folder = new URL('../../../../content/screen/', import.meta.url)

export const readLines = (file: URL): readonly ScreenLine[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((one) => one.trim() !== '')
    .map((one) => line.parse(JSON.parse(one)))

export const linesOf = (name: string): readonly ScreenLine[] => readLines(new URL(name, folder))

/** Every line once, whoever wrote it. */
export function corpusLines(): readonly ScreenLine[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('.jsonl'))
  const all = files.toSorted().flatMap(linesOf)
  return [...new Map(all.map((one) => [one.text, one])).values()]
}

export const hashOf = (lines: readonly ScreenLine[]): string =>
  createHash('sha256').update(JSON.stringify(lines)).digest('hex').slice(0, 16)
