// Every pair of sentences that people read: the catalogue's, and those of the content files.
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export type Pair = { readonly at: string; readonly en: string; readonly es: string }

const content = fileURLToPath(new URL('../../content/', import.meta.url))
const read = (file: string): unknown => JSON.parse(readFileSync(`${content}${file}`, 'utf8'))

/** What people type, kept so that they are understood: nobody reads it. */
const typed = ['also', 'peopleSay']

/** Each object with words in a language is a pair, whatever it lacks. */
function pairsIn(value: unknown, at: string): readonly Pair[] {
  if (typeof value !== 'object' || value === null) return []
  if ('en' in value || 'es' in value) return [{ at, ...(value as { en: string; es: string }) }]
  return Object.entries(value).flatMap(([name, inner]) =>
    typed.includes(name) ? [] : pairsIn(inner, `${at} ${name}`),
  )
}

const files = (folder: string) =>
  readdirSync(`${content}${folder}`)
    .filter((name) => name.endsWith('.json'))
    .map((name) => `${folder}${name}`)

/** With the catalogue's key in `at`. */
export const catalogued: readonly (Pair & { readonly file: string })[] = files('words/').flatMap((file) =>
  Object.entries(read(file) as object).flatMap(([key, pair]) =>
    pairsIn(pair, key).map((one) => ({ ...one, file })),
  ),
)

/** Folders of content, one file a piece. */
export const folders = readdirSync(content, { withFileTypes: true })
  .filter((one) => one.isDirectory() && !['words', 'needs'].includes(one.name))
  .map(({ name }) => name)

/** The pairs of every content file, by file. */
export const contentPairs: readonly { readonly file: string; readonly pairs: readonly Pair[] }[] = [
  '',
  ...folders.map((name) => `${name}/`),
]
  .flatMap(files)
  .map((file) => ({ file, pairs: pairsIn(read(file), file) }))

export const everyPair: readonly Pair[] = [...catalogued, ...contentPairs.flatMap(({ pairs }) => pairs)]
