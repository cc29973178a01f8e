import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import file from '../../../content/helplines.json' with { type: 'json' }
import retired from '../../../content/retired-helplines.json' with { type: 'json' }
import {
  countriesIn,
  helplinesFile,
  internationalLine,
  linesFor,
  standingOf,
} from '../../../src/care/safety/helplines.ts'

const root = new URL('../../..', import.meta.url).pathname
const us = linesFor('US')
const first = us?.lines[0]
const review = { country: 'US', line: '988', verifiedBy: 'p1', verifiedAt: new Date('2026-11-20T12:00:00Z') }

describe('the crisis lines file', () => {
  test('gives every line a source over https and never invents a verification', () => {
    for (const { value } of countriesIn('en')) {
      const found = linesFor(value)
      expect(found?.emergency.length, value).toBeGreaterThan(0)
      for (const line of [...(found?.lines ?? []), ...(found?.more ?? [])]) {
        expect(line.source, line.name).toMatch(/^https:\/\//)
        expect(line.lastVerified, line.name).toBeNull()
      }
    }
    expect(internationalLine.url).toBe('https://findahelpline.com')
  })

  test('names each line of a country once', () => {
    for (const [code, entry] of Object.entries(helplinesFile.parse(file).countries)) {
      const ids = 'lines' in entry ? entry.lines.map(({ id }) => id) : []
      expect(new Set(ids).size, code).toBe(ids.length)
    }
  })

  test('refuses a line without a source, a made-up date and a number that is none', () => {
    const broken = (change: object) =>
      helplinesFile.safeParse({
        ...file,
        countries: { XX: { emergency: file.countries.US.emergency, lines: [{ ...first, ...change }] } },
      }).success
    expect(broken({})).toBe(true)
    expect(broken({ source: undefined })).toBe(false)
    expect(broken({ lastVerified: 'recently' })).toBe(false)
    expect(broken({ how: [{ by: 'call', to: 'ask a friend' }] })).toBe(false)
  })

  test('no file that people read names a retired line', () => {
    const patterns = retired.map(({ pattern }) => new RegExp(pattern, 'i'))
    const files = ['content', 'commands', 'src', 'docs'].flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && !entry.parentPath.includes('generated'))
        .map((entry) => join(entry.parentPath, entry.name))
        .filter((path) => /\.(json|ts|js|html|md)$/.test(path) && !path.endsWith('retired-helplines.json')),
    )
    expect(files.length).toBeGreaterThan(20)
    const found = files.filter((path) => patterns.some((pattern) => pattern.test(readFileSync(path, 'utf8'))))
    expect(found).toEqual([])
    const caught = [
      'Press 3 for',
      'marque 3',
      'oprima el 3',
      '1-800-273-8255',
      '1-800-273-TALK',
      '(800) 2738255',
    ]
    for (const words of caught)
      expect(
        patterns.some((pattern) => pattern.test(words)),
        words,
      ).toBe(true)
    expect(patterns.some((pattern) => pattern.test('press 1, or text 838255'))).toBe(false)
  })
})

describe('lines for a country', () => {
  test('are at most three, the most important first, with the emergency number', () => {
    expect(us?.lines.map(({ id }) => id)).toEqual(['988', 'crisis-text', 'samhsa'])
    expect(us?.more.map(({ id }) => id)).toEqual(['safespot', 'veterans'])
    expect(us?.emergency.map(({ number }) => number)).toEqual(['911'])
    for (const { value } of countriesIn('en')) expect(linesFor(value)?.lines.length).toBeLessThanOrEqual(3)
  })

  test('in Puerto Rico are those of the United States', () => {
    expect(linesFor('PR')).toEqual({ ...us, country: 'PR' })
  })

  test('are not those of another country when there are none', () => {
    for (const none of [undefined, '', 'us', 'XX', 'constructor', '__proto__'])
      expect(linesFor(none)).toBeUndefined()
  })

  test('are offered by name in the language of the reader', () => {
    const spanish = countriesIn('es').map(({ label }) => label)
    expect(spanish).toContain('Estados Unidos')
    expect(spanish[0]).toBe('Alemania')
    expect(countriesIn('en').length).toBeGreaterThanOrEqual(25)
  })
})

describe('what an admin said about a line', () => {
  test('shows the line as verified on that day, for that line only', () => {
    const lines = linesFor('US', [review])?.lines
    expect(lines?.[0]?.lastVerified).toBe('2026-11-20')
    expect(lines?.[1]?.lastVerified).toBeNull()
    expect(linesFor('CA', [review])?.lines[0]?.lastVerified).toBeNull()
  })

  test('replaces the line in its place, and an unreadable replacement leaves the bundled one unverified', () => {
    const county = { ...first, name: 'County line', id: 'ignored', lastVerified: '1999-01-01' }
    const replaced = linesFor('US', [{ ...review, replacement: JSON.stringify(county) }])?.lines[0]
    expect(replaced).toMatchObject({ id: '988', name: 'County line', lastVerified: '2026-11-20' })
    for (const replacement of ['{', '{}', 'null'])
      expect(linesFor('US', [{ ...review, replacement }])?.lines[0]).toEqual(first)
  })

  test('grows old after ninety days, to the day, and is never assumed', () => {
    const on = (lastVerified: string | null, today: string) => standingOf({ lastVerified }, today).kind
    expect(on(null, '2026-11-23')).toBe('not-verified')
    expect(on('2026-08-25', '2026-11-23')).toBe('verified')
    expect(on('2026-08-25', '2026-11-24')).toBe('old')
  })
})
