// Local days as a person reads them: "Mar 9, 2026" or "9 mar 2026". A day has no zone of its own.
import type { Text } from '../../src/words/text.ts'

const format = (language: 'en' | 'es') =>
  new Intl.DateTimeFormat(language, { timeZone: 'UTC', day: 'numeric', month: 'short', year: 'numeric' })
const formats = { en: format('en'), es: format('es') }

/** `day` is like 2026-03-09. */
export function dayWords(day: string): Text & { readonly en: string; readonly es: string } {
  const noon = new Date(`${day}T12:00:00Z`)
  return { en: formats.en.format(noon), es: formats.es.format(noon) }
}
