/** What the page takes at once. A form is never split: the dialog scrolls. */
export const limits = {
  rows: 100,
  /** Characters of one line typed. */
  words: 8000,
  /** Bytes of one request. */
  body: 256 * 1024,
  /** Bytes of a form, which may hold a file of 8 MB as text. */
  form: 12 * 1024 * 1024,
  /** Messages kept in memory; the oldest go first. */
  messages: 2000,
} as const
