// Doors to posts, and a post in words.
import { z } from 'zod'
import type { Theme, Wants } from '../../src/care/posts/ports.ts'
import type { SeenPost } from '../../src/care/posts/rules.ts'
import { button, quote, small, type Part } from '../../src/kit/reply.ts'
import { t, type Text } from '../../src/words/text.ts'
import { nameIn, type Asking } from './case-words.ts'
import { onGroup } from './group-doors.ts'

export const onPost = z.object({ post: z.string().min(1) })

export const shareDoor = { id: 'po', params: z.object({ from: z.string().regex(/^\d+$/).optional() }) }
export const postsDoor = { id: 'po.in', params: onGroup }
export const latelyDoor = { id: 'po.late', params: onGroup.extend({ before: z.string().optional() }) }
export const myPostsDoor = { id: 'po.mine', params: z.object({ before: z.string().optional() }) }
export const ownPostDoor = { id: 'po.own', params: onPost }
export const heldPostsDoor = { id: 'po.held', params: onGroup }
export const heldPostDoor = { id: 'po.look', params: onPost }

export const backToPosts = (group: string) => button(t('posts.back'), postsDoor, { group })
export const ownPostReaders = small(t('posts.readers.own'))

export const themeWords = (theme: Theme): Text => t(`posts.theme.${theme}`)
export const noteWords = (theme: Theme): Text => t('posts.note', { theme: themeWords(theme) })

type Said = {
  readonly words: string
  readonly theme?: Theme | undefined
  readonly wants?: Wants | undefined
}
export const bodyOf = ({ words, theme, wants }: Said): readonly Part[] => [
  ...(theme === undefined ? [] : [small(noteWords(theme))]),
  quote(words),
  ...(wants === undefined ? [] : [t('posts.wants.says', { wants: t(`posts.wants.${wants}`) })]),
]

/** Who it is from, as far as its reader may know. */
export async function fromWords(call: Asking, { kind, by, mine }: SeenPost): Promise<Text> {
  if (mine) return t('posts.by.mine', { kind: t(`posts.kind.${kind}`) })
  if (by === undefined) return t('posts.by.nameless')
  return t('posts.by', { kind: t(`posts.kind.${kind}`), name: await nameIn(call, by) })
}
