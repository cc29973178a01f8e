// For those who lead a group: posts that wait for a look, and what may go into the room (feature rows 77, 78).
import { z } from 'zod'
import { defineAction, defineForm, defineNotice } from '../src/bot.ts'
import type { Group } from '../src/care/groups/ports.ts'
import { removalReasons } from '../src/care/posts/ports.ts'
import * as f from '../src/kit/field.ts'
import { button, heading, pick, say, small, update, type Part } from '../src/kit/reply.ts'
import { Refusal } from '../src/words/refusal.ts'
import { t, type Text } from '../src/words/text.ts'
import { onGroup } from './words/group-doors.ts'
import { backToPosts, bodyOf, fromWords, heldPostDoor, heldPostsDoor, onPost } from './words/post-doors.ts'

const most = 8
const readers = small(t('posts.review.readers'))
const toHeld = (group: string) => button(t('posts.review.open'), heldPostsDoor, { group })
const done = (text: Text, { id }: Group) => [text, toHeld(id), backToPosts(id), readers]

export const heldPosts = defineAction({
  ...heldPostsDoor,
  permit: 'staff',
  async run(call, { group: id }) {
    const { app, actor } = call
    const { group } = await app.groups.led(actor, id)
    const found = await app.posts.waitingIn(actor, id, most)
    const rows = await Promise.all(
      found.map(async (post, at): Promise<readonly Part[]> => [
        await fromWords(call, post),
        button(t('posts.lately.open', { number: at + 1 }), heldPostDoor, { post: post.id }),
      ]),
    )
    const { premoderated, anonymousPosts } = group
    return update(
      heading(t('posts.review.title', { name: group.name })),
      ...(found.length === 0 ? [t('posts.review.none')] : rows.flat()),
      button(t(premoderated ? 'posts.review.hold.off' : 'posts.review.hold.on'), holdPosts, {
        group: id,
        to: premoderated ? 'off' : 'on',
      }),
      ...(group.platform === 'slack'
        ? [small(t('posts.nameless.slack'))]
        : [
            button(
              t(anonymousPosts ? 'posts.review.nameless.off' : 'posts.review.nameless.on'),
              allowNameless,
              { group: id, to: anonymousPosts ? 'off' : 'on' },
            ),
          ]),
      backToPosts(id),
      readers,
    )
  },
})

export const lookAtPost = defineAction({
  ...heldPostDoor,
  permit: 'staff',
  async run(call, on) {
    const { post, group } = await call.app.posts.look(call.actor, on.post, call.now)
    const { state, mine } = post
    return update(
      heading(await fromWords(call, post)),
      ...bodyOf(post),
      ...(state === 'out' ? [t('posts.review.room')] : []),
      ...(state === 'waiting' ? [t('posts.review.waits')] : []),
      ...(state === 'reword' ? [t('posts.review.reworded')] : []),
      ...(mine ? [t('posts.review.own')] : []),
      ...(state === 'held' && !mine
        ? [
            button(t('posts.review.yes'), approvePost, on, 'main'),
            button(t('posts.review.reword'), rewordForm, on),
          ]
        : []),
      ...(state !== 'reword' && !mine
        ? [
            pick(
              t('posts.review.remove'),
              removePost,
              on,
              removalReasons.map((value) => ({ value, label: t(`posts.reason.${value}`) })),
            ),
          ]
        : []),
      toHeld(group.id),
      readers,
    )
  },
})

export const approvePost = defineAction({
  id: 'po.yes',
  permit: 'staff',
  params: onPost,
  async run({ app, actor, now }, { post: id }) {
    const { post, group } = await app.posts.approve(actor, id, now)
    return update(
      ...done(t(post.state === 'out' ? 'posts.review.done.out' : 'posts.review.done.waiting'), group),
    )
  },
})

export const rewordForm = defineForm({
  id: 'po.reword',
  title: t('posts.review.reword'),
  readers: t('posts.review.reword.readers'),
  permit: 'staff',
  hears: 'staff',
  params: onPost,
  fields: { note: f.paragraph(t('posts.review.note'), { max: 1000, hint: t('posts.review.note.hint') }) },
  async run({ app, actor, now }, { note }, { post }) {
    return say(...done(t('posts.review.done.reword'), await app.posts.askToReword(actor, post, note, now)))
  },
})

export const removePost = defineAction({
  id: 'po.remove',
  permit: 'staff',
  params: onPost,
  async run({ app, actor, now }, { post }, chosen) {
    const reason = removalReasons.find((one) => one === chosen)
    if (!reason) throw new Refusal(t('kit.problem.choice'))
    return update(...done(t('posts.review.done.removed'), await app.posts.remove(actor, post, reason, now)))
  },
})

const onOff = onGroup.extend({ to: z.enum(['on', 'off']) })
const settings = (group: Group) =>
  update(
    ...done(
      t('posts.review.set', {
        hold: t(group.premoderated ? 'posts.review.set.hold' : 'posts.review.set.open'),
        nameless: t(group.anonymousPosts ? 'posts.review.set.nameless' : 'posts.review.set.named'),
      }),
      group,
    ),
  )

export const holdPosts = defineAction({
  id: 'po.hold',
  permit: 'staff',
  params: onOff,
  run: async ({ app, actor, now }, { group, to }) =>
    settings(await app.posts.setPosts(actor, group, { premoderated: to === 'on' }, now)),
})

export const allowNameless = defineAction({
  id: 'po.nameless',
  permit: 'staff',
  params: onOff,
  run: async ({ app, actor, now }, { group, to }) =>
    settings(await app.posts.setPosts(actor, group, { anonymousPosts: to === 'on' }, now)),
})

/** To those who lead: that something waits, and nothing of it. */
export const postWaits = defineNotice({
  id: 'post-held',
  permit: 'staff',
  params: z.object({ group: z.string(), post: z.string() }),
  async render({ app, actor }, { group: id, post }) {
    if (!actor) return undefined
    const [group, found] = await Promise.all([
      app.groups.named(actor.programId, id),
      app.posts.named(actor.programId, post),
    ])
    if (!group || found?.state !== 'held') return undefined
    return say(
      t('posts.told.held', { name: group.name }),
      button(t('posts.told.see'), heldPostDoor, { post }, 'main'),
      small(t('posts.told.readers')),
    )
  },
})
