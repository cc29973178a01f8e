// /mydata: what is kept and why, who looked, what was agreed; take it along, or have it erased.
import { z } from 'zod'
import { defineAction, defineCommand, defineForm, defineNotice } from '../src/bot.ts'
import type { App } from '../src/app.ts'
import type { Person } from '../src/care/members/ports.ts'
import type { Call } from '../src/kit/command.ts'
import * as f from '../src/kit/field.ts'
import { permits } from '../src/kit/permit.ts'
import {
  button,
  file,
  heading,
  list,
  say,
  small,
  update,
  type Message,
  type Reply,
} from '../src/kit/reply.ts'
import { Refusal } from '../src/words/refusal.ts'
import { t, type Text } from '../src/words/text.ts'
import { daysKeptLines } from './retention.ts'
import { roleWords } from './words/roles.ts'
import { dayWords } from './words/days.ts'
import { atTime } from './words/times.ts'

type Asking = Call<App, Person>
const none = z.object({})
const id = z.string().min(1)
const readers = small(t('mydata.readers'))
const perPage = 10

const named = [
  'check-in',
  'journal',
  'urge',
  'slip',
  'recovery',
  'plan',
  'letter',
  'hard-date',
  'scale',
  'skill-use',
] as const
const kindWords = (kind: string): Text => {
  const known = named.find((one) => one === kind)
  return t(known ? `mydata.kind.${known}` : 'mydata.kind.other')
}
const opened = ['alert', 'check-in', 'journal', 'plan', 'scale', 'agenda'] as const
const openedWords = (what: string): Text => {
  const known = opened.find((one) => one === what)
  return t(known ? `mydata.seen.${known}` : 'mydata.seen.other')
}

async function page({ app, actor }: Asking): Promise<Message> {
  const [rows, asked] = await Promise.all([app.privacy.count(actor), app.privacy.erasureAsked(actor)])
  return say(
    heading(t('mydata.title')),
    ...(rows.length === 0
      ? [t('mydata.kept.none')]
      : [
          t('mydata.kept'),
          list(
            rows.map(({ kind, rows: count, since }) =>
              t('mydata.kept.row', {
                what: kindWords(kind),
                rows: count,
                day: dayWords(since.toISOString().slice(0, 10)),
              }),
            ),
          ),
        ]),
    t('mydata.kept.why'),
    t('retention.member'),
    list(daysKeptLines(app, actor.program.retention)),
    small(t('retention.never')),
    button(t('mydata.seen'), whoLooked, {}),
    button(t('mydata.consents'), agreed, {}),
    button(t('mydata.export'), takeAlong, {}),
    ...(permits('member', actor.roles) ? [button(t('mydata.import'), bringForm, {})] : []),
    ...(asked
      ? [
          t('mydata.erase.asked', { at: atTime(asked.at, actor.zone), receipt: asked.receipt }),
          button(t('mydata.erase.keep'), keepMyData, {}, 'main'),
        ]
      : [button(t('mydata.erase'), askErase, {}, 'careful')]),
    readers,
  )
}

export const mydata = defineCommand({
  name: 'mydata',
  title: t('mydata.command.title'),
  description: t('mydata.command.about'),
  permit: 'known',
  wait: 'privately',
  options: {},
  run: (call) => page(call),
})

export const openMyData = defineAction({
  id: 'my',
  permit: 'known',
  params: none,
  run: async (call) => ({ kind: 'update', message: await page(call) }),
})

async function lookedPage({ app, actor }: Asking, from: number): Promise<Message> {
  const all = await app.members.readings(actor)
  const shown = all.slice(from, from + perPage)
  return say(
    heading(t('mydata.seen')),
    ...(all.length === 0
      ? [t('mydata.seen.none')]
      : [
          list(
            shown.map(({ at, readerRole, what }) =>
              t('mydata.seen.row', {
                at: atTime(at, actor.zone),
                role: roleWords(readerRole),
                what: openedWords(what),
              }),
            ),
          ),
        ]),
    ...(all.length > from + perPage
      ? [button(t('mydata.more'), whoLooked, { from: String(from + perPage) })]
      : []),
    button(t('mydata.back'), openMyData, {}),
    readers,
  )
}

export const whoLooked = defineAction({
  id: 'my.seen',
  permit: 'known',
  params: z.object({ from: z.string().regex(/^\d+$/).optional() }),
  run: async (call, { from }) => ({ kind: 'update', message: await lookedPage(call, Number(from ?? 0)) }),
})

export const agreed = defineAction({
  id: 'my.agreed',
  permit: 'known',
  params: none,
  async run({ app, actor }) {
    const [consents, shares, mayAlert] = await Promise.all([
      app.members.consents(actor),
      app.privacy.shares(actor),
      app.members.mayAlert(actor),
    ])
    return update(
      heading(t('mydata.consents')),
      list(
        consents.map(({ given, version, at }) =>
          t(given ? 'mydata.consents.given' : 'mydata.consents.back', {
            day: dayWords(at.toISOString().slice(0, 10)),
            version,
          }),
        ),
      ),
      t('mydata.consents.shares', { count: shares }),
      ...(shares > 0 ? [button(t('mydata.consents.unshare'), unshareAll, {})] : []),
      t('safety.alone.ask'),
      small(t(mayAlert ? 'safety.alone.is-yes' : 'safety.alone.is-no')),
      button(t(mayAlert ? 'safety.alone.no' : 'safety.alone.yes'), mayAlertStaff, {
        may: mayAlert ? 'n' : 'y',
      }),
      button(t('mydata.back'), openMyData, {}),
      readers,
    )
  },
})

export const mayAlertStaff = defineAction({
  id: 'my.alert',
  permit: 'known',
  params: z.object({ may: z.enum(['y', 'n']) }),
  async run({ app, actor, visitor, now }, { may }): Promise<Reply> {
    await app.members.setMayAlert(actor, may === 'y', visitor.platform, now)
    return update(
      t(may === 'y' ? 'safety.alone.is-yes' : 'safety.alone.is-no'),
      button(t('mydata.consents'), agreed, {}),
      readers,
    )
  },
})

export const unshareAll = defineAction({
  id: 'my.unshare',
  permit: 'known',
  params: none,
  async run({ app, actor }) {
    await app.privacy.unshareAll(actor)
    return update(t('mydata.consents.unshared'), button(t('mydata.back'), openMyData, {}), readers)
  },
})

export const takeAlong = defineAction({
  id: 'my.take',
  permit: 'known',
  params: none,
  async run({ app, actor, now, language }) {
    const zip = await app.privacy.export(actor, language, now)
    const name = `handrail-${now.toISOString().slice(0, 10)}.zip`
    return say(
      t('mydata.export.ready'),
      file(name, zip, 'application/zip', t('mydata.export.file')),
      small(t('mydata.export.notice')),
      readers,
    )
  },
})

/** Who may take part may bring what they wrote elsewhere. */
export const bringForm = defineForm({
  id: 'my.bring',
  title: t('mydata.import'),
  readers: t('mydata.readers'),
  permit: 'member',
  params: none,
  fields: { file: f.file(t('mydata.import.label'), { max: 8_000_000 }) },
  async run({ app, actor, now }, { file: upload }) {
    const brought = await app.privacy.import(actor, await upload.read(), now)
    return say(
      t('mydata.import.done', { added: brought.added, found: brought.found }),
      small(
        t('mydata.import.signed', {
          day: dayWords(brought.at.toISOString().slice(0, 10)),
          fingerprint: brought.fingerprint,
        }),
      ),
      button(t('mydata.back'), openMyData, {}),
      readers,
    )
  },
})

export const askErase = defineAction({
  id: 'my.erase',
  permit: 'known',
  params: none,
  run: ({ app }) =>
    update(
      t('mydata.erase.about'),
      t('mydata.erase.offer'),
      button(t('mydata.export'), takeAlong, {}, 'main'),
      button(t('mydata.erase.tomorrow'), eraseTomorrow, { erasure: app.newId() }, 'careful'),
      button(t('mydata.erase.now'), eraseForm, { erasure: app.newId() }, 'careful'),
      button(t('mydata.back'), openMyData, {}),
      readers,
    ),
})

export const eraseTomorrow = defineAction({
  id: 'my.gone',
  permit: 'known',
  params: z.object({ erasure: id }),
  async run({ app, actor, now }, { erasure }) {
    const { receipt, at } = await app.privacy.askErasure(actor, erasure, now)
    return update(
      t('mydata.erase.asked', { at: atTime(at, actor.zone), receipt }),
      button(t('mydata.erase.keep'), keepMyData, {}, 'main'),
      readers,
    )
  },
})

/** Typed, because a finger on a borrowed phone may slip (feature row 113). */
export const eraseForm = defineForm({
  id: 'my.now',
  title: t('mydata.erase.now'),
  readers: t('mydata.readers'),
  permit: 'known',
  params: z.object({ erasure: id }),
  fields: { word: f.text(t('mydata.erase.word.label'), { max: 20 }) },
  async run({ app, actor, now }, { word }, { erasure }) {
    if (!['erase', 'borrar'].includes(word.trim().toLowerCase()))
      throw new Refusal(t('mydata.erase.word.wrong'), 'word')
    const { id: receipt, doneAt, counts } = await app.privacy.eraseNow(actor, erasure, now)
    return say(
      t('mydata.erase.done', {
        receipt,
        day: dayWords(doneAt.toISOString().slice(0, 10)),
        rows: Object.values(counts).reduce((sum, one) => sum + one, 0),
      }),
    )
  },
})

export const keepMyData = defineAction({
  id: 'my.keep',
  permit: 'known',
  params: none,
  async run(call) {
    await call.app.privacy.keepAll(call.actor)
    return update(t('mydata.erase.kept'), button(t('mydata.back'), openMyData, {}), readers)
  },
})

export const erasing = defineNotice({
  id: 'erasing',
  permit: 'known',
  params: z.object({ erasure: id }),
  async render({ app, actor }, { erasure }) {
    const person = actor && (await app.members.now(actor))
    const asked = person && (await app.privacy.erasureAsked(person))
    if (asked?.receipt !== erasure) return undefined
    return say(t('mydata.erase.notice'), button(t('mydata.erase.keep'), keepMyData, {}, 'main'), readers)
  },
})
