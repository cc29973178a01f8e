// Spanish put into English word for word, so that what was learned of sentences in one language holds in both.
import { readFileSync } from 'node:fs'
import { z } from 'zod'

const file = new URL('../../../../content/screen/gloss.json', import.meta.url)
/** Words of the longest entry. */
const longest = 4

export function readGloss(from: URL = file) {
  const entries = z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(from, 'utf8')))
  const whole = new Map(Object.entries(entries).filter(([one]) => !one.endsWith('*')))
  const begun = new Map(
    Object.entries(entries).flatMap(([one, english]) =>
      one.endsWith('*') ? [[one.slice(0, -1), english]] : [],
    ),
  )

  function ofWord(word: string): string {
    const exact = whole.get(word) ?? whole.get(word.replace(/e?s$/, ''))
    if (exact !== undefined) return exact
    for (let end = word.length; end > 1; end--) {
      const english = begun.get(word.slice(0, end))
      if (english !== undefined) return english
    }
    return word
  }

  return (words: readonly string[]): string => {
    const english: string[] = []
    for (let at = 0; at < words.length;) {
      let taken = 1
      let said: string | undefined
      for (let length = longest; length > 1 && said === undefined; length--) {
        said = whole.get(words.slice(at, at + length).join(' '))
        if (said !== undefined) taken = length
      }
      english.push(said ?? ofWord(words[at] ?? ''))
      at += taken
    }
    return english.filter((one) => one !== '').join(' ')
  }
}
export type Gloss = ReturnType<typeof readGloss>
