// Things to write about, as content: one question each, by theme, with the kinds of group and the moment they suit.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { z } from 'zod'

export const groupKinds = ['process', 'psychoeducation', 'skills', 'relapse-prevention', 'support'] as const
export type GroupKind = (typeof groupKinds)[number]
const words = z.strictObject({ en: z.string().min(1), es: z.string().min(1) })

const theme = z.strictObject({
  theme: z.string().regex(/^[a-z-]+$/),
  name: words,
  prompts: z
    .array(
      z.strictObject({
        id: z.string().regex(/^[a-z-]+-\d+$/),
        kinds: z.array(z.enum(groupKinds)).min(1),
        moment: z.enum(['any', 'after-session', 'morning', 'evening']),
        text: words,
      }),
    )
    .min(1),
})

export type Theme = z.output<typeof theme>
export type ShippedPrompt = Theme['prompts'][number] & { readonly theme: string }

const folder = new URL('../../../content/prompts/', import.meta.url)

export const themes: readonly Theme[] = (existsSync(folder) ? readdirSync(folder) : [])
  .filter((file) => file.endsWith('.json'))
  .toSorted()
  .map((file) => theme.parse(JSON.parse(readFileSync(new URL(file, folder), 'utf8'))))

export const shippedPrompts: readonly ShippedPrompt[] = themes.flatMap((one) =>
  one.prompts.map((prompt) => ({ ...prompt, theme: one.theme })),
)
export const themeNamed = (slug: string): Theme | undefined => themes.find((one) => one.theme === slug)
