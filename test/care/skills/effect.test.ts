// What is counted of a person's own notes, and what is left unsaid.
import { describe, expect, it } from 'vitest'
import { didHelp, dropOf, effectOf, type Use } from '../../../src/care/skills/effect.ts'

const use = (slug: string, before?: number, after?: number, helped?: Use['helped']): Use => ({
  slug,
  before,
  after,
  helped,
})

describe('what skills did for somebody', () => {
  it('counts means and how often the number went down, over uses with both numbers only', () => {
    const [effect] = effectOf([
      use('box-breathing', 8, 4, 'yes'),
      use('box-breathing', 6, 6, 'little'),
      use('box-breathing', 7, undefined, 'no'),
    ])
    expect(effect).toEqual({
      slug: 'box-breathing',
      times: 3,
      helped: { yes: 1, little: 1, no: 1 },
      means: { before: 7, after: 5, of: 2, lower: 1 },
    })
  })

  it('counts no use of which nothing was said', () => {
    expect(effectOf([use('box-breathing', 8), use('halt', undefined, 3)])).toEqual([])
  })

  it('puts what helped first, by how much', () => {
    const slugs = effectOf([
      use('a', 5, 5, 'no'),
      use('b', 9, 8, 'yes'),
      use('c', 9, 3, 'yes'),
      use('d', 9, 1, 'no'),
    ]).map(({ slug }) => slug)
    expect(slugs).toEqual(['c', 'b', 'd', 'a'])
  })

  it.each<[name: string, uses: readonly Use[], helped: boolean]>([
    ['a yes', [use('a', undefined, undefined, 'yes')], true],
    ['a little', [use('a', undefined, undefined, 'little')], true],
    ['as many noes as others', [use('a', 1, 1, 'yes'), use('a', 1, 1, 'no')], false],
    ['a lower number without a word', [use('a', 6, 5)], true],
    ['hardly a lower number', [use('a', 6, 5), use('a', 6, 6)], false],
    ['a word against the number', [use('a', 9, 2, 'no')], false],
    ['a higher number', [use('a', 2, 6)], false],
  ])('believes the person before the number: %s', (_name, uses, helped) => {
    const [effect] = effectOf(uses)
    expect(effect && didHelp(effect)).toBe(helped)
  })

  it('has no change where there were no two numbers', () => {
    const [effect] = effectOf([use('a', undefined, undefined, 'yes')])
    expect(effect && dropOf(effect)).toBe(0)
  })
})
