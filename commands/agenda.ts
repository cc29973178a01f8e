// /agenda: what one wants to bring to the next session, and what one keeps from it (C4).
import { z } from 'zod'
import { defineAction, defineCommand, defineForm } from '../src/bot.ts'
import type { App } from '../src/app.ts'
import type { Person } from '../src/care/members/ports.ts'
import type { AgendaLine } from '../src/care/sessions/agenda.ts'
import type { Call } from '../src/kit/command.ts'
import * as f from '../src/kit/field.ts'
import { open } from '../src/kit/open.ts'
import { button, heading, quote, say, small, type Message, type Part } from '../src/kit/reply.ts'
import { render } from '../src/words/render.ts'
import { t } from '../src/words/text.ts'
import { dayWords } from './words/days.ts'
import { bringDoor } from './words/doors.ts'

type Asking = Call<App, Person>
const id = z.string().min(1)
const onLine = z.object({ line: id })
const readers = small(t('agenda.readers'))
const perPage = 5
const lineField = f.paragraph(t('agenda.line.label'), { max: 500 })

const lineParts = ({ id: line, body, audience }: AgendaLine): readonly Part[] => [
  quote(body.text),
  ...(audience === 'me' ? [] : [small(t('agenda.shown'))]),
  button(t(audience === 'me' ? 'agenda.show' : 'agenda.hide'), showLine, {
    line,
    shown: audience === 'me' ? 'y' : 'n',
  }),
  button(t('agenda.edit'), editLine, { line }),
  button(t('agenda.remove'), removeLine, { line }, 'careful'),
]

async function page({ app, actor }: Asking, from = 0): Promise<Message> {
  const lines = await app.agenda.open(actor)
  return say(
    heading(t('agenda.title')),
    ...(lines.length === 0 ? [t('agenda.none')] : lines.slice(from, from + perPage).flatMap(lineParts)),
    ...(lines.length > from + perPage
      ? [button(t('sessions.more'), myAgenda, { from: String(from + perPage) })]
      : []),
    button(t('agenda.add'), lineForm, { line: app.newId() }, lines.length === 0 ? 'main' : 'plain'),
    button(t('agenda.kept'), keptThings, {}),
    readers,
  )
}

export const agenda = defineCommand({
  name: 'agenda',
  title: t('agenda.command.title'),
  description: t('agenda.command.about'),
  permit: 'member',
  options: { line: f.optional(lineField) },
  async run(call, { line }) {
    if (line !== undefined) await call.app.agenda.add(call.actor, call.app.newId(), line, call.now)
    return page(call)
  },
})

export const myAgenda = defineAction({
  id: 'ag',
  permit: 'member',
  params: z.object({ from: z.string().regex(/^\d+$/).optional() }),
  run: async (call, { from }) => ({ kind: 'update', message: await page(call, Number(from ?? 0)) }),
})

export const lineForm = defineForm({
  id: 'ag.add',
  title: t('agenda.add'),
  readers: t('agenda.readers'),
  permit: 'member',
  params: onLine,
  fields: { text: lineField },
  async run(call, { text }, { line }) {
    await call.app.agenda.add(call.actor, line, text, call.now)
    return page(call)
  },
})

export const editLine = defineAction({
  id: 'ag.edit',
  permit: 'member',
  params: onLine,
  async run({ app, actor }, params) {
    const { body } = await app.agenda.own(actor, params.line)
    return open(lineForm, actor, params, { text: body.text })
  },
})

export const removeLine = defineAction({
  id: 'ag.less',
  permit: 'member',
  params: onLine,
  async run(call, { line }) {
    await call.app.agenda.remove(call.actor, line)
    return { kind: 'update', message: await page(call) }
  },
})

export const showLine = defineAction({
  id: 'ag.show',
  permit: 'member',
  params: z.object({ line: id, shown: z.enum(['y', 'n']) }),
  async run(call, { line, shown }) {
    await call.app.agenda.show(call.actor, line, shown === 'y', call.now)
    return { kind: 'update', message: await page(call) }
  },
})

/** From a journal entry, a check-in, an urge or a skill: one line, on one's own list, shown to nobody. */
export const bringToGroup = defineAction({
  ...bringDoor,
  permit: 'member',
  async run({ app, actor, now, language }, { kind, from }) {
    const day = dayWords(await app.agenda.dayOf(actor, kind, from))
    const line = await app.agenda.bring(actor, from, render(t(`agenda.from.${kind}`, { day }), language), now)
    return say(
      t('agenda.brought'),
      quote(line.body.text),
      button(t('agenda.edit'), editLine, { line: line.id }),
      button(t('agenda.title'), myAgenda, {}),
      readers,
    )
  },
})

export const keepForm = defineForm({
  id: 'ag.keep',
  title: t('sessions.keep'),
  readers: t('journal.seen-by.me'),
  permit: 'member',
  params: z.object({ kept: id, session: z.string().optional() }),
  fields: { text: f.paragraph(t('agenda.kept.label'), { max: 2000 }) },
  async run({ app, actor, now }, { text }, { kept, session }) {
    await app.agenda.keep(actor, kept, text, session, now)
    await app.agenda.close(actor, now)
    return say(
      t('agenda.kept.saved'),
      button(t('agenda.kept'), keptThings, {}),
      small(t('journal.seen-by.me')),
    )
  },
})

export const keptThings = defineAction({
  id: 'ag.kept',
  permit: 'member',
  params: z.object({ before: z.string().optional() }),
  run: async (call, { before }) => ({ kind: 'update', message: await keptPage(call, before) }),
})

async function keptPage({ app, actor }: Asking, before?: string): Promise<Message> {
  const found = await app.agenda.takeaways(actor, perPage + 1, before)
  const shown = found.slice(0, perPage)
  const last = shown.at(-1)
  return say(
    heading(t('agenda.kept')),
    ...(shown.length === 0 ? [t('agenda.kept.none')] : []),
    ...shown.flatMap(({ id: kept, forDay, body }): Part[] => [
      small(dayWords(forDay)),
      quote(body.text),
      button(t('agenda.remove'), removeKept, { kept }, 'careful'),
    ]),
    ...(found.length > perPage && last ? [button(t('sessions.more'), keptThings, { before: last.id })] : []),
    button(t('agenda.title'), myAgenda, {}),
    small(t('journal.seen-by.me')),
  )
}

export const removeKept = defineAction({
  id: 'ag.drop',
  permit: 'member',
  params: z.object({ kept: id }),
  async run(call, { kept }) {
    await call.app.agenda.removeTakeaway(call.actor, kept)
    return { kind: 'update', message: await keptPage(call) }
  },
})

export const shownLines = defineAction({
  id: 'ag.shown',
  permit: 'facilitator',
  params: z.object({ before: z.string().optional() }),
  run: async (call, { before }) => ({ kind: 'update', message: await shownPage(call, before) }),
})

async function shownPage({ app, actor, now }: Asking, before?: string): Promise<Message> {
  const found = await app.agenda.shown(actor, perPage, before, now)
  const last = found.at(-1)
  const rows = await Promise.all(
    found.map(async ({ personId, body }): Promise<readonly Part[]> => [
      t('agenda.shown.from', { name: await app.roster.nameOf(actor, personId) }),
      quote(body.text),
    ]),
  )
  return say(
    heading(t('agenda.shown.title')),
    ...(found.length === 0 ? [t('agenda.shown.none')] : []),
    ...rows.flat(),
    ...(found.length === perPage && last
      ? [button(t('sessions.more'), shownLines, { before: last.id })]
      : []),
    small(t('agenda.shown.readers')),
  )
}
