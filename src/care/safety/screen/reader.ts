// What the sentence model reads of a text: words spelled out, punctuation kept, Spanish put into English word for word.
import { isSpanish, readWords } from './features.ts'
import { readGloss } from './gloss.ts'
import type { Vocabulary } from './vocabulary.ts'

/** Between marks; a run without any is read piece by piece. */
const run = /[^.,;:!?"()…\n]{1,500}|[.,;:!?"()…\n]+/g

export function createReader(vocabulary: Vocabulary) {
  const gloss = readGloss()
  return (normal: string): string => {
    const runs = (normal.match(run) ?? []).map((one) => ({
      mark: one[0] ?? '',
      words: readWords(one, vocabulary),
    }))
    const spanish = isSpanish(runs.flatMap(({ words }) => words))
    return runs
      .map(({ mark, words }) => {
        if (words.length === 0) return mark.trim() === '' ? '' : mark
        return ` ${spanish ? gloss(words) : words.join(' ')}`
      })
      .join('')
      .trim()
  }
}
