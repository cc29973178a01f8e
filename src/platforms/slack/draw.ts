// Kit messages as Block Kit. No block used here reads markup, so nobody's words can become a link or call a room.
import type { types } from '@slack/bolt'
import type { Block, Message } from '../../kit/reply.ts'
import { render } from '../../words/render.ts'
import { isText, type Language, type Text } from '../../words/text.ts'
import { escapeSlack } from './escape.ts'
import { cut, limits } from './limits.ts'

type SlackBlock = types.KnownBlock
/** A picture or a file: Slack shows neither inside a private answer. */
export type Attached = {
  readonly kind: 'picture' | 'file'
  readonly name: string
  readonly bytes: Uint8Array
  readonly alt: string
}
export type Drawn = {
  readonly blocks: readonly SlackBlock[]
  /** The same in words, for notifications and screen readers. Slack reads markup here, so it is escaped. */
  readonly text: string
  readonly attached: readonly Attached[]
}

export const plainText = (words: string, max: number): types.PlainTextElement => ({
  type: 'plain_text',
  text: cut(words, max),
  emoji: false,
})

/** Slack wants ids that differ within a block; the number after the code makes two equal buttons differ. */
export const actionId = (code: string, index: number): string => `${code}~${index}`
export const codeOf = (id: string): string => id.replace(/~\d+$/, '')
export const linkCode = 'link'

export const labelIn = (label: Text | string, language: Language): string =>
  isText(label) ? render(label, language) : label

/** At spaces where there are any, and never through the middle of a character. */
function pieces(words: string): string[] {
  const parts: string[] = []
  for (let rest = words.toWellFormed(); rest !== ''; rest = rest.slice(parts.at(-1)?.length)) {
    const space = rest.lastIndexOf(' ', limits.text - 1) + 1
    const end = rest.length <= limits.text ? rest.length : space > 0 ? space : limits.text
    parts.push(rest.slice(0, rest.slice(0, end).isWellFormed() ? end : end - 1))
  }
  return parts
}

const sections = (words: string): SlackBlock[] =>
  pieces(words).map((part) => ({ type: 'section', text: plainText(part, limits.text) }))

function drawBlock(block: Block, language: Language): SlackBlock[] {
  const say = (text: Text) => render(text, language)
  switch (block.kind) {
    case 'heading': {
      const words = say(block.text)
      return words.length > limits.heading
        ? sections(words)
        : [{ type: 'header', text: plainText(words, limits.heading) }]
    }
    case 'text':
      return sections(say(block.text))
    case 'quote':
      return pieces(block.words).map((text) => ({
        type: 'rich_text',
        elements: [{ type: 'rich_text_quote', elements: [{ type: 'text', text }] }],
      }))
    case 'list':
      return [
        {
          type: 'rich_text',
          elements: [
            {
              type: 'rich_text_list',
              style: 'bullet',
              elements: block.items.map((item) => ({
                type: 'rich_text_section',
                elements: [{ type: 'text', text: say(item) }],
              })),
            },
          ],
        },
      ]
    case 'small':
      return [{ type: 'context', elements: [plainText(say(block.text), limits.text)] }]
    case 'picture':
      return []
    case 'file':
      return sections(say(block.label))
    case 'buttons':
      return inGroups(block.buttons, limits.buttons).map((buttons) => ({
        type: 'actions',
        elements: buttons.map((one, index) => ({
          type: 'button',
          text: plainText(labelIn(one.label, language), limits.button),
          action_id: actionId(one.kind === 'link' ? linkCode : one.code, index),
          ...(one.kind === 'link' && { url: one.url }),
          ...(one.kind === 'button' &&
            one.style !== 'plain' && { style: one.style === 'main' ? 'primary' : 'danger' }),
        })),
      }))
    case 'pick':
      if (block.choices.length === 0) return sections(say(block.label))
      return [
        {
          type: 'section',
          text: plainText(say(block.label), limits.text),
          accessory: {
            type: 'static_select',
            action_id: actionId(block.code, 0),
            placeholder: plainText(say(block.label), limits.placeholder),
            options: block.choices.slice(0, limits.options).map(({ value, label }) => ({
              text: plainText(labelIn(label, language), limits.option),
              value,
            })),
          },
        },
      ]
  }
}

function wordsOf(block: Block, language: Language): string[] {
  switch (block.kind) {
    case 'heading':
    case 'text':
    case 'small':
      return [render(block.text, language)]
    case 'quote':
      return [block.words]
    case 'list':
      return block.items.map((item) => `• ${render(item, language)}`)
    case 'picture':
      return [render(block.alt, language)]
    case 'file':
    case 'pick':
      return [render(block.label, language)]
    case 'buttons':
      return []
  }
}

export function inGroups<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, at) =>
    all.slice(at * size, (at + 1) * size),
  )
}

function attachedIn(block: Block, language: Language): Attached[] {
  if (block.kind !== 'picture' && block.kind !== 'file') return []
  const { kind, name } = block
  const [bytes, words] = kind === 'picture' ? [block.png, block.alt] : [block.bytes, block.label]
  return [{ kind, name, bytes, alt: cut(render(words, language), 1000) }]
}

export function drawMessage(message: Message, language: Language): Drawn {
  const words = message.blocks.flatMap((block) => wordsOf(block, language)).join('\n')
  const labels = message.blocks.flatMap((block) =>
    block.kind === 'buttons' ? block.buttons.map((one) => labelIn(one.label, language)) : [],
  )
  return {
    blocks: message.blocks.flatMap((block) => drawBlock(block, language)),
    text: cut(escapeSlack(words === '' ? labels.join(' · ') : words), limits.text),
    attached: message.blocks.flatMap((block) => attachedIn(block, language)),
  }
}

/** A long answer as several messages, each with as many blocks as Slack takes. */
export function inMessages({
  blocks,
  text,
}: Drawn): { readonly text: string; readonly blocks: SlackBlock[] }[] {
  return inGroups(blocks, limits.blocks).map((some) => ({ text, blocks: some }))
}
