import { describe, expect, it } from 'vitest'
import { excerpt, wordsOf } from '../../../src/care/journal/search.ts'

const find = (text: string, query: string) => excerpt(text, wordsOf(query))

describe('looking for words', () => {
  it.each([
    ['An evening at the river', 'RIVER'],
    ['Mañana llamo a mi mamá', 'manana mama'],
    ['Manana llamo a mi mama', 'MAÑANA'],
    ['the river, the walk', 'walk river'],
    ['n\u0303ame', 'ñame'],
    ['riverbank', 'river'],
    ['تمرين التنفس', 'التنفس'],
  ])('finds in “%s”: %s', (text, query) => {
    expect(find(text, query)).toBeDefined()
  })

  it.each([
    ['An evening at the river', 'river walk'],
    ['An evening', ''],
    ['An evening', '?!'],
    ['', 'evening'],
  ])('does not find in “%s”: %s', (text, query) => {
    expect(find(text, query)).toBeUndefined()
  })

  it('shows the words around the first hit, and says where it was cut', () => {
    const text = `${'a '.repeat(100)}here it is ${'b '.repeat(100)}`
    const shown = find(text, 'here') ?? ''
    expect(shown).toMatch(/^….*here it is.*…$/u)
    expect(shown.length).toBeLessThan(130)
  })

  it('never cuts a character in two', () => {
    const shown = find(`${'🦊'.repeat(100)} here ${'🦊'.repeat(100)}`, 'here') ?? ''
    expect(shown.isWellFormed()).toBe(true)
    expect(shown).toContain('here')
  })

  it('looks through ten thousand entries in seconds', () => {
    const text = 'Hoy caminé junto al río y pensé en la sesión de ayer. '.repeat(20)
    const began = performance.now()
    for (let i = 0; i < 10_000; i++) find(text, 'palabra que no está')
    expect(performance.now() - began).toBeLessThan(5_000)
  })
})
