// A stretch of text as a sparse vector: stems in ones to threes, pieces of words, and what it is about.
import { bucketOf, piecesOf } from '../../skills/search/features.ts'
import { stemsOf, wordsOf } from '../../skills/search/text.ts'
import type { Concepts } from './concepts.ts'
import type { Vocabulary } from './vocabulary.ts'

export const bucketCount = 1 << 18

const spanish = new Set(
  'que de no y el la los las un una en por para con me mi se te lo es esta estoy ya pero muy como cuando yo a al del le su mas todo hoy si porque'.split(
    ' ',
  ),
)
const english = new Set(
  'the and to of a in is it i my me you not that this for with was on am have do at but so be he she they we if will just all'.split(
    ' ',
  ),
)

/** The words of a normalised text, phone spelling written out and misspelt words put right. */
export const readWords = (text: string, vocabulary: Vocabulary): readonly string[] =>
  wordsOf(text).flatMap((word) => vocabulary.read(word))

/** Mixed texts are read as the language that most of their small words are of. */
export function isSpanish(words: readonly string[]): boolean {
  const share = (list: ReadonlySet<string>) => words.filter((word) => list.has(word)).length
  return share(spanish) > share(english)
}

export type Readers = { readonly concepts: Concepts; readonly vocabulary: Vocabulary }

export function countsOf(text: string, { concepts, vocabulary }: Readers): ReadonlyMap<number, number> {
  const counts = new Map<number, number>()
  const add = (feature: string, weight: number) => {
    const bucket = bucketOf(feature, bucketCount)
    counts.set(bucket, (counts.get(bucket) ?? 0) + weight)
  }
  const words = readWords(text, vocabulary)
  const stems = ['<', ...words.map((word) => stemsOf(word)[0] ?? word), '>']
  for (const [at, stem] of stems.entries()) {
    add(`w ${stem}`, 1)
    const [next, after] = [stems[at + 1], stems[at + 2]]
    if (next === undefined) continue
    add(`p ${stem} ${next}`, 0.8)
    if (after === undefined) continue
    add(`t ${stem} ${next} ${after}`, 0.6)
    add(`g ${stem} ${after}`, 0.4)
  }
  for (const word of words) for (const piece of piecesOf(word)) add(piece, 0.3)
  for (const [sign] of text.matchAll(/\p{Extended_Pictographic}|[?"]/gu)) add(`e ${sign}`, 1)
  const found = concepts.in(words)
  for (const [index, { at, name }] of found.entries()) {
    add(`c ${name}`, 1)
    for (const other of found.slice(index + 1)) {
      if (other.name === name) continue
      const gap = other.at - at
      if (gap <= 4) add(`cn ${name}>${other.name}`, 0.8)
      else if (gap <= 12) add(`cf ${name}>${other.name}`, 0.5)
      add(`cu ${[name, other.name].toSorted().join('&')}`, 0.4)
    }
  }
  add(`n ${Math.min(6, Math.floor(Math.log2(words.length + 1)))}`, 0.5)
  return counts
}
