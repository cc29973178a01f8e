// Words for people as data: a key into the catalogue and its arguments, rendered only where they are shown.
import type { MessageKey } from './catalogue.ts'

export type Language = 'en' | 'es'

/** What may stand in a sentence. A string is somebody's own words or a name: every platform escapes it. */
export type TextArg = string | number | Date | Text

export type Text = { readonly key: MessageKey; readonly args?: Readonly<Record<string, TextArg>> }

export const t = (key: MessageKey, args?: Readonly<Record<string, TextArg>>): Text =>
  args === undefined ? { key } : { key, args }

export const isText = (value: unknown): value is Text =>
  typeof value === 'object' && value !== null && 'key' in value && !('kind' in value)

/** Spanish for any Spanish locale, English for the rest. */
export const languageOf = (locale: string | undefined | null): Language =>
  locale?.toLowerCase().startsWith('es') ? 'es' : 'en'
