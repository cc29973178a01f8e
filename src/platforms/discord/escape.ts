// Somebody's own words as words: no markup, no mention, no link that can be pressed.

const anywhere = /[\\*_~|`<>[\]():@]/g
/** Headings, lists and small print are markup only where a line begins. */
const atStart = /^(\s*)([#+-]|\d+(?=\.))/gm

export const escapeDiscord = (words: string): string =>
  words
    .replace(anywhere, (sign) => `\\${sign}`)
    .replace(atStart, (_, space: string, sign: string) =>
      /\d/.test(sign) ? `${space}${sign}\\` : `${space}\\${sign}`,
    )
