// Sentences that are sure whatever the model thinks: content/screen/rules.json, read on spelled-out words. They only raise.
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { wordsOf } from '../../skills/search/text.ts'
import { reasons } from './corpus.ts'

const rule = z.strictObject({
  level: z.enum(['concern', 'urgent']),
  reason: z.enum(reasons),
  find: z.string().transform((one) => new RegExp(one)),
  /** Where this stands in the same sentence, the model decides alone. */
  unless: z.string().transform((one) => new RegExp(one)),
})
export type Sure = { readonly level: 'concern' | 'urgent'; readonly reason: string }

const rules = z
  .array(rule)
  .parse(JSON.parse(readFileSync(new URL('../../../../content/screen/rules.json', import.meta.url), 'utf8')))

const longest = 500

function* sentencesOf(normal: string): Iterable<string> {
  for (const sentence of normal.split(/[.!?;\n]+/).filter((one) => /\w/.test(one)))
    for (let from = 0; from < sentence.length; from += longest - 100)
      yield wordsOf(sentence.slice(from, from + longest)).join(' ')
}

/** The gravest rule that some sentence of the normalised text meets. */
export function sureOf(normal: string): Sure | undefined {
  let found: Sure | undefined
  for (const sentence of sentencesOf(normal))
    for (const { level, reason, find, unless } of rules)
      if (find.test(sentence) && !unless.test(sentence)) {
        if (level === 'urgent') return { level, reason }
        found ??= { level, reason }
      }
  return found
}
