/** What only an operator can put right: the message is a whole sentence for them, in English like the log. */
export class CannotStart extends Error {
  override readonly name = 'CannotStart'
}
