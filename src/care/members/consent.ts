// The text a member agrees to before anything of theirs is kept, and the proof of what it said (PR-5).
import { createHash } from 'node:crypto'
import { z } from 'zod'
import file from '../../../content/consent.json' with { type: 'json' }
import type { Language } from '../../words/text.ts'
import { render } from '../../words/render.ts'
import type { Text } from '../../words/text.ts'
import type { ConsentGiven, Platform, Purpose } from './ports.ts'

const words = z.object({ en: z.string(), es: z.string() })
export const consentText = z.object({ version: z.string(), review: words, text: words }).parse(file)

const hashOf = (words: string): string => createHash('sha256').update(words).digest('hex')

export const consentTo = (given: boolean, language: Language, method: Platform, at: Date): ConsentGiven => ({
  purpose: 'taking-part',
  version: consentText.version,
  textHash: hashOf(consentText.text[language]),
  language,
  given,
  method,
  at,
})

/** An answer to one further question; the hash proves which words were asked. */
export const answerTo = (
  purpose: Exclude<Purpose, 'taking-part'>,
  asked: Text,
  given: boolean,
  { language, method, at }: Pick<ConsentGiven, 'language' | 'method' | 'at'>,
): ConsentGiven => ({
  purpose,
  version: '1',
  textHash: hashOf(render(asked, language)),
  language,
  given,
  method,
  at,
})
