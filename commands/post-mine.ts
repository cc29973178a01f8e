// One's own posts: where each stands, what came of it, and the way to take it back at any time.
import { z } from 'zod'
import { defineAction, defineNotice } from '../src/bot.ts'
import { button, heading, quote, say, small, update, type Message, type Part } from '../src/kit/reply.ts'
import { t } from '../src/words/text.ts'
import { changePost, sendPost } from './post.ts'
import type { Asking } from './words/case-words.ts'
import { askDoor } from './words/doors.ts'
import {
  backToPosts,
  bodyOf,
  myPostsDoor,
  onPost,
  ownPostDoor,
  ownPostReaders,
  shareDoor,
} from './words/post-doors.ts'

const perPage = 6

async function page({ app, actor }: Asking, before?: string): Promise<Message> {
  const found = await app.posts.mine(actor, perPage + 1, before)
  const shown = found.slice(0, perPage)
  const last = shown.at(-1)
  return say(
    heading(t('posts.mine')),
    ...(shown.length === 0 ? [t('posts.mine.none')] : []),
    ...shown.flatMap((post, at): readonly Part[] => [
      t('posts.mine.row', { kind: t(`posts.kind.${post.kind}`), state: t(`posts.state.${post.state}`) }),
      button(t('posts.mine.open', { number: at + 1 }), ownPostDoor, { post: post.id }),
    ]),
    ...(found.length > perPage && last ? [button(t('posts.more'), myPosts, { before: last.id })] : []),
    button(t('posts.title'), shareDoor, {}),
    ownPostReaders,
  )
}

export const myPosts = defineAction({
  ...myPostsDoor,
  permit: 'known',
  run: async (call, { before }) => ({ kind: 'update', message: await page(call, before) }),
})

/** What people said to it, and who; for its writer alone. */
async function answers(call: Asking, id: string): Promise<readonly Part[]> {
  const read = await call.app.posts.read(call.actor, id, true, call.now)
  if (read.kind === 'folded' || read.from.length === 0) return []
  const names = await Promise.all(read.from.map((personId) => call.app.roster.nameOf(call.actor, personId)))
  return [t('posts.react.from', { names: names.filter((name) => name !== '').join(', ') })]
}

export const seeOwnPost = defineAction({
  ...ownPostDoor,
  permit: 'known',
  async run(call, on) {
    const post = await call.app.posts.own(call.actor, on.post)
    const { state, note, reason, kind, groupId } = post
    const isOpen = state === 'draft' || state === 'reword'
    return update(
      heading(t('posts.mine.row', { kind: t(`posts.kind.${kind}`), state: t(`posts.state.${state}`) })),
      ...bodyOf(post),
      ...(state === 'reword' && note !== undefined
        ? [t('posts.reword.note'), quote(note), t('posts.reword.yours')]
        : []),
      ...(state === 'removed' && reason
        ? [
            t('posts.removed.why', { why: t(`posts.reason.${reason}`) }),
            button(t('cases.ask.title'), askDoor, {}),
          ]
        : []),
      ...(state === 'out' ? await answers(call, on.post) : []),
      ...(isOpen ? [button(t('posts.change'), changePost, on, 'main')] : []),
      ...(state === 'draft' ? [button(t('posts.send'), sendPost, on)] : []),
      button(t('posts.take-back'), takeBack, on, 'careful'),
      button(t('posts.mine'), myPosts, {}),
      backToPosts(groupId),
      ownPostReaders,
    )
  },
})

export const takeBack = defineAction({
  id: 'po.back',
  permit: 'known',
  params: onPost,
  async run({ app, actor }, on) {
    await app.posts.own(actor, on.post)
    return update(
      t('posts.take-back.sure'),
      button(t('posts.take-back.yes'), takeBackForSure, on, 'careful'),
      button(t('posts.keep'), ownPostDoor, on),
      ownPostReaders,
    )
  },
})

export const takeBackForSure = defineAction({
  id: 'po.gone',
  permit: 'known',
  params: onPost,
  async run({ app, actor }, { post }) {
    await app.posts.takeBack(actor, post)
    return update(t('posts.taken-back'), button(t('posts.mine'), myPosts, {}), ownPostReaders)
  },
})

export const newsOfYours = defineNotice({
  id: 'post-news',
  permit: 'known',
  params: z.object({ group: z.string(), post: z.string() }),
  async render({ app, actor }, { group: id, post }) {
    if (!actor) return undefined
    const [group, found] = await Promise.all([
      app.groups.named(actor.programId, id),
      app.posts.named(actor.programId, post),
    ])
    if (!group || found?.personId !== actor.personId) return undefined
    return say(
      t('posts.told.news', { name: group.name }),
      button(t('posts.told.see'), ownPostDoor, { post }, 'main'),
      small(t('posts.told.readers')),
    )
  },
})
