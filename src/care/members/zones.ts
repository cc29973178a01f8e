// Time zones as people write them: a city, a country's capital, or the name the tz data has.

const names = Intl.supportedValuesOf('timeZone')
const fold = (words: string): string =>
  words
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[\s_]+/g, ' ')
    .trim()
const cityOf = (zone: string): string => fold(zone.split('/').at(-1) ?? zone)

/** The zone as the tz data spells it, from its name, an alias of it or its city; undefined when there is none such. */
export function zoneNamed(words: string): string | undefined {
  const said = fold(words)
  const known = names.find((zone) => fold(zone) === said) ?? names.find((zone) => cityOf(zone) === said)
  if (known !== undefined) return known
  try {
    return /[/]|^utc$/i.test(words)
      ? new Intl.DateTimeFormat('en', { timeZone: words.trim() }).resolvedOptions().timeZone
      : undefined
  } catch {
    return undefined
  }
}

/** At most `limit` zones that fit what is being typed, those that begin with it first. */
export function zonesLike(typed: string, limit = 25): readonly string[] {
  const said = fold(typed)
  const fits = names.filter((zone) => fold(zone).includes(said))
  return fits
    .toSorted((a, b) => Number(cityOf(b).startsWith(said)) - Number(cityOf(a).startsWith(said)))
    .slice(0, limit)
}
