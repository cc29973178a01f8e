// The catalogue as a whole: both languages say the same, and every sentence is said somewhere.
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parse, TYPE, type MessageFormatElement } from '@formatjs/icu-messageformat-parser'
import { describe, expect, it } from 'vitest'
import type { MessageKey } from '../../src/words/catalogue.ts'
import { render } from '../../src/words/render.ts'
import { catalogued, everyPair } from './sentences.ts'

const kinds: Readonly<Partial<Record<TYPE, string>>> = {
  [TYPE.argument]: 'text',
  [TYPE.number]: 'number',
  [TYPE.date]: 'date',
  [TYPE.time]: 'date',
  [TYPE.plural]: 'number',
  [TYPE.select]: 'select',
}

/** Each argument like `days: number`, or `way: select better|worse`. Plural forms differ between languages. */
function argumentsOf(elements: readonly MessageFormatElement[]): ReadonlySet<string> {
  const found = new Set<string>()
  for (const element of elements) {
    const kind = kinds[element.type]
    if (kind === undefined || !('value' in element)) continue
    const choices =
      element.type === TYPE.select ? ` ${Object.keys(element.options).toSorted().join('|')}` : ''
    found.add(`${element.value}: ${kind}${choices}`)
    if ('options' in element)
      for (const { value } of Object.values(element.options))
        for (const one of argumentsOf(value)) found.add(one)
  }
  return found
}
const read = (words: string) => [...argumentsOf(parse(words, { ignoreTag: true }))].toSorted()

/** Something that fits each argument. */
const examples = (words: string) =>
  Object.fromEntries(
    read(words).map((argument) => {
      const [name = '', kind = ''] = argument.split(': ')
      const value = kind === 'number' ? 3 : kind === 'date' ? new Date(0) : kind.split(/[ |]/)[1]
      return [name, value ?? 'Ana']
    }),
  )

/** Keys stand whole in the code, or as the beginning and end of a template with something between. */
function keysSaidIn(code: string): (key: string) => boolean {
  const whole = new Set([...code.matchAll(/['"]([\w-]+(?:\.[\w-]+)+)['"]/g)].map(([, key]) => key))
  const templates = [...code.matchAll(/`([\w-]+\.[\w.-]*)\$\{[^}]*\}([\w.-]*)`/g)].map(
    ([, start = '', end = '']) => [start, end] as const,
  )
  return (key) =>
    whole.has(key) || templates.some(([start, end]) => key.startsWith(start) && key.endsWith(end))
}

const root = fileURLToPath(new URL('../../', import.meta.url))
const codeIn = (folder: string, endings: RegExp) =>
  readdirSync(`${root}${folder}`, { recursive: true, encoding: 'utf8' })
    .filter((path) => endings.test(path) && !path.includes('generated'))
    .map((path) => readFileSync(`${root}${folder}/${path}`, 'utf8'))
    .join('\n')

describe('the catalogue', () => {
  it('says every sentence in both languages', () => {
    const missing = everyPair.filter(({ en, es }) => !en?.trim() || !es?.trim())
    expect(missing.map(({ at }) => at)).toEqual([])
  })

  it('has each key in one file only, as the later would hide the other', () => {
    const keys = catalogued.map(({ at }) => at)
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([])
  })

  it('takes the same arguments in both languages', () => {
    const wrong = catalogued.filter(({ en, es }) => read(en).join() !== read(es).join())
    expect(wrong.map(({ at, en, es }) => [at, read(en), read(es)])).toEqual([])
  })

  it('can say every sentence, with nothing left open in it', () => {
    const wrong = catalogued.flatMap(({ at, en }) =>
      (['en', 'es'] as const)
        .map((language) => render({ key: at as MessageKey, args: examples(en) }, language))
        .filter((said) => said.trim() === '' || /[{}]|undefined|NaN|\[object/.test(said))
        .map((said) => `${at}: ${said}`),
    )
    expect(wrong).toEqual([])
  })

  it('has no sentence that nothing says', () => {
    const said = keysSaidIn(`${codeIn('src', /\.ts$/)}\n${codeIn('commands', /\.ts$/)}`)
    // The page asks for its words by the last part of their keys.
    const page = codeIn('src/platforms/playground/page', /\.(js|html)$/)
    const onPage = (key: string) => {
      const [, name] = /^playground\.page\.(.+)$/.exec(key) ?? []
      return name !== undefined && new RegExp(`['"\`]${name.replaceAll('.', '\\.')}['"\`]`).test(page)
    }
    expect(catalogued.map(({ at }) => at).filter((key) => !said(key) && !onPage(key))).toEqual([])
  })
})

describe('the check itself', () => {
  it('sees an argument that one language lacks or takes as something else', () => {
    expect(read('{days, plural, one {# day} other {# days}} for {name}')).toEqual([
      'days: number',
      'name: text',
    ])
    expect(read('{days} para {name}')).not.toEqual(read('{days, number} para {name}'))
    expect(read('{way, select, up {más} other {igual {n}}}')).toEqual(['n: text', 'way: select other|up'])
  })

  it('knows a key that is said whole from one that is not', () => {
    const said = keysSaidIn("t('help.title') t(`kit.permit.${piece.permit}`) t(`help.${kind}.more`)")
    expect(['help.title', 'kit.permit.member', 'help.x.more'].every(said)).toBe(true)
    expect(['help.titles', 'kit.permits', 'help.x.less'].some(said)).toBe(false)
  })
})
