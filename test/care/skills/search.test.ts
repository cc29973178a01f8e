// Skills are found by name, by typed words in either language, and whatever else somebody types does no harm.
import { afterAll, describe, expect, it } from 'vitest'
import { skillBySlug, skills } from '../../../src/care/skills/content.ts'
import { needLines } from '../../../src/care/skills/search/corpus.ts'
import { plainEnglish } from '../../../src/care/skills/search/gloss.ts'
import { readModel } from '../../../src/care/skills/search/model.ts'
import { createSkillSearch } from '../../../src/care/skills/search/search.ts'
import { createSense } from '../../../src/care/skills/search/sense.ts'

const words = createSkillSearch({ skills })
const both = createSkillSearch({ skills, sense: createSense(30_000) })
afterAll(() => both.close())

const firstOf = async (query: string, count = 1) =>
  (await words.find(query, { limit: count })).map(({ slug }) => slug)

describe('a name', () => {
  it.each([
    ['TIPP', 'tipp'],
    ['give', 'give'],
    ['DEARMAN', 'dear-man'],
    ['box breething', 'box-breathing'],
    ['wize mind', 'wise-mind'],
    ['aseptacion radical', 'radical-acceptance'],
    ['the STOP skill', 'stop-skill'],
    ['h.a.l.t.', 'halt'],
    ['478', 'four-seven-eight'],
    ['what does DEAR MAN stand for', 'dear-man'],
    ['siglas de TIPP', 'tipp'],
    ['we did ACCEPTS in group and i lost my sheet', 'accepts'],
    ['5-4-3-2-1', 'five-senses'],
    ['abrazo de mariposa', 'butterfly-hug'],
  ])('%s is %s', async (query, slug) => {
    expect(await firstOf(query)).toEqual([slug])
  })

  it('is completed while it is typed', () => {
    expect(words.suggest('radical acc')).toContain('radical-acceptance')
    expect(words.suggest('respiracion cua')).toContain('box-breathing')
  })
})

describe('a need', () => {
  it.each([
    ['the craving is killing me', 'urge-surfing'],
    ['no pego el ojo en toda la noche', 'get-out-of-bed'],
    ['my heart is racing i think its a panic attack', 'panic-steps'],
    ['volví a beber ayer', 'after-a-slip'],
  ])('%s finds %s among the first three', async (query, slug) => {
    expect(await firstOf(query, 3)).toContain(slug)
    expect((await both.find(query, { limit: 3 })).map((one) => one.slug)).toContain(slug)
  })

  it('is held to the minutes and the need that were asked for', async () => {
    const found = await words.find('i am so anxious', { limit: 100, maxMinutes: 5, need: 'panic' })
    expect(found.length).toBeGreaterThan(0)
    for (const { slug } of found) {
      expect(skillBySlug(slug)?.minutes).toBeLessThanOrEqual(5)
      expect(skillBySlug(slug)?.needs).toContain('panic')
    }
  })
})

it.each([
  '',
  '   ',
  '🙃',
  '\ud800',
  'ａｂｃ',
  'z̸̢̛'.repeat(500),
  'sad '.repeat(50_000),
  '\u202eabc',
  '__proto__',
  'constructor',
])('answers %#. odd input with ten skills', async (query) => {
  expect(await words.find(query)).toHaveLength(10)
})

describe('Spanish put into English', () => {
  it.each([
    ['no pego el ojo en toda la noche', 'can not sleep in all the night'],
    ['Me DAN ganas de fumar', 'i crave of smoke'],
  ])('reads %s as %s', (said, english) => {
    expect(plainEnglish(said)).toBe(english)
  })

  it.each(['my son has no idea who he is', '5 4 3 2 1'])('leaves %s as it is', (said) => {
    expect(plainEnglish(said)).toBe(said)
  })
})

describe('what was learned', () => {
  it('covers every skill that is shipped', () => {
    expect(skills.map(({ slug }) => slug).filter((slug) => !readModel().slugs.includes(slug))).toEqual([])
  })
  it('comes from lines that name skills that exist, many of them for each skill and language', () => {
    const lines = needLines()
    expect(lines.flatMap(({ good, ok }) => [...good, ...ok]).filter((slug) => !skillBySlug(slug))).toEqual([])
    for (const lang of ['en', 'es'] as const)
      for (const { slug, peopleSay } of skills) {
        const told = lines.filter((line) => line.lang === lang && line.good.includes(slug)).length
        expect(told + peopleSay[lang].length, `${slug} in ${lang}`).toBeGreaterThanOrEqual(20)
      }
  })
})
