// Undoes what hides words from a reader of letters: look-alikes, digits for letters, spaced or dotted letters, long drawls.
// The text a person wrote is kept elsewhere as it is; only the screen reads this one.

const alike = new Map(
  [
    ['a', 'аαɑ'],
    ['b', 'ьβ'],
    ['c', 'сϲ'],
    ['d', 'ԁđ'],
    ['e', 'еєεэ'],
    ['g', 'ɡ'],
    ['h', 'һнħ'],
    ['i', 'іιıɪї'],
    ['j', 'јϳ'],
    ['k', 'кκ'],
    ['l', 'ӏłʟ|'],
    ['m', 'м'],
    ['n', 'пηŋ'],
    ['o', 'оοσøө'],
    ['p', 'рρ'],
    ['q', 'ԛ'],
    ['r', 'гʀ'],
    ['s', 'ѕ'],
    ['ss', 'ß'],
    ['t', 'тτŧ'],
    ['u', 'υцʊ'],
    ['v', 'ѵν'],
    ['w', 'ԝωш'],
    ['x', 'хχ'],
    ['y', 'уγү'],
    ['z', 'ʐ'],
  ].flatMap(([letter = '', others = '']) => Array.from(others, (other) => [other, letter] as const)),
)
const lookAlikes = new RegExp(`[${[...alike.keys()].join('')}]`, 'gu')

const leet: Readonly<Record<string, string>> = {
  '4': 'a',
  '@': 'a',
  '3': 'e',
  '€': 'e',
  '1': 'i',
  '!': 'i',
  '¡': 'i',
  '0': 'o',
  '5': 's',
  $: 's',
  '7': 't',
  '+': 't',
  '8': 'b',
  '9': 'g',
  '6': 'g',
}
/** "5mg", "10pm", "2nd", "b4", "gr8": digits that mean digits, or sounds that the phone spelling knows. */
const plainNumber =
  /^(?:\d+[a-z]{0,4}|[a-z]{1,2}\d{2,}|b4|l8r?|gr8|h8|m8|w8|str8|2\w+|4\w+|ps[45]|covid19|[a-z]\d)$/
const unleet = (token: string): string =>
  plainNumber.test(token) || !/\p{L}/u.test(token) || !/[\d@$!¡€+]/.test(token)
    ? token
    : token.replaceAll(/[\d@$!¡€+]/g, (one) => leet[one] ?? one)

/** "k i l l  m e", "k.i.l.l": a wider gap parts the words where there is one. */
const spacedOut = /(?<![\p{L}\p{N}])\p{L}(?:[\s.*_\-/~]{1,4}[\p{L}\d]){2,}(?![\p{L}\p{N}])/gu
const closeUp = (run: string): string =>
  run
    .split(/\s{2,}|\s*[/~]\s*/)
    .map((word) => word.replaceAll(/[\s.*_-]+/g, ''))
    .join(' ')

/** "su.ic.ide", "s*icide": marks inside a word that part it into scraps. */
const scraps = /(?<![\p{L}\p{N}])\p{L}{1,4}(?:[.*_\-'~]\p{L}{1,4}){2,}(?![\p{L}\p{N}])/gu
const starred = /(?<=\p{L})[*_~#](?=\p{L})/gu

export function normalise(text: string): string {
  return (
    text
      .normalize('NFKC')
      .replaceAll(/[\p{Cf}\u{FE00}-\u{FE0F}\u115f\u1160\u3164]/gu, '')
      .normalize('NFKD')
      .replaceAll(/\p{M}/gu, '')
      .toLowerCase()
      .replaceAll(lookAlikes, (one) => alike.get(one) ?? one)
      .replaceAll(/[’‘`´ʼ]/g, "'")
      .replaceAll(/[“”«»„]/g, '"')
      .replaceAll(/\r\n?/g, '\n')
      .replaceAll(spacedOut, closeUp)
      .replaceAll(scraps, (run) => run.replaceAll(/[^\p{L}]/gu, ''))
      .replaceAll(starred, '')
      .replaceAll(/[\p{L}\d@$!¡€+]+/gu, (token) => {
        const end = token.search(/[!¡+]*$/)
        return unleet(token.slice(0, end)) + token.slice(end)
      })
      // a drawl: vowels once; consonants twice inside a word, once at its end unless it may end so
      .replaceAll(/([aeiouy])\1{2,}/g, '$1')
      .replaceAll(/([^aeiouylsfz\W\d])\1{2,}\b/g, '$1')
      .replaceAll(/(\p{L})\1{2,}/gu, '$1$1')
  )
}
