// Words for people as data: a key into the catalogue and its arguments, rendered only where they are shown.
import type { MessageKey } from './catalogue.ts'

export type Language = 'en' | 'es'

/** What may stand in a sentence. A string is somebody's own words or a name: every platform escapes it. */
export type TextArg = string | number | Date | Text

/** A sentence of the catalogue with its arguments. */
export type Sentence = { readonly key: MessageKey; readonly args?: Readonly<Record<string, TextArg>> }
/** Words of a content file, in both languages. */
export type Content = { readonly en: string; readonly es: string }
export type Text = Sentence | Content

export const t = (key: MessageKey, args?: Readonly<Record<string, TextArg>>): Sentence =>
  args === undefined ? { key } : { key, args }

export const isText = (value: unknown): value is Text =>
  typeof value === 'object' &&
  value !== null &&
  !('kind' in value) &&
  ('key' in value || ('en' in value && 'es' in value))

/** Spanish for any Spanish locale, English for the rest. */
export const languageOf = (locale: string | undefined | null): Language =>
  locale?.toLowerCase().startsWith('es') ? 'es' : 'en'
