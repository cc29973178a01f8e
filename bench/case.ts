// What a case of the bench is, and how its figures become a ratio.

/** One measured figure of one round: a rate or a time, named; only ratios taken in one round count. */
export type Figures = Readonly<Record<string, number>>

export type Case = {
  readonly id: string
  readonly what: string
  /** What the ratios are held against, in words. */
  readonly target: string
  /** Names of the ratios with how they are made from a round's figures. */
  readonly ratios: Readonly<Record<string, (round: Figures) => number>>
  /** Sets up once, then gives one round; each round runs limit, peers and ours one after the other. */
  start(quick: boolean): Promise<{ round(): Promise<Figures>; stop(): Promise<void> }>
}

export function spread(values: readonly number[]): {
  readonly min: number
  readonly median: number
  readonly max: number
} {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (index: number) => sorted[index] ?? Number.NaN
  return { min: at(0), median: at(Math.floor(sorted.length / 2)), max: at(sorted.length - 1) }
}

export const percentile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ??
  Number.NaN

/** Milliseconds that `work` took. */
export async function timed(work: () => unknown): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}
