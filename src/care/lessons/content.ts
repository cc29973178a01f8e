// Lessons to read and talks to rehearse, as content: one file each, read and checked at start.
import { readdirSync, readFileSync } from 'node:fs'
import { z } from 'zod'

const words = z.strictObject({ en: z.string().min(1), es: z.string().min(1) })
const slug = z.string().regex(/^[a-z]+(-[a-z]+)*$/)
const source = z.strictObject({
  title: z.string().min(1),
  authors: z.string().min(1),
  year: z.int(),
  kind: z.enum(['book', 'article', 'website']),
  url: z.url().optional(),
})

const lessonShape = z.strictObject({
  slug,
  name: words,
  minutes: z.int().positive(),
  /** Kinds of group that it suits. */
  kinds: z.array(z.enum(['process', 'psychoeducation', 'skills', 'relapse-prevention', 'support'])).min(1),
  pages: z.array(z.strictObject({ text: words })).min(1),
  question: words,
  /** Slugs of skills that go with it. */
  skills: z.array(slug),
  source,
  review: z.literal('not-reviewed'),
})
const scriptShape = z.strictObject({
  slug,
  name: words,
  /** The skill that it rehearses. */
  skill: slug,
  minutes: z.int().positive(),
  /** Whom the bot plays. */
  who: words,
  scene: words,
  turns: z
    .array(
      z.strictObject({
        they: words,
        /** What to aim for. */
        try: words,
        /** One way to say it. */
        one: words,
      }),
    )
    .min(1),
  close: words,
  source,
  review: z.literal('not-reviewed'),
})
export type Lesson = z.infer<typeof lessonShape>
export type Script = z.infer<typeof scriptShape>

function readAll<S extends z.ZodType<{ readonly slug: string }>>(name: string, shape: S): z.infer<S>[] {
  const folder = new URL(`../../../content/${name}/`, import.meta.url)
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .toSorted()
    .map((file) => {
      const found = shape.safeParse(JSON.parse(readFileSync(new URL(file, folder), 'utf8')))
      if (!found.success) throw new Error(`content/${name}/${file}: ${z.prettifyError(found.error)}`)
      if (`${found.data.slug}.json` !== file) throw new Error(`content/${name}/${file} holds another slug`)
      return found.data
    })
}

export const lessons: readonly Lesson[] = readAll('lessons', lessonShape)
export const scripts: readonly Script[] = readAll('scripts', scriptShape)

export const lessonNamed = (name: string): Lesson | undefined => lessons.find((one) => one.slug === name)
export const scriptNamed = (name: string): Script | undefined => scripts.find((one) => one.slug === name)
/** Talks that rehearse a skill. */
export const scriptsFor = (skill: string): readonly Script[] => scripts.filter((one) => one.skill === skill)
