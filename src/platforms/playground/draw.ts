// Kit replies and fields as plain JSON in one language. The page sets every word as text, never as HTML.
import type { Command, Menu } from '../../kit/command.ts'
import type { Choice, Field, Fields } from '../../kit/field.ts'
import type { Block, Message, OpenForm } from '../../kit/reply.ts'
import { render } from '../../words/render.ts'
import type { Language, Text } from '../../words/text.ts'

type Say = (text: Text | string) => string
const sayIn =
  (language: Language): Say =>
  (text) =>
    typeof text === 'string' ? text : render(text, language)

// A private character in the place of stars that somebody else wrote: only those of our own sentences mean bold.
const theirs = '\ue000'
/** A sentence in pieces; every second one stands between `**` in the catalogue and is bold. */
const pieces = (text: Text, language: Language): readonly string[] =>
  render(text, language, (words) => words.replaceAll('*', theirs))
    .split('**')
    .map((piece) => piece.replaceAll(theirs, '*'))

const drawChoice = ({ value, label }: Choice, say: Say) => ({ value, label: say(label) })

function drawBlock(block: Block, language: Language) {
  const say = sayIn(language)
  switch (block.kind) {
    case 'heading':
    case 'text':
    case 'small':
      return { kind: block.kind, text: pieces(block.text, language) }
    case 'quote':
      return block
    case 'list':
      return { kind: block.kind, items: block.items.map((item) => pieces(item, language)) }
    case 'picture':
      // Inside the message, so that a private picture has no address of its own.
      return {
        kind: block.kind,
        src: `data:image/png;base64,${Buffer.from(block.png).toString('base64')}`,
        alt: say(block.alt),
      }
    case 'file':
      return {
        kind: block.kind,
        name: block.name,
        href: `data:${block.mime};base64,${Buffer.from(block.bytes).toString('base64')}`,
        label: say(block.label),
      }
    case 'buttons':
      return {
        kind: block.kind,
        buttons: block.buttons.map((button) => ({ ...button, label: say(button.label) })),
      }
    case 'pick':
      return {
        kind: block.kind,
        label: say(block.label),
        code: block.code,
        choices: block.choices.map((choice) => drawChoice(choice, say)),
      }
  }
}
export type DrawnBlock = ReturnType<typeof drawBlock>

export const drawBlocks = (message: Message, language: Language): readonly DrawnBlock[] =>
  message.blocks.map((block) => drawBlock(block, language))

function more(field: Field, say: Say) {
  switch (field.kind) {
    case 'text':
      return { max: field.max, search: field.search === true }
    case 'paragraph':
      return { max: field.max }
    case 'whole':
      return { min: field.min, max: field.max }
    case 'scale':
      return { min: field.min, max: field.max, low: say(field.low), high: say(field.high) }
    case 'choice':
    case 'choices':
      return { choices: field.choices.map((choice) => drawChoice(choice, say)) }
    case 'person':
    case 'people':
    case 'room':
    case 'date':
    case 'time':
    case 'flag':
    case 'file':
      return {}
  }
}

function drawFields(fields: Fields, say: Say) {
  return Object.entries(fields).map(([name, field]) => ({
    name,
    kind: field.kind,
    label: say(field.label),
    ...(field.hint && { hint: say(field.hint) }),
    required: field.required,
    ...more(field, say),
  }))
}

export function drawForm(form: OpenForm, language: Language) {
  const say = sayIn(language)
  return {
    title: say(form.title),
    readers: say(form.readers),
    code: form.code,
    filled: form.filled,
    fields: drawFields(form.fields, say),
  }
}
export type DrawnForm = ReturnType<typeof drawForm>

export function drawCommand(command: Command<never>, language: Language) {
  const say = sayIn(language)
  return {
    name: command.name,
    title: say(command.title),
    description: say(command.description),
    options: drawFields(command.options, say),
  }
}

export const drawMenu = ({ id, title }: Menu<never>, language: Language) => ({
  id,
  title: sayIn(language)(title),
})
