// What people type, with the skills a facilitator would hand over: content/needs, and each skill's own phrases.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { z } from 'zod'
import type { Skill } from '../content.ts'

const line = z.object({
  lang: z.enum(['en', 'es']),
  text: z.string().min(1),
  good: z.array(z.string()).min(1).max(4),
  ok: z.array(z.string()).max(8),
  kind: z.string().min(1),
})
export type NeedLine = z.infer<typeof line>

export function readLines(file: URL): readonly NeedLine[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((one) => one.trim() !== '')
    .map((one) => JSON.parse(one))
    .map((one) => line.parse({ text: one.query, ...one }))
}

const folder = new URL('../../../../content/needs/', import.meta.url)
export const needLines = (): readonly NeedLine[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.jsonl'))
    .toSorted()
    .flatMap((file) => readLines(new URL(file, folder)))

/** A text with how well each skill fits it; `weight` is how far it is to be believed. */
export type Example = {
  readonly text: string
  readonly fits: ReadonlyMap<string, number>
  readonly weight: number
}

const gains = ({ good, ok }: Pick<NeedLine, 'good' | 'ok'>): ReadonlyMap<string, number> =>
  new Map([
    ...ok.map((slug) => [slug, 0.8] as const),
    ...good.map((slug, at) => [slug, at === 0 ? 2.4 : 2] as const),
  ])

function shared(fits: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  const sum = [...fits.values()].reduce((all, one) => all + one, 0)
  return new Map([...fits].map(([slug, fit]) => [slug, fit / sum]))
}

/** What else fits where a skill comes first: a phrase of one skill's file names only that skill. */
function company(lines: readonly NeedLine[]): ReadonlyMap<string, ReadonlyMap<string, number>> {
  const sums = new Map<string, Map<string, number>>()
  for (const one of lines) {
    const [first = ''] = one.good
    const sum = sums.get(first) ?? new Map<string, number>()
    for (const [slug, gain] of gains(one)) sum.set(slug, (sum.get(slug) ?? 0) + gain)
    sums.set(first, sum)
  }
  return new Map([...sums].map(([slug, sum]) => [slug, shared(sum)]))
}

export function examplesOf(skills: readonly Skill[], lines: readonly NeedLine[]): readonly Example[] {
  const around = company(lines)
  const said = skills.flatMap(({ slug, peopleSay, also, name, helpsWhen, instead }) => {
    const fits = new Map(
      [...(around.get(slug) ?? shared(new Map(instead.map((other) => [other, 1]))))].map(([other, part]) => [
        other,
        part / 2,
      ]),
    )
    fits.set(slug, (fits.get(slug) ?? 0) + 0.5)
    const named = new Map([[slug, 0.8], ...instead.map((other) => [other, 0.2 / instead.length] as const)])
    return [
      ...[...peopleSay.en, ...peopleSay.es].map((text) => ({ text, fits: shared(fits), weight: 0.5 })),
      ...[name.en, name.es, ...also.en, ...also.es].map((text) => ({
        text,
        fits: shared(named),
        weight: 0.4,
      })),
      ...[helpsWhen.en, helpsWhen.es].map((text) => ({ text, fits: shared(fits), weight: 0.3 })),
    ]
  })
  return [...lines.map((one) => ({ text: one.text, fits: shared(gains(one)), weight: 1 })), ...said]
}

/** Changes with anything that would be learned differently. */
export const hashOf = (examples: readonly Example[]): string =>
  createHash('sha256')
    .update(JSON.stringify(examples.map(({ text, fits, weight }) => [text, [...fits], weight])))
    .digest('hex')
    .slice(0, 16)
