// What a person hears of a measure about them, and how they ask for a second look.
import { z } from 'zod'
import { defineAction, defineForm, defineNotice } from '../src/bot.ts'
import type { Measure } from '../src/care/measures/ports.ts'
import * as f from '../src/kit/field.ts'
import { button, heading, quote, say, small, type Message } from '../src/kit/reply.ts'
import { t, type Text, type TextArg } from '../src/words/text.ts'
import { helpNowHere } from './help-now.ts'
import { measureReasonWords, nameIn, type Asking } from './words/case-words.ts'
import { askDoor, ownCaseDoor, ownMeasureDoor } from './words/doors.ts'
import { atTime } from './words/times.ts'

const onMeasure = ownMeasureDoor.params

const whatWords = ({ kind, until }: Measure, name: TextArg, zone: string): Text =>
  t(`cases.told.measure.${kind}`, { name, ...(until && { until: atTime(until, zone) }) })

export const aboutYou = defineNotice({
  id: 'measure',
  permit: 'known',
  params: onMeasure,
  async render({ app, actor }, { measure: id }) {
    const one = actor && (await app.measures.ofOwn(actor, id))
    if (!one) return undefined
    const name = (await app.roster.nameOf(actor, one.by)) || t('cases.own.somebody')
    return say(
      whatWords(one, name, actor.zone),
      t('cases.told.measure.why', { why: measureReasonWords(one.reason) }),
      button(t('cases.told.read'), ownMeasureDoor, { measure: id }, 'main'),
      button(t('cases.appeal.open'), appealForm, { measure: id, case: app.newId() }),
      button(t('help.now.button'), helpNowHere, {}),
      small(t('cases.told.readers')),
    )
  },
})

export const overNow = defineNotice({
  id: 'measure-over',
  permit: 'known',
  params: onMeasure,
  async render({ app, actor }, { measure: id }) {
    const one = actor && (await app.measures.ofOwn(actor, id))
    return one && say(t('cases.told.measure.over'), small(t('cases.told.readers')))
  },
})

async function page(call: Asking, id: string): Promise<Message> {
  const { app, actor, now } = call
  const { measure, words } = await app.measures.own(actor, id)
  const name = await nameIn(call, measure.by)
  const isOver = measure.endedAt !== undefined || (measure.until !== undefined && measure.until <= now)
  return say(
    heading(t('cases.own.measure.title')),
    whatWords(measure, name, actor.zone),
    ...(words === undefined ? [] : [t('cases.own.measure.words', { name }), quote(words)]),
    t('cases.told.measure.why', { why: measureReasonWords(measure.reason) }),
    ...(isOver ? [t('cases.own.measure.over')] : []),
    button(t('cases.appeal.open'), appealForm, { measure: id, case: app.newId() }, 'main'),
    button(t('cases.ask.title'), askDoor, {}),
    button(t('help.now.button'), helpNowHere, {}),
    small(t('cases.own.measure.readers')),
  )
}

export const seeOwnMeasure = defineAction({
  ...ownMeasureDoor,
  permit: 'known',
  run: async (call, params) => ({ kind: 'update', message: await page(call, params.measure) }),
})

export const appealForm = defineForm({
  id: 'ms.again',
  title: t('cases.appeal.title'),
  readers: t('cases.appeal.readers'),
  permit: 'known',
  hears: 'case',
  params: z.object({ measure: z.string().min(1), case: z.string().min(1) }),
  fields: { words: f.paragraph(t('cases.appeal.words'), { max: 3000 }) },
  async run({ app, actor, now }, { words }, { measure, case: id }) {
    const one = await app.cases.appeal(actor, { id, measure, words }, now)
    return say(
      t('cases.appeal.sent'),
      button(t('cases.own.see'), ownCaseDoor, { case: one.id }, 'main'),
      small(t('cases.appeal.readers')),
    )
  },
})
