import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as f from '../../src/kit/field.ts'
import { parse, parseWords } from '../../src/kit/parse.ts'
import { t } from '../../src/words/text.ts'

const label = t('checkins.note.label')
const today = { today: '2026-03-08' }
const checkin = {
  mood: f.optional(f.whole(label, { min: 1, max: 10 })),
  stress: f.optional(f.whole(label, { min: 0, max: 10 })),
  audience: f.optional(
    f.choice(label, [
      { value: 'me', label },
      { value: 'group', label },
    ]),
  ),
  day: f.optional(f.date(label)),
  note: f.optional(f.paragraph(label, { max: 50 })),
}

const sorted = (words: string): string => Array.from(words).toSorted().join('')

describe('words after a command', () => {
  it.each([
    ['7 slept badly', { mood: '7', note: 'slept badly' }],
    [
      '7 3 group yesterday long day',
      { mood: '7', stress: '3', audience: 'group', day: 'yesterday', note: 'long day' },
    ],
    ['slept badly', { note: 'slept badly' }],
    ['99 problems', { note: '99 problems' }],
    ['stress:4 mood:2 tired', { stress: '4', mood: '2', note: 'tired' }],
    ['', {}],
    ['  7  ', { mood: '7' }],
  ])('“%s” fill the fields in order, passing over what does not fit', (words, raw) => {
    expect(parseWords(checkin, words, today)).toEqual(raw)
  })

  it('keep every word a person wrote, whatever it is', () => {
    fc.assert(
      fc.property(fc.string(), (words) => {
        const said = Object.values(parseWords(checkin, words, today))
          .join('')
          .replaceAll(/\s/g, '')
        const kept = words.replaceAll(/(mood|stress|audience|day|note):(?=\S)/gi, '').replaceAll(/\s/g, '')
        expect(sorted(said)).toBe(sorted(kept))
      }),
    )
  })

  it('that do not fit a required field stay with the free text, and the field is asked for', () => {
    expect(parseWords({ time: f.time(label), words: f.text(label) }, 'soon call mum', today)).toEqual({
      words: 'soon call mum',
    })
  })
})

describe('a field', () => {
  const one = (field: f.Field, raw: unknown) => parse({ it: field }, { it: raw }, today)
  it.each([
    [f.time(label), '9', '09:00'],
    [f.time(label), '9:05', '09:05'],
    [f.time(label), '9pm', '21:00'],
    [f.time(label), '12 a.m.', '00:00'],
    [f.time(label), '21.30', '21:30'],
    [f.date(label), 'ayer', '2026-03-07'],
    [f.date(label), '2024-02-29', '2024-02-29'],
    [f.flag(label), 'Sí', true],
    [f.whole(label, { min: 0, max: 10 }), '+7', 7],
    [f.person(label), '<@U0123|ana>', 'U0123'],
    [f.people(label), '<@U1> <@U2|x>', ['U1', 'U2']],
    [f.room(label), '<#C9|evening>', 'C9'],
    [f.text(label), '  a\0b\ud800  ', 'ab\ufffd'],
    [f.choices(label, [{ value: 'tired', label }]), 'TIRED, tired', ['tired']],
  ])('%o reads %j as %j', (field, raw, value) => {
    expect(one(field, raw)).toEqual({ ok: true, answers: { it: value } })
  })

  it.each([
    [f.time(label), '25:00'],
    [f.time(label), '13pm'],
    [f.time(label), 'noonish'],
    [f.date(label), '2026-02-30'],
    [f.date(label), 'tomorrow-ish'],
    [f.whole(label, { min: 1, max: 10 }), '7.5'],
    [f.whole(label, { min: 1, max: 10 }), 11],
    [f.whole(label, { min: 1, max: 10 }), Number.NaN],
    [f.text(label, { max: 3 }), 'four'],
    [f.text(label), { toString: () => 'x' }],
    [f.choice(label, [{ value: 'me', label }]), '__proto__'],
    [f.choices(label, [{ value: 'tired', label }]), ['tired', 'other']],
    [f.person(label), 'two words'],
    [f.flag(label), 'maybe'],
  ])('%o answers %j with a sentence beside it', (field, raw) => {
    expect(one(field, raw)).toMatchObject({ ok: false, problems: { it: { key: expect.any(String) } } })
  })

  it('never throws, whatever a platform sends', () => {
    const kinds = [
      f.time(label),
      f.date(label),
      f.flag(label),
      f.person(label),
      f.people(label),
      f.room(label),
      f.text(label),
      f.whole(label, { min: 0, max: 10 }),
      f.choice(label, []),
      f.choices(label, []),
    ]
    fc.assert(
      fc.property(fc.constantFrom(...kinds), fc.anything(), (field, raw) => {
        expect(one(field, raw)).toHaveProperty('ok')
      }),
    )
  })

  it('left out is undefined when optional and a problem when not', () => {
    expect(parse({ a: f.optional(f.time(label)), b: f.time(label) }, { a: ' ' }, today)).toEqual({
      ok: false,
      problems: { b: t('kit.problem.empty') },
    })
  })

  it('all problems come at once', () => {
    const fields = { a: f.time(label), b: f.date(label) }
    const read = parse(fields, { a: 'x', b: 'y' }, today)
    expect(read.ok ? [] : Object.keys(read.problems)).toEqual(['a', 'b'])
  })
})
