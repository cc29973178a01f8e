import { describe, expect, it } from 'vitest'
import { nextTurn, noTurns, type Turn, type Turns } from '../../../src/care/journal/turns.ts'

const pool: readonly Turn[] = Array.from({ length: 12 }, (_, i) => ({
  id: `p${i}`,
  theme: ['sleep', 'anger', undefined][i % 3],
}))

/** So many turns one after the other, a day each. */
function run(count: number, person: string, from: Turns = noTurns) {
  const shown: string[] = []
  let turns = from
  for (let day = 0; day < count; day++) {
    const next = nextTurn(pool, turns, person, `day ${day}`)
    if (!next) break
    shown.push(next.prompt.id)
    turns = next.turns
  }
  return { shown, turns }
}

describe('whose turn it is', () => {
  it('shows all of them before any comes again, and then all again in another order', () => {
    const { shown } = run(24, 'ana')
    expect(new Set(shown.slice(0, 12)).size).toBe(12)
    expect(new Set(shown.slice(12)).size).toBe(12)
    expect(shown.slice(12)).not.toEqual(shown.slice(0, 12))
  })

  it('never shows the same one twice in a row', () => {
    const { shown } = run(120, 'bo')
    expect(shown.some((id, at) => id === shown[at - 1])).toBe(false)
  })

  it('is the same chance each time, and another for another person', () => {
    expect(run(12, 'ana').shown).toEqual(run(12, 'ana').shown)
    expect(run(12, 'ana').shown).not.toEqual(run(12, 'bo').shown)
  })

  it('passes over themes that were put aside, and says when nothing is left', () => {
    const { shown } = run(8, 'ana', { ...noTurns, notThemes: ['sleep'] })
    expect(shown.filter((id) => pool.find((one) => one.id === id)?.theme === 'sleep')).toEqual([])
    const sleep = pool.filter(({ theme }) => theme === 'sleep')
    expect(nextTurn(sleep, { ...noTurns, notThemes: ['sleep'] }, 'ana', 'today')).toBeUndefined()
    expect(nextTurn([], noTurns, 'ana', 'today')).toBeUndefined()
  })

  it('shows the only one there is again', () => {
    const only = pool.slice(0, 1)
    const first = nextTurn(only, noTurns, 'ana', 'day 1')
    expect(first && nextTurn(only, first.turns, 'ana', 'day 2')?.prompt.id).toBe('p0')
  })
})
