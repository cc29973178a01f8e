// /ask: a private line to staff, with a name or without, and everything one brought to them.
import { z } from 'zod'
import { defineAction, defineCommand, defineForm, defineNotice } from '../src/bot.ts'
import type { OwnCase } from '../src/care/cases/raising.ts'
import type { CaseLine } from '../src/care/cases/ports.ts'
import * as f from '../src/kit/field.ts'
import { open } from '../src/kit/open.ts'
import { button, heading, quote, say, small, type Message, type Part } from '../src/kit/reply.ts'
import { t, type Text } from '../src/words/text.ts'
import { helpNowHere } from './help-now.ts'
import { nameField } from './report.ts'
import { closedWords, nameIn, ownKindWords, reasonWords, type Asking } from './words/case-words.ts'
import { watched } from './words/coverage.ts'
import { askDoor, ownCaseDoor } from './words/doors.ts'
import { atTime } from './words/times.ts'

const perPage = 5
const max = 3000

async function page(call: Asking, before?: string): Promise<Message> {
  const { app, actor } = call
  const found = await app.cases.mine(actor, perPage + 1, before)
  const shown = found.slice(0, perPage)
  const last = shown.at(-1)
  const rows = shown.flatMap((one, at): readonly Part[] => [
    t('cases.ask.row', {
      number: at + 1,
      kind: ownKindWords(one.kind),
      at: atTime(one.createdAt, actor.zone),
      state: t(`cases.state.${one.state}`),
    }),
    button(t('cases.ask.open', { number: at + 1 }), ownCaseDoor, { case: one.id }),
  ])
  return say(
    heading(t('cases.ask.title')),
    t('cases.ask.intro'),
    small(await watched(call)),
    button(t('cases.ask.new'), newQuestion, {}, 'main'),
    t(shown.length === 0 ? 'cases.ask.none' : 'cases.ask.mine'),
    ...rows,
    ...(found.length > perPage && last ? [button(t('cases.ask.older'), askDoor, { before: last.id })] : []),
    ...(before === undefined ? [] : [button(t('cases.ask.first'), askDoor, {})]),
    button(t('help.now.button'), helpNowHere, {}),
    small(t('cases.ask.page.readers')),
  )
}

export const ask = defineCommand({
  name: 'ask',
  title: t('cases.ask.command.title'),
  description: t('cases.ask.command.about'),
  permit: 'known',
  wait: 'privately',
  options: {},
  run: (call) => page(call),
})

export const openAsk = defineAction({
  ...askDoor,
  permit: 'known',
  run: async (call, { before }) => ({ kind: 'update', message: await page(call, before) }),
})

export const newQuestion = defineAction({
  id: 'as.new',
  permit: 'known',
  params: z.object({}),
  run: ({ app, actor }) => open(questionForm, actor, { case: app.newId() }, { name: 'shown' }),
})

const sent = (level: string): Text => t(level === 'urgent' ? 'cases.ask.sent.urgent' : 'cases.ask.sent')

export const questionForm = defineForm({
  id: 'as.ask',
  title: t('cases.ask.title'),
  readers: t('cases.ask.readers'),
  permit: 'known',
  hears: 'case',
  params: z.object({ case: z.string().min(1) }),
  fields: { words: f.paragraph(t('cases.ask.words'), { max }), name: nameField },
  async run(call, { words, name }, params) {
    const asked = { id: params.case, words, nameless: name === 'hidden' }
    const one = await call.app.cases.ask(call.actor, asked, call.now)
    return thread(call, one.id, sent(one.level))
  },
})

async function lineParts(call: Asking, { side, personId, words, at }: CaseLine): Promise<readonly Part[]> {
  const when = atTime(at, call.actor.zone)
  return [
    side === 'person'
      ? t('cases.own.line.you', { at: when })
      : t('cases.own.line.staff', { at: when, name: await nameIn(call, personId) }),
    quote(words),
  ]
}

function whoSees({ one, naming }: OwnCase): Text {
  if (!one.anonymous) return t('cases.own.readers.named')
  return naming?.agreedBy === undefined
    ? t('cases.own.readers.hidden')
    : t('cases.own.readers.opened', { why: t(`cases.name.why.${naming.why}`) })
}

async function thread(call: Asking, id: string, first?: Text): Promise<Message> {
  const own = await call.app.cases.thread(call.actor, id)
  const { one, lines } = own
  const reason = one.pointer['reason']
  const parts = await Promise.all(lines.map((line) => lineParts(call, line)))
  return say(
    ...(first ? [first] : []),
    heading(
      t('cases.own.title', {
        kind: ownKindWords(one.kind),
        at: atTime(one.createdAt, call.actor.zone),
      }),
    ),
    ...(reason === undefined ? [] : [t('cases.one.reason', { why: reasonWords(reason) })]),
    ...(one.kind === 'worry' && one.personId !== undefined
      ? [t('cases.one.about.worry', { name: await nameIn(call, one.personId) })]
      : []),
    ...(parts.length === 0 ? [t('cases.own.none')] : parts.flat()),
    one.state === 'closed'
      ? t('cases.own.closed', { how: closedWords(one) })
      : t(`cases.own.state.${one.state}`),
    ...(one.kind === 'report' || one.kind === 'worry' ? [small(t('cases.own.others'))] : []),
    button(t('cases.own.write'), writeMore, { case: id, next: call.app.newId() }, 'main'),
    button(t('cases.ask.all'), askDoor, {}),
    button(t('help.now.button'), helpNowHere, {}),
    small(whoSees(own)),
  )
}

export const seeOwnCase = defineAction({
  ...ownCaseDoor,
  permit: 'known',
  run: async (call, params) => ({ kind: 'update', message: await thread(call, params.case) }),
})

export const writeMore = defineForm({
  id: 'as.more',
  title: t('cases.own.write'),
  readers: t('cases.ask.readers'),
  permit: 'known',
  hears: 'case',
  params: z.object({ case: z.string().min(1), next: z.string().min(1) }),
  fields: { words: f.paragraph(t('cases.ask.words'), { max }) },
  async run(call, { words }, { case: id, next }) {
    const one = await call.app.cases.write(call.actor, { id, words, next }, call.now)
    return thread(call, one.id, one.id === id ? t('cases.own.written') : sent(one.level))
  },
})

const onCase = z.object({ case: z.string().min(1) })
const readIt = (id: string) => button(t('cases.told.read'), ownCaseDoor, { case: id }, 'main')
const readers = small(t('cases.told.readers'))

export const answeredYou = defineNotice({
  id: 'case-answer',
  permit: 'known',
  params: onCase,
  async render({ app, actor }, { case: id }) {
    const one = actor && (await app.cases.ofOwn(actor, id))
    return one && say(t('cases.told.answer'), readIt(id), readers)
  },
})

export const finishedYours = defineNotice({
  id: 'case-closed',
  permit: 'known',
  params: onCase,
  async render({ app, actor }, { case: id }) {
    const one = actor && (await app.cases.ofOwn(actor, id))
    return one?.state === 'closed' ? say(t('cases.told.closed'), readIt(id), readers) : undefined
  },
})

export const nameWasOpened = defineNotice({
  id: 'name-opened',
  permit: 'known',
  params: onCase,
  async render({ app, actor }, { case: id }) {
    const own = actor && (await app.cases.thread(actor, id).catch(() => undefined))
    if (!own?.naming) return undefined
    return say(
      t('cases.told.name', { why: t(`cases.name.why.${own.naming.why}`) }),
      readIt(id),
      button(t('help.now.button'), helpNowHere, {}),
      readers,
    )
  },
})

export const yourMessageRemoved = defineNotice({
  id: 'message-removed',
  permit: 'known',
  params: onCase,
  render: () => say(t('cases.told.removed'), button(t('cases.ask.new'), newQuestion, {}), readers),
})
