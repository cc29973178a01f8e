// Looking for words in one's own entries: accents and case do not matter, every word must appear.
const mark = /\p{M}/gu

export const folded = (words: string): string => words.normalize('NFD').replaceAll(mark, '').toLowerCase()

export const wordsOf = (query: string): readonly string[] =>
  folded(query)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')

const around = 60

/** The words around the first hit, or undefined when not every word appears. */
export function excerpt(text: string, query: readonly string[]): string | undefined {
  const all = folded(text)
  if (query.length === 0 || !query.every((word) => all.includes(word))) return undefined
  // One folded character for each of the text, so that a place in one is the place in the other.
  const characters = Array.from(text.normalize('NFC'))
  const plain = characters.map((one) => folded(one)[0] ?? ' ').join('')
  const places = query.map((word) => plain.indexOf(word)).filter((place) => place >= 0)
  const first = Math.min(...places, characters.length)
  const from = Math.max(0, first - around)
  const to = Math.min(characters.length, first + around)
  const cut = characters.slice(from, to).join('').replaceAll(/\s+/g, ' ').trim()
  return `${from > 0 ? '…' : ''}${cut}${to < characters.length ? '…' : ''}`
}
