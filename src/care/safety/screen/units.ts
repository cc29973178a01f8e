// Cuts a text into stretches short enough to be about one thing; the worst of them decides.

/** Words a stretch may hold; most check-ins are shorter and stay whole. */
const most = 32
const step = 20
/** So that a pasted novel cannot hold up the others: the beginning, the end and some between are read closely. */
const ends = 12
const between = 12
/** Without a space a "word" is cut here. */
const longest = 600

export type Unit = { readonly text: string; readonly words: number }

const countOf = (text: string): number => text.match(/\S+/g)?.length ?? 0

/** Neighbouring sentences together while they fit; a sentence that never ends in overlapping pieces. */
function stretchesOf(text: string): Unit[] {
  const sentences = text
    .split(/(?<=[.!?;\n])\s+|\n+/)
    .flatMap((sentence) => {
      const words = sentence.match(/\S+/g) ?? []
      if (words.length <= most) return [words]
      const starts = Array.from({ length: Math.ceil((words.length - most) / step) + 1 }, (_, i) => i * step)
      return starts.map((start) => words.slice(start, start + most))
    })
    .filter((words) => words.length > 0)
  const stretches: Unit[] = []
  for (let from = 0; from < sentences.length; from++) {
    let to = from
    let words = 0
    while (to < sentences.length && (to === from || words + (sentences[to]?.length ?? 0) <= most))
      words += sentences[to++]?.length ?? 0
    stretches.push({
      text: sentences
        .slice(from, to)
        .map((one) => one.join(' '))
        .join(' ')
        .slice(0, longest),
      words,
    })
    if (to >= sentences.length) break
    // half of what was read is read again with what follows
    from = Math.max(from, from + Math.floor((to - from) / 2) - 1)
  }
  return stretches
}

function* spread<T>(all: readonly T[], ends: number, between: number): Iterable<T> {
  const gap = (all.length - 2 * ends) / between
  for (const [at, one] of all.entries()) {
    const inner = at - ends
    if (at < ends || at >= all.length - ends || Math.floor(inner / gap) !== Math.floor((inner - 1) / gap))
      yield one
  }
}

export function unitsOf(text: string): readonly Unit[] {
  const words = countOf(text)
  if (words <= most * 1.25) return [{ text: text.slice(0, longest), words }]
  const stretches = stretchesOf(text)
  return stretches.length <= 2 * ends + between ? stretches : [...spread(stretches, ends, between)]
}

/** As many words as the sentence model reads at once; most texts are one window. */
const wide = 84
const few = 9

/** Overlapping windows on a long text; of very many those at both ends and some between. */
export function windowsOf(text: string): readonly string[] {
  const words = text.match(/\S+/g) ?? []
  if (words.length <= wide * 1.2) return [text.slice(0, longest * 2)]
  const starts = Array.from({ length: Math.ceil((words.length - wide) / (wide / 2)) + 1 }, (_, i) =>
    Math.min((i * wide) / 2, words.length - wide),
  )
  const kept = starts.length <= few ? starts : [...spread(starts, few / 3, few / 3)]
  return kept.map((start) =>
    words
      .slice(start, start + wide)
      .join(' ')
      .slice(0, longest * 2),
  )
}
