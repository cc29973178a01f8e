// What a person decided about their own silence (C2): after how many days, who hears what, in which words.
import { z } from 'zod'
import { defineAction, defineForm, defineNotice } from '../src/bot.ts'
import type { App } from '../src/app.ts'
import type { Person } from '../src/care/members/ports.ts'
import { silenceSteps } from '../src/care/plans/directives.ts'
import type { Call } from '../src/kit/command.ts'
import * as f from '../src/kit/field.ts'
import { open } from '../src/kit/open.ts'
import { button, heading, quote, say, small, update, type Message } from '../src/kit/reply.ts'
import { t } from '../src/words/text.ts'
import { checkInForm } from './checkin.ts'
import { dayWords } from './words/days.ts'

const id = z.string().min(1)
const onDirective = z.object({ directive: id })
const readers = small(t('plans.seen-by.me'))

async function page({ app, actor }: Call<App, Person>): Promise<Message> {
  const found = await app.directives.current(actor)
  if (!found)
    return say(
      heading(t('plans.silence')),
      t('plans.silence.about'),
      t('plans.silence.none'),
      button(t('plans.silence.set'), silenceForm, { directive: app.newId() }, 'main'),
      readers,
    )
  const { days, step, words } = found.body
  return say(
    heading(t('plans.silence')),
    t(`plans.silence.${step}`, { days }),
    quote(words),
    t('plans.silence.away'),
    button(t('plans.silence.change'), changeSilence, { directive: found.id }),
    button(t('plans.silence.off'), endSilence, { directive: found.id }, 'careful'),
    readers,
  )
}

export const silence = defineAction({
  id: 'si',
  permit: 'member',
  params: z.object({}),
  run: async (call) => ({ kind: 'update', message: await page(call) }),
})

export const silenceForm = defineForm({
  id: 'si.form',
  title: t('plans.silence'),
  readers: t('plans.readers'),
  permit: 'member',
  params: onDirective,
  fields: {
    days: f.whole(t('plans.silence.days.label'), { min: 2, max: 14 }),
    step: f.choice(
      t('plans.silence.then.label'),
      silenceSteps.map((value) => ({ value, label: t(`plans.silence.then.${value}`) })),
    ),
    words: f.paragraph(t('plans.silence.words.label'), { max: 1000 }),
  },
  async run(call, { days, step: said, words }, { directive }) {
    const step = silenceSteps.find((one) => one === said) ?? 'note'
    await call.app.directives.agree(call.actor, { id: directive, days, step, words }, call.now)
    return page(call)
  },
})

export const changeSilence = defineAction({
  id: 'si.edit',
  permit: 'member',
  params: onDirective,
  async run({ app, actor }, params) {
    const { days, step, words } = (await app.directives.own(actor, params.directive)).body
    return open(silenceForm, actor, params, { days, step, words })
  },
})

export const endSilence = defineAction({
  id: 'si.end',
  permit: 'member',
  params: onDirective,
  async run({ app, actor }, params) {
    await app.directives.remove(actor, params.directive)
    return update(t('plans.silence.gone'), button(t('plans.silence'), silence, {}), readers)
  },
})

export const silenceNote = defineNotice({
  id: 'silence-note',
  permit: 'member',
  params: onDirective,
  async render({ app, actor }, params) {
    const person = actor && (await app.members.now(actor))
    const found = person && (await app.directives.current(person))
    if (!found || found.id !== params.directive || found.body.step !== 'note') return undefined
    return say(
      t('plans.silence.self'),
      quote(found.body.words),
      button(t('checkins.open'), checkInForm, { ci: app.newId() }),
      readers,
    )
  },
})

export const silenceOf = defineNotice({
  id: 'silence-of',
  permit: 'facilitator',
  params: onDirective,
  render: (_call, params) =>
    say(
      t('plans.silence.of'),
      button(t('plans.silence.open'), readSilence, params, 'main'),
      small(t('plans.silence.of-readers')),
    ),
})

export const readSilence = defineAction({
  id: 'si.read',
  permit: 'facilitator',
  params: onDirective,
  async run({ app, actor, now }, params) {
    const found = await app.directives.read(actor, params.directive, now)
    const name = await app.roster.nameOf(actor, found.personId)
    const { days, words, since } = found.body
    return say(
      t('plans.silence.from', { name, day: dayWords(since), days }),
      quote(words),
      small(t('plans.shared.readers', { name })),
    )
  },
})
