import type { Text } from '../../src/words/text.ts'

/** Labels as one phrase: "Tired, Lonely and Bored". */
export const listed = (labels: readonly { readonly en: string; readonly es: string }[]): Text => ({
  en: new Intl.ListFormat('en').format(labels.map(({ en }) => en)),
  es: new Intl.ListFormat('es').format(labels.map(({ es }) => es)),
})
