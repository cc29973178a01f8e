// The table of what is met, held against the files that are said to show it.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const page = readFileSync(join(root, 'docs/security/asvs.md'), 'utf8')
const states = ['tested', 'built', 'partly', 'not met', 'not applicable']

const rows = [...page.matchAll(/^\| (\d+\.\d+\.\d+.*?) \|(.*)\|$/gm)].map(([, item = '', rest = '']) => {
  const cells = rest.split('|').map((cell) => cell.trim())
  const [level = '', , state = '', how = '', shownBy = ''] = cells
  return { item, level, state, how, shownBy, cells: cells.length }
})
const named = (words: string): readonly string[] =>
  [...words.matchAll(/`((?:test|chaos|src)\/[^`]+)`/g)].map(([, path = '']) => path)

describe('the table of ASVS items', () => {
  it('names only files that exist', () => {
    expect(named(page).length).toBeGreaterThan(50)
    expect(named(page).filter((path) => !existsSync(join(root, path)))).toEqual([])
  })

  it('has a test beside everything that it calls tested, and calls nothing else so', () => {
    expect(rows.length).toBeGreaterThan(60)
    for (const { item, level, state, shownBy, cells } of rows) {
      expect(cells, item).toBe(5)
      expect(states, item).toContain(state)
      expect(level, item).toMatch(/^[1-3](, [1-3])*$/)
      if (state === 'tested') expect(named(shownBy).length, item).toBeGreaterThan(0)
      if (state === 'built' || state.startsWith('not ')) expect(shownBy, item).toBe('')
    }
  })

  it('names each item once, in order', () => {
    const first = rows.map(({ item }) => item.split(/[ ,]/)[0]?.split('.').map(Number) ?? [])
    const sorted = first.toSorted(([a = 0, b = 0, c = 0], [x = 0, y = 0, z = 0]) => a - x || b - y || c - z)
    expect(first).toEqual(sorted)
    expect(new Set(first.map(String)).size).toBe(rows.length)
  })

  it('admits what is not met', () => {
    expect(rows.some(({ state }) => state === 'not met')).toBe(true)
  })
})
