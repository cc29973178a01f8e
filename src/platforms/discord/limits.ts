/** What Discord takes at most, in characters or items, as its reference says. */
export const limits = {
  /** All words of one message together. */
  text: 4000,
  /** All components of one message, those inside others too. */
  components: 40,
  button: 80,
  buttonsInRow: 5,
  option: 100,
  options: 25,
  /** Radio buttons or checkboxes in one group. */
  boxes: 10,
  placeholder: 150,
  alt: 1024,
  /** Rows of a modal. */
  rows: 5,
  title: 45,
  label: 45,
  hint: 100,
  input: 4000,
  commandName: 32,
  description: 100,
  commandInput: 6000,
  id: 100,
} as const

/** Discord gives 3 s to acknowledge; these leave room for the way there and back. Milliseconds. */
export const patience = {
  /** What answers sooner is answered at once; else the person is told that it takes a moment. */
  answer: 1200,
  suggestion: 2000,
} as const

export const cut = (words: string, max: number): string =>
  words.length <= max
    ? words
    : `${words
        .slice(0, max - 1)
        .toWellFormed()
        .replace(/\uFFFD$/, '')}…`
