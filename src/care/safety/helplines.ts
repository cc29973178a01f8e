// Crisis lines from the file bundled with the program: they answer with no database, no network and no account (CR-1).
import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import file from '../../../content/helplines.json' with { type: 'json' }
import type { Language } from '../../words/text.ts'
import type { LineReview } from './ports.ts'

const words = z.strictObject({ en: z.string().min(1), es: z.string().min(1) })
const day = z.iso.date().nullable()
const number = z.string().regex(/^[*\d][\d\s()*-]*$|^\(\d+\)[\d\s-]+$/)

const how = z.discriminatedUnion('by', [
  /** `press` is what to press once the call is answered. */
  z.strictObject({ by: z.literal('call'), to: number, press: z.string().regex(/^\d$/).optional() }),
  /** `say` is the word to send. */
  z.strictObject({ by: z.literal('text'), to: number, say: z.string().min(1).optional() }),
  z.strictObject({ by: z.literal('chat'), to: z.url({ protocol: /^https$/ }) }),
])

export const helpline = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  name: z.string().min(1),
  how: z.array(how).min(1),
  hours: words,
  /** Like `en`. */
  languages: z.array(z.string().regex(/^[a-z]{2}$/)).min(1),
  for: words,
  /** The organisation's own page. */
  source: z.url({ protocol: /^https$/ }),
  /** The day a person checked the line, or null when nobody has (CR-2). */
  lastVerified: day,
})

const own = z.strictObject({
  emergency: z.array(z.strictObject({ number, for: words })).min(1),
  /** Most important first. */
  lines: z.array(helpline).min(1),
})
const country = z.union([own, z.strictObject({ sameAs: z.string().regex(/^[A-Z]{2}$/) })])

export const helplinesFile = z.strictObject({
  international: z.strictObject({
    name: z.string(),
    url: z.url(),
    for: words,
    source: z.url(),
    lastVerified: day,
  }),
  countries: z.record(z.string().regex(/^[A-Z]{2}$/), country),
})

export type Helpline = z.infer<typeof helpline>
export type Lines = {
  readonly country: string
  readonly emergency: readonly { readonly number: string; readonly for: z.infer<typeof words> }[]
  /** At most three: more choices are harder to act on. */
  readonly lines: readonly Helpline[]
  readonly more: readonly Helpline[]
}

const { international, countries } = helplinesFile.parse(file)
/** Where to send somebody whose country is not known or not in the file. */
export const internationalLine: typeof international = international

/** What a program's admin last said about a line; an unreadable replacement counts as none. */
function reviewed(line: Helpline, review: LineReview | undefined): Helpline {
  if (review === undefined) return line
  const lastVerified = review.verifiedAt.toISOString().slice(0, 10)
  if (review.replacement === undefined) return { ...line, lastVerified }
  const replacement = readReplacement(review.replacement)
  return replacement ? { ...replacement, id: line.id, lastVerified } : line
}

/** Undefined when the JSON is not a line. */
function readReplacement(json: string): Helpline | undefined {
  try {
    return helpline.safeParse(JSON.parse(json)).data
  } catch {
    return undefined
  }
}

/** Undefined for a country without lines here: never another country's instead. */
export function linesFor(code: string | undefined, reviews: readonly LineReview[] = []): Lines | undefined {
  const named = code === undefined || !Object.hasOwn(countries, code) ? undefined : countries[code]
  const found = named && 'sameAs' in named ? countries[named.sameAs] : named
  if (code === undefined || found === undefined || 'sameAs' in found) return undefined
  const lines = found.lines.map((line) =>
    reviewed(
      line,
      reviews.find((review) => review.country === code && review.line === line.id),
    ),
  )
  return { country: code, emergency: found.emergency, lines: lines.slice(0, 3), more: lines.slice(3) }
}

/** After this many days a verification is old: it is said, and the admin is asked to look again. */
export const verificationDays = 90

export type Standing =
  { readonly kind: 'not-verified' } | { readonly kind: 'verified' | 'old'; readonly on: string }

/** `today` is a local day like 2026-11-23. */
export function standingOf({ lastVerified }: Pick<Helpline, 'lastVerified'>, today: string): Standing {
  if (lastVerified === null) return { kind: 'not-verified' }
  const age = Temporal.PlainDate.from(lastVerified).until(today, { largestUnit: 'days' }).days
  return { kind: age > verificationDays ? 'old' : 'verified', on: lastVerified }
}

/** Countries with lines here, by name in the reader's language. There is no default among them. */
export function countriesIn(
  language: Language,
): readonly { readonly value: string; readonly label: string }[] {
  const names = new Intl.DisplayNames(language, { type: 'region' })
  const { compare } = new Intl.Collator(language)
  return Object.keys(countries)
    .map((value) => ({ value, label: names.of(value) ?? value }))
    .toSorted((a, b) => compare(a.label, b.label))
}
