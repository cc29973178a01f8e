// Kit messages as Discord components. The catalogue's own markup is Discord's; somebody's words are escaped.
import {
  ButtonStyle,
  ComponentType as Type,
  MessageFlags,
  type APIButtonComponent,
  type APIMessageTopLevelComponent,
  type RawFile,
} from 'discord.js'
import type { Block, Button, Link, Message } from '../../kit/reply.ts'
import { render } from '../../words/render.ts'
import { isText, type Language, type Text } from '../../words/text.ts'
import { escapeDiscord } from './escape.ts'
import { cut, limits } from './limits.ts'
import { halves, packed } from './split.ts'

export type Drawn = {
  readonly body: {
    readonly flags: number
    readonly allowed_mentions: { readonly parse: readonly never[] }
    readonly components: APIMessageTopLevelComponent[]
    readonly attachments: { readonly id: string; readonly filename: string; readonly description: string }[]
  }
  readonly files: RawFile[]
}
type Attached = Block & { readonly kind: 'picture' | 'file' }

/** Two equal buttons in one message must differ on Discord; the number after the code makes them. */
export const codeOf = (id: string): string => id.replace(/~\d+$/, '')

export const labelIn = (label: Text | string, language: Language): string =>
  isText(label) ? render(label, language) : label

const styles = {
  plain: ButtonStyle.Secondary,
  main: ButtonStyle.Primary,
  careful: ButtonStyle.Danger,
} as const

/** Gives each code an id that stands only once; undefined when Discord has no room for one. */
function createIds() {
  const used = new Set<string>()
  return (code: string): string | undefined => {
    let id = code
    for (let at = 1; used.has(id); at++) id = `${code}~${at}`
    used.add(id)
    return id.length <= limits.id ? id : undefined
  }
}
type Ids = ReturnType<typeof createIds>

const inText = (words: string): APIMessageTopLevelComponent[] =>
  halves(words, limits.text).map((content) => ({ type: Type.TextDisplay, content }))

const lines = (words: string, before: string) =>
  words
    .split('\n')
    .map((line) => `${before}${line}`)
    .join('\n')

function drawButton(one: Button | Link, language: Language, ids: Ids): APIButtonComponent[] {
  const label = cut(labelIn(one.label, language), limits.button)
  if (one.kind === 'link') return [{ type: Type.Button, style: ButtonStyle.Link, label, url: one.url }]
  const id = ids(one.code)
  return id === undefined ? [] : [{ type: Type.Button, style: styles[one.style], label, custom_id: id }]
}

function drawBlock(block: Block, language: Language, ids: Ids): APIMessageTopLevelComponent[] {
  const say = (text: Text) => render(text, language, escapeDiscord)
  switch (block.kind) {
    case 'heading':
      return inText(`## ${say(block.text).replaceAll('\n', ' ')}`)
    case 'text':
      return inText(say(block.text))
    case 'small':
      return inText(lines(say(block.text), '-# '))
    case 'quote':
      return halves(block.words, limits.text, (words) => lines(escapeDiscord(words), '> ')).map(
        (content) => ({
          type: Type.TextDisplay,
          content,
        }),
      )
    case 'list':
      return inText(block.items.map((item) => `- ${say(item).replaceAll('\n', '\n  ')}`).join('\n'))
    case 'picture':
      return [
        {
          type: Type.MediaGallery,
          items: [
            {
              media: { url: `attachment://${block.name}` },
              description: cut(render(block.alt, language), limits.alt),
            },
          ],
        },
      ]
    case 'file':
      return [...inText(say(block.label)), { type: Type.File, file: { url: `attachment://${block.name}` } }]
    case 'buttons': {
      const buttons = block.buttons.flatMap((one) => drawButton(one, language, ids))
      return Array.from({ length: Math.ceil(buttons.length / limits.buttonsInRow) }, (_, at) => ({
        type: Type.ActionRow,
        components: buttons.slice(at * limits.buttonsInRow, (at + 1) * limits.buttonsInRow),
      }))
    }
    case 'pick': {
      const id = ids(block.code)
      if (id === undefined || block.choices.length === 0) return inText(say(block.label))
      const options = block.choices.slice(0, limits.options).map(({ value, label }) => ({
        value,
        label: cut(labelIn(label, language), limits.option),
      }))
      const placeholder = cut(render(block.label, language), limits.placeholder)
      const menu = { type: Type.StringSelect as const, custom_id: id, placeholder, options }
      return [{ type: Type.ActionRow, components: [menu] }]
    }
  }
}

const fileOf = (block: Attached): RawFile => ({
  name: block.name,
  data: Buffer.from(block.kind === 'picture' ? block.png : block.bytes),
  contentType: block.kind === 'picture' ? 'image/png' : block.mime,
})

/** No message mentions anybody, whatever stands in it (SE-9). */
const base = { flags: MessageFlags.IsComponentsV2, allowed_mentions: { parse: [] } } as const

/** A long answer as several messages, each with as much as Discord takes; at least one. */
export function drawMessage({ blocks }: Message, language: Language): readonly [Drawn, ...Drawn[]] {
  const ids = createIds()
  const attached = blocks.filter(
    (block): block is Attached => block.kind === 'picture' || block.kind === 'file',
  )
  const groups = packed(blocks.flatMap((block) => drawBlock(block, language, ids)))
  const drawn = groups.map((components): Drawn => {
    const shown = attached.filter(({ name }) => JSON.stringify(components).includes(`"attachment://${name}"`))
    return {
      body: {
        ...base,
        components,
        attachments: shown.map((block, at) => ({
          id: String(at),
          filename: block.name,
          description: cut(render(block.kind === 'picture' ? block.alt : block.label, language), limits.alt),
        })),
      },
      files: shown.map(fileOf),
    }
  })
  const [first = { body: { ...base, components: [], attachments: [] }, files: [] }, ...rest] = drawn
  return [first, ...rest]
}
