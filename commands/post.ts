// /share: into a group's room through the bot: chosen, written, looked at once more, sent (feature rows 69, 70, 76, 82).
import { z } from 'zod'
import { defineAction, defineCommand, defineForm } from '../src/bot.ts'
import { themes, wants, type Post, type PostKind } from '../src/care/posts/ports.ts'
import type { Preview } from '../src/care/posts/posts.ts'
import { isInside } from '../src/care/groups/rules.ts'
import * as f from '../src/kit/field.ts'
import { open } from '../src/kit/open.ts'
import {
  button,
  heading,
  list,
  say,
  small,
  update,
  type Message,
  type OpenForm,
  type Part,
} from '../src/kit/reply.ts'
import { Refusal } from '../src/words/refusal.ts'
import { t } from '../src/words/text.ts'
import { helpNowHere } from './help-now.ts'
import { changeFolds } from './post-folds.ts'
import type { Asking } from './words/case-words.ts'
import { groupDoor, groupsDoor, onGroup } from './words/group-doors.ts'
import {
  backToPosts,
  bodyOf,
  heldPostsDoor,
  latelyDoor,
  myPostsDoor,
  onPost,
  ownPostReaders,
  postsDoor,
  shareDoor,
} from './words/post-doors.ts'
import { atTime } from './words/times.ts'

const perPage = 8
const max = 2000
const named = ['win', 'rough-day', 'post'] as const

async function page(call: Asking, from: number): Promise<Message> {
  const { mine } = await call.app.groups.listFor(call.actor)
  const inside = mine.filter(({ group, seat, leads }) => leads || isInside(group, seat))
  const [only] = inside
  if (only && inside.length === 1) return inGroup(call, only.group.id)
  return say(
    heading(t('posts.title')),
    t(only ? 'posts.pick' : 'posts.none'),
    ...inside
      .slice(from, from + perPage)
      .map(({ group }) => button(t('groups.see', { name: group.name }), postsDoor, { group: group.id })),
    ...(inside.length > from + perPage
      ? [button(t('posts.more'), shareDoor, { from: String(from + perPage) })]
      : []),
    ...(only ? [] : [button(t('groups.title'), groupsDoor, {})]),
    button(t('posts.mine'), myPostsDoor, {}),
    ownPostReaders,
  )
}

export const share = defineCommand({
  name: 'share',
  title: t('posts.command.title'),
  description: t('posts.command.about'),
  permit: 'member',
  wait: 'privately',
  options: {},
  run: (call) => page(call, 0),
})

export const openShare = defineAction({
  ...shareDoor,
  permit: 'known',
  run: async (call, { from }) => ({ kind: 'update', message: await page(call, Number(from ?? 0)) }),
})

/** What may be put into that room by this person, or why not now. */
async function choices({ app, actor, now }: Asking, group: string): Promise<readonly Part[]> {
  try {
    const seen = await app.posts.mayPostIn(actor, group, 'post', now)
    return [
      t('posts.what'),
      ...named.map((kind) => button(t(`posts.kind.${kind}`), newPost, { group, kind }, 'main')),
      ...(seen.group.anonymousPosts && seen.group.platform !== 'slack'
        ? [button(t('posts.kind.anonymous'), newPost, { group, kind: 'anonymous' })]
        : []),
      ...(seen.group.platform === 'slack' ? [small(t('posts.nameless.slack'))] : []),
    ]
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return [error.text]
  }
}

async function inGroup(call: Asking, id: string): Promise<Message> {
  const { group, leads, posts } = await call.app.posts.lately(call.actor, id, 1)
  return say(
    heading(t('posts.title.in', { name: group.name })),
    ...(await choices(call, id)),
    ...(posts.length === 0 ? [] : [button(t('posts.lately'), latelyDoor, { group: id })]),
    ...(leads ? [button(t('posts.review.open'), heldPostsDoor, { group: id })] : []),
    button(t('posts.mine'), myPostsDoor, {}),
    button(t('posts.folds'), changeFolds, {}),
    button(t('groups.back.one'), groupDoor, { group: id }),
    button(t('help.now.button'), helpNowHere, {}),
    ownPostReaders,
  )
}

export const postsInGroup = defineAction({
  ...postsDoor,
  permit: 'known',
  run: async (call, { group }) => ({ kind: 'update', message: await inGroup(call, group) }),
})

export const newPost = defineAction({
  id: 'po.new',
  permit: 'member',
  params: onGroup.extend({ kind: z.enum(['win', 'rough-day', 'post', 'anonymous']) }),
  async run({ app, actor, now }, { group, kind }) {
    await app.posts.mayPostIn(actor, group, kind, now)
    const post = app.newId()
    if (kind === 'anonymous') return open(namelessForm, actor, { group, post })
    return open(postForm, actor, { group, kind, post }, kind === 'win' ? { wants: 'celebrate' } : {})
  },
})

const fields = {
  words: f.paragraph(t('posts.form.words'), { max, hint: t('posts.form.words.hint') }),
  wants: f.choice(
    t('posts.form.wants'),
    wants.map((value) => ({ value, label: t(`posts.wants.${value}`) })),
  ),
  theme: f.optional(
    f.choice(
      t('posts.form.theme'),
      themes.map((value) => ({ value, label: t(`posts.theme.${value}`) })),
      { hint: t('posts.form.theme.hint') },
    ),
  ),
} as const
type Said = { readonly words: string; readonly wants: string; readonly theme: string | undefined }

function preview({ actor, now }: Asking, { post, group, noticed, isHeld, roomAt }: Preview): Message {
  const on = { post: post.id }
  return say(
    t('posts.preview'),
    ...bodyOf(post),
    ...(noticed.length === 0
      ? []
      : [t('posts.noticed'), list(noticed.map((kind) => t(`posts.noticed.${kind}`)))]),
    ...(isHeld ? [t('posts.preview.held')] : []),
    ...(roomAt > now
      ? [
          t('posts.preview.quiet', { name: group.name, at: atTime(roomAt, actor.zone) }),
          t('posts.preview.alone'),
        ]
      : []),
    ...(post.kind === 'anonymous' ? [t('posts.preview.nameless')] : []),
    button(t('posts.send'), sendPost, on, 'main'),
    button(t('posts.change'), changePost, on),
    button(t('posts.discard'), discardPost, on, 'careful'),
    button(t('help.now.button'), helpNowHere, {}),
    small(t(post.kind === 'anonymous' ? 'posts.form.nameless.readers' : 'posts.form.readers')),
  )
}

async function written(call: Asking, kind: PostKind, group: string, id: string, said: Said) {
  const theme = themes.find((one) => one === said.theme)
  const wanted = wants.find((one) => one === said.wants)
  const post = { id, groupId: group, kind, words: said.words }
  const kept = { ...post, ...(theme && { theme }), ...(wanted && { wants: wanted }) }
  return preview(call, await call.app.posts.write(call.actor, kept, call.now))
}

export const postForm = defineForm({
  id: 'po.form',
  title: t('posts.form.title'),
  readers: t('posts.form.readers'),
  permit: 'member',
  hears: 'group',
  params: onGroup.extend({ kind: z.enum(named), post: z.string().min(1) }),
  fields,
  run: (call, said, { group, kind, post }) => written(call, kind, group, post, said),
})

export const namelessForm = defineForm({
  id: 'po.quiet',
  title: t('posts.form.nameless'),
  readers: t('posts.form.nameless.readers'),
  permit: 'member',
  hears: 'group',
  params: onGroup.extend({ post: z.string().min(1) }),
  fields: {
    ...fields,
    words: f.paragraph(t('posts.form.words'), { max, hint: t('posts.form.nameless.hint') }),
  },
  run: (call, said, { group, post }) => written(call, 'anonymous', group, post, said),
})

function formOf(call: Asking, { id, groupId, kind, words, wants: wanted, theme }: Post): OpenForm {
  const filled = { words, ...(wanted && { wants: wanted }), ...(theme && { theme }) }
  const on = { group: groupId, post: id }
  return kind === 'anonymous'
    ? open(namelessForm, call.actor, on, filled)
    : open(postForm, call.actor, { ...on, kind }, filled)
}

export const changePost = defineAction({
  id: 'po.edit',
  permit: 'member',
  params: onPost,
  async run(call, { post }) {
    return formOf(call, await call.app.posts.own(call.actor, post))
  },
})

export const sendPost = defineAction({
  id: 'po.send',
  permit: 'member',
  params: onPost,
  async run({ app, actor, now }, { post: id }) {
    const post = await app.posts.send(actor, id, now)
    return update(
      t(post.state === 'out' ? 'posts.sent.out' : 'posts.sent.held'),
      button(t('posts.mine'), myPostsDoor, {}),
      backToPosts(post.groupId),
      ownPostReaders,
    )
  },
})

/** Only what was not sent yet goes without being asked again. */
export const discardPost = defineAction({
  id: 'po.drop',
  permit: 'member',
  params: onPost,
  async run({ app, actor }, { post: id }) {
    const post = await app.posts.own(actor, id)
    if (post.state !== 'draft') throw new Refusal(t('posts.sent.already'))
    await app.posts.takeBack(actor, id)
    return update(t('posts.taken-back'), backToPosts(post.groupId), ownPostReaders)
  },
})
