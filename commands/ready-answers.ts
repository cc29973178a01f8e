// Ready answers of a program's staff: kept in one place, and taken up with a case in hand.
import { z } from 'zod'
import { defineAction, defineForm } from '../src/bot.ts'
import type { ReadyAnswer } from '../src/care/cases/ready-answers.ts'
import * as f from '../src/kit/field.ts'
import { open } from '../src/kit/open.ts'
import { button, heading, quote, say, type Message, type Part } from '../src/kit/reply.ts'
import { t } from '../src/words/text.ts'
import { answerForm } from './case-one.ts'
import { staffReaders, type Asking } from './words/case-words.ts'
import { caseDoor, casesDoor, readyAnswersDoor } from './words/doors.ts'
import { nameWords } from './words/names.ts'

const perPage = 5
const onAnswer = z.object({ answer: z.string().min(1) })

const rowOf = ({ id, name, words }: ReadyAnswer, of: string | undefined): readonly Part[] => [
  nameWords(name),
  quote(words),
  of === undefined
    ? button(t('cases.ready.change', { name }), changeReady, { answer: id })
    : button(t('cases.ready.use', { name }), takeReady, { case: of, answer: id }),
]

async function page({ app, actor }: Asking, of: string | undefined, from: number): Promise<Message> {
  const all = await app.readyAnswers.list(actor)
  const shown = all.slice(from, from + perPage)
  const on = of === undefined ? {} : { case: of }
  return say(
    heading(t('cases.ready')),
    t(all.length === 0 ? 'cases.ready.none' : of === undefined ? 'cases.ready.about' : 'cases.ready.pick'),
    ...shown.flatMap((one) => rowOf(one, of)),
    ...(all.length > from + perPage
      ? [button(t('cases.more'), readyAnswersDoor, { ...on, from: String(from + perPage) })]
      : []),
    button(t('cases.ready.new'), newReady, {}),
    of === undefined
      ? button(t('cases.back'), casesDoor, {})
      : button(t('cases.ready.back'), caseDoor, { case: of }),
    staffReaders,
  )
}

export const readyAnswers = defineAction({
  ...readyAnswersDoor,
  permit: 'staff',
  run: async (call, { case: of, from }) => ({
    kind: 'update',
    message: await page(call, of, Number(from ?? 0)),
  }),
})

/** Into the form, where it is read and changed before it goes. */
export const takeReady = defineAction({
  id: 'ra.take',
  permit: 'staff',
  params: onAnswer.extend({ case: z.string().min(1) }),
  async run({ app, actor }, { answer, case: of }) {
    const { words } = await app.readyAnswers.one(actor, answer)
    return open(answerForm, actor, { case: of }, { words })
  },
})

export const newReady = defineAction({
  id: 'ra.new',
  permit: 'staff',
  params: z.object({}),
  run: ({ app, actor }) => open(readyForm, actor, { answer: app.newId() }),
})

export const changeReady = defineAction({
  id: 'ra.see',
  permit: 'staff',
  params: onAnswer,
  async run({ app, actor }, { answer }) {
    const { name, words } = await app.readyAnswers.one(actor, answer)
    return {
      kind: 'update',
      message: say(
        heading(nameWords(name)),
        quote(words),
        button(t('cases.ready.edit'), editReady, { answer }, 'main'),
        button(t('cases.ready.drop'), dropReady, { answer }, 'careful'),
        button(t('cases.ready'), readyAnswersDoor, {}),
        staffReaders,
      ),
    }
  },
})

export const editReady = defineAction({
  id: 'ra.edit',
  permit: 'staff',
  params: onAnswer,
  async run({ app, actor }, { answer }) {
    const { name, words } = await app.readyAnswers.one(actor, answer)
    return open(readyForm, actor, { answer }, { name, words })
  },
})

export const readyForm = defineForm({
  id: 'ra.save',
  title: t('cases.ready'),
  readers: t('cases.ready.readers'),
  permit: 'staff',
  params: onAnswer,
  fields: {
    name: f.text(t('cases.ready.name'), { max: 60 }),
    words: f.paragraph(t('cases.ready.words'), { max: 3000, hint: t('cases.ready.words.hint') }),
  },
  async run(call, { name, words }, { answer }) {
    await call.app.readyAnswers.save(call.actor, { id: answer, name, words }, call.now)
    return page(call, undefined, 0)
  },
})

export const dropReady = defineAction({
  id: 'ra.drop',
  permit: 'staff',
  params: onAnswer,
  async run(call, { answer }) {
    await call.app.readyAnswers.remove(call.actor, answer, call.now)
    return { kind: 'update', message: await page(call, undefined, 0) }
  },
})
