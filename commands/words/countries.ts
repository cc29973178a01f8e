// Countries as people write them, in either language, and as ISO 3166 codes.
import type { Choice } from '../../src/kit/field.ts'
import { Refusal } from '../../src/words/refusal.ts'
import { t, type Language, type Text } from '../../src/words/text.ts'

const names = {
  en: new Intl.DisplayNames('en', { type: 'region' }),
  es: new Intl.DisplayNames('es', { type: 'region' }),
}
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.split('')
const fold = (words: string): string => words.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim()

/** Groups of countries and codes that are none, which Intl names all the same. */
const notCountries = ['EU', 'EZ', 'UN', 'QO', 'XA', 'XB', 'ZZ']
const codes = letters
  .flatMap((a) => letters.map((b) => a + b))
  .filter((code) => names.en.of(code) !== code && !notCountries.includes(code))

export const countryName = (code: string): Text => ({
  en: names.en.of(code) ?? code,
  es: names.es.of(code) ?? code,
})

/** The code of a country by its code or its name in either language; refuses beside the field otherwise. */
export function countryCalled(words: string): string {
  const said = fold(words)
  const found = codes.find((code) =>
    [code, names.en.of(code) ?? '', names.es.of(code) ?? ''].some((name) => fold(name) === said),
  )
  if (found === undefined) throw new Refusal(t('people.country.unknown', { country: words }), 'country')
  return found
}

export function countriesLike(typed: string, language: Language): readonly Choice[] {
  const said = fold(typed)
  return codes
    .map((value) => ({ value, label: names[language].of(value) ?? value }))
    .filter(({ value, label }) => fold(label).includes(said) || value.toLowerCase() === said)
    .slice(0, 25)
}
