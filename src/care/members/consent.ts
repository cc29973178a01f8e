// The text a member agrees to before anything of theirs is kept, and the proof of what it said (PR-5).
import { createHash } from 'node:crypto'
import { z } from 'zod'
import file from '../../../content/consent.json' with { type: 'json' }
import type { Language } from '../../words/text.ts'
import type { ConsentGiven, Platform } from './ports.ts'

const words = z.object({ en: z.string(), es: z.string() })
export const consentText = z.object({ version: z.string(), review: words, text: words }).parse(file)

export const consentTo = (given: boolean, language: Language, method: Platform, at: Date): ConsentGiven => ({
  purpose: 'taking-part',
  version: consentText.version,
  textHash: createHash('sha256').update(consentText.text[language]).digest('hex'),
  language,
  given,
  method,
  at,
})
