// For facilitators: what comes with Handrail, read as members read it and approved or hidden under one's own name (C22).
import { z } from 'zod'
import { defineAction } from '../src/bot.ts'
import type { App } from '../src/app.ts'
import type { Person } from '../src/care/members/ports.ts'
import type { Call } from '../src/kit/command.ts'
import {
  button,
  heading,
  list,
  pick,
  say,
  small,
  update,
  type Message,
  type Update,
} from '../src/kit/reply.ts'
import { t } from '../src/words/text.ts'
import { givePracticeDoor, libraryDoor } from './words/doors.ts'
import { reviewWords } from './words/library.ts'
import { pieceParts } from './words/pieces.ts'

type Asking = Call<App, Person>
const perPage = 20

async function page({ app, actor }: Asking, from: number): Promise<Message> {
  const { rows, total, approved } = await app.library.reviews.page(actor.programId, from, perPage)
  const { reviewedOnly } = actor.program
  return say(
    heading(t('library.reviews')),
    t('library.reviews.intro', { total, approved }),
    t(reviewedOnly ? 'library.only.on' : 'library.only.off'),
    list(
      rows.map(({ piece, state }) =>
        t('library.reviews.row', {
          name: piece.name,
          kind: t(`library.kind.${piece.kind}`),
          state: t(`library.review.${state}`),
        }),
      ),
    ),
    pick(
      t('library.reviews.pick'),
      seePiece,
      { from: String(from) },
      rows.map(({ piece }) => ({ value: piece.key, label: piece.name })),
    ),
    ...(from + perPage < total
      ? [button(t('library.more'), libraryReviews, { from: String(from + perPage) })]
      : []),
    reviewedOnly
      ? button(t('library.only.turn-off'), showReviewedOnly, { only: 'n' })
      : button(t('library.only.turn-on'), showReviewedOnly, { only: 'y' }),
    button(t('library.open'), libraryDoor, {}),
    small(t('library.readers')),
  )
}

export const libraryReviews = defineAction({
  id: 'lb.all',
  permit: 'facilitator',
  params: z.object({ from: z.string().regex(/^\d+$/) }),
  run: async (call, { from }) => ({ kind: 'update', message: await page(call, Number(from)) }),
})

async function one({ app, actor }: Asking, key: string): Promise<Update> {
  const piece = app.library.reviews.piece(key)
  const review = await app.library.reviewOf(actor.programId, key)
  return update(
    ...pieceParts(piece),
    reviewWords(review, (at) => app.when.localDay(at, actor.zone)),
    ...(review.state === 'approved'
      ? []
      : [button(t('library.review.approve'), reviewPiece, { key, say: 'approved' }, 'main')]),
    ...(review.state === 'hidden'
      ? []
      : [button(t('library.review.hide'), reviewPiece, { key, say: 'hidden' })]),
    ...(review.state === 'not-reviewed'
      ? []
      : [button(t('library.review.back'), reviewPiece, { key, say: 'nothing' })]),
    ...(piece.kind === 'skill' ? [button(t('practice.give'), givePracticeDoor, { skill: key })] : []),
    button(t('library.reviews'), libraryReviews, { from: '0' }),
    small(t('library.review.readers')),
  )
}

export const seePiece = defineAction({
  id: 'lb.piece',
  permit: 'facilitator',
  params: z.object({ from: z.string().regex(/^\d+$/) }),
  run: (call, _params, chosen) => one(call, chosen ?? ''),
})

export const reviewPiece = defineAction({
  id: 'lb.review',
  permit: 'facilitator',
  params: z.object({ key: z.string().min(1), say: z.enum(['approved', 'hidden', 'nothing']) }),
  async run(call, { key, say: said }) {
    const { app, actor, now } = call
    if (said === 'nothing') await app.library.reviews.takeBack(actor, key)
    else await app.library.reviews.review(actor, key, said, now)
    return one(call, key)
  },
})

export const showReviewedOnly = defineAction({
  id: 'lb.only',
  permit: 'facilitator',
  params: z.object({ only: z.enum(['y', 'n']) }),
  async run(call, { only }) {
    await call.app.library.reviews.showReviewedOnly(call.actor, only === 'y')
    const actor = (await call.app.members.now(call.actor)) ?? call.actor
    return { kind: 'update', message: await page({ ...call, actor }, 0) }
  },
})
