// What a stretch of words is about, in either language: "voy a", "going to" and "will" are one thing to the model.
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { wordsOf } from '../../skills/search/text.ts'

type Pattern = { readonly name: string; readonly words: readonly string[] }
export type Concept = { readonly at: number; readonly name: string }

const file = new URL('../../../../content/screen/concepts.json', import.meta.url)

const matches = (pattern: string, word: string | undefined): boolean =>
  word !== undefined && (pattern.endsWith('*') ? word.startsWith(pattern.slice(0, -1)) : word === pattern)

/** A star ends a word that may go on; written words are spelled out the way a text's are. */
const spelled = (pattern: string): string[] =>
  pattern.split(/\s+/).flatMap((word) => (word.endsWith('*') ? [word] : wordsOf(word)))

export function readConcepts(from: URL = file) {
  const lists = z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(from, 'utf8')))
  const byStart = new Map<string, Pattern[]>()
  for (const [name, list] of Object.entries(lists))
    for (const pattern of list.split('|')) {
      const words = spelled(pattern.trim())
      const start = words[0]?.slice(0, 2) ?? ''
      byStart.set(start, [...(byStart.get(start) ?? []), { name, words }])
    }
  const words = new Set(
    [...byStart.values()].flat().flatMap(({ words }) => words.filter((word) => !word.endsWith('*'))),
  )
  return {
    words,
    /** In the order they stand; one stretch may mean several things. */
    in(text: readonly string[]): readonly Concept[] {
      const found: Concept[] = []
      for (const [at, word] of text.entries()) {
        const here = new Set<string>()
        for (const { name, words } of byStart.get(word.slice(0, 2)) ?? [])
          if (!here.has(name) && words.every((one, i) => matches(one, text[at + i]))) here.add(name)
        for (const name of here) found.push({ at, name })
      }
      return found
    },
  }
}
export type Concepts = ReturnType<typeof readConcepts>
