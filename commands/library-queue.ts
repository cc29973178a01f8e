// For facilitators: skills that members offered, taken in, edited or answered, and the program's own words kept.
import { z } from 'zod'
import { defineAction, defineForm } from '../src/bot.ts'
import type { App } from '../src/app.ts'
import { programSkillOf, type SkillWords } from '../src/care/library/offers.ts'
import type { Person } from '../src/care/members/ports.ts'
import type { Call } from '../src/kit/command.ts'
import * as f from '../src/kit/field.ts'
import { open } from '../src/kit/open.ts'
import { button, heading, say, small, update, type Message } from '../src/kit/reply.ts'
import { render } from '../src/words/render.ts'
import { t } from '../src/words/text.ts'
import { dayWords } from './words/days.ts'
import { libraryDoor } from './words/doors.ts'
import { skillFields, skillFilled, skillParts, skillSaid } from './words/library.ts'

const offer = z.object({ offer: z.string().min(1) })
const skill = z.object({ skill: z.string().min(1) })
const perPage = 5

async function page({ app, actor }: Call<App, Person>, before?: string): Promise<Message> {
  const found = await app.library.offers.queue(actor, perPage + 1, before)
  const shown = found.slice(0, perPage)
  const last = shown.at(-1)
  const rows = await Promise.all(
    shown.map(async ({ id, personId, forDay, body }) => [
      t('library.queue.row', { name: await app.roster.nameOf(actor, personId), day: dayWords(forDay) }),
      button(t('library.queue.read', { skill: body.name }), readOffer, { offer: id }),
    ]),
  )
  return say(
    heading(t('library.queue.title')),
    ...(shown.length === 0 ? [t('library.queue.none')] : []),
    ...rows.flat(),
    ...(found.length > perPage && last ? [button(t('library.older'), offerQueue, { before: last.id })] : []),
    button(t('library.open'), libraryDoor, {}),
    small(t('people.roster.readers')),
  )
}

export const offerQueue = defineAction({
  id: 'lb.queue',
  permit: 'facilitator',
  params: z.object({ before: z.string().optional() }),
  run: async (call, { before }) => ({ kind: 'update', message: await page(call, before) }),
})

export const readOffer = defineAction({
  id: 'lb.read',
  permit: 'facilitator',
  params: offer,
  async run({ app, actor, now }, params) {
    const found = await app.library.offers.read(actor, params.offer, now)
    const name = await app.roster.nameOf(actor, found.personId)
    return update(
      t('library.queue.row', { name, day: dayWords(found.forDay) }),
      ...skillParts(programSkillOf(found.id, found.body)),
      t(found.body.named ? 'library.offer.named' : 'library.offer.unnamed'),
      button(t('library.take'), takeOffer, params, 'main'),
      button(t('library.take.edit'), editOffer, params),
      button(t('library.decline'), answerOffer, params),
      button(t('library.queue.title'), offerQueue, {}),
      small(t('library.queue.readers', { name })),
    )
  },
})

const done = (first: 'library.take.done' | 'library.decline.done' | 'library.edit.done') =>
  update(
    t(first),
    button(t('library.queue.title'), offerQueue, {}),
    button(t('library.open'), libraryDoor, {}),
  )

export const takeOffer = defineAction({
  id: 'lb.take',
  permit: 'facilitator',
  params: offer,
  async run({ app, actor, now }, params) {
    await app.library.offers.accept(actor, params.offer, undefined, now)
    return done('library.take.done')
  },
})

/** One form for an offer in other words, for a skill of the program's, and for a new one. */
export const skillWords = defineForm({
  id: 'lb.words',
  title: t('library.edit.title'),
  readers: t('library.edit.readers'),
  permit: 'facilitator',
  params: z.object({ skill: z.string().min(1), from: z.enum(['offer', 'own', 'new']) }),
  fields: skillFields,
  async run({ app, actor, now }, answers, { skill: id, from }) {
    const said: SkillWords = skillSaid(answers)
    const { offers } = app.library
    if (from === 'offer') await offers.accept(actor, id, said, now)
    else if (from === 'own') await offers.change(actor, id, said, now)
    else await offers.add(actor, id, said, now)
    return done(from === 'offer' ? 'library.take.done' : 'library.edit.done')
  },
})

export const editOffer = defineAction({
  id: 'lb.take-edit',
  permit: 'facilitator',
  params: offer,
  async run({ app, actor }, params) {
    const { body } = await app.library.offers.waiting(actor, params.offer)
    return open(skillWords, actor, { skill: params.offer, from: 'offer' }, skillFilled(body))
  },
})

export const editSkill = defineAction({
  id: 'lb.edit',
  permit: 'facilitator',
  params: skill,
  async run({ app, actor }, params) {
    const { words } = await app.library.offers.one(actor.programId, params.skill)
    return open(skillWords, actor, { ...params, from: 'own' }, skillFilled(words))
  },
})

export const newSkill = defineAction({
  id: 'lb.new',
  permit: 'facilitator',
  params: z.object({}),
  run: ({ app, actor }) => open(skillWords, actor, { skill: app.newId(), from: 'new' }),
})

export const declineOffer = defineForm({
  id: 'lb.no',
  title: t('library.decline'),
  readers: t('library.decline.readers'),
  permit: 'facilitator',
  params: offer,
  fields: { answer: f.paragraph(t('library.decline.label'), { max: 1000 }) },
  async run({ app, actor, now }, { answer }, params) {
    await app.library.offers.decline(actor, params.offer, answer, now)
    return done('library.decline.done')
  },
})

/** The words to begin with are kind; they are the facilitator's to change. */
export const answerOffer = defineAction({
  id: 'lb.answer',
  permit: 'facilitator',
  params: offer,
  run: ({ actor, language }, params) =>
    open(declineOffer, actor, params, { answer: render(t('library.decline.kind'), language) }),
})

export const retireSkill = defineAction({
  id: 'lb.out',
  permit: 'facilitator',
  params: skill,
  run: (_call, params) =>
    update(
      t('library.retire.sure'),
      button(t('library.retire.yes'), retireSkillForSure, params, 'careful'),
      button(t('library.open'), libraryDoor, {}),
    ),
})

export const retireSkillForSure = defineAction({
  id: 'lb.out-yes',
  permit: 'facilitator',
  params: skill,
  async run({ app, actor, now }, params) {
    await app.library.offers.retire(actor, params.skill, now)
    return update(t('library.retire.done'), button(t('library.open'), libraryDoor, {}))
  },
})
