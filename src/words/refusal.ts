import type { Text } from './text.ts'

/** An expected no: a whole sentence with the next step. Anything else that is thrown is a bug. */
export class Refusal extends Error {
  readonly text: Text
  constructor(text: Text) {
    super('key' in text ? text.key : 'refusal')
    this.name = 'Refusal'
    this.text = text
  }
}
