// How good an order of skills is for a query whose answers are known.
type Known = { readonly good: readonly string[]; readonly ok: readonly string[] }

export const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, one) => sum + one, 0) / (values.length || 1)

/** 1 when a good skill is among the first three. */
export const hit = (found: readonly string[], { good }: Known): number =>
  found.slice(0, 3).some((slug) => good.includes(slug)) ? 1 : 0

const sumOf = (gains: readonly number[]): number =>
  gains.slice(0, 5).reduce((sum, gain, at) => sum + gain / Math.log2(at + 2), 0)

/** Gain 2 for a good skill, 1 for an acceptable one, in the first five places. */
export function ndcg(found: readonly string[], { good, ok }: Known): number {
  const best = sumOf([...good.map(() => 2), ...ok.map(() => 1)])
  return sumOf(found.map((slug) => (good.includes(slug) ? 2 : ok.includes(slug) ? 1 : 0))) / best
}
