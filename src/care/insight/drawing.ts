// What every picture shares: the card, its inks, and words that cannot break out of them.

export const size = { width: 800, height: 400 }
// A light card of its own, so that one picture serves light and dark chats. Contrast on it is 5:1 or more.
export const ink = {
  card: '#fbfaf6',
  grid: '#e6e2d7',
  text: '#22303a',
  quiet: '#59656d',
  part: '#2b7362',
  missed: '#a39e8e',
}
const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
// XML has no way to write these, and one of them makes the whole picture fail.
const unwritable = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu
const escape = (words: string) =>
  words.replaceAll(unwritable, '').replaceAll(/[&<>"']/g, (one) => escapes[one] ?? '')

export const round = (value: number) => Math.round(value * 10) / 10

export function text(words: string, x: number, at: number, more = ''): string {
  return `<text x="${round(x)}" y="${round(at)}" ${more}>${escape(words)}</text>`
}

/** A whole picture: the card with its title and what is drawn on it. */
export function card(title: string, drawn: readonly string[]): string {
  const { width, height } = size
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="Inter" font-size="16" fill="${ink.quiet}">`,
    `<rect width="${width}" height="${height}" fill="${ink.card}"/>`,
    text(title, 24, 38, `font-size="21" font-weight="600" fill="${ink.text}"`),
    ...drawn,
    '</svg>',
  ].join('')
}
