// /practice: what a facilitator gave to try between sessions, answered in one tap; and talks to rehearse.
import { z } from 'zod'
import { defineAction, defineCommand, defineForm, defineNotice } from '../src/bot.ts'
import type { App } from '../src/app.ts'
import type { Person } from '../src/care/members/ports.ts'
import type { Mine, PracticeEntry } from '../src/care/practice/practice.ts'
import type { Call } from '../src/kit/command.ts'
import * as f from '../src/kit/field.ts'
import { open } from '../src/kit/open.ts'
import { permits } from '../src/kit/permit.ts'
import {
  button,
  heading,
  quote,
  say,
  small,
  update,
  type Block,
  type Button,
  type Message,
  type Part,
} from '../src/kit/reply.ts'
import { nowHeardBy } from './alert-card.ts'
import { t } from '../src/words/text.ts'
import { givenList, openGivePractice } from './practice-given.ts'
import { beginScale } from './scales.ts'
import { scriptMenu } from './script.ts'
import { dayWords } from './words/days.ts'
import { practiceDoor, startSkillDoor } from './words/doors.ts'

type Asking = Call<App, Person>
const practice = z.object({ practice: z.string().min(1) })
const perPage = 4

const begin = ({ thing: { kind, slug, name } }: Mine): Button => {
  const label = t('practice.begin', { name })
  return kind === 'scale'
    ? button(label, beginScale, { scale: slug })
    : button(label, startSkillDoor, { slug }, 'main')
}

function row({ app }: Asking, mine: Mine): readonly (Part | Block)[] {
  const { assignment, thing, times, latest } = mine
  const { name } = thing
  const params = { given: assignment.id, practice: app.newId() }
  return [
    t('practice.row', { name, day: dayWords(assignment.untilDay) }),
    ...(times > 0 ? [t('practice.times', { times })] : []),
    ...(times === 0 && latest ? [t('practice.said-not-now')] : []),
    begin(mine),
    button(t('practice.did', { name }), answerPractice, { ...params, said: 'did' }),
    ...(latest
      ? [button(t('practice.mine', { name }), seePractice, { practice: latest.id })]
      : [button(t('practice.not-now', { name }), answerPractice, { ...params, said: 'not-now' })]),
  ]
}

async function menu(call: Asking, from: number): Promise<Message> {
  const { app, actor, now } = call
  const mine = permits('member', actor.roles) ? await app.practice.mine(actor, now) : []
  const shown = mine.slice(from, from + perPage)
  return say(
    heading(t('practice.title')),
    ...(shown.length === 0 ? [t('practice.none')] : []),
    ...shown.flatMap((one) => row(call, one)),
    ...(mine.length > from + perPage
      ? [button(t('library.more'), practiceMenu, { from: String(from + perPage) })]
      : []),
    button(t('library.scripts'), scriptMenu, {}),
    ...(permits('facilitator', actor.roles)
      ? [button(t('practice.give'), openGivePractice, {}), button(t('practice.given'), givenList, {})]
      : []),
    small(t('practice.readers')),
  )
}

export const practiceCommand = defineCommand({
  name: 'practice',
  title: t('practice.command.title'),
  description: t('practice.command.about'),
  permit: 'known',
  wait: 'privately',
  options: {},
  run: (call) => menu(call, 0),
})

export const practiceMenu = defineAction({
  ...practiceDoor,
  permit: 'known',
  run: async (call, { from }) => ({ kind: 'update', message: await menu(call, Number(from ?? 0)) }),
})

/** One's own answer, with what can be added to it and who may see it. */
function own({ id, body, audience }: PracticeEntry): readonly Part[] {
  const params = { practice: id }
  return [
    t(body.said === 'did' ? 'practice.noted' : 'practice.noted.not-now'),
    ...(body.note === undefined ? [] : [quote(body.note)]),
    button(t('practice.note'), writeNote, params),
    audience === 'facilitator'
      ? button(t('practice.unshow'), showPractice, { ...params, to: 'me' })
      : button(t('practice.show'), showPractice, { ...params, to: 'facilitator' }),
    button(t('practice.delete'), deletePractice, params, 'careful'),
    button(t('practice.title'), practiceMenu, {}),
    small(t(audience === 'facilitator' ? 'practice.seen-by.facilitator' : 'practice.seen-by.me')),
  ]
}

export const answerPractice = defineAction({
  id: 'pr.say',
  permit: 'member',
  params: practice.extend({ given: z.string().min(1), said: z.enum(['did', 'not-now']) }),
  async run({ app, actor, now }, { practice: id, given, said }) {
    return update(...own(await app.practice.answer(actor, { id, assignment: given, said }, now)))
  },
})

export const seePractice = defineAction({
  id: 'pr.mine',
  permit: 'member',
  params: practice,
  run: async ({ app, actor }, params) => update(...own(await app.practice.own(actor, params.practice))),
})

export const noteForm = defineForm({
  id: 'pr.note',
  title: t('practice.note'),
  readers: t('practice.note.readers'),
  permit: 'member',
  params: practice,
  fields: { note: f.paragraph(t('practice.note.label'), { max: 1000 }) },
  run: async ({ app, actor, now }, { note }, params) =>
    update(...own(await app.practice.tell(actor, params.practice, { note }, now))),
})

export const writeNote = defineAction({
  id: 'pr.write',
  permit: 'member',
  params: practice,
  async run({ app, actor }, params) {
    const { note } = (await app.practice.own(actor, params.practice)).body
    return open(noteForm, actor, params, note === undefined ? {} : { note })
  },
})

export const showPractice = defineAction({
  id: 'pr.show',
  permit: 'member',
  params: practice.extend({ to: z.enum(['me', 'facilitator']) }),
  async run(call, { practice: id, to }) {
    const { app, actor, now } = call
    const { note } = (await app.practice.own(actor, id)).body
    const first = await nowHeardBy(call, to, [note])
    return update(...first, ...own(await app.practice.tell(actor, id, { audience: to }, now)))
  },
})

export const deletePractice = defineAction({
  id: 'pr.delete',
  permit: 'member',
  params: practice,
  run: (_call, params) =>
    update(
      t('practice.delete.sure'),
      button(t('practice.delete.yes'), deletePracticeForSure, params, 'careful'),
      button(t('practice.title'), practiceMenu, {}),
    ),
})

export const deletePracticeForSure = defineAction({
  id: 'pr.gone',
  permit: 'member',
  params: practice,
  async run({ app, actor }, params) {
    await app.practice.remove(actor, params.practice)
    return update(t('practice.deleted'), button(t('practice.title'), practiceMenu, {}))
  },
})

export const practiceTold = defineNotice({
  id: 'practice',
  permit: 'member',
  params: z.object({ given: z.string().min(1) }),
  async render({ app, actor, now }, { given }) {
    const open = actor && (await app.practice.mine(actor, now))
    if (!open?.some(({ assignment }) => assignment.id === given)) return undefined
    return say(
      t('practice.told'),
      button(t('practice.told.see'), practiceMenu, {}, 'main'),
      small(t('practice.readers')),
    )
  },
})
