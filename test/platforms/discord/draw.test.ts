// Whatever people write and features say stays within what Discord takes, and nothing of it is lost or alive.
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { commands } from '../../../commands/index.ts'
import { collect } from '../../../src/kit/features.ts'
import type { Fields } from '../../../src/kit/field.ts'
import { file, say, type Block } from '../../../src/kit/reply.ts'
import { drawMessage } from '../../../src/platforms/discord/draw.ts'
import { escapeDiscord } from '../../../src/platforms/discord/escape.ts'
import { drawForm } from '../../../src/platforms/discord/form.ts'
import { limits } from '../../../src/platforms/discord/limits.ts'
import { faultsOf } from '../../support/discord/contract.ts'
import { form, words } from './example.ts'

const said = fc.string({ unit: 'binary', minLength: 1, maxLength: 5000 }).filter((one) => one.trim() !== '')
const text = said.map((one) => words(one))
const code = fc.integer({ min: 0, max: 3 }).map((at) => `h1:undo:${at}`)
const block: fc.Arbitrary<Block> = fc.oneof(
  fc.record({ kind: fc.constantFrom('heading', 'text', 'small'), text }) as fc.Arbitrary<Block>,
  fc.record({ kind: fc.constant('quote' as const), words: said }),
  fc.record({ kind: fc.constant('list' as const), items: fc.array(text, { minLength: 1, maxLength: 6 }) }),
  fc.record({
    kind: fc.constant('buttons' as const),
    buttons: fc.array(
      fc.record({
        kind: fc.constant('button' as const),
        label: text,
        code,
        style: fc.constant('plain' as const),
      }),
      { minLength: 1, maxLength: 12 },
    ),
  }),
  fc.record({
    kind: fc.constant('pick' as const),
    label: text,
    code,
    choices: fc.uniqueArray(fc.record({ value: fc.nat().map(String), label: said }), {
      maxLength: 40,
      selector: ({ value }) => value,
    }),
  }),
)
const length = (body: object): number =>
  [...JSON.stringify(body).matchAll(/"content":("(?:[^"\\]|\\.)*")/g)].reduce(
    (sum, [, content = '""']) => sum + (JSON.parse(content) as string).length,
    0,
  )

describe('a message', () => {
  it('of any words is one or several that Discord takes', () => {
    fc.assert(
      fc.property(fc.array(block, { minLength: 1, maxLength: 30 }), (blocks) => {
        for (const { body } of drawMessage({ kind: 'message', audience: 'private', blocks }, 'en')) {
          expect(faultsOf.message(body)).toEqual([])
          expect(length(body)).toBeLessThanOrEqual(limits.text)
        }
      }),
      { numRuns: 60 },
    )
  })
  it('of very many buttons is several messages', () => {
    const row: Block = {
      kind: 'buttons',
      buttons: ['a', 'b', 'c'].map((id) => ({
        kind: 'button',
        label: words(id),
        code: `h1:undo:${id}`,
        style: 'plain',
      })),
    }
    const blocks = Array.from({ length: 25 }, () => row)
    const drawn = drawMessage({ kind: 'message', audience: 'private', blocks }, 'en')
    expect(drawn.flatMap(({ body }) => faultsOf.message(body))).toEqual([])
    expect(drawn.flatMap(({ body }) => body.components)).toHaveLength(25)
  })
  it('of one long quotation loses nothing of it', () => {
    const note = 'a *b* c\n'.repeat(900)
    const drawn = drawMessage(
      { kind: 'message', audience: 'private', blocks: [{ kind: 'quote', words: note }] },
      'en',
    )
    const all = drawn.map(({ body }) => JSON.stringify(body)).join('')
    expect(all.match(/a \\\\\*b\\\\\* c/g)).toHaveLength(900)
  })
})

describe('somebody’s words', () => {
  it.each([
    [
      '**bold** _it_ ~~no~~ ||spoiler|| `code`',
      String.raw`\*\*bold\*\* \_it\_ \~\~no\~\~ \|\|spoiler\|\| \`code\``,
    ],
    ['@everyone <@1> <#2> </x:3> <:e:4>', String.raw`\@everyone \<\@1\> \<#2\> \</x\:3\> \<\:e\:4\>`],
    ['[click](https://x.example)', String.raw`\[click\]\(https\://x.example\)`],
    ['# big\n- item\n  + item\n1. one\n-# small', '\\# big\n\\- item\n  \\+ item\n1\\. one\n\\-# small'],
    ['well-known, 3.5 and C#', 'well-known, 3.5 and C#'],
    ['back\\slash', 'back\\\\slash'],
  ])('%j are shown as they are', (raw, escaped) => expect(escapeDiscord(raw)).toBe(escaped))
})

describe('a form', () => {
  const modal = (fields: Fields, filled: Readonly<Record<string, unknown>> = {}) => ({
    type: 9,
    data: drawForm(
      {
        kind: 'form',
        title: words('A title that is longer than forty-five characters are'),
        code: 'h1:x',
        fields,
        readers: words('Only you see this.'),
        filled,
      },
      'en',
    ),
  })
  const pages = (fields: Fields) =>
    Object.entries(fields).flatMap((_, at, all) =>
      at % limits.rows === 0 ? [Object.fromEntries(all.slice(at, at + limits.rows))] : [],
    )
  it('of every kind of field, empty, filled or filled with anything, is one that Discord takes', () => {
    const fields = form.fields as Fields
    const held = {
      mood: '7',
      halt: ['tired'],
      who: '123456789012345678',
      again: true,
      day: 'ayer',
      note: 'x'.repeat(9000),
    }
    for (const page of pages(fields)) {
      expect(faultsOf.callback(modal(page))).toEqual([])
      expect(faultsOf.callback(modal(page, held))).toEqual([])
    }
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...Object.keys(fields)), fc.anything()), (filled) => {
        for (const page of pages(fields)) expect(faultsOf.callback(modal(page, filled))).toEqual([])
      }),
      { numRuns: 100 },
    )
  })
  it('of every real command is one that Discord takes, and says who will read it', () => {
    const all = [...collect(commands).forms.values()].filter((one) => typeof one.fields !== 'function')
    expect(all.length).toBeGreaterThan(10)
    for (const { fields } of all)
      for (const page of pages(fields as Fields)) {
        const drawn = modal(page)
        expect(faultsOf.callback(drawn)).toEqual([])
        expect(JSON.stringify(drawn)).toContain('Only you see this.')
      }
  })
})

it('carries a file as an attachment that Discord takes', () => {
  const message = say(
    words('Here it is.'),
    file('plan.txt', Buffer.from('mine'), 'text/plain', words('My plan')),
  )
  const [{ body, files }] = drawMessage(message, 'en')
  expect(faultsOf.message(body, files.length)).toEqual([])
  expect(body.attachments).toEqual([{ id: '0', filename: 'plan.txt', description: 'My plan' }])
  expect(files).toEqual([{ name: 'plan.txt', data: Buffer.from('mine'), contentType: 'text/plain' }])
})
