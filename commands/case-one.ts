// One case in the eyes of staff: what was said, who has it, and what can be done. What is shown was recorded as read.
import { z } from 'zod'
import { defineAction, defineForm, defineNotice } from '../src/bot.ts'
import type { Looked } from '../src/care/cases/handling.ts'
import { pendingNaming } from '../src/care/cases/naming.ts'
import { closings, closingsOf, namingReasons } from '../src/care/cases/reasons.ts'
import type { SeenLine } from '../src/care/cases/sight.ts'
import * as f from '../src/kit/field.ts'
import { button, heading, link, quote, say, small, type Message, type Part } from '../src/kit/reply.ts'
import { t, type Text } from '../src/words/text.ts'
import { pauseGroup } from './group-make.ts'
import {
  closedWords,
  measureReasonWords,
  nameIn,
  reasonWords,
  staffReaders,
  type Asking,
} from './words/case-words.ts'
import { caseDoor, casesDoor, personDoor, readyAnswersDoor } from './words/doors.ts'
import { atTime } from './words/times.ts'

const onCase = caseDoor.params
const max = 3000

async function lineParts(call: Asking, { side, by, words, at }: SeenLine): Promise<readonly Part[]> {
  const when = atTime(at, call.actor.zone)
  return [
    by === undefined
      ? t('cases.one.line.hidden', { at: when })
      : t(`cases.one.line.${side}`, { at: when, name: await nameIn(call, by) }),
    quote(words),
  ]
}

function reportedParts({ one, reported }: Looked): readonly Part[] {
  if (!reported) return []
  const open = one.link === undefined ? [] : [link(t('cases.one.message.open'), one.link)]
  return reported.kind === 'words'
    ? [t('cases.one.message'), quote(reported.words), ...open]
    : [t(`cases.one.message.${reported.kind}`), ...open]
}

async function measureParts(call: Asking, { measure }: Looked): Promise<readonly Part[]> {
  if (!measure) return []
  const words = await call.app.measures.saidIn(call.actor, measure)
  return [
    t('cases.one.measure', {
      kind: t(`cases.measure.${measure.kind}`),
      at: atTime(measure.since, call.actor.zone),
      why: measureReasonWords(measure.reason),
    }),
    ...(words === undefined ? [] : [t('cases.one.measure.words'), quote(words)]),
  ]
}

async function stateOf(call: Asking, { one }: Looked): Promise<Text> {
  if (one.state === 'closed')
    return t('cases.one.closed', { name: await nameIn(call, one.closedBy), how: closedWords(one) })
  if (one.claimedBy === undefined) return t('cases.one.open')
  if (one.claimedBy === call.actor.personId) return t('cases.one.yours')
  return t('cases.one.taken', {
    name: await nameIn(call, one.claimedBy),
    at: atTime(one.claimedAt ?? call.now, call.actor.zone),
  })
}

/** How far the opening of a name has come, and the next step of it. */
async function namingParts(call: Asking, { one }: Looked): Promise<readonly Part[]> {
  if (!one.anonymous || !one.isHeard) return []
  const { naming } = one
  const params = { case: one.id }
  const why = naming && t(`cases.name.why.${naming.why}`)
  if (naming?.agreedBy !== undefined && why)
    return [
      small(
        t('cases.name.opened.by', {
          first: await nameIn(call, naming.askedBy),
          second: await nameIn(call, naming.agreedBy),
          why,
        }),
      ),
    ]
  const pending = pendingNaming(naming, call.now)
  if (!pending || !why) return [button(t('cases.name.open'), openName, params, 'careful')]
  const until = atTime(new Date(pending.askedAt.getTime() + 86_400_000), call.actor.zone)
  return [
    t('cases.name.waits', { name: await nameIn(call, pending.askedBy), why, until }),
    ...(pending.askedBy === call.actor.personId
      ? []
      : [button(t('cases.name.agree'), openName, params, 'careful')]),
  ]
}

function acts(call: Asking, { one, group, leads, reported, measure }: Looked): readonly Part[] {
  const params = { case: one.id }
  const isMine = one.state === 'claimed' && one.claimedBy === call.actor.personId
  const person = one.personId ?? measure?.personId
  return [
    ...(one.state === 'open' ? [button(t('cases.take'), takeCase, params, 'main')] : []),
    ...(one.state === 'claimed' && !isMine ? [button(t('cases.over'), takeOver, params)] : []),
    ...(isMine && one.isHeard
      ? [
          button(t('cases.answer'), answerForm, params, 'main'),
          button(t('cases.ready'), readyAnswersDoor, params),
        ]
      : []),
    button(t('cases.note'), noteForm, params),
    ...(isMine && reported && reported.kind !== 'gone'
      ? [button(t('cases.remove'), removeMessage, params, 'careful')]
      : []),
    ...(person === undefined ? [] : [button(t('cases.person'), personDoor, { ...params, who: person })]),
    ...(group && leads && group.state === 'open'
      ? [button(t('cases.slow'), slowRoom, params), button(t('cases.pause'), pauseGroup, { group: group.id })]
      : []),
    ...(isMine ? [button(t('cases.close'), closeCase, params)] : []),
  ]
}

async function page(call: Asking, id: string, first?: Text): Promise<Message> {
  const looked = await call.app.cases.look(call.actor, id, call.now)
  const { one, lines, group } = looked
  const at = atTime(one.createdAt, call.actor.zone)
  const about =
    one.personId !== undefined && (one.kind === 'report' || one.kind === 'worry') ? one.kind : undefined
  const parts = await Promise.all(lines.map((line) => lineParts(call, line)))
  return say(
    ...(first ? [first] : []),
    heading(t(`safety.kind.${one.kind}`)),
    ...(one.level === 'normal' ? [] : [t(`cases.level.${one.level}`)]),
    one.anonymous && one.raisedBy === undefined
      ? t('cases.one.from.hidden', { at })
      : t('cases.one.from', { name: await nameIn(call, one.raisedBy), at }),
    ...(one.reason === undefined ? [] : [t('cases.one.reason', { why: reasonWords(one.reason) })]),
    ...(group ? [t('cases.one.group', { name: group.name })] : []),
    ...(about ? [t(`cases.one.about.${about}`, { name: await nameIn(call, one.personId) })] : []),
    ...reportedParts(looked),
    ...(await measureParts(call, looked)),
    ...(parts.length === 0 ? [t('cases.one.words.none')] : parts.flat()),
    await stateOf(call, looked),
    ...acts(call, looked),
    ...(await namingParts(call, looked)),
    ...(one.beforeId === undefined ? [] : [button(t('cases.one.before'), caseDoor, { case: one.beforeId })]),
    button(t('cases.back'), casesDoor, {}),
    staffReaders,
  )
}
const shown = async (message: Promise<Message>) => ({ kind: 'update', message: await message }) as const

export const openCase = defineAction({
  ...caseDoor,
  permit: 'staff',
  run: (call, params) => shown(page(call, params.case)),
})

export const takeCase = defineAction({
  id: 'ca.take',
  permit: 'staff',
  params: onCase,
  async run(call, params) {
    const { won, by } = await call.app.cases.take(call.actor, params.case, call.now)
    const first = won ? t('cases.took') : t('cases.lost', { name: await nameIn(call, by) })
    return shown(page(call, params.case, first))
  },
})

export const takeOver = defineAction({
  id: 'ca.over',
  permit: 'staff',
  params: onCase,
  async run(call, params) {
    await call.app.cases.takeOver(call.actor, params.case, call.now)
    return shown(page(call, params.case, t('cases.took')))
  },
})

export const answerForm = defineForm({
  id: 'ca.say',
  title: t('cases.answer'),
  readers: t('cases.answer.readers'),
  permit: 'staff',
  hears: 'staff',
  params: onCase,
  fields: { words: f.paragraph(t('cases.answer.words'), { max }) },
  async run(call, { words }, params) {
    await call.app.cases.answer(call.actor, params.case, words, call.now)
    return page(call, params.case, t('cases.answered'))
  },
})

export const noteForm = defineForm({
  id: 'ca.note',
  title: t('cases.note'),
  readers: t('cases.note.readers'),
  permit: 'staff',
  hears: 'staff',
  params: onCase,
  fields: { words: f.paragraph(t('cases.note.words'), { max }) },
  async run(call, { words }, params) {
    await call.app.cases.note(call.actor, params.case, words, call.now)
    return page(call, params.case, t('cases.noted'))
  },
})

export const closeCase = defineAction({
  id: 'ca.end',
  permit: 'staff',
  params: onCase,
  async run({ app, actor, now }, params) {
    const { one } = await app.cases.look(actor, params.case, now)
    return shown(
      Promise.resolve(
        say(
          t('cases.close.ask'),
          ...closingsOf(one.kind).map((how) => button(t(`cases.closed.${how}`), endCase, { ...params, how })),
          button(t('cases.close.to'), caseDoor, params),
          staffReaders,
        ),
      ),
    )
  },
})

export const endCase = defineAction({
  id: 'ca.done',
  permit: 'staff',
  params: onCase.extend({ how: z.enum(closings) }),
  async run(call, { case: id, how }) {
    await call.app.cases.close(call.actor, id, how, call.now)
    return shown(page(call, id, t('cases.finished')))
  },
})

export const removeMessage = defineAction({
  id: 'ca.rm',
  permit: 'staff',
  params: onCase,
  async run({ app, actor, now }, params) {
    await app.cases.look(actor, params.case, now)
    return shown(
      Promise.resolve(
        say(
          t('cases.remove.sure'),
          button(t('cases.remove.yes'), removeForSure, params, 'careful'),
          button(t('cases.close.to'), caseDoor, params),
          staffReaders,
        ),
      ),
    )
  },
})

export const removeForSure = defineAction({
  id: 'ca.gone',
  permit: 'staff',
  params: onCase,
  async run(call, params) {
    const byHand = await call.app.cases.removeMessage(call.actor, params.case, call.now)
    const first = byHand === undefined || byHand === 'gone' ? t('cases.removed') : t('cases.remove.by-hand')
    return shown(page(call, params.case, first))
  },
})

const paces = ['0', '30', '120', '600'] as const

export const slowRoom = defineAction({
  id: 'ca.slow',
  permit: 'staff',
  params: onCase,
  async run({ app, actor, now }, params) {
    await app.cases.look(actor, params.case, now)
    return shown(
      Promise.resolve(
        say(
          t('cases.slow.ask'),
          ...paces.map((pace) => button(t(`cases.slow.${pace}`), slowForSure, { ...params, seconds: pace })),
          button(t('cases.close.to'), caseDoor, params),
          staffReaders,
        ),
      ),
    )
  },
})

export const slowForSure = defineAction({
  id: 'ca.pace',
  permit: 'staff',
  params: onCase.extend({ seconds: z.enum(paces) }),
  async run(call, { case: id, seconds }) {
    const byHand = await call.app.cases.slow(call.actor, id, Number(seconds), call.now)
    const first = t(byHand === undefined ? 'cases.slow.done' : 'cases.slow.by-hand')
    return shown(page(call, id, first))
  },
})

export const openName = defineForm({
  id: 'ca.name',
  title: t('cases.name.form'),
  readers: t('cases.name.form.readers'),
  permit: 'staff',
  params: onCase,
  fields: {
    why: f.choice(
      t('cases.name.form.why'),
      namingReasons.map((value) => ({ value, label: t(`cases.name.why.${value}`) })),
      { hint: t('cases.name.form.hint') },
    ),
  },
  async run(call, { why }, params) {
    const reason = namingReasons.find((one) => one === why) ?? 'danger'
    const { opened } = await call.app.cases.openName(call.actor, params.case, reason, call.now)
    return page(call, params.case, t(opened ? 'cases.name.opened' : 'cases.name.asked'))
  },
})

export const nameWanted = defineNotice({
  id: 'name-asked',
  permit: 'staff',
  params: onCase,
  async render({ app, actor, now }, params) {
    const one = actor && (await app.cases.staffCase(actor, params.case))
    if (!one || !pendingNaming(one.naming, now)) return undefined
    return say(
      t('cases.told.name-asked'),
      button(t('safety.page.open'), caseDoor, params, 'main'),
      small(t('safety.page.readers')),
    )
  },
})
