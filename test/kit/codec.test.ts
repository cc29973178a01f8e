import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import {
  atPage,
  codeLimit,
  decode,
  encode,
  paramsOf,
  reopen,
  saveAsIs,
  wholeForm,
  within,
} from '../../src/kit/codec.ts'

const schema = z.object({ ci: z.string(), day: z.string().optional() })
const word = fc.stringMatching(/^[\w-]{1,22}$/)

describe('a code', () => {
  it('gives back what was put in, in the program it was put in', () => {
    fc.assert(
      fc.property(word, fc.option(word, { nil: undefined }), word, (ci, day, program) => {
        const code = within(encode('ci.edit', schema, { ci, day }), program)
        const read = decode(code)
        expect(code.length).toBeLessThanOrEqual(codeLimit)
        expect(read).toMatchObject({ verb: 'run', id: 'ci.edit', program, page: 0 })
        expect(read && paramsOf(schema, read.values)).toEqual(day === undefined ? { ci } : { ci, day })
      }),
    )
  })

  it('keeps page, program and parameters apart', () => {
    const code = encode('ci', schema, { ci: 'a' })
    const second = within(atPage(code, 1), 'p')
    expect(decode(second)).toEqual({ verb: 'run', id: 'ci', values: ['a', ''], program: 'p', page: 1 })
    expect(decode(reopen(second))).toMatchObject({ verb: 'open', page: 1, program: 'p' })
    expect(decode(saveAsIs(second))).toMatchObject({ verb: 'save', page: 0 })
    expect(wholeForm(reopen(second))).toBe(code)
    expect(wholeForm(saveAsIs(second))).toBe(code)
  })

  it('of something else, or garbled, is nothing rather than an error', () => {
    for (const other of [
      '',
      'h1',
      'h2:ci',
      'h1:CI',
      'h1:ci:a b',
      `h1:ci:${'x'.repeat(100)}`,
      7,
      null,
      undefined,
      {},
    ])
      expect(decode(other)).toBeUndefined()
    fc.assert(fc.property(fc.string(), (code) => void decode(code)))
  })

  it('with values that the action does not take is refused', () => {
    expect(paramsOf(schema, ['a', 'b', 'c'])).toBeUndefined()
    expect(paramsOf(schema, [''])).toBeUndefined()
    expect(paramsOf(z.object({ to: z.enum(['me']) }), ['you'])).toBeUndefined()
  })

  it('that would not fit on a button is a mistake of ours and says so', () => {
    expect(() => encode('ci', schema, { ci: 'x'.repeat(99) })).toThrow('characters long')
    expect(() => encode('ci', schema, { ci: 'a:b' })).toThrow('does not fit')
  })
})
