// How typed words become comparable: accents folded, phone spelling written out, stems of both languages.
import snowball from 'snowball-stemmers'
import { phoneSpelling } from './phone-spelling.ts'

const english = snowball.newStemmer('english')
const spanish = snowball.newStemmer('spanish')

/** What is read of a text; nobody's need takes longer to say, and a pasted novel must not stop the others. */
const longest = 600

const folded = (text: string): string =>
  text
    .slice(0, longest)
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/['’`´]/g, '')

/** Words in lower case without accents; letters said three times or more are said twice ("soooo"). */
export function wordsOf(text: string): readonly string[] {
  const found = folded(text)
    .replaceAll(/(\p{L})\1{2,}/gu, '$1$1')
    .match(/[\p{L}\p{N}]+/gu)
  return (found ?? []).flatMap((word) =>
    Object.hasOwn(phoneSpelling, word) ? (phoneSpelling[word] ?? word).split(' ') : word,
  )
}

const known = new Map<string, readonly string[]>()
/** The stem in English and the one in Spanish, once when they are the same. */
export function stemsOf(word: string): readonly string[] {
  const before = known.get(word)
  if (before !== undefined) return before
  const stems = [...new Set([english.stem(word), spanish.stem(word)])]
  if (known.size > 20_000) known.clear()
  known.set(word, stems)
  return stems
}
