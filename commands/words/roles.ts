import { t, type Text } from '../../src/words/text.ts'

/** Whoever it was, in the words of the program. */
export const roleWords = (role: string): Text =>
  role === 'facilitator' ? t('people.role.facilitator') : t('people.role.member')
