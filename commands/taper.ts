// Being asked less often, in steps that the person chooses and agrees to (C3). Reached from /reminders and /alumni.
import { z } from 'zod'
import { defineAction, defineForm, defineNotice } from '../src/bot.ts'
import type { App } from '../src/app.ts'
import type { Person } from '../src/care/members/ports.ts'
import { higher, lower, rhythms } from '../src/care/prompts/taper.ts'
import type { Call } from '../src/kit/command.ts'
import * as f from '../src/kit/field.ts'
import { open } from '../src/kit/open.ts'
import { button, heading, list, say, small, update, type Message } from '../src/kit/reply.ts'
import { t } from '../src/words/text.ts'
import { pageOfReminders } from './reminders.ts'
import { dayWords } from './words/days.ts'
import { rhythmWords, taperDoor } from './words/taper-row.ts'

type Asking = Call<App, Person>
const onTaper = z.object({ taper: z.string().min(1) })
const readers = small(t('taper.readers'))

async function page({ app, actor }: Asking): Promise<Message> {
  const found = await app.taper.current(actor)
  const all = button(t('reminders.all'), pageOfReminders, { from: '0' })
  if (!found)
    return say(
      heading(t('taper.title')),
      t('taper.about'),
      button(t('taper.set'), taperForm, { taper: app.newId() }, 'main'),
      all,
      readers,
    )
  const on = { taper: found.id }
  const { rhythm } = found.body
  const steps = app.taper.steps(actor, found)
  return say(
    heading(t('taper.title')),
    rhythmWords(rhythm),
    ...(steps.length === 0
      ? []
      : [
          t('taper.steps'),
          list(
            steps.map((one) => t('taper.step', { day: dayWords(one.day), rhythm: t(`taper.${one.rhythm}`) })),
          ),
        ]),
    ...(higher(rhythm) === undefined
      ? []
      : [t('taper.hard'), button(t('taper.more'), moveTaper, { ...on, way: 'more' }, 'main')]),
    ...(lower(rhythm) === undefined ? [] : [button(t('taper.less'), moveTaper, { ...on, way: 'less' })]),
    button(t('taper.change'), changeTaper, on),
    all,
    readers,
  )
}

export const openTaper = defineAction({
  ...taperDoor,
  permit: 'member',
  run: async (call) => ({ kind: 'update', message: await page(call) }),
})

export const taperForm = defineForm({
  id: 'tp.form',
  title: t('taper.title'),
  readers: t('taper.readers'),
  permit: 'member',
  params: onTaper,
  fields: {
    rhythm: f.choice(
      t('taper.rhythm.label'),
      rhythms.map((value) => ({ value, label: t(`taper.${value}`) })),
    ),
    time: f.time(t('reminders.time.label'), { hint: t('taper.time.hint') }),
    days: f.whole(t('taper.days.label'), { min: 7, max: 180, hint: t('taper.days.hint') }),
  },
  async run(call, { rhythm: said, time, days }, { taper: id }) {
    const rhythm = rhythms.find((one) => one === said) ?? 'daily'
    await call.app.taper.begin(call.actor, { id, rhythm, time, days }, call.now)
    return page(call)
  },
})

export const changeTaper = defineAction({
  id: 'tp.edit',
  permit: 'member',
  params: onTaper,
  async run({ app, actor }, params) {
    const { rhythm, time, days } = (await app.taper.own(actor, params.taper)).body
    return open(taperForm, actor, params, { rhythm, time, days })
  },
})

export const moveTaper = defineAction({
  id: 'tp.move',
  permit: 'member',
  params: onTaper.extend({ way: z.enum(['less', 'more']) }),
  async run(call, { taper, way }) {
    await call.app.taper.move(call.actor, taper, way, call.now)
    return { kind: 'update', message: await page(call) }
  },
})

export const stayAsItIs = defineAction({
  id: 'tp.stay',
  permit: 'member',
  params: onTaper,
  async run(call, { taper }) {
    const { app, actor, now } = call
    const [next] = app.taper.steps(actor, await app.taper.stay(actor, taper, now))
    if (!next) return { kind: 'update', message: await page(call) }
    return update(
      t('taper.stayed', { day: dayWords(next.day) }),
      button(t('taper.title'), openTaper, {}),
      readers,
    )
  },
})

export const taperStep = defineNotice({
  id: 'taper-step',
  permit: 'member',
  params: onTaper,
  async render({ app, actor }, params) {
    const found = actor && (await app.taper.current(actor))
    const next = found?.id === params.taper ? lower(found.body.rhythm) : undefined
    if (next === undefined) return undefined
    return say(
      next === 'off' ? t('taper.offer.off') : t('taper.offer', { rhythm: t(`taper.${next}`) }),
      button(t('taper.offer.yes'), moveTaper, { ...params, way: 'less' }, 'main'),
      button(t('taper.offer.stay'), stayAsItIs, params),
      button(t('taper.more'), moveTaper, { ...params, way: 'more' }),
      readers,
    )
  },
})
