// The three plans a person can build, part by part, as content.
import { z } from 'zod'
import file from '../../../content/plans.json' with { type: 'json' }

const words = z.object({ en: z.string(), es: z.string() })
const plan = z.object({
  slug: z.enum(['safety', 'relapse', 'wellness']),
  name: words,
  about: words,
  source: z.object({
    title: z.string(),
    authors: z.string(),
    year: z.int(),
    kind: z.string(),
    note: z.string(),
  }),
  parts: z.array(z.object({ id: z.string().regex(/^[a-z]+$/), label: words, ask: words })).min(1),
})
const content = z.object({ review: z.literal('not-reviewed'), plans: z.array(plan) }).parse(file)

export type Plan = z.output<typeof plan>
export type PlanSlug = Plan['slug']
export type Part = Plan['parts'][number]
export const plans: readonly Plan[] = content.plans
export const planSlugs = ['safety', 'relapse', 'wellness'] as const

export function planNamed(slug: PlanSlug): Plan {
  const found = plans.find((one) => one.slug === slug)
  if (!found) throw new Error(`there is no plan called ${slug}`)
  return found
}
