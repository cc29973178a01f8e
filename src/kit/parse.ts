// What a platform delivers becomes typed answers, or a sentence beside the field with what was typed kept.
import { Temporal } from 'temporal-polyfill'
import { t, type Text } from '../words/text.ts'
import type { Answers, Field, Fields } from './field.ts'
import { isUpload } from './upload.ts'

/** What adapters hand over, as the platform gave it. */
export type Raw = Readonly<Record<string, unknown>>
export type Problems = Readonly<Record<string, Text>>
export type Parsed<F extends Fields> =
  { readonly ok: true; readonly answers: Answers<F> } | { readonly ok: false; readonly problems: Problems }

/** The person's local day, for words like "yesterday". */
export type Today = { readonly today: string }

type Read = { readonly value: unknown } | { readonly problem: Text }
const problem = (text: Text): Read => ({ problem: text })

/** Text that every database and platform can carry: no NUL, no half of a surrogate pair. */
const clean = (words: string): string => words.toWellFormed().replaceAll('\0', '')

export const isEmpty = (raw: unknown): boolean =>
  raw === undefined || raw === null || raw === '' || (Array.isArray(raw) && raw.length === 0)

function readWords(raw: unknown, max: number): Read {
  if (typeof raw !== 'string') return problem(t('kit.problem.text'))
  const words = clean(raw).trim()
  if (words === '') return problem(t('kit.problem.empty'))
  const length = words.length
  return length > max ? problem(t('kit.problem.long', { max, length })) : { value: words }
}

function readWhole(raw: unknown, min: number, max: number): Read {
  const said = typeof raw === 'string' ? raw.trim().replace(/^[+](?=\d)/, '') : raw
  const value = typeof said === 'string' && /^-?\d{1,9}$/.test(said) ? Number(said) : said
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= min && value <= max
    ? { value }
    : problem(t('kit.problem.whole', { min, max }))
}

const fold = (words: string): string => words.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim()

function readChoice(raw: unknown, choices: readonly { readonly value: string }[]): Read {
  const known = typeof raw === 'string' ? choices.find((c) => fold(c.value) === fold(raw)) : undefined
  return known ? { value: known.value } : problem(t('kit.problem.choice'))
}

function readChoices(raw: unknown, field: Field & { kind: 'choices' }): Read {
  const said = typeof raw === 'string' ? raw.split(/[,\s]+/).filter(Boolean) : raw
  if (!Array.isArray(said)) return problem(t('kit.problem.choice'))
  const read = said.map((one: unknown) => readChoice(one, field.choices))
  const bad = read.find((one) => 'problem' in one)
  return bad ?? { value: [...new Set(read.map((one) => ('value' in one ? one.value : '')))] }
}

const yesterdayWords = ['yesterday', 'ayer']
const todayWords = ['today', 'hoy']

function readDate(raw: unknown, today: string): Read {
  if (typeof raw !== 'string') return problem(t('kit.problem.date'))
  const said = fold(raw)
  const day = Temporal.PlainDate.from(today)
  if (todayWords.includes(said)) return { value: today }
  if (yesterdayWords.includes(said)) return { value: day.subtract({ days: 1 }).toString() }
  try {
    if (!/^\d{4}-\d{2}-\d{2}$/.test(said)) return problem(t('kit.problem.date'))
    return { value: Temporal.PlainDate.from(said, { overflow: 'reject' }).toString() }
  } catch {
    return problem(t('kit.problem.date'))
  }
}

function readTime(raw: unknown): Read {
  const said =
    typeof raw === 'string' ? /^(\d{1,2})(?:[:.h](\d{2}))?\s*([ap])?\.?m?\.?$/i.exec(raw.trim()) : null
  if (!said) return problem(t('kit.problem.time'))
  const [, hours = '', minutes = '0', half] = said
  const twelve = half !== undefined
  if (twelve && (Number(hours) < 1 || Number(hours) > 12)) return problem(t('kit.problem.time'))
  const hour = twelve ? (Number(hours) % 12) + (half.toLowerCase() === 'p' ? 12 : 0) : Number(hours)
  if (hour > 23 || Number(minutes) > 59) return problem(t('kit.problem.time'))
  return { value: `${String(hour).padStart(2, '0')}:${minutes.padStart(2, '0')}` }
}

const yes = ['true', 'yes', 'y', 'si', 'on', '1']
const no = ['false', 'no', 'n', 'off', '0']
function readFlag(raw: unknown): Read {
  if (typeof raw === 'boolean') return { value: raw }
  const said = typeof raw === 'string' ? fold(raw) : ''
  if (yes.includes(said)) return { value: true }
  return no.includes(said) ? { value: false } : problem(t('kit.problem.flag'))
}

/** A platform id, as an adapter hands it over or as Slack writes a mention: <@U123|ana>, <#C123|room>. */
function readId(raw: unknown): Read {
  const said =
    typeof raw === 'string' ? /^(?:<[@#])?([A-Za-z0-9_-]{1,64})(?:\|[^>]*)?>?$/.exec(raw.trim()) : null
  return said ? { value: said[1] } : problem(t('kit.problem.id'))
}

function readIds(raw: unknown): Read {
  const said = typeof raw === 'string' ? raw.trim().split(/[\s,]+/) : raw
  if (!Array.isArray(said)) return problem(t('kit.problem.id'))
  const read = said.map(readId)
  return (
    read.find((one) => 'problem' in one) ?? { value: read.map((one) => ('value' in one ? one.value : '')) }
  )
}

const megabyte = 1_000_000
function readFile(raw: unknown, max: number): Read {
  // What was kept of a form holds no bytes: the file is chosen again.
  if (!isUpload(raw)) return problem(t('kit.problem.file'))
  return raw.size > max
    ? problem(t('kit.problem.file.large', { max: Math.floor(max / megabyte) }))
    : { value: raw }
}

function read(field: Field, raw: unknown, { today }: Today): Read {
  switch (field.kind) {
    case 'text':
    case 'paragraph':
      return readWords(raw, field.max)
    case 'whole':
    case 'scale':
      return readWhole(raw, field.min, field.max)
    case 'choice':
      return readChoice(raw, field.choices)
    case 'choices':
      return readChoices(raw, field)
    case 'person':
    case 'room':
      return readId(raw)
    case 'people':
      return readIds(raw)
    case 'date':
      return readDate(raw, today)
    case 'time':
      return readTime(raw)
    case 'flag':
      return readFlag(raw)
    case 'file':
      return readFile(raw, field.max)
  }
}

/** Reads every field; all problems at once. Raw keys that are no field are ignored. */
export function parse<F extends Fields>(fields: F, raw: Raw, today: Today): Parsed<F> {
  const answers: Record<string, unknown> = {}
  const problems: Record<string, Text> = {}
  for (const [name, field] of Object.entries(fields)) {
    const said = Object.hasOwn(raw, name) ? raw[name] : undefined
    const blank = isEmpty(typeof said === 'string' ? said.trim() : said)
    if (blank && field.required) problems[name] = t('kit.problem.empty')
    if (blank) continue
    const one = read(field, said, today)
    if ('problem' in one) problems[name] = one.problem
    else answers[name] = one.value
  }
  return Object.keys(problems).length > 0
    ? { ok: false, problems }
    : { ok: true, answers: answers as Answers<F> }
}

const takesRest = (field: Field): boolean => field.kind === 'paragraph' || field.kind === 'people'

/**
 * The text grammar: words after a command, in field order. A field that does not fit the next word is passed over
 * (a required one is then asked for in a form), the last field takes the rest, and `name:value` names a field outright.
 */
export function parseWords(fields: Fields, words: string, today: Today): Raw {
  const raw: Record<string, string> = {}
  let rest = words.trim()
  const names = Object.keys(fields)
  const fits = (field: Field, word: string) => 'value' in read(field, word, today)
  for (;;) {
    const named = /^([a-z][\w-]*):(\S+)\s*/i.exec(rest)
    const name = named?.[1]?.toLowerCase()
    if (!named || name === undefined || !names.includes(name)) break
    raw[name] = named[2] ?? ''
    rest = rest.slice(named[0].length)
  }
  const open = names.filter((name) => !(name in raw))
  for (const [index, name] of open.entries()) {
    if (rest === '') break
    const field = fields[name]
    if (field === undefined) continue
    if (takesRest(field) || (index === open.length - 1 && field.kind === 'text')) {
      raw[name] = rest
      rest = ''
      break
    }
    const word = /^\S+/.exec(rest)?.[0] ?? ''
    if (!fits(field, word)) continue
    raw[name] = word
    rest = rest.slice(word.length).trim()
  }
  // Words that fit nowhere are kept in the last free text rather than dropped.
  const last = names.findLast((name) => fields[name]?.kind === 'paragraph' || fields[name]?.kind === 'text')
  if (rest !== '' && last !== undefined) raw[last] = raw[last] === undefined ? rest : `${raw[last]} ${rest}`
  return raw
}
