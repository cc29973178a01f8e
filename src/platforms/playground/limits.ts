/** What the page takes at once. A form is never split: the dialog scrolls. */
export const limits = {
  rows: 100,
  /** Characters of one line typed. */
  words: 8000,
  /** Bytes of one request. */
  body: 256 * 1024,
  /** Messages kept in memory; the oldest go first. */
  messages: 2000,
} as const
