// /library: the skills of the program's own, what one offered oneself, and the doors to lessons, talks and reviews.
import { z } from 'zod'
import { defineAction, defineCommand, defineForm, defineNotice } from '../src/bot.ts'
import type { App } from '../src/app.ts'
import { programSkillOf, type Offer } from '../src/care/library/offers.ts'
import type { Person } from '../src/care/members/ports.ts'
import type { Call } from '../src/kit/command.ts'
import { open } from '../src/kit/open.ts'
import { permits } from '../src/kit/permit.ts'
import {
  button,
  heading,
  pick,
  quote,
  say,
  small,
  update,
  type Message,
  type Part,
  type Update,
} from '../src/kit/reply.ts'
import { t } from '../src/words/text.ts'
import { editSkill, newSkill, offerQueue, retireSkill } from './library-queue.ts'
import { libraryReviews } from './library-reviews.ts'
import { lessonMenu } from './lesson.ts'
import { scriptMenu } from './script.ts'
import { givePracticeDoor, libraryDoor, startSkillDoor } from './words/doors.ts'
import { reviewWords, skillFields, skillFilled, skillParts, skillSaid } from './words/library.ts'

type Asking = Call<App, Person>
const offer = z.object({ offer: z.string().min(1) })
const perPick = 25
const perPage = 5
const queueShown = 20

async function menu({ app, actor }: Asking, from: number): Promise<Message> {
  const takesPart = permits('member', actor.roles)
  const facilitates = permits('facilitator', actor.roles)
  const [skills, queue] = await Promise.all([
    app.library.skillsOf(actor.programId),
    facilitates ? app.library.offers.queue(actor, queueShown) : [],
  ])
  const shown = skills.slice(from, from + perPick)
  return say(
    heading(t('library.title')),
    t('library.intro'),
    ...(shown.length === 0
      ? [t('library.own.none')]
      : [
          pick(
            t('library.own.pick'),
            seeOwnSkill,
            {},
            shown.map(({ slug, name }) => ({ value: slug, label: name })),
          ),
        ]),
    ...(skills.length > from + perPick
      ? [button(t('library.more'), libraryMenu, { from: String(from + perPick) })]
      : []),
    ...(takesPart
      ? [button(t('library.offer'), offerSkill, {}, 'main'), button(t('library.offer.mine'), myOffers, {})]
      : []),
    button(t('library.lessons'), lessonMenu, {}),
    button(t('library.scripts'), scriptMenu, {}),
    ...(facilitates
      ? [
          button(
            t('library.queue', { count: queue.length }),
            offerQueue,
            {},
            queue.length > 0 ? 'main' : 'plain',
          ),
          button(t('library.new'), newSkill, {}),
          button(t('library.reviews'), libraryReviews, { from: '0' }),
        ]
      : []),
    small(t('library.readers')),
  )
}

export const library = defineCommand({
  name: 'library',
  title: t('library.command.title'),
  description: t('library.command.about'),
  permit: 'known',
  wait: 'privately',
  options: {},
  run: (call) => menu(call, 0),
})

export const libraryMenu = defineAction({
  ...libraryDoor,
  permit: 'known',
  run: async (call, { from }) => ({ kind: 'update', message: await menu(call, Number(from ?? 0)) }),
})

export const seeOwnSkill = defineAction({
  id: 'lb.see',
  permit: 'known',
  params: z.object({ skill: z.string().optional() }),
  async run({ app, actor }, params, chosen) {
    const skill = chosen ?? params.skill ?? ''
    const found = await app.library.offers.one(actor.programId, skill)
    const author = found.writtenBy === undefined ? '' : await app.roster.nameOf(actor, found.writtenBy)
    const review = await app.library.reviewOf(actor.programId, skill)
    return update(
      ...skillParts(found),
      author === '' ? t('library.by.nobody') : t('library.by', { name: author }),
      reviewWords(review, (at) => app.when.localDay(at, actor.zone)),
      ...(permits('member', actor.roles)
        ? [button(t('library.start'), startSkillDoor, { slug: skill }, 'main')]
        : []),
      ...(permits('facilitator', actor.roles)
        ? [
            button(t('practice.give'), givePracticeDoor, { skill }),
            button(t('library.edit'), editSkill, { skill }),
            button(t('library.retire'), retireSkill, { skill }),
          ]
        : []),
      button(t('library.open'), libraryMenu, {}),
      small(t('library.readers')),
    )
  },
})

export const offerForm = defineForm({
  id: 'lb.offer',
  title: t('library.offer'),
  readers: t('library.offer.readers'),
  hears: 'staff',
  permit: 'member',
  params: offer,
  fields: skillFields,
  async run({ app, actor, now }, answers, params) {
    const saved = await app.library.offers.offer(actor, params.offer, skillSaid(answers), now)
    return say(t('library.offer.saved'), ...own(saved))
  },
})

export const offerSkill = defineAction({
  id: 'lb.mine-new',
  permit: 'member',
  params: z.object({}),
  run: ({ app, actor }) => open(offerForm, actor, { offer: app.newId() }),
})

/** An offer of one's own: where it is, what was said, and what can be done with it. */
function own({ id, body }: Offer): readonly Part[] {
  const params = { offer: id }
  const decided = body.state !== 'offered'
  return [
    ...skillParts(programSkillOf(id, body)),
    t('library.offer.state', { state: t(`library.state.${body.state}`) }),
    ...(body.answer === undefined ? [] : [quote(body.answer)]),
    ...(body.state === 'declined'
      ? []
      : [
          t(body.named ? 'library.offer.named' : 'library.offer.unnamed'),
          button(t(body.named ? 'library.offer.unname' : 'library.offer.name'), nameOffer, {
            ...params,
            named: body.named ? 'n' : 'y',
          }),
        ]),
    ...(decided ? [] : [button(t('library.offer.change'), changeOffer, params)]),
    button(t('library.offer.remove'), removeOffer, params, 'careful'),
    button(t('library.offer.mine'), myOffers, {}),
    small(t(decided ? 'library.readers' : 'library.offer.seen-by')),
  ]
}

export const seeOffer = defineAction({
  id: 'lb.one',
  permit: 'member',
  params: offer,
  run: async ({ app, actor }, params) => update(...own(await app.library.offers.own(actor, params.offer))),
})

export const changeOffer = defineAction({
  id: 'lb.change',
  permit: 'member',
  params: offer,
  async run({ app, actor }, params) {
    const { body } = await app.library.offers.own(actor, params.offer)
    return open(offerForm, actor, params, skillFilled(body))
  },
})

export const nameOffer = defineAction({
  id: 'lb.name',
  permit: 'member',
  params: offer.extend({ named: z.enum(['y', 'n']) }),
  run: async ({ app, actor, now }, params) =>
    update(...own(await app.library.offers.name(actor, params.offer, params.named === 'y', now))),
})

export const removeOffer = defineAction({
  id: 'lb.back',
  permit: 'member',
  params: offer,
  run: (_call, params) =>
    update(
      t('library.offer.remove.sure'),
      button(t('library.offer.remove.yes'), removeOfferForSure, params, 'careful'),
      button(t('library.offer.mine'), myOffers, {}),
    ),
})

export const removeOfferForSure = defineAction({
  id: 'lb.back-yes',
  permit: 'member',
  params: offer,
  async run({ app, actor }, params) {
    await app.library.offers.remove(actor, params.offer)
    return update(t('library.offer.removed'), button(t('library.open'), libraryMenu, {}))
  },
})

export const myOffers = defineAction({
  id: 'lb.mine',
  permit: 'member',
  params: z.object({ before: z.string().optional() }),
  async run({ app, actor }, { before }): Promise<Update> {
    const found = await app.library.offers.mine(actor, perPage + 1, before)
    const shown = found.slice(0, perPage)
    const last = shown.at(-1)
    return update(
      heading(t('library.offer.mine')),
      ...(shown.length === 0 ? [t('library.offer.mine.none')] : []),
      ...shown.flatMap(({ id, body }) => [
        t('library.offer.row', { name: body.name, state: t(`library.state.${body.state}`) }),
        button(t('library.offer.see', { name: body.name }), seeOffer, { offer: id }),
      ]),
      ...(found.length > perPage && last ? [button(t('library.older'), myOffers, { before: last.id })] : []),
      button(t('library.offer'), offerSkill, {}),
      button(t('library.open'), libraryMenu, {}),
      small(t('library.readers')),
    )
  },
})

export const offerAnswered = defineNotice({
  id: 'skill-offer',
  permit: 'member',
  params: offer,
  render: (_call, params) =>
    say(
      t('library.offer.told'),
      button(t('library.offer.told.see'), seeOffer, params),
      small(t('library.readers')),
    ),
})
