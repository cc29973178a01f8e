// Everything a person reads can be read by a pupil of the eighth grade, in both languages (feature row 143).
import { describe, expect, it } from 'vitest'
import { gradeOf, spanishEase, spanishSyllables } from './reading-level.ts'
import { catalogued, contentPairs, type Pair } from './sentences.ts'

const hardestGrade = 8
const leastEase = 60

/** Arguments are filled in later; plural choices are read one at a time. */
const plain = (words: string): string =>
  words
    .replaceAll(/\{\w+, plural,((?: ?(?:one|other|=\d+) \{[^{}]*\})+)\}/g, (_whole, cases: string) => {
      const last = [...cases.matchAll(/\{([^{}]*)\}/g)].at(-1)
      return (last?.[1] ?? '').replaceAll('#', '5')
    })
    .replaceAll(/\{[^{}]*\}/g, 'it')
    .replaceAll(/https?:\S+|[*_`]/g, '')

/** A screen's sentences together: a heading or a button alone has no reading level. */
const textOf = (pairs: readonly Pair[], language: 'en' | 'es'): string =>
  pairs.map((pair) => plain(pair[language]).replace(/[.!?…]?$/, '.')).join('\n')

/** What is for operators and admins only, or is the published wording of others. */
const others = ['words/operate.json', 'helplines.json', 'retired-helplines.json']
const isOurs = (file: string) => !others.includes(file) && !file.startsWith('scales/')

/** What one command says, as far as keys tell: the words before the first dot. */
const areaOf = ({ file, at }: { readonly file: string; readonly at: string }) =>
  `${file} ${at.split('.')[0] ?? ''}`
const areas = [...new Set(catalogued.map(areaOf))].map((area) => ({
  file: area,
  pairs: catalogued.filter((one) => areaOf(one) === area),
}))

const screens = [...areas, ...contentPairs].filter(
  ({ file, pairs }) => isOurs(file.split(' ')[0] ?? '') && pairs.length > 0,
)

describe('what people read', () => {
  it('is at the eighth grade or below in English', () => {
    const hard = screens
      .map(({ file, pairs }) => ({ file, grade: gradeOf(textOf(pairs, 'en')) }))
      .filter(({ grade }) => grade > hardestGrade)
    expect(hard).toEqual([])
  })

  it('is as easy in Spanish', () => {
    const hard = screens
      .map(({ file, pairs }) => ({ file, ease: spanishEase(textOf(pairs, 'es')) }))
      .filter(({ ease }) => ease < leastEase)
    expect(hard).toEqual([])
  })

  it('has no single long sentence that is far harder than the rest', () => {
    const hard = screens
      .flatMap(({ pairs }) => pairs)
      .flatMap(({ at, en }) =>
        plain(en)
          .split(/(?<=[.!?])\s+/)
          .map((sentence) => ({ at, sentence, grade: gradeOf(sentence) })),
      )
      .filter(({ sentence, grade }) => sentence.split(' ').length >= 12 && grade > 14)
    expect(hard).toEqual([])
  })

  it('stands in both languages, wherever it stands', () => {
    const missing = [...catalogued, ...contentPairs.flatMap(({ pairs }) => pairs)].filter(
      ({ en, es }) => typeof en !== 'string' || typeof es !== 'string' || !en.trim() || !es.trim(),
    )
    expect(missing.map(({ at }) => at)).toEqual([])
  })
})

describe('the measure itself', () => {
  it('finds a hard text hard, in both languages', () => {
    expect(gradeOf('The cat sat on the mat.')).toBeLessThan(2)
    expect(
      gradeOf(
        'Psychoeducational interventions facilitate the systematic identification of maladaptive cognitive representations.',
      ),
    ).toBeGreaterThan(16)
    expect(spanishEase('El gato se echó al sol.')).toBeGreaterThan(80)
    expect(
      spanishEase(
        'Las intervenciones psicoeducativas facilitan la identificación sistemática de representaciones cognitivas desadaptativas.',
      ),
    ).toBeLessThan(10)
  })

  it.each([
    ['casa', 2],
    ['día', 2],
    ['aire', 2],
    ['que', 1],
    ['guerra', 2],
    ['leer', 2],
    ['ayuda', 3],
    ['respiración', 4],
    ['país', 2],
    ['cuidado', 3],
  ])('counts the syllables of %s', (word, count) => {
    expect(spanishSyllables(word)).toBe(count)
  })
})
