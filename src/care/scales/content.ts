// The questionnaires that may be shipped, as content: wording, licence, source and scoring (SC-1).
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { z } from 'zod'

const words = z.object({ en: z.string().min(1), es: z.string().min(1) })
const sorted = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(sorted)
    : typeof value === 'object' && value !== null
      ? Object.fromEntries(
          Object.entries(value)
            .toSorted(([a], [b]) => (a < b ? -1 : 1))
            .map(([key, one]) => [key, sorted(one)]),
        )
      : value

/** Of the words a person answers. */
const hashOf = (said: readonly unknown[]): string =>
  createHash('sha256')
    .update(JSON.stringify(sorted(said)))
    .digest('hex')

const shape = z
  .strictObject({
    slug: z.string().regex(/^[a-z]+-\d+$/),
    name: words,
    about: words,
    version: z.string().min(1),
    licence: z.string().min(1),
    source: z.strictObject({
      title: z.string().min(1),
      authors: z.string().min(1),
      year: z.int(),
      kind: z.literal('article'),
      url: z.url(),
    }),
    ages: z.strictObject({ from: z.int(), to: z.int().nullable() }),
    /** Where each language's wording comes from; what is not the published one says so on the screen. */
    wording: z.strictObject({
      en: z.literal('published'),
      es: z.enum(['published', 'not-compared', 'own-translation']),
    }),
    /** SHA-256 of the words a person answers: wording that changes is another version. */
    wordingHash: z.string().length(64),
    look: words,
    choices: z.array(z.strictObject({ value: z.int(), label: words })).min(2),
    items: z.array(z.strictObject({ id: z.string(), text: words })).min(1),
    safetyItem: z.string().optional(),
    scoring: z.strictObject({
      sum: z.literal('all'),
      /** Lowest and highest total of each published range, in order, without a gap. */
      ranges: z.array(z.tuple([z.int(), z.int()])).min(1),
      /** What a higher total speaks of. */
      higher: z.enum(['harder', 'stronger']),
    }),
  })
  .refine(
    ({ look, choices, items, wordingHash }) => hashOf([look, choices, items]) === wordingHash,
    'the wording changed, its hash did not',
  )

export type Scale = z.output<typeof shape>

const folder = new URL('../../../content/scales/', import.meta.url)

/** Throws when a file lacks its licence, source, version, ages or hash. */
export const readScale = (json: unknown): Scale => shape.parse(json)

export const scales: readonly Scale[] = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .map((file) => readScale(JSON.parse(readFileSync(new URL(file, folder), 'utf8'))))

export const scaleNamed = (slug: string): Scale | undefined => scales.find((one) => one.slug === slug)
