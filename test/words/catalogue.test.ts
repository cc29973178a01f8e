import { readdir, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { parse, TYPE, type MessageFormatElement } from '@formatjs/icu-messageformat-parser'
import { describe, expect, it } from 'vitest'
import { catalogue } from '../../src/words/catalogue.ts'

const root = resolve(import.meta.dirname, '../..')
const entries = Object.entries(catalogue)

/** The arguments a sentence takes, those inside plurals too. */
function argumentsOf(parts: readonly MessageFormatElement[]): string[] {
  return parts.flatMap((part) => {
    if (part.type === TYPE.literal || part.type === TYPE.pound) return []
    if (part.type === TYPE.tag) return argumentsOf(part.children)
    const inner =
      'options' in part ? Object.values(part.options).flatMap(({ value }) => argumentsOf(value)) : []
    return [part.value, ...inner]
  })
}
const namesIn = (sentence: string): string[] =>
  [...new Set(argumentsOf(parse(sentence, { ignoreTag: true })))].toSorted()

async function sources(): Promise<string> {
  const files = await Promise.all(
    ['src', 'commands'].map(async (folder) => {
      const all = await readdir(join(root, folder), { recursive: true })
      return all
        .filter((name) => /\.(ts|js|html)$/.test(name) && !name.includes('generated'))
        .map((name) => join(root, folder, name))
    }),
  )
  const texts = await Promise.all(files.flat().map((file) => readFile(file, 'utf8')))
  return texts.join('\n')
}

describe('the catalogue', () => {
  it('says every sentence in both languages, with the same arguments', () => {
    const differing = entries.filter(([, { en, es }]) => namesIn(en).join() !== namesIn(es).join())
    expect(differing.map(([key]) => key)).toEqual([])
    expect(entries.filter(([, { en, es }]) => en.trim() === '' || es.trim() === '')).toEqual([])
  })

  it('holds nothing that is not used', async () => {
    const source = await sources()
    const prefixes = [...source.matchAll(/[`'"]([a-z][\w.-]*[.-])\$\{/g)].map((match) => match[1] ?? '')
    const unused = entries
      .map(([key]) => key)
      .filter(
        (key) =>
          !source.includes(`'${key}'`) &&
          !source.includes(`"${key}"`) &&
          !prefixes.some((prefix) => key.startsWith(prefix)),
      )
    // The page of the playground names its words without their common beginning.
    const bare = unused.filter((key) => !source.includes(key.replace('playground.page.', '')))
    expect(bare).toEqual([])
  })

  it('speaks with respect: no label for a person, no blame, no method', () => {
    const unwanted = [
      /\b(addicts?|alcoholics?|junkies?|drunks?|abusers?)\b/i,
      /\b(committed|commit) suicide\b/i,
      /\b(successful|failed) attempt\b/i,
      /\b(get|stay|be|being|got) clean\b/i,
      /\b(dirty|crazy|insane|weak-willed|non-?compliant|failure|epidemic)\b/i,
      /\b(adict[oa]s?|alcohólic[oa]s?|drogadict[oa]s?|yonquis?|borrach[oa]s?|loc[oa]s?|fracas[oa]s?)\b/i,
      /\b(you should|you must|debes|deberías|tienes que)\b/i,
      /\b(great job|well done|proud of you|bien hecho|felicidades)\b/i,
    ]
    const found = entries.flatMap(([key, { en, es }]) =>
      unwanted.filter((one) => one.test(en) || one.test(es)).map((one) => `${key}: ${one}`),
    )
    expect(found).toEqual([])
  })

  it('gives every button and heading words, not pictures alone', () => {
    const wordless = entries.filter(
      ([, { en, es }]) => !/[\p{L}\p{N}{]/u.test(en) || !/[\p{L}\p{N}{]/u.test(es),
    )
    expect(wordless.map(([key]) => key)).toEqual([])
  })
})
