// A letter from one's well self: written on a good day, offered by one's own rule, read whenever one asks (C5).
import { z } from 'zod'
import { defineAction, defineForm, defineNotice } from '../src/bot.ts'
import type { App } from '../src/app.ts'
import type { Person } from '../src/care/members/ports.ts'
import { letterRules, type Letter } from '../src/care/plans/letters.ts'
import type { Call } from '../src/kit/command.ts'
import * as f from '../src/kit/field.ts'
import { open } from '../src/kit/open.ts'
import { button, heading, quote, say, small, update, type Message, type Part } from '../src/kit/reply.ts'
import { render } from '../src/words/render.ts'
import { t } from '../src/words/text.ts'
import { letterDoor } from './words/doors.ts'
import { dayWords } from './words/days.ts'
import { listed } from './words/lists.ts'

const onLetter = letterDoor.params
const readers = small(t('plans.seen-by.me'))
const ruleWords = (rule: (typeof letterRules)[number]) => t(`plans.letter.rule.${rule}`)

function row({ id: letter, forDay, body }: Letter): readonly Part[] {
  const day = dayWords(forDay)
  const rules = listed(
    body.rules.map((rule) => ({ en: render(ruleWords(rule), 'en'), es: render(ruleWords(rule), 'es') })),
  )
  return [
    body.rules.length === 0 ? t('plans.letter.row', { day }) : t('plans.letter.row.rules', { day, rules }),
    ...(body.on === undefined ? [] : [small(t('plans.letter.row.on', { on: dayWords(body.on) }))]),
    button(t('plans.letter.read'), readLetter, { letter }),
  ]
}

async function page({ app, actor }: Call<App, Person>, from = 0): Promise<Message> {
  const all = await app.letters.list(actor)
  return say(
    heading(t('plans.letter')),
    t('plans.letter.about'),
    ...(all.length === 0 ? [t('plans.letter.none')] : all.slice(from, from + 5).flatMap(row)),
    ...(all.length > from + 5 ? [button(t('plans.more'), letters, { from: String(from + 5) })] : []),
    button(t('plans.letter.new'), letterForm, { letter: app.newId() }),
    readers,
  )
}

export const letters = defineAction({
  id: 'le.list',
  permit: 'member',
  params: z.object({ from: z.string().optional() }),
  run: async (call, { from }) => ({ kind: 'update', message: await page(call, Number(from ?? 0)) }),
})

export const letterForm = defineForm({
  id: 'le',
  title: t('plans.letter'),
  readers: t('plans.seen-by.me'),
  permit: 'member',
  params: onLetter,
  fields: {
    text: f.paragraph(t('plans.letter.text.label'), { max: 4000 }),
    rules: f.optional(
      f.choices(
        t('plans.letter.rules.label'),
        letterRules.map((value) => ({ value, label: ruleWords(value) })),
      ),
    ),
    on: f.optional(f.date(t('plans.letter.on.label'), { hint: t('plans.letter.on.hint') })),
  },
  async run(call, { text, rules, on }, { letter }) {
    const chosen = letterRules.filter((one) => rules?.includes(one))
    await call.app.letters.write(call.actor, { id: letter, text, rules: chosen, on }, call.now)
    return page(call)
  },
})

export const readLetter = defineAction({
  ...letterDoor,
  permit: 'member',
  async run({ app, actor }, params) {
    const { forDay, body } = await app.letters.own(actor, params.letter)
    return say(
      t('plans.letter.from', { day: dayWords(forDay) }),
      quote(body.text),
      button(t('plans.letter.edit'), editLetter, params),
      button(t('plans.letter.delete'), deleteLetter, params, 'careful'),
      readers,
    )
  },
})

export const editLetter = defineAction({
  id: 'le.edit',
  permit: 'member',
  params: onLetter,
  async run({ app, actor }, params) {
    const { body } = await app.letters.own(actor, params.letter)
    return open(letterForm, actor, params, body)
  },
})

export const deleteLetter = defineAction({
  id: 'le.delete',
  permit: 'member',
  params: onLetter,
  run: (_call, params) =>
    update(
      t('plans.letter.delete.sure'),
      button(t('plans.delete.yes'), deleteLetterForSure, params, 'careful'),
      button(t('plans.letter'), letters, {}),
    ),
})

export const deleteLetterForSure = defineAction({
  id: 'le.gone',
  permit: 'member',
  params: onLetter,
  async run({ app, actor }, params) {
    await app.letters.remove(actor, params.letter)
    return update(t('plans.deleted'), button(t('plans.letter'), letters, {}))
  },
})

/** Neutral on a lock screen: the words open on a tap. */
export const letterNotice = defineNotice({
  id: 'letter',
  permit: 'member',
  params: onLetter,
  render: (_call, params) =>
    say(t('plans.letter.today'), button(t('plans.letter.read'), readLetter, params, 'main'), readers),
})
