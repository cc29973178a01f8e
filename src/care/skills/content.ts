// The skills that are shipped, as content: one file each in content/skills, read and checked at start.
import { readdirSync, readFileSync } from 'node:fs'
import { z } from 'zod'

export const families = [
  'distress-tolerance',
  'mindfulness',
  'grounding',
  'breathing',
  'emotions',
  'thinking',
  'cravings',
  'people',
  'sleep',
  'meaning',
] as const

export const skillNeeds = [
  'urge',
  'slip',
  'high-risk',
  'panic',
  'anxiety',
  'worry',
  'anger',
  'shame',
  'guilt',
  'grief',
  'lonely',
  'low',
  'numb',
  'overwhelm',
  'flashback',
  'unreal',
  'self-harm',
  'self-worth',
  'thoughts',
  'decision',
  'conflict',
  'boundaries',
  'asking',
  'feedback',
  'bullying',
  'group-talk',
  'body-tension',
  'pain',
  'sleep',
  'routine',
  'motivation',
  'joy',
  'values',
] as const

const words = z.strictObject({ en: z.string().min(1), es: z.string().min(1) })
const manyWords = z.strictObject({
  en: z.array(z.string().min(1)).min(1),
  es: z.array(z.string().min(1)).min(1),
})
const slug = z.string().regex(/^[a-z]+(-[a-z]+)*$/)

const shape = z.strictObject({
  slug,
  family: z.enum(families),
  name: words,
  also: manyWords,
  tradition: z.string().min(1),
  needs: z.array(z.enum(skillNeeds)).min(1),
  minutes: z.int().positive(),
  /** Can be done among people without anyone noticing. */
  quiet: z.boolean(),
  for: words,
  helpsWhen: words,
  notFor: words,
  /** No seconds: the person goes on when ready. */
  steps: z.array(z.strictObject({ text: words, seconds: z.int().nonnegative() })).min(1),
  /** Offered to somebody who cannot do this one. */
  instead: z.array(slug),
  peopleSay: manyWords,
  source: z.strictObject({
    title: z.string().min(1),
    authors: z.string().min(1),
    year: z.int(),
    kind: z.enum(['book', 'article', 'website']),
    url: z.url().optional(),
  }),
  review: z.literal('not-reviewed'),
})
export type Skill = z.infer<typeof shape>
export type SkillNeed = (typeof skillNeeds)[number]

const folder = new URL('../../../content/skills/', import.meta.url)

function read(file: string): Skill {
  const found = shape.safeParse(JSON.parse(readFileSync(new URL(file, folder), 'utf8')))
  if (!found.success) throw new Error(`content/skills/${file}: ${z.prettifyError(found.error)}`)
  if (`${found.data.slug}.json` !== file) throw new Error(`content/skills/${file} holds ${found.data.slug}`)
  return found.data
}

export const skills: readonly Skill[] = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .toSorted()
  .map(read)

const bySlug = new Map(skills.map((one) => [one.slug, one]))
export const skillBySlug = (slug: string): Skill | undefined => bySlug.get(slug)
