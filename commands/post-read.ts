// A post as the group meets it: a card that points, the words on a tap, and a kind word back (feature rows 70, 71).
import { z } from 'zod'
import { defineAction, defineNotice } from '../src/bot.ts'
import { reactionKinds, type ReactionKind } from '../src/care/posts/ports.ts'
import { button, heading, say, sayInRoom, small, update, type Message, type Part } from '../src/kit/reply.ts'
import { t, type Text } from '../src/words/text.ts'
import { helpNowHere } from './help-now.ts'
import { changeFolds } from './post-folds.ts'
import type { Asking } from './words/case-words.ts'
import {
  backToPosts,
  bodyOf,
  fromWords,
  heldPostDoor,
  latelyDoor,
  noteWords,
  onPost,
  ownPostDoor,
  ownPostReaders,
  themeWords,
} from './words/post-doors.ts'

const perPage = 6
const readers = small(t('posts.read.readers'))

/** In the room: that there is something, and its theme where its writer named one. Never whose or what. */
export const postCard = defineNotice({
  id: 'post-card',
  permit: 'anyone',
  params: z.object({ group: z.string(), post: z.string() }),
  async render({ app, programId }, { post: id }) {
    const post = await app.posts.named(programId, id)
    if (post?.state !== 'out') return undefined
    return sayInRoom(
      t('posts.card'),
      ...(post.theme ? [noteWords(post.theme)] : []),
      button(t('posts.card.read'), readPost, { post: id }),
      small(t('posts.card.readers')),
    )
  },
})

function together(said: readonly ReactionKind[]): Text {
  const [one, two, three] = said.map((what) => t(`posts.react.${what}`))
  if (one && two && three) return t('posts.react.three', { one, two, three })
  if (one && two) return t('posts.react.two', { one, two })
  return one ?? t('posts.react.thank-you')
}

async function opened(call: Asking, id: string, unfolded: boolean): Promise<Message> {
  const read = await call.app.posts.read(call.actor, id, unfolded, call.now)
  if (read.kind === 'folded')
    return say(
      t('posts.folded', { theme: themeWords(read.theme) }),
      button(t('posts.folded.open'), unfoldPost, { post: id }),
      button(t('posts.folds'), changeFolds, {}),
      backToPosts(read.groupId),
      ownPostReaders,
    )
  const { post, said, leads } = read
  return say(
    heading(await fromWords(call, post)),
    ...bodyOf(post),
    ...(said.length === 0 ? [] : [t('posts.react.said', { what: together(said) })]),
    ...(post.mine
      ? [button(t('posts.told.see'), ownPostDoor, { post: id })]
      : reactionKinds.map((what) => button(t(`posts.react.${what}`), reactToPost, { post: id, what }))),
    ...(leads ? [button(t('posts.review.open.one'), heldPostDoor, { post: id })] : []),
    button(t('help.now.button'), helpNowHere, {}),
    readers,
  )
}

export const readPost = defineAction({
  id: 'po.read',
  permit: 'known',
  params: onPost,
  run: (call, { post }) => opened(call, post, false),
})

export const unfoldPost = defineAction({
  id: 'po.show',
  permit: 'known',
  params: onPost,
  run: async (call, { post }) => ({ kind: 'update', message: await opened(call, post, true) }),
})

export const reactToPost = defineAction({
  id: 'po.react',
  permit: 'known',
  params: onPost.extend({ what: z.enum(reactionKinds) }),
  async run({ app, actor }, { post, what }) {
    const stands = await app.posts.react(actor, post, what)
    return say(
      t(stands ? 'posts.react.on' : 'posts.react.off', { what: t(`posts.react.${what}`) }),
      button(t('posts.card.read'), readPost, { post }),
      readers,
    )
  },
})

export const latelyInRoom = defineAction({
  ...latelyDoor,
  permit: 'known',
  async run(call, { group: id, before }) {
    const found = await call.app.posts.lately(call.actor, id, perPage + 1, before)
    const shown = found.posts.slice(0, perPage)
    const last = shown.at(-1)
    const rows = await Promise.all(
      shown.map(async (post, at): Promise<readonly Part[]> => [
        post.folded && post.theme
          ? t('posts.lately.folded', { theme: themeWords(post.theme) })
          : await fromWords(call, post),
        button(t('posts.lately.open', { number: at + 1 }), readPost, { post: post.id }),
      ]),
    )
    return update(
      heading(t('posts.title.in', { name: found.group.name })),
      ...(shown.length === 0 ? [t('posts.lately.none')] : rows.flat()),
      ...(found.posts.length > perPage && last
        ? [button(t('posts.more'), latelyDoor, { group: id, before: last.id })]
        : []),
      backToPosts(id),
      ownPostReaders,
    )
  },
})
