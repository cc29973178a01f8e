import type { Text } from './text.ts'

/** An expected no: a whole sentence with the next step. Anything else that is thrown is a bug. */
export class Refusal extends Error {
  readonly text: Text
  /** The field of a form that it speaks of, when it is one. */
  readonly field: string | undefined
  constructor(text: Text, field?: string) {
    super('key' in text ? text.key : 'refusal')
    this.name = 'Refusal'
    this.text = text
    this.field = field
  }
}
