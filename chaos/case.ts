// What a case of the chaos suite is: the product is broken on purpose, and what was lost or doubled is counted.

export type Ways = {
  readonly quick: boolean
  /** The same seed gives the same blows, as far as processes allow. */
  readonly seed: number
  /** The case breaks the promise itself, to show that it would see it broken. */
  readonly planted: boolean
}

export type Seen = {
  readonly figures: Readonly<Record<string, number>>
  /** Every broken promise, in words; empty when all held. */
  readonly broken: readonly string[]
}

export type Case = {
  readonly id: string
  readonly what: string
  /** The mistake that the planted run makes. */
  readonly planted: string
  run(ways: Ways): Promise<Seen>
}

/** Mulberry32: the same seed gives the same numbers from 0 to 1. */
export function chance(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

export const sleep = (ms: number) => new Promise<void>((go) => setTimeout(go, ms))

/** The promises among these that have a number above nought. */
export const brokenBy = (counts: Readonly<Record<string, number>>): string[] =>
  Object.entries(counts).flatMap(([what, count]) => (count > 0 ? [`${count} ${what}`] : []))
