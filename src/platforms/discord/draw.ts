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
type Picture = Block & { readonly kind: 'picture' }

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

const fileOf = ({ name, png }: Picture): RawFile => ({
  name,
  data: Buffer.from(png),
  contentType: 'image/png',
})

/** No message mentions anybody, whatever stands in it (SE-9). */
const base = { flags: MessageFlags.IsComponentsV2, allowed_mentions: { parse: [] } } as const

/** A long answer as several messages, each with as much as Discord takes; at least one. */
export function drawMessage({ blocks }: Message, language: Language): readonly [Drawn, ...Drawn[]] {
  const ids = createIds()
  const pictures = blocks.filter((block): block is Picture => block.kind === 'picture')
  const groups = packed(blocks.flatMap((block) => drawBlock(block, language, ids)))
  const drawn = groups.map((components): Drawn => {
    const shown = pictures.filter(({ name }) => JSON.stringify(components).includes(`"attachment://${name}"`))
    return {
      body: {
        ...base,
        components,
        attachments: shown.map(({ name, alt }, at) => ({
          id: String(at),
          filename: name,
          description: cut(render(alt, language), limits.alt),
        })),
      },
      files: shown.map(fileOf),
    }
  })
  const [first = { body: { ...base, components: [], attachments: [] }, files: [] }, ...rest] = drawn
  return [first, ...rest]
}
