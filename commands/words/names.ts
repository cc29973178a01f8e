// A person's name as an argument of a sentence, so that it is escaped wherever it is shown.
import { t, type Text } from '../../src/words/text.ts'

export const nameWords = (name: string): Text =>
  name === '' ? t('safety.nobody') : t('people.name', { name })
