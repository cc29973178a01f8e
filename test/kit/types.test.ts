import { z } from 'zod'
import { describe, expect, it } from 'vitest'
import { defineAction, defineCommand } from '../../src/bot.ts'
import { optional, paragraph, whole } from '../../src/kit/field.ts'
import { button, say, type OpenForm } from '../../src/kit/reply.ts'
import { t } from '../../src/words/text.ts'

const label = t('kit.form.open')
const see = defineAction({
  id: 'see',
  permit: 'member',
  params: z.object({ day: z.string() }),
  run: () => say(label),
})

describe('the types a handler receives', () => {
  it('come from its own literal', () => {
    const command = defineCommand({
      name: 'probe',
      title: label,
      description: label,
      permit: 'member',
      wait: 'privately',
      options: { mood: whole(label, { min: 1, max: 10 }), note: optional(paragraph(label)) },
      run({ actor }, { mood, note }) {
        const day: string = mood.toFixed(0) + (note?.length ?? 0) + actor.personId
        return say(label, button(label, see, { day }))
      },
    })
    expect(command.kind).toBe('command')
  })

  it('refuse wrong parameters of a button', () => {
    // @ts-expect-error a button's parameters are those of its action
    expect(() => button(label, see, { week: 'x' })).not.toThrow()
  })

  it('refuse a form from a command that waits', () => {
    const form: OpenForm = { kind: 'form', title: label, code: '', fields: {}, readers: label, filled: {} }
    const rest = { name: 'p', title: label, description: label, permit: 'member', options: {} } as const
    // @ts-expect-error a command that waits cannot open a form
    const wrong = () => defineCommand({ ...rest, wait: 'privately', run: () => form })
    expect(wrong).not.toThrow()
  })
})
