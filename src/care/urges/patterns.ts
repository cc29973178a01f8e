// What a person's own urge log shows, as plain counts: what came together, never what caused what.

export type Logged = {
  readonly at: Date
  readonly strength: number
  readonly acted: boolean | undefined
  readonly triggers: readonly string[]
  readonly deeds: readonly string[]
  /** How strong it was when asked again. */
  readonly later: number | undefined
}
export const partsOfDay = ['morning', 'afternoon', 'evening', 'night'] as const
export type PartOfDay = (typeof partsOfDay)[number]
export type Count<K> = { readonly of: K; readonly times: number; readonly meanStrength: number }
export type Patterns = {
  readonly times: number
  readonly meanStrength: number
  readonly acted: number
  readonly answeredActed: number
  readonly triggers: readonly Count<string>[]
  readonly partsOfDay: readonly Count<PartOfDay>[]
  /** 1 is Monday. */
  readonly weekdays: readonly Count<number>[]
  /** Urges that were asked about again, and how many of them had grown weaker, by what was done. */
  readonly eased: readonly { readonly deed: string; readonly times: number; readonly weaker: number }[]
}

/** Fewer than this say nothing about a person's days. */
export const fewest = 5

export const partOfDay = (hour: number): PartOfDay =>
  hour < 5 ? 'night' : hour < 12 ? 'morning' : hour < 17 ? 'afternoon' : hour < 22 ? 'evening' : 'night'

const mean = (values: readonly number[]): number => values.reduce((sum, one) => sum + one, 0) / values.length

function countBy<K>(urges: readonly Logged[], keysOf: (urge: Logged) => readonly K[]): Count<K>[] {
  const groups = new Map<K, number[]>()
  for (const urge of urges)
    for (const key of new Set(keysOf(urge))) groups.set(key, [...(groups.get(key) ?? []), urge.strength])
  return [...groups]
    .map(([of, strengths]) => ({ of, times: strengths.length, meanStrength: mean(strengths) }))
    .toSorted((a, b) => b.times - a.times || b.meanStrength - a.meanStrength)
}

/** Undefined while there is too little to go by. `localOf` gives the local hour and weekday of an instant. */
export function patternsOf(
  urges: readonly Logged[],
  localOf: (at: Date) => { readonly hour: number; readonly weekday: number },
): Patterns | undefined {
  if (urges.length < fewest) return undefined
  const again = urges.flatMap((urge) => (urge.later === undefined ? [] : [{ ...urge, later: urge.later }]))
  const deeds = [...new Set(again.flatMap((urge) => urge.deeds))]
  const answered = urges.filter(({ acted }) => acted !== undefined)
  return {
    times: urges.length,
    meanStrength: mean(urges.map(({ strength }) => strength)),
    acted: answered.filter(({ acted }) => acted).length,
    answeredActed: answered.length,
    triggers: countBy(urges, ({ triggers }) => triggers),
    partsOfDay: countBy(urges, ({ at }) => [partOfDay(localOf(at).hour)]),
    weekdays: countBy(urges, ({ at }) => [localOf(at).weekday]),
    eased: deeds
      .map((deed) => {
        const those = again.filter((urge) => urge.deeds.includes(deed))
        return { deed, times: those.length, weaker: those.filter((one) => one.later < one.strength).length }
      })
      .toSorted((a, b) => b.weaker / b.times - a.weaker / a.times || b.times - a.times),
  }
}
