// The words the corpus knows: misspelt words go to the nearest of them, words run together are parted into them.

/** The corpus knows them spelled out; in a run of letters they stand as they are typed. */
const contractions = new Set(['im', 'ive', 'dont', 'cant', 'wont'])

export function createVocabulary(known: ReadonlyMap<string, number>) {
  const total = [...known.values()].reduce((sum, one) => sum + one, 1)
  const byScrap = new Map<string, string[]>()
  const scrapsOf = (word: string): string[] =>
    Array.from(word, (_, at) => word.slice(0, at) + word.slice(at + 1))
  for (const word of known.keys())
    if (word.length > 3)
      for (const scrap of new Set(scrapsOf(word))) byScrap.set(scrap, [...(byScrap.get(scrap) ?? []), word])
  const often = (word: string) => known.get(word) ?? 0

  /** One letter left out, put in, changed or swapped. */
  function nearest(word: string): string | undefined {
    const near = new Set<string>()
    for (const one of byScrap.get(word) ?? []) near.add(one)
    for (const scrap of scrapsOf(word)) {
      if (scrap.length > 3 && known.has(scrap)) near.add(scrap)
      for (const one of byScrap.get(scrap) ?? []) near.add(one)
    }
    return [...near].toSorted((a, b) => often(b) - often(a) || (a < b ? -1 : 1))[0]
  }

  function parted(run: string): readonly string[] | undefined {
    const best: { cost: number; from: number }[] = [{ cost: 0, from: 0 }]
    for (let end = 1; end <= run.length; end++)
      for (let from = Math.max(0, end - 14); from < end; from++) {
        const word = run.slice(from, end)
        const before = best[from]
        if (before === undefined || !(known.has(word) || contractions.has(word))) continue
        if (word.length === 1 && !'iayoe'.includes(word)) continue
        const cost = before.cost + Math.log(total / Math.max(1, often(word))) + 1
        if (cost < (best[end]?.cost ?? Infinity)) best[end] = { cost, from }
      }
    if (best[run.length] === undefined) return undefined
    const words: string[] = []
    for (let end = run.length; end > 0; end = best[end]?.from ?? 0)
      words.unshift(run.slice(best[end]?.from ?? 0, end))
    return words.length > 6 && run.length / words.length < 2.5 ? undefined : words
  }

  const remembered = new Map<string, readonly string[]>()
  return {
    known,
    /** The word itself when it is known or nothing is near. */
    read(word: string): readonly string[] {
      if (known.has(word) || word.length < 5 || word.length > 60 || /\d/.test(word)) return [word]
      const before = remembered.get(word)
      if (before !== undefined) return before
      const near = nearest(word)
      const words = near === undefined ? (parted(word) ?? [word]) : [near]
      if (remembered.size > 20_000) remembered.clear()
      remembered.set(word, words)
      return words
    },
  }
}
export type Vocabulary = ReturnType<typeof createVocabulary>
