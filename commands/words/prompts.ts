// What a prompt asks, in the reader's language. What people of the program wrote is escaped, as a sentence's argument is.
import type { Prompt } from '../../src/care/journal/prompts.ts'
import { t, type Language, type Text } from '../../src/words/text.ts'

export const asIs = (words: string): Text => t('journal.said', { words })

export const promptWords = ({ from, words }: Prompt, language: Language): Text =>
  from === 'shipped' ? words : asIs(words[language])
