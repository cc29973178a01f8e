// Every possible set of answers, against a reference written apart from the code (SC-2).
import { expect, it } from 'vitest'
import { readScale, scaleNamed, scales, type Scale } from '../../../src/care/scales/content.ts'
import { missingIn, scoreOf } from '../../../src/care/scales/scoring.ts'

const named = (slug: string): Scale => {
  const found = scaleNamed(slug)
  if (!found) throw new Error(`there is no ${slug}`)
  return found
}

/** The published cut points, and nothing of the content files: a total is in the range of the last cut it reaches. */
const cuts: Readonly<Record<string, readonly number[]>> = {
  'phq-9': [5, 10, 15, 20],
  'gad-7': [5, 10, 15],
  'phq-2': [3],
  'barc-10': [47],
}

/** Counts up in base 4 without a library: digit k of `n` is the answer to item k + 1. */
function reference(slug: string, digits: readonly number[]): { total: number; number: number } {
  let total = 0
  for (const digit of digits) total += digit
  let number = 1
  for (const cut of cuts[slug] ?? []) if (total >= cut) number += 1
  return { total, number }
}

it.each([
  ['phq-2', 2, 16],
  ['gad-7', 7, 16_384],
  ['phq-9', 9, 262_144],
])('scores every answer set of %s as the reference does', (slug, length, sets) => {
  const scale = named(slug)
  expect(scale.items).toHaveLength(length)
  let counted = 0
  let different = 0
  for (let n = 0; n < 4 ** length; n++) {
    const digits = Array.from({ length }, (_, k) => Math.floor(n / 4 ** k) % 4)
    const score = scoreOf(scale, Object.fromEntries(digits.map((digit, k) => [String(k + 1), digit])))
    const wanted = reference(slug, digits)
    if (score?.total !== wanted.total || score.range.number !== wanted.number) different += 1
    counted += 1
  }
  expect({ counted, different }).toEqual({ counted: sets, different: 0 })
})

it('scores BARC-10 over every total it can have, and at its cut', () => {
  const scale = named('barc-10')
  const seen = new Set<number>()
  for (let seed = 0; seed < 60_000; seed++) {
    // Each item walks through 1 to 6 at its own pace, so that low, mixed and high sets all come.
    const digits = Array.from({ length: 10 }, (_, k) =>
      Math.min(6, Math.max(1, 1 + (Math.floor(seed / (k + 1) ** 2) % 6) + (seed % 3) - 1)),
    )
    const wanted = reference('barc-10', digits)
    const score = scoreOf(scale, Object.fromEntries(digits.map((digit, k) => [String(k + 1), digit])))
    expect([score?.total, score?.range.number]).toEqual([wanted.total, wanted.number])
    seen.add(wanted.total)
  }
  const all = (value: number) => Object.fromEntries(scale.items.map(({ id }) => [id, value]))
  expect(scoreOf(scale, all(1))?.total).toBe(10)
  expect(scoreOf(scale, all(6))?.total).toBe(60)
  expect(scoreOf(scale, { ...all(5), '1': 1, '2': 6 })).toMatchObject({ total: 47, range: { number: 2 } })
  expect(scoreOf(scale, { ...all(5), '1': 1 })).toMatchObject({ total: 46, range: { number: 1 } })
  expect(seen.size).toBeGreaterThan(40)
})

it('gives no total while any item is without an answer, and never fills one in', () => {
  for (const scale of scales) {
    const first = scale.choices[0]?.value ?? 0
    const full = Object.fromEntries(scale.items.map(({ id }) => [id, first]))
    expect(scoreOf(scale, full)).toBeDefined()
    for (const { id } of scale.items) {
      const { [id]: _left, ...rest } = full
      expect(scoreOf(scale, rest)).toBeUndefined()
      expect(missingIn(scale, rest)).toEqual([id])
      for (const wrong of [-1, 1.5, 99, Number.NaN])
        expect(scoreOf(scale, { ...full, [id]: wrong })).toBeUndefined()
    }
  }
})

it('has ranges that follow one another from the lowest total to the highest', () => {
  for (const { slug, choices, items, scoring } of scales) {
    const values = choices.map(({ value }) => value)
    const [least, most] = [Math.min(...values) * items.length, Math.max(...values) * items.length]
    expect(scoring.ranges[0]?.[0], slug).toBe(least)
    expect(scoring.ranges.at(-1)?.[1], slug).toBe(most)
    for (const [at, [from]] of scoring.ranges.entries())
      if (at > 0) expect(from, slug).toBe((scoring.ranges[at - 1]?.[1] ?? 0) + 1)
  }
})

it.each(['licence', 'source', 'version', 'wordingHash', 'ages'])(
  'refuses a scale without its %s',
  (field) => {
    const { [field as 'licence']: _gone, ...rest } = structuredClone(named('phq-9'))
    expect(() => readScale(rest)).toThrow()
  },
)

it('refuses a scale whose words were changed without saying so', () => {
  const changed = structuredClone(named('gad-7'))
  if (changed.items[0]) changed.items[0].text.en += ' today'
  expect(() => readScale(changed)).toThrow(/wording changed/)
})
