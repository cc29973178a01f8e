// Coping cards: one's own words for a hard moment, two taps away in it.
import { z } from 'zod'
import { defineAction, defineForm } from '../src/bot.ts'
import type { App } from '../src/app.ts'
import type { Person } from '../src/care/members/ports.ts'
import type { Call } from '../src/kit/command.ts'
import * as f from '../src/kit/field.ts'
import { open } from '../src/kit/open.ts'
import { button, heading, quote, say, update, type Message } from '../src/kit/reply.ts'
import { t, type Text } from '../src/words/text.ts'
import { helpNowHere } from './help-now.ts'
import { cardsDoor, mySkillsDoor } from './words/doors.ts'
import { readers } from './words/skills.ts'

const onCard = z.object({ entry: z.string().min(1) })
const perPage = 6

async function page({ app, actor }: Call<App, Person>, from = 0, first?: Text): Promise<Message> {
  const all = await app.copingCards.list(actor)
  return say(
    heading(t('skills.cards')),
    first ?? t(all.length === 0 ? 'skills.cards.none' : 'skills.cards.about'),
    ...all
      .slice(from, from + perPage)
      .map(({ id, body }) => button({ en: body.name, es: body.name }, seeCard, { entry: id })),
    ...(all.length > from + perPage
      ? [button(t('skills.more'), cardsDoor, { from: String(from + perPage) })]
      : []),
    button(t('skills.cards.new'), cardForm, { entry: app.newId() }),
    button(t('skills.mine'), mySkillsDoor, {}),
    readers,
  )
}

export const copingCards = defineAction({
  ...cardsDoor,
  permit: 'member',
  run: async (call, { from }) => ({ kind: 'update', message: await page(call, Number(from ?? 0)) }),
})

export const cardForm = defineForm({
  id: 'cc.form',
  title: t('skills.cards'),
  readers: t('skills.cards.readers'),
  permit: 'member',
  params: onCard,
  fields: {
    name: f.text(t('skills.cards.name'), { max: 60, hint: t('skills.cards.name.hint') }),
    words: f.paragraph(t('skills.cards.words'), { max: 1000 }),
  },
  async run(call, said, { entry }) {
    await call.app.copingCards.save(call.actor, entry, said, call.now)
    return page(call, 0, t('skills.cards.saved'))
  },
})

export const seeCard = defineAction({
  id: 'cc.see',
  permit: 'member',
  params: onCard,
  async run({ app, actor }, params) {
    const { body } = await app.copingCards.own(actor, params.entry)
    return update(
      heading({ en: body.name, es: body.name }),
      quote(body.words),
      button(t('skills.cards.edit'), editCard, params),
      button(t('skills.cards.delete'), deleteCard, params, 'careful'),
      button(t('skills.cards'), cardsDoor, {}),
      button(t('help.now.button'), helpNowHere, {}),
      readers,
    )
  },
})

export const editCard = defineAction({
  id: 'cc.edit',
  permit: 'member',
  params: onCard,
  async run({ app, actor }, params) {
    const { body } = await app.copingCards.own(actor, params.entry)
    return open(cardForm, actor, params, body)
  },
})

export const deleteCard = defineAction({
  id: 'cc.off',
  permit: 'member',
  params: onCard,
  async run({ app, actor }, params) {
    await app.copingCards.own(actor, params.entry)
    return update(
      t('skills.cards.delete.sure'),
      button(t('skills.cards.delete.yes'), deleteCardForSure, params, 'careful'),
      button(t('skills.cards'), cardsDoor, {}),
      readers,
    )
  },
})

export const deleteCardForSure = defineAction({
  id: 'cc.gone',
  permit: 'member',
  params: onCard,
  async run(call, params) {
    await call.app.copingCards.remove(call.actor, params.entry)
    return { kind: 'update', message: await page(call, 0, t('skills.cards.deleted')) }
  },
})
