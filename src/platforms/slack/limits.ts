/** What Slack takes at most, in characters or items, as its reference says. */
export const limits = {
  text: 3000,
  heading: 150,
  button: 75,
  option: 75,
  optionValue: 150,
  placeholder: 150,
  label: 2000,
  title: 24,
  input: 3000,
  buttons: 25,
  options: 100,
  suggestions: 100,
  boxes: 10,
  blocks: 50,
  homeBlocks: 100,
  /** A modal takes 100 blocks; some are ours. */
  rows: 90,
  shortcut: 24,
} as const

/** Slack gives 3 s to acknowledge; these leave room for the way there and back. Milliseconds. */
export const patience = {
  /** A command that answers sooner is answered in the acknowledgement itself. */
  command: 1200,
  submission: 2200,
  event: 1200,
  suggestion: 2300,
  visitor: 600,
} as const

export const cut = (words: string, max: number): string =>
  words.length <= max
    ? words
    : `${words
        .slice(0, max - 1)
        .toWellFormed()
        .replace(/\uFFFD$/, '')}…`
