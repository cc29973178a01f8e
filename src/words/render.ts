// Turns Text into a sentence of one language, escaping what people wrote for the platform that shows it.
import { IntlMessageFormat } from 'intl-messageformat'
import { catalogue, type MessageKey } from './catalogue.ts'
import { isText, type Language, type Text } from './text.ts'

export type Escape = (words: string) => string

const plain: Escape = (words) => words
const compiled = new Map<string, IntlMessageFormat>()

function formatOf(key: MessageKey, language: Language): IntlMessageFormat {
  const id = `${language}:${key}`
  const known = compiled.get(id)
  if (known !== undefined) return known
  const format = new IntlMessageFormat(catalogue[key][language], language, undefined, { ignoreTag: true })
  compiled.set(id, format)
  return format
}

/** Throws when the sentence needs an argument that `text` lacks: a mistake of ours, found by the tests. */
export function render(text: Text, language: Language, escape: Escape = plain): string {
  if (!('key' in text)) return text[language]
  const args: Record<string, string | number | Date> = {}
  for (const [name, value] of Object.entries(text.args ?? {})) {
    args[name] =
      typeof value === 'string' ? escape(value) : isText(value) ? render(value, language, escape) : value
  }
  return String(formatOf(text.key, language).format(args))
}
