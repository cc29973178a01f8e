// Whatever people write, what is drawn is within Block Kit's limits and calls nobody (SE-9).
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as f from '../../../src/kit/field.ts'
import { button, heading, list, pick, quote, say, small, type OpenForm } from '../../../src/kit/reply.ts'
import { drawMessage, inMessages } from '../../../src/platforms/slack/draw.ts'
import { escapeSlack, unescapeSlack } from '../../../src/platforms/slack/escape.ts'
import { drawForm } from '../../../src/platforms/slack/form.ts'
import { messageFaults, viewFaults } from '../../support/slack/block-kit.ts'
import { form, words } from './example.ts'

const live = [
  '<!channel>',
  '<!here>',
  '<@U0ANA>',
  '<!subteam^S1>',
  '<https://x.example|help>',
  '*bold*',
  '&lt;!channel&gt;',
  '＜!channel＞',
  '<\u200b!channel>',
  ':tada:',
  '@everyone',
  '```',
  '>quote',
  '😀'.repeat(1501),
]
const written = fc.oneof(
  fc.constantFrom(...live),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 4000 }),
)

const messageOf = (said: string) => {
  const text = words(said)
  return say(
    heading(text),
    text,
    quote(said),
    list([text, text]),
    small(text),
    button(text, form, {}),
    pick(text, form, {}, [{ value: 'one', label: text }]),
  )
}

describe('a message', () => {
  it('is within the limits and has no live mention or link, for 10,000 things people write', () => {
    fc.assert(
      fc.property(written, (said) => {
        const drawn = drawMessage(messageOf(said), 'en')
        for (const { blocks, text } of inMessages(drawn)) {
          expect(messageFaults(blocks)).toEqual([])
          expect(JSON.stringify(blocks)).not.toContain('"mrkdwn"')
          expect(text).not.toMatch(/[<>]/)
          expect(text.length).toBeGreaterThan(0)
        }
      }),
      { numRuns: 10_000 },
    )
  })

  it('keeps every character of what somebody wrote', () => {
    fc.assert(
      fc.property(written, (said) => {
        const { blocks } = drawMessage(say(quote(said)), 'en')
        const kept = [...JSON.stringify(blocks).matchAll(/\{"type":"text","text":("(?:[^"\\]|\\.)*")\}/g)]
        expect(kept.map(([, one = '""']) => JSON.parse(one) as string).join('')).toBe(said.toWellFormed())
      }),
    )
  })
})

describe('what was typed', () => {
  it('comes back as it was, from how Slack writes it', () => {
    fc.assert(
      fc.property(fc.string(), (said) => {
        expect(unescapeSlack(escapeSlack(said))).toBe(said)
      }),
    )
  })
  it('has links as their address', () => {
    expect(unescapeSlack('see <https://x.example/a?b=1&amp;c=2|x.example> and <mailto:a@b.c|a@b.c>')).toBe(
      'see https://x.example/a?b=1&c=2 and mailto:a@b.c',
    )
    expect(unescapeSlack('with <@U0BEN|ben>')).toBe('with <@U0BEN|ben>')
  })
})

describe('a form', () => {
  const draw = (fields: f.Fields, filled: OpenForm['filled'] = {}, title = 'Form') =>
    drawForm(
      { kind: 'form', title: words(title), code: 'h1:x', fields, readers: words('Only you'), filled },
      'es',
      '2026-11-23',
    )

  it('is within the limits whatever stands in its fields and labels', () => {
    fc.assert(
      fc.property(written, (said) => {
        const label = words(said)
        const many = Array.from({ length: 120 }, (_, at) => ({ value: `v${at}`, label }))
        const fields = {
          a: f.text(label, { hint: label, max: 20 }),
          b: f.optional(f.paragraph(label, { max: 50 })),
          c: f.choice(label, many),
          d: f.choices(label, many),
          e: f.scale(label, { min: 0, max: 10, low: label, high: label }),
          g: f.text(label, { search: true }),
          h: f.flag(label),
        }
        const filled = Object.fromEntries(Object.keys(fields).map((name) => [name, said]))
        const view = draw(fields, { ...filled, c: 'v119', d: ['v1', 'v119'] }, said)
        expect(viewFaults(view, 'modal')).toEqual([])
      }),
      { numRuns: 2000 },
    )
  })

  it('shows what does not fit its kind as empty, and words of a day as the day', () => {
    const view = draw(
      {
        at: f.time(words('At')),
        day: f.date(words('Day')),
        hours: f.whole(words('Hours'), { min: 0, max: 24 }),
      },
      { at: 'soon', day: 'ayer', hours: '99' },
    )
    const elements = view.blocks.flatMap((block) => ('element' in block ? [block.element] : []))
    expect(elements).toEqual([
      { type: 'timepicker', action_id: 'field' },
      { type: 'datepicker', action_id: 'field', initial_date: '2026-11-22' },
      {
        type: 'number_input',
        action_id: 'field',
        is_decimal_allowed: false,
        min_value: '0',
        max_value: '24',
      },
    ])
    expect(view.submit?.text).toBe('Enviar')
  })
})
