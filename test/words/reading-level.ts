// How hard a text is to read. English: the Flesch-Kincaid grade. Spanish: the Fernández Huerta index, where 60 and more is
// what a pupil of 13 reads with ease (Fernández Huerta, 1959).
import { fleschKincaid } from 'flesch-kincaid'
import { syllable } from 'syllable'

const wordsIn = (text: string): string[] => text.match(/[\p{L}\p{M}’']+/gu) ?? []
/** A line that ends without a full stop is a sentence too. */
const sentencesIn = (text: string): number =>
  Math.max(1, text.split(/[.!?:;…\n]+/).filter((part) => wordsIn(part).length > 0).length)

/** School years. */
export function gradeOf(text: string): number {
  const words = wordsIn(text)
  if (words.length === 0) return 0
  return fleschKincaid({
    sentence: sentencesIn(text),
    word: words.length,
    syllable: words.reduce((sum, word) => sum + syllable(word), 0),
  })
}

/** Groups of vowels; a stressed weak vowel beside a strong one stands apart, and so do two strong ones. */
export function spanishSyllables(word: string): number {
  const plain = word
    .toLowerCase()
    .replaceAll(/qu(?=[eiéí])/g, 'k')
    .replaceAll(/gu(?=[eiéí])/g, 'g')
    .replaceAll(/y(?=[aeiouáéíóú])/g, 'd')
  const groups = plain.match(/[aeiouáéíóúüy]+/g) ?? []
  const count = groups.reduce((sum, group) => {
    let own = 0
    let last = ''
    for (const letter of group) {
      const strong = 'aeoáéóíú'.includes(letter)
      const apart = own === 0 || (strong && 'aeoáéóíú'.includes(last))
      if (apart) own += 1
      last = letter
    }
    return sum + own
  }, 0)
  return Math.max(1, count)
}

/** 0 is hardest, 100 is easiest. */
export function spanishEase(text: string): number {
  const words = wordsIn(text)
  if (words.length === 0) return 100
  const syllables = words.reduce((sum, word) => sum + spanishSyllables(word), 0)
  return 206.84 - 60 * (syllables / words.length) - 1.02 * (words.length / sentencesIn(text))
}
