// Spanish put into English word for word, so that what was learned in one language holds in the other.
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { wordsOf } from './text.ts'

/** Spanish without accents to English; a star ends a word that may go on. */
export const glossFile = new URL('../../../../content/needs/gloss.json', import.meta.url)
const entries = Object.entries(
  z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(glossFile, 'utf8'))),
)

const whole = new Map(entries.filter(([spanish]) => !spanish.endsWith('*')))
const begun = new Map(
  entries.flatMap(([spanish, english]) => (spanish.endsWith('*') ? [[spanish.slice(0, -1), english]] : [])),
)
const english = new Set(entries.flatMap(([, said]) => said.split(' ')))
/** Words of the longest entry. */
const longest = Math.max(...entries.map(([spanish]) => spanish.split(' ').length))

function ofWord(word: string): string | undefined {
  const exact = whole.get(word) ?? whole.get(word.replace(/e?s$/, ''))
  if (exact !== undefined) return exact
  for (let end = word.length; end > 1; end--) {
    const said = begun.get(word.slice(0, end))
    if (said !== undefined) return said
  }
  return undefined
}

/** More words that only Spanish knows than words that only English knows. */
function isSpanish(words: readonly string[]): boolean {
  let lead = 0
  for (const word of words) lead += Number(ofWord(word) !== undefined) - Number(english.has(word))
  return lead > 0
}

/** The words in English; English ones, and those that nobody knows, stay as they are. */
export function inEnglish(words: readonly string[]): readonly string[] {
  if (!isSpanish(words)) return words
  const said: string[] = []
  for (let at = 0; at < words.length;) {
    let taken = Math.min(longest, words.length - at)
    while (taken > 1 && !whole.has(words.slice(at, at + taken).join(' '))) taken--
    const [word = ''] = words.slice(at)
    said.push(taken > 1 ? (whole.get(words.slice(at, at + taken).join(' ')) ?? '') : (ofWord(word) ?? word))
    at += taken
  }
  return said.flatMap((one) => (one === '' ? [] : one.split(' ')))
}

/** A text the way the sentence vectors, which know only English, can read it. */
export const plainEnglish = (text: string): string => inEnglish(wordsOf(text)).join(' ')
