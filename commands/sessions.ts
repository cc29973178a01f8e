// /sessions: when the program meets, what a member wants before and after, and what members want to bring.
import { z } from 'zod'
import { defineAction, defineCommand, defineForm, defineNotice } from '../src/bot.ts'
import type { App } from '../src/app.ts'
import { groupKinds, type GroupKind } from '../src/care/journal/content.ts'
import type { Person } from '../src/care/members/ports.ts'
import { everyDay, patternOf } from '../src/care/prompts/cron.ts'
import type { Session } from '../src/care/sessions/ports.ts'
import type { Call } from '../src/kit/command.ts'
import * as f from '../src/kit/field.ts'
import { open } from '../src/kit/open.ts'
import { permits } from '../src/kit/permit.ts'
import { button, heading, say, small, update, type Message, type Part } from '../src/kit/reply.ts'
import { t } from '../src/words/text.ts'
import { keepForm, myAgenda, shownLines } from './agenda.ts'
import { writeAbout } from './journal.ts'
import { promptWords } from './words/prompts.ts'
import { atTime } from './words/times.ts'

type Asking = Call<App, Person>
const id = z.string().min(1)
const onSession = z.object({ session: id })
const readers = small(t('sessions.readers'))
const perPage = 4

const askButton = (
  { id: session, name }: Session,
  notice: 'before-session' | 'after-session',
  asked: ReadonlySet<string>,
) => {
  const side = notice === 'before-session' ? 'before' : 'after'
  const on = asked.has(`${notice} ${session}`)
  return button(t(on ? `sessions.${side}.off` : `sessions.${side}.on`, { name }), askAround, {
    session,
    side,
    on: on ? 'n' : 'y',
  })
}

async function page({ app, actor, now }: Asking, from = 0): Promise<Message> {
  const [all, asked] = await Promise.all([app.sessions.list(actor), app.sessions.asked(actor)])
  const takesPart = permits('member', actor.roles)
  const leads = permits('staff', actor.roles)
  return say(
    heading(t('sessions.title')),
    ...(all.length === 0 ? [t('sessions.none')] : []),
    ...all.slice(from, from + perPage).flatMap((one): Part[] => [
      t('sessions.row', {
        name: one.name,
        kind: t(`journal.kind.${one.kind}`),
        at: atTime(app.sessions.next(one, now) ?? now, actor.zone),
        minutes: one.minutes,
      }),
      ...(one.topic === undefined ? [] : [small(t('sessions.topic', { topic: one.topic }))]),
      ...(takesPart ? [askButton(one, 'before-session', asked), askButton(one, 'after-session', asked)] : []),
      ...(leads
        ? [
            button(t('sessions.edit', { name: one.name }), editSession, { session: one.id }),
            button(t('sessions.end', { name: one.name }), endSession, { session: one.id }, 'careful'),
          ]
        : []),
    ]),
    ...(all.length > from + perPage
      ? [button(t('sessions.more'), moreSessions, { from: String(from + perPage) })]
      : []),
    ...(takesPart ? [button(t('agenda.title'), myAgenda, {})] : []),
    ...(leads ? [button(t('sessions.add'), sessionForm, { session: app.newId() })] : []),
    ...(permits('facilitator', actor.roles) ? [button(t('sessions.bring'), shownLines, {})] : []),
    readers,
  )
}

export const sessions = defineCommand({
  name: 'sessions',
  title: t('sessions.command.title'),
  description: t('sessions.command.about'),
  permit: 'known',
  wait: 'privately',
  options: {},
  run: (call) => page(call),
})

export const moreSessions = defineAction({
  id: 'se',
  permit: 'known',
  params: z.object({ from: z.string().regex(/^\d+$/).optional() }),
  run: async (call, { from }) => ({ kind: 'update', message: await page(call, Number(from ?? 0)) }),
})

export const askAround = defineAction({
  id: 'se.ask',
  permit: 'member',
  params: z.object({ session: id, side: z.enum(['before', 'after']), on: z.enum(['y', 'n']) }),
  async run(call, { session, side, on }) {
    await call.app.sessions.ask(call.actor, session, `${side}-session`, on === 'y', call.now)
    return { kind: 'update', message: await page(call) }
  },
})

const dayChoices = everyDay.map((day) => ({ value: String(day), label: t(`reminders.day.${day}`) }))

export const sessionForm = defineForm({
  id: 'se.form',
  title: t('sessions.title'),
  readers: t('sessions.readers'),
  permit: 'staff',
  params: onSession,
  fields: {
    name: f.text(t('sessions.name.label'), { max: 60 }),
    kind: f.choice(
      t('sessions.kind.label'),
      groupKinds.map((value) => ({ value, label: t(`journal.kind.${value}`) })),
    ),
    time: f.time(t('sessions.time.label'), { hint: t('reminders.time.hint') }),
    days: f.choices(t('sessions.days.label'), dayChoices),
    minutes: f.whole(t('sessions.minutes.label'), { min: 10, max: 480 }),
    topic: f.optional(f.text(t('sessions.topic.label'), { max: 80 })),
  },
  async run(call, { kind, days, ...rest }, { session }) {
    const chosen = groupKinds.find((one): one is GroupKind => one === kind) ?? 'support'
    const on = everyDay.filter((day) => days.includes(String(day)))
    await call.app.sessions.save(call.actor, { id: session, kind: chosen, days: on, ...rest }, call.now)
    return page(call)
  },
})

export const editSession = defineAction({
  id: 'se.edit',
  permit: 'staff',
  params: onSession,
  async run({ app, actor }, params) {
    const { name, kind, cron, minutes, topic } = await app.sessions.own(actor, params.session)
    const { time, days } = patternOf(cron)
    const filled = {
      name,
      kind,
      time,
      days: days.map(String),
      minutes,
      ...(topic !== undefined && { topic }),
    }
    return open(sessionForm, actor, params, filled)
  },
})

export const endSession = defineAction({
  id: 'se.end',
  permit: 'staff',
  params: onSession,
  run: (_call, params) =>
    update(
      t('sessions.end.sure'),
      button(t('sessions.end.yes'), endSessionForSure, params, 'careful'),
      button(t('sessions.title'), moreSessions, {}),
    ),
})

export const endSessionForSure = defineAction({
  id: 'se.gone',
  permit: 'staff',
  params: onSession,
  async run(call, { session }) {
    await call.app.sessions.end(call.actor, session, call.now)
    return { kind: 'update', message: await page(call) }
  },
})

const hourMs = 3_600_000
const scheduled = z.object({ schedule: z.string(), occurrence: z.string(), last: z.string().optional() })

/** Says nothing when nothing is on the list. Neutral on a lock screen: the lines open on a tap. */
export const beforeSession = defineNotice({
  id: 'before-session',
  permit: 'member',
  params: scheduled,
  async render({ app, actor, now }, { schedule }) {
    const session = actor && (await app.sessions.ofSchedule(actor, schedule))
    const begins = session && app.sessions.next(session, now)
    // Held up by quiet hours, it may have begun.
    if (!begins || begins.getTime() - now.getTime() > hourMs) return undefined
    const lines = await app.agenda.open(actor)
    if (lines.length === 0) return undefined
    return say(
      t('sessions.before', { count: lines.length }),
      button(t('agenda.title'), myAgenda, {}, 'main'),
      small(t('agenda.readers')),
    )
  },
})

export const afterSession = defineNotice({
  id: 'after-session',
  permit: 'member',
  params: scheduled,
  async render({ app, actor, now }, { schedule, occurrence, last }) {
    const session = actor && (await app.sessions.ofSchedule(actor, schedule))
    if (!session) return undefined
    const [prompt, lines] = await Promise.all([
      app.journalPrompts.afterSession(actor, session, now),
      app.agenda.open(actor),
    ])
    if (!prompt && lines.length === 0) return undefined
    return say(
      ...(prompt
        ? [
            t('sessions.after'),
            promptWords(prompt, actor.language),
            button(t('journal.answer'), writeAbout, { entry: occurrence, prompt: prompt.id }, 'main'),
          ]
        : []),
      ...(lines.length > 0
        ? [
            t('sessions.after.agenda'),
            button(t('sessions.keep'), keepForm, { kept: occurrence, session: session.id }),
          ]
        : []),
      ...(last === 'true' ? [small(t('reminders.prompt.last'))] : []),
      small(t('journal.seen-by.me')),
    )
  },
})
