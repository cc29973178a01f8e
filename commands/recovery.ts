// /recovery: time as episodes that are never reset, shown when it helps and hidden when it does not.
import { z } from 'zod'
import { defineAction, defineCommand, defineForm, defineNotice } from '../src/bot.ts'
import type { App } from '../src/app.ts'
import type { Person, Audience } from '../src/care/members/ports.ts'
import type { CounterNow } from '../src/care/recovery/recovery.ts'
import type { Call } from '../src/kit/command.ts'
import * as f from '../src/kit/field.ts'
import {
  button,
  heading,
  list,
  say,
  small,
  type Message,
  type Part,
  sayInRoom,
  update,
} from '../src/kit/reply.ts'
import { t } from '../src/words/text.ts'
import { openSlip, slipHistory } from './slip.ts'
import { open } from '../src/kit/open.ts'
import { permits } from '../src/kit/permit.ts'
import { dayWords } from './words/days.ts'

type Asking = Call<App, Person>
const id = z.string().min(1)
const readers = small(t('recovery.readers'))

function counterParts({ counter, time, resting }: CounterNow, asked: boolean): readonly Part[] {
  const { name, hidden } = counter.body
  const params = { counter: counter.id }
  const numbers = list([
    ...(time.current === undefined ? [] : [t('recovery.current', { days: time.current })]),
    t('recovery.longest', { days: time.longest }),
    t('recovery.total', { counted: time.counted, passed: time.passed }),
  ])
  const shown = hidden ? [t('recovery.hidden')] : resting && !asked ? [] : [numbers]
  return [
    t('recovery.counter', { name }),
    ...shown,
    button(t(hidden ? 'recovery.unhide' : 'recovery.hide', { name }), hideCounter, {
      ...params,
      hide: hidden ? 'n' : 'y',
    }),
    button(t('recovery.edit', { name }), changeCounter, params),
  ]
}

/** `asked` says that the person wants the numbers, whatever happened yesterday. */
async function recoveryPage({ app, actor, now }: Asking, asked = false): Promise<Message> {
  const all = await app.recovery.list(actor, now)
  const resting = !asked && all.some((one) => one.resting && !one.counter.body.hidden)
  return say(
    heading(t('recovery.title')),
    ...(all.length === 0 ? [t('recovery.none')] : []),
    ...(resting
      ? [t('recovery.resting'), button(t('recovery.show'), showCounters, { asked: 'y' }, 'main')]
      : []),
    ...all.flatMap((one) => counterParts(one, asked)),
    button(t('recovery.start'), startCounter, { counter: app.newId() }, all.length === 0 ? 'main' : 'plain'),
    button(t('slips.form.title'), openSlip, {}),
    button(t('slips.list'), slipHistory, {}),
    readers,
  )
}

export const recovery = defineCommand({
  name: 'recovery',
  title: t('recovery.command.title'),
  description: t('recovery.command.about'),
  permit: 'member',
  wait: 'privately',
  options: {},
  run: (call) => recoveryPage(call),
})

export const showCounters = defineAction({
  id: 're.show',
  permit: 'member',
  params: z.object({ asked: z.enum(['y']).optional() }),
  run: async (call, { asked }) => ({ kind: 'update', message: await recoveryPage(call, asked === 'y') }),
})

export const hideCounter = defineAction({
  id: 're.hide',
  permit: 'member',
  params: z.object({ counter: id, hide: z.enum(['y', 'n']) }),
  async run(call, { counter, hide }) {
    await call.app.recovery.hide(call.actor, counter, hide === 'y', call.now)
    return { kind: 'update', message: await recoveryPage(call) }
  },
})

export const startCounter = defineForm({
  id: 're',
  title: t('recovery.start'),
  readers: t('recovery.readers'),
  permit: 'member',
  params: z.object({ counter: id }),
  fields: {
    name: f.text(t('recovery.name.label'), { max: 60 }),
    since: f.optional(f.date(t('recovery.since.label'), { hint: t('recovery.since.hint') })),
  },
  async run(call, { name, since }, { counter }) {
    await call.app.recovery.start(call.actor, { id: counter, name, since }, call.now)
    return recoveryPage(call)
  },
})

const counter = z.object({ counter: id })

async function counterPage({ app, actor }: Asking, counterId: string): Promise<Message> {
  const { body } = await app.recovery.own(actor, counterId)
  const params = { counter: counterId }
  return say(
    heading(t('recovery.counter', { name: body.name })),
    t('recovery.episodes'),
    ...body.episodes.flatMap(({ from, to }) => [
      to === undefined
        ? t('recovery.episode.open', { from: dayWords(from) })
        : t('recovery.episode', { from: dayWords(from), to: dayWords(to) }),
      button(t('recovery.episode.remove', { from: dayWords(from) }), removeEpisode, { ...params, from }),
    ]),
    button(t('recovery.episode.add'), addEpisode, params),
    button(t('recovery.rename'), openRename, params),
    body.milestones === undefined
      ? t('recovery.milestones.off')
      : t(`recovery.milestones.on.${body.milestones}`),
    button(t('recovery.milestones'), askMilestones, params),
    button(t('recovery.delete'), deleteCounter, params, 'careful'),
    button(t('recovery.back'), showCounters, {}),
    readers,
  )
}

export const changeCounter = defineAction({
  id: 're.edit',
  permit: 'member',
  params: counter,
  run: async (call, params) => ({ kind: 'update', message: await counterPage(call, params.counter) }),
})

export const addEpisode = defineForm({
  id: 're.add',
  title: t('recovery.episode.add'),
  readers: t('recovery.readers'),
  permit: 'member',
  params: counter,
  fields: {
    from: f.date(t('recovery.from.label')),
    to: f.optional(f.date(t('recovery.to.label'), { hint: t('recovery.to.hint') })),
  },
  async run(call, { from, to }, params) {
    await call.app.recovery.addEpisode(call.actor, params.counter, { from, to }, call.now)
    return counterPage(call, params.counter)
  },
})

export const removeEpisode = defineAction({
  id: 're.less',
  permit: 'member',
  params: z.object({ counter: id, from: z.iso.date() }),
  async run(call, { counter: counterId, from }) {
    await call.app.recovery.removeEpisode(call.actor, counterId, from, call.now)
    return { kind: 'update', message: await counterPage(call, counterId) }
  },
})

export const renameCounter = defineForm({
  id: 're.name',
  title: t('recovery.rename'),
  readers: t('recovery.readers'),
  permit: 'member',
  params: counter,
  fields: { name: f.text(t('recovery.name.label'), { max: 60 }) },
  async run(call, { name }, params) {
    await call.app.recovery.rename(call.actor, params.counter, name, call.now)
    return counterPage(call, params.counter)
  },
})

export const openRename = defineAction({
  id: 're.names',
  permit: 'member',
  params: counter,
  async run({ app, actor }, params) {
    const { body } = await app.recovery.own(actor, params.counter)
    return open(renameCounter, actor, params, { name: body.name })
  },
})

/** The words others would read stand here before anything is agreed. */
export const askMilestones = defineAction({
  id: 're.ask',
  permit: 'member',
  params: counter,
  run({ actor }, params) {
    const said = { name: actor.name, days: 30 }
    const room = actor.program.group !== undefined
    return update(
      t('recovery.milestones.ask'),
      t('recovery.milestones.words.facilitator', said),
      ...(room ? [t('recovery.milestones.words.group', said)] : []),
      button(t('recovery.milestones.me'), setMilestones, { ...params, to: 'me' }),
      button(t('recovery.milestones.facilitator'), setMilestones, { ...params, to: 'facilitator' }),
      ...(room ? [button(t('recovery.milestones.group'), setMilestones, { ...params, to: 'group' })] : []),
      button(t('recovery.milestones.none'), setMilestones, { ...params, to: 'none' }),
      readers,
    )
  },
})

export const setMilestones = defineAction({
  id: 're.tell',
  permit: 'member',
  params: z.object({ counter: id, to: z.enum(['me', 'facilitator', 'group', 'none']) }),
  async run(call, params) {
    const to: Audience | undefined = params.to === 'none' ? undefined : params.to
    await call.app.recovery.milestones(call.actor, params.counter, to, call.now)
    return { kind: 'update', message: await counterPage(call, params.counter) }
  },
})

export const deleteCounter = defineAction({
  id: 're.delete',
  permit: 'member',
  params: counter,
  run: (_call, params) =>
    update(
      t('recovery.delete.sure'),
      button(t('recovery.delete.yes'), deleteCounterForSure, params, 'careful'),
      button(t('recovery.back'), showCounters, {}),
    ),
})

export const deleteCounterForSure = defineAction({
  id: 're.gone',
  permit: 'member',
  params: counter,
  async run(call, params) {
    await call.app.recovery.remove(call.actor, params.counter)
    return { kind: 'update', message: await recoveryPage(call) }
  },
})

const days = z.string().regex(/^\d+$/)

export const milestone = defineNotice({
  id: 'milestone',
  permit: 'member',
  params: z.object({ counter: id, days }),
  render: (_call, params) =>
    say(
      t('recovery.milestone', { days: Number(params.days) }),
      button(t('recovery.title'), showCounters, {}),
      readers,
    ),
})

const named = z.object({ counter: id, days, person: id })

/** What the person chose is looked at once more, at the moment it is said. */
async function stillShared(app: App, programId: string, params: z.output<typeof named>, to: Audience) {
  const person = await app.members.now({ programId, personId: params.person })
  if (!person || !permits('member', person.roles)) return undefined
  const found = await app.recovery.own(person, params.counter).catch(() => undefined)
  return found?.body.milestones === to && !found.body.hidden ? person : undefined
}

export const milestoneOf = defineNotice({
  id: 'milestone-of',
  permit: 'facilitator',
  params: named,
  async render({ app, programId }, params) {
    const person = await stillShared(app, programId, params, 'facilitator')
    if (!person) return undefined
    const said = { name: person.name, days: Number(params.days) }
    return say(t('recovery.milestone.of', said), small(t('recovery.milestone.of-readers', said)))
  },
})

export const milestoneInRoom = defineNotice({
  id: 'milestone-in-room',
  permit: 'anyone',
  params: named,
  async render({ app, programId }, params) {
    const person = await stillShared(app, programId, params, 'group')
    if (!person) return undefined
    const said = { name: person.name, days: Number(params.days) }
    return sayInRoom(t('recovery.milestone.room', said), small(t('recovery.milestone.room-readers', said)))
  },
})
