// A field is one thing a person can be asked. Every platform draws it in its own way from this one record.
import type { Text } from '../words/text.ts'
import type { Upload } from './upload.ts'

export type Choice = { readonly value: string; readonly label: Text | string }

type Base<K extends string, R extends boolean> = {
  readonly kind: K
  readonly label: Text
  readonly hint?: Text
  readonly required: R
}

/** One line. With `search`, what is typed is completed by the command's `suggest`. */
export type TextField<R extends boolean = boolean> = Base<'text', R> & {
  readonly max: number
  readonly search?: true
}
export type ParagraphField<R extends boolean = boolean> = Base<'paragraph', R> & { readonly max: number }
export type WholeField<R extends boolean = boolean> = Base<'whole', R> & {
  readonly min: number
  readonly max: number
}
/** A number with words at its two ends, drawn as steps to pick from. */
export type ScaleField<R extends boolean = boolean> = Base<'scale', R> & {
  readonly min: number
  readonly max: number
  readonly low: Text
  readonly high: Text
}
export type ChoiceField<R extends boolean = boolean> = Base<'choice', R> & {
  readonly choices: readonly Choice[]
}
export type ChoicesField<R extends boolean = boolean> = Base<'choices', R> & {
  readonly choices: readonly Choice[]
}
/** A platform account; the value is the platform's user id. */
export type PersonField<R extends boolean = boolean> = Base<'person', R>
/** Several platform accounts. */
export type PeopleField<R extends boolean = boolean> = Base<'people', R>
/** A platform room; the value is the platform's channel id. */
export type RoomField<R extends boolean = boolean> = Base<'room', R>
/** A local day; the value is like 2026-11-23. */
export type DateField<R extends boolean = boolean> = Base<'date', R>
/** A local wall-clock time; the value is like 09:00. */
export type TimeField<R extends boolean = boolean> = Base<'time', R>
export type FlagField<R extends boolean = boolean> = Base<'flag', R>
/** One file of at most `max` bytes. Only forms ask for it. */
export type FileField<R extends boolean = boolean> = Base<'file', R> & { readonly max: number }

export type Field<R extends boolean = boolean> =
  | TextField<R>
  | ParagraphField<R>
  | WholeField<R>
  | ScaleField<R>
  | ChoiceField<R>
  | ChoicesField<R>
  | PersonField<R>
  | PeopleField<R>
  | RoomField<R>
  | DateField<R>
  | TimeField<R>
  | FlagField<R>
  | FileField<R>

export type Fields = Readonly<Record<string, Field>>

type Values = {
  text: string
  paragraph: string
  whole: number
  scale: number
  choice: string
  choices: readonly string[]
  person: string
  people: readonly string[]
  room: string
  date: string
  time: string
  flag: boolean
  file: Upload
}

export type Answer<F extends Field> = F['required'] extends true
  ? Values[F['kind']]
  : Values[F['kind']] | undefined
/** What `run` receives: a typed value for every field, `undefined` for an optional one left out. */
export type Answers<F extends Fields> = { readonly [K in keyof F]: Answer<F[K]> }

type More<F, Own extends keyof F> = { readonly hint?: Text } & Partial<Pick<F, Own>>

export const text = (label: Text, more: More<TextField, 'max' | 'search'> = {}): TextField<true> => ({
  kind: 'text',
  label,
  required: true,
  max: 200,
  ...more,
})
export const paragraph = (label: Text, more: More<ParagraphField, 'max'> = {}): ParagraphField<true> => ({
  kind: 'paragraph',
  label,
  required: true,
  max: 3000,
  ...more,
})
export const whole = (label: Text, more: { min: number; max: number; hint?: Text }): WholeField<true> => ({
  kind: 'whole',
  label,
  required: true,
  ...more,
})
export const scale = (
  label: Text,
  more: { min: number; max: number; low: Text; high: Text; hint?: Text },
): ScaleField<true> => ({ kind: 'scale', label, required: true, ...more })
export const choice = (
  label: Text,
  choices: readonly Choice[],
  more: { readonly hint?: Text } = {},
): ChoiceField<true> => ({ kind: 'choice', label, required: true, choices, ...more })
export const choices = (
  label: Text,
  of: readonly Choice[],
  more: { readonly hint?: Text } = {},
): ChoicesField<true> => ({ kind: 'choices', label, required: true, choices: of, ...more })

const bare =
  <K extends 'person' | 'people' | 'room' | 'date' | 'time' | 'flag'>(kind: K) =>
  (label: Text, more: { readonly hint?: Text } = {}): Base<K, true> => ({
    kind,
    label,
    required: true,
    ...more,
  })
export const person = bare('person')
export const people = bare('people')
export const room = bare('room')
export const date = bare('date')
export const time = bare('time')
export const flag = bare('flag')

export const file = (label: Text, more: { readonly max: number; readonly hint?: Text }): FileField<true> => ({
  kind: 'file',
  label,
  required: true,
  ...more,
})

/** The same field, which may be left out. */
export const optional = <F extends Field<true>>(
  field: F,
): Omit<F, 'required'> & { readonly required: false } => ({
  ...field,
  required: false,
})
