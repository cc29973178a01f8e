// What a handler answers, as plain data: tests compare it, platforms draw it.
import { isText, type Text } from '../words/text.ts'
import { encode, type Code, type Params, type ParamsSchema } from './codec.ts'
import type { Choice, Fields } from './field.ts'
import type { Raw } from './parse.ts'

export type Button = {
  readonly kind: 'button'
  readonly label: Text
  readonly code: Code
  readonly style: 'plain' | 'main' | 'careful'
}
/** Opens a page outside; never carries anything about a person. */
export type Link = { readonly kind: 'link'; readonly label: Text | string; readonly url: string }

export type Block =
  | { readonly kind: 'heading'; readonly text: Text }
  | { readonly kind: 'text'; readonly text: Text }
  /** A person's own words, always escaped. */
  | { readonly kind: 'quote'; readonly words: string }
  | { readonly kind: 'list'; readonly items: readonly Text[] }
  | { readonly kind: 'small'; readonly text: Text }
  | { readonly kind: 'picture'; readonly name: string; readonly png: Uint8Array; readonly alt: Text }
  /** Bytes to keep, never in a room; `label` says what they are. */
  | {
      readonly kind: 'file'
      readonly name: string
      readonly bytes: Uint8Array
      readonly mime: string
      readonly label: Text
    }
  | { readonly kind: 'buttons'; readonly buttons: readonly (Button | Link)[] }
  /** A menu to pick one from; what was picked reaches the action as `chosen`. */
  | { readonly kind: 'pick'; readonly label: Text; readonly code: Code; readonly choices: readonly Choice[] }

/** `private`: only the person who asked sees it. `room`: everybody in the room does, and the message says so. */
export type Message = {
  readonly kind: 'message'
  readonly audience: 'private' | 'room'
  readonly blocks: readonly Block[]
}
/** Takes the place of the message whose button was pressed; where there is none it is said privately. */
export type Update = { readonly kind: 'update'; readonly message: Message }
export type OpenForm = {
  readonly kind: 'form'
  readonly title: Text
  readonly code: Code
  readonly fields: Fields
  /** Who will read what is written here; drawn on the form. */
  readonly readers: Text
  /** What the fields hold when it opens, as raw values. */
  readonly filled: Raw
  /** Set where the platform shows a long form in pages: this one of how many, counted from 1. */
  readonly page?: { readonly number: number; readonly of: number }
}
export type Reply = Message | Update | OpenForm

export type Part = Text | Block | Button | Link

function blocksOf(parts: readonly Part[]): Block[] {
  const blocks: Block[] = []
  for (const part of parts) {
    const last = blocks.at(-1)
    if (isText(part)) blocks.push({ kind: 'text', text: part })
    else if (part.kind !== 'button' && part.kind !== 'link') blocks.push(part)
    else if (last?.kind === 'buttons')
      blocks[blocks.length - 1] = { kind: 'buttons', buttons: [...last.buttons, part] }
    else blocks.push({ kind: 'buttons', buttons: [part] })
  }
  return blocks
}

/** Said to the person who asked, and to nobody else. */
export const say = (...parts: readonly Part[]): Message => ({
  kind: 'message',
  audience: 'private',
  blocks: blocksOf(parts),
})
/** Said to everybody in the room. */
export const sayInRoom = (...parts: readonly Part[]): Message => ({ ...say(...parts), audience: 'room' })
export const update = (...parts: readonly Part[]): Update => ({ kind: 'update', message: say(...parts) })

export const heading = (text: Text): Block => ({ kind: 'heading', text })
export const small = (text: Text): Block => ({ kind: 'small', text })
export const quote = (words: string): Block => ({ kind: 'quote', words })
export const list = (items: readonly Text[]): Block => ({ kind: 'list', items })
export const picture = (name: string, png: Uint8Array, alt: Text): Block => ({
  kind: 'picture',
  name,
  png,
  alt,
})
export const file = (name: string, bytes: Uint8Array, mime: string, label: Text): Block => ({
  kind: 'file',
  name,
  bytes,
  mime,
  label,
})
export const link = (label: Text | string, url: string): Link => ({ kind: 'link', label, url })

/** Anything with an id and typed parameters that a button can lead to: an action or a form. */
export type Target<P> = { readonly id: string; readonly params: ParamsSchema & { readonly _output: P } }

export const button = <P extends Params>(
  label: Text,
  target: Target<P>,
  params: NoInfer<P>,
  style: Button['style'] = 'plain',
): Button => ({ kind: 'button', label, code: encode(target.id, target.params, params), style })

export const pick = <P extends Params>(
  label: Text,
  target: Target<P>,
  params: NoInfer<P>,
  choices: readonly Choice[],
): Block => ({ kind: 'pick', label, code: encode(target.id, target.params, params), choices })
