// /slip: noted in private, with one warm line and no number. One question a day later, only if wanted.
import { z } from 'zod'
import { defineAction, defineCommand, defineForm, defineNotice } from '../src/bot.ts'
import type { App } from '../src/app.ts'
import type { Person } from '../src/care/members/ports.ts'
import type { Slip } from '../src/care/recovery/recovery.ts'
import { planNamed } from '../src/care/plans/content.ts'
import type { Call } from '../src/kit/command.ts'
import * as f from '../src/kit/field.ts'
import { open } from '../src/kit/open.ts'
import { button, heading, quote, say, small, update, type Message, type Part } from '../src/kit/reply.ts'
import { t } from '../src/words/text.ts'
import { checkInForm } from './checkin.ts'
import { helpNowHere } from './help-now.ts'
import { letterDoor, planDoor, skillsDoor } from './words/doors.ts'
import { dayWords } from './words/days.ts'

type Asking = Call<App, Person>
const id = z.string().min(1)
const readers = small(t('slips.readers'))
const perPage = 5
const fields = {
  day: f.optional(f.date(t('slips.day.label'), { hint: t('slips.day.hint') })),
  note: f.optional(f.paragraph(t('slips.note.label'), { max: 3000 })),
}

/** What may help in the next hour, for here and for elsewhere. */
const nextSteps = (): readonly Part[] => [
  t('slips.next'),
  button(t('plans.open', { name: planNamed('relapse').name }), planDoor, { plan: 'relapse' }, 'main'),
  button(t('skills.fits'), skillsDoor, { need: 'slip' }),
  button(t('help.now.button'), helpNowHere, {}),
]

async function saved({ app, actor, now }: Asking, slip: Slip): Promise<Message> {
  const counters = slip.body.counter === undefined ? await app.recovery.list(actor, now) : []
  const letter = await app.letters.forMoment(actor, 'slip')
  return say(
    t('slips.saved'),
    ...(counters.length > 0
      ? [
          t('slips.counter.ask'),
          ...counters.map(({ counter }) =>
            button(t('slips.counter.one', { name: counter.body.name }), slipOf, {
              slip: slip.id,
              counter: counter.id,
            }),
          ),
        ]
      : []),
    ...nextSteps(),
    ...(letter ? [button(t('plans.letter.read'), letterDoor, { letter: letter.id })] : []),
    button(t('slips.follow'), followSlip, { slip: slip.id, on: 'y' }),
    button(t('slips.edit', { day: dayWords(slip.body.day) }), editSlip, { slip: slip.id }),
    readers,
  )
}

export const slipForm = defineForm({
  id: 'sl',
  title: t('slips.form.title'),
  readers: t('slips.readers'),
  permit: 'member',
  params: z.object({ slip: id }),
  fields,
  async run(call, { day, note }, params) {
    return saved(call, await call.app.recovery.slip(call.actor, { id: params.slip, day, note }, call.now))
  },
})

export const slip = defineCommand({
  name: 'slip',
  title: t('slips.command.title'),
  description: t('slips.command.about'),
  permit: 'member',
  options: fields,
  async run(call, { day, note }) {
    const made = call.app.newId()
    if (day === undefined && note === undefined) return open(slipForm, call.actor, { slip: made })
    return saved(call, await call.app.recovery.slip(call.actor, { id: made, day, note }, call.now))
  },
})

export const openSlip = defineAction({
  id: 'sl.new',
  permit: 'member',
  params: z.object({}),
  run: ({ app, actor }) => open(slipForm, actor, { slip: app.newId() }),
})

export const slipOf = defineAction({
  id: 'sl.of',
  permit: 'member',
  params: z.object({ slip: id, counter: id }),
  async run({ app, actor, now }, params) {
    const { body } = await app.recovery.ownSlip(actor, params.slip)
    await app.recovery.slip(actor, { id: params.slip, ...body, counter: params.counter }, now)
    return update(
      t('slips.counter.set'),
      ...nextSteps(),
      button(t('slips.follow'), followSlip, { slip: params.slip, on: 'y' }),
      readers,
    )
  },
})

export const followSlip = defineAction({
  id: 'sl.follow',
  permit: 'member',
  params: z.object({ slip: id, on: z.enum(['y', 'n']) }),
  async run({ app, actor, now }, params) {
    await app.recovery.followUp(actor, params.slip, params.on === 'y', now)
    return { kind: 'update', message: followed(params) }
  },
})

function followed({ slip: slipId, on }: { readonly slip: string; readonly on: 'y' | 'n' }): Message {
  const back =
    on === 'y'
      ? button(t('slips.follow.undo'), followSlip, { slip: slipId, on: 'n' })
      : button(t('slips.follow'), followSlip, { slip: slipId, on: 'y' })
  return say(t(on === 'y' ? 'slips.follow.set' : 'slips.follow.off'), back, ...nextSteps(), readers)
}

/** Neutral on a lock screen: it names nothing. */
export const slipAfter = defineNotice({
  id: 'slip-after',
  permit: 'member',
  params: z.object({ slip: id }),
  render({ app, actor }) {
    if (!actor) return undefined
    return say(
      t('slips.after'),
      button(t('checkins.open'), checkInForm, { ci: app.newId() }),
      button(t('help.now.button'), helpNowHere, {}),
      readers,
    )
  },
})

async function page({ app, actor }: Asking, before?: string): Promise<Message> {
  const found = await app.recovery.slips(actor, perPage + 1, before)
  const shown = found.slice(0, perPage)
  const last = shown.at(-1)
  return say(
    heading(t('slips.list')),
    ...(shown.length === 0 ? [t('slips.list.none')] : []),
    ...shown.flatMap(({ id: slipId, body }) => [
      t('slips.row', { day: dayWords(body.day) }),
      ...(body.note === undefined ? [] : [quote(body.note)]),
      button(t('slips.edit', { day: dayWords(body.day) }), editSlip, { slip: slipId }),
      button(t('slips.delete', { day: dayWords(body.day) }), deleteSlip, { slip: slipId }, 'careful'),
    ]),
    ...(found.length > perPage && last ? [button(t('slips.older'), slipHistory, { before: last.id })] : []),
    readers,
  )
}

export const slipHistory = defineAction({
  id: 'sl.list',
  permit: 'member',
  params: z.object({ before: z.string().optional() }),
  run: async (call, { before }) => ({ kind: 'update', message: await page(call, before) }),
})

export const slipNoteForm = defineForm({
  id: 'sl.note',
  title: t('slips.form.title'),
  readers: t('slips.readers'),
  permit: 'member',
  params: z.object({ slip: id }),
  fields: { note: fields.note },
  async run(call, { note }, params) {
    await call.app.recovery.slipNote(call.actor, params.slip, note, call.now)
    return page(call)
  },
})

export const editSlip = defineAction({
  id: 'sl.edit',
  permit: 'member',
  params: z.object({ slip: id }),
  async run({ app, actor }, params) {
    const { body } = await app.recovery.ownSlip(actor, params.slip)
    return open(slipNoteForm, actor, params, body.note === undefined ? {} : { note: body.note })
  },
})

export const deleteSlip = defineAction({
  id: 'sl.delete',
  permit: 'member',
  params: z.object({ slip: id }),
  run: (_call, params) =>
    update(
      t('slips.delete.sure'),
      button(t('slips.delete.yes'), deleteSlipForSure, params, 'careful'),
      button(t('slips.list'), slipHistory, {}),
    ),
})

export const deleteSlipForSure = defineAction({
  id: 'sl.gone',
  permit: 'member',
  params: z.object({ slip: id }),
  async run({ app, actor }, params) {
    await app.recovery.removeSlip(actor, params.slip)
    return update(t('slips.deleted'), button(t('slips.list'), slipHistory, {}))
  },
})
