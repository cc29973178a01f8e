// Texts of a word or a few: the models read so little in them that they guess. content/screen/everyday.json names whole texts;
// any other short one has to look grave to both models before it is urgent.
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { wordsOf } from '../../skills/search/text.ts'
import type { Level } from './corpus.ts'
import { normalise } from './normalise.ts'

const file = new URL('../../../../content/screen/everyday.json', import.meta.url)
const texts = z.array(z.string())
const levels = z
  .strictObject({ what: z.string(), none: texts, concern: texts, urgent: texts })
  .parse(JSON.parse(readFileSync(file, 'utf8')))

const spelled = (normal: string): string => wordsOf(normal).join(' ')
const named = new Map<string, Level>(
  (['none', 'concern', 'urgent'] as const).flatMap((level) =>
    levels[level].map((text) => [spelled(normalise(text)), level] as const),
  ),
)
const fewWords = 3
const fewLetters = 16

/** What a whole text says, where it is named; takes it normalised, as the next one does. */
export const wholeOf = (normal: string): Level | undefined => named.get(spelled(normal))
export const isShort = (normal: string): boolean =>
  normal.length <= fewLetters && wordsOf(normal).length <= fewWords
