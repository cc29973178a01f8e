// Ids of buttons, menus and forms: a short frozen name and row ids, in at most 100 characters, the same on every platform.
import type { z } from 'zod'

/** A pointer, never a permission: what it names is looked up again inside the person's own program. */
export type Code = string
export type Params = Readonly<Record<string, string | undefined>>
export type ParamsSchema = z.ZodType<Params> & { readonly shape: Readonly<Record<string, unknown>> }

export const codeLimit = 100
const prefix = 'h1'
const part = /^[\w-]*$/

/** Throws when the code would not fit: a mistake of ours. Values are ids or short words of `\w` and `-`. */
export function encode(id: string, schema: ParamsSchema, params: Params): Code {
  const values = Object.keys(schema.shape).map((name) => params[name] ?? '')
  const code = [prefix, id, ...values].join(':')
  if (!values.every((value) => part.test(value))) throw new Error(`a value of ${id} does not fit a code`)
  if (code.length > codeLimit) throw new Error(`the code of ${id} is ${code.length} characters long`)
  return code
}

export type Decoded = {
  /** `run` what it names, `open` the form again with what was typed, or `save` what was typed so far. */
  readonly verb: 'run' | 'open' | 'save'
  readonly id: string
  readonly values: readonly string[]
  readonly program?: string
  /** Which page of a form, counted from 0, where a platform shows a long form in several. */
  readonly page: number
}

const verbs = { h1: 'run', o1: 'open', s1: 'save' } as const
const shape = /^(h1|o1|s1):([a-z][a-z0-9.-]*)((?::[\w-]*)*)(?:@([\w-]+))?(?:#(\d))?$/

/** Undefined for anything that is not ours. */
export function decode(code: unknown): Decoded | undefined {
  const found = typeof code === 'string' && code.length <= codeLimit ? shape.exec(code) : null
  if (!found) return undefined
  const [, first, id = '', values = '', program, page = '0'] = found
  const verb = verbs[first as keyof typeof verbs]
  const read = { verb, id, values: values.split(':').slice(1), page: Number(page) }
  return program === undefined ? read : { ...read, program }
}

/** In a direct message the platform does not say which program a button speaks of; the code does. */
export const within = (code: Code, program: string): Code =>
  code.includes('@') || code.length + program.length + 1 > codeLimit
    ? code
    : code.replace(/(#\d)?$/, `@${program}$1`)

/** The code without page and program: it names one opening of a form from first to last page. */
export const wholeForm = (code: Code): Code => code.replace(/(@[\w-]+)?(#\d)?$/, '').replace(/^[os]1:/, 'h1:')
export const atPage = (code: Code, page: number): Code => `${wholeForm(code)}#${page}`
export const reopen = (code: Code): Code => code.replace(/^h1:/, 'o1:')
export const saveAsIs = (code: Code): Code => wholeForm(code).replace(/^h1:/, 's1:')

/** Undefined when the values do not fit the schema, as after an upgrade or with a forged id. */
export function paramsOf(schema: ParamsSchema, values: readonly string[]): Params | undefined {
  const names = Object.keys(schema.shape)
  if (values.length > names.length) return undefined
  const given = Object.fromEntries(names.flatMap((name, i) => (values[i] ? [[name, values[i]]] : [])))
  const parsed = schema.safeParse(given)
  return parsed.success ? parsed.data : undefined
}
