// An alert in the eyes of staff: the page that points, the case itself, taking it, handing it over, finishing it (CR-9 to CR-11).
import { z } from 'zod'
import { defineAction, defineNotice } from '../src/bot.ts'
import type { App } from '../src/app.ts'
import type { Case, CaseKind } from '../src/care/cases/ports.ts'
import type { Person } from '../src/care/members/ports.ts'
import { endings, type Ending, type Looked } from '../src/care/safety/ways.ts'
import type { Call } from '../src/kit/command.ts'
import { button, heading, list, pick, quote, say, small, type Message, type Part } from '../src/kit/reply.ts'
import { t, type Text } from '../src/words/text.ts'
import { checkInForm } from './checkin.ts'
import { helpNowHere } from './help-now.ts'
import { coverageWords } from './words/coverage.ts'
import { askDoor, caseDoor, skillsDoor } from './words/doors.ts'
import { lineWords } from './words/lines.ts'
import { nameWords } from './words/names.ts'
import { atTime, clockTime } from './words/times.ts'

type Asking = Call<App, Person>
const onCase = z.object({ case: z.string().min(1) })
/** Discord's menus hold as many. */
const perMenu = 25

const nameOf = async ({ app, actor }: Asking, personId: string | undefined): Promise<Text> => {
  const name = personId === undefined ? '' : await app.roster.nameOf(actor, personId)
  return nameWords(name)
}

async function stepWords(call: Asking, { steps, way }: Looked): Promise<readonly Text[]> {
  return Promise.all(
    steps.map(async ({ at, what, personId }) => {
      const minutes = way ? Math.floor((at.getTime() - way.startedAt.getTime()) / 60_000) : 0
      return t(`safety.step.${what}`, {
        at: minutes === 0 ? clockTime(at, call.actor.zone) : t('safety.step.after', { minutes }),
        name: await nameOf(call, personId),
      })
    }),
  )
}

const howKnown = (reason: string | undefined) =>
  reason === 'unscreened' || reason === 'said' ? reason : 'machine'

const lateWords = ({ pointer }: Pick<Case, 'pointer'>): readonly Part[] =>
  pointer['late'] === undefined ? [] : [t('safety.alert.late', { minutes: Number(pointer['late']) })]

/** Where the words stood; an alert about something private has none. */
function wordsOf({ one, lines }: Looked): readonly Part[] {
  const said = lines.filter(({ side }) => side === 'person')
  const hearer = one.source === 'room' ? 'room' : (one.pointer['hearer'] ?? 'staff')
  const from = (['private', 'staff', 'group', 'room'] as const).find((each) => each === hearer) ?? 'staff'
  return [
    ...(one.source === 'scale' ? [] : [t(`safety.alert.from.${from}`)]),
    ...said.map(({ words }) => quote(words)),
    small(t(`safety.alert.${howKnown(one.pointer['reason'])}`)),
  ]
}

async function stateOf(call: Asking, { one, way }: Looked): Promise<Text> {
  const zone = call.actor.zone
  if (one.state === 'closed') {
    const how = endings.find((ending) => ending === one.closed) ?? 'safe'
    return t('safety.alert.closed', { name: await nameOf(call, one.closedBy), how: t(`safety.end.${how}`) })
  }
  const by = one.claimedBy
  if (by === undefined) return t('safety.alert.open')
  const at = atTime(one.claimedAt ?? way?.ackAt ?? call.now, zone)
  return by === call.actor.personId
    ? t('safety.alert.taken.you', { at })
    : t('safety.alert.taken', { name: await nameOf(call, by), at })
}

async function page(call: Asking, caseId: string, first?: Text): Promise<Message> {
  const looked = await call.app.alerts.look(call.actor, caseId, call.now)
  const { one, person, steps } = looked
  const isDrill = one.kind === 'drill'
  const isOpen = one.state !== 'closed'
  const isMine = one.claimedBy === call.actor.personId
  const params = { case: caseId }
  const name = person?.name ?? ''
  const country = person && call.app.lines.in(person.country, person.programId, call.visitor)
  return say(
    heading(t(isDrill ? 'safety.alert.title.drill' : 'safety.alert.title')),
    ...(first ? [first] : []),
    ...(isDrill
      ? [t('safety.page.drill')]
      : [
          t(`safety.alert.${one.level}`),
          t('safety.alert.about', {
            name: await nameOf(call, one.personId),
            at: atTime(one.createdAt, call.actor.zone),
          }),
          ...lateWords(one),
          ...wordsOf(looked),
        ]),
    await stateOf(call, looked),
    ...(isOpen && !isMine ? [button(t('safety.alert.take'), takeAlert, params, 'main')] : []),
    ...(isOpen && isMine
      ? [
          button(t('safety.alert.finish'), finishAlert, params, 'main'),
          ...(looked.way ? [button(t('safety.alert.hand'), handOver, params)] : []),
        ]
      : []),
    ...(isOpen && !isDrill ? [t('safety.alert.how', { name })] : []),
    ...(isOpen && !isDrill && country
      ? [small(t('safety.alert.lines')), list(country.lines.flatMap(lineWords))]
      : []),
    ...(steps.length > 0 ? [t('safety.alert.steps'), list(await stepWords(call, looked))] : []),
    small(isDrill ? t('safety.alert.readers.drill') : t('safety.alert.readers', { name })),
  )
}

export const openAlert = defineAction({
  id: 'al.open',
  permit: 'staff',
  params: onCase,
  run: (call, params) => page(call, params.case),
})

export const takeAlert = defineAction({
  id: 'al.take',
  permit: 'staff',
  params: onCase,
  async run(call, params) {
    const taken = await call.app.alerts.take(call.actor, params.case, call.now)
    const first = taken.won
      ? t('safety.alert.took', { minutes: taken.againMinutes })
      : t('safety.alert.lost', { name: await nameOf(call, taken.by) })
    return { kind: 'update', message: await page(call, params.case, first) }
  },
})

export const handOver = defineAction({
  id: 'al.hand',
  permit: 'staff',
  params: onCase,
  async run({ app, actor }, params) {
    const all = await app.duties.staff(actor)
    const choices = all
      .filter(({ personId }) => personId !== actor.personId)
      .map(({ personId, name }) => ({ value: personId, label: name }))
    return {
      kind: 'update',
      message: say(
        ...Array.from({ length: Math.ceil(choices.length / perMenu) }, (_, at) =>
          pick(
            t('safety.alert.hand.to'),
            handTo,
            { ...params, part: String(at) },
            choices.slice(at * perMenu, (at + 1) * perMenu),
          ),
        ),
        ...(choices.length === 0 ? [t('safety.hand-over.nobody')] : []),
        button(t('safety.alert.again'), openAlert, params),
      ),
    }
  },
})

export const handTo = defineAction({
  id: 'al.to',
  permit: 'staff',
  params: onCase.extend({ part: z.string() }),
  async run(call, params, chosen) {
    await call.app.alerts.handOver(call.actor, params.case, chosen ?? '', call.now)
    const first = t('safety.alert.handed', { name: await nameOf(call, chosen) })
    return { kind: 'update', message: await page(call, params.case, first) }
  },
})

const forAlert: readonly Ending[] = ['safe', 'plan', 'services', 'not-a-concern']

export const finishAlert = defineAction({
  id: 'al.end',
  permit: 'staff',
  params: onCase,
  async run(call, params) {
    const { one } = await call.app.alerts.look(call.actor, params.case, call.now)
    const ways: readonly Ending[] = one.kind === 'drill' ? ['drill'] : forAlert
    return {
      kind: 'update',
      message: say(
        t('safety.alert.finish.ask'),
        ...ways.map((how) => button(t(`safety.end.${how}`), endAlert, { ...params, how })),
        button(t('safety.alert.again'), openAlert, params),
      ),
    }
  },
})

export const endAlert = defineAction({
  id: 'al.done',
  permit: 'staff',
  params: onCase.extend({ how: z.enum(endings) }),
  async run(call, { case: caseId, how }) {
    await call.app.alerts.resolve(call.actor, caseId, how, call.now)
    return { kind: 'update', message: await page(call, caseId, t('safety.alert.finished')) }
  },
})

type Pointing = { readonly app: App; readonly programId: string }

/** Undefined when it is over by the time it is sent. */
async function stillOpen({ app, programId }: Pointing, id: string): Promise<Case | undefined> {
  const one = await app.alerts.case(programId, id)
  return one === undefined || one.state === 'closed' ? undefined : one
}
const doorTo = (kind: CaseKind) => (kind === 'alert' || kind === 'drill' ? openAlert : caseDoor)
const pointer = (first: Text, one: Case): Message =>
  say(
    first,
    ...lateWords(one),
    button(t('safety.page.open'), doorTo(one.kind), { case: one.id }, 'main'),
    small(t('safety.page.readers')),
  )

export const paged = defineNotice({
  id: 'page',
  permit: 'staff',
  params: onCase,
  async render(call, params) {
    const one = await stillOpen(call, params.case)
    return one && pointer(t(one.kind === 'drill' ? 'safety.page.drill' : 'safety.page'), one)
  },
})

export const pagedLoud = defineNotice({
  id: 'page-loud',
  permit: 'staff',
  params: onCase,
  async render(call, params) {
    const one = await stillOpen(call, params.case)
    return one && pointer(t(one.kind === 'drill' ? 'safety.page.loud.drill' : 'safety.page.loud'), one)
  },
})

export const toReview = defineNotice({
  id: 'review',
  permit: 'staff',
  params: onCase,
  async render({ app, programId, actor }, params) {
    const one = await app.alerts.case(programId, params.case)
    if (one === undefined || one.state === 'closed') return undefined
    const isAlert = one.kind === 'alert' || one.kind === 'drill'
    if (!isAlert && !(actor && (await app.cases.mayHandle(actor, one)))) return undefined
    return say(
      t('safety.review'),
      ...lateWords(one),
      button(t('safety.page.open'), doorTo(one.kind), params),
      small(t('safety.page.readers')),
    )
  },
})

export const seenByHuman = defineNotice({
  id: 'seen-by-human',
  permit: 'known',
  params: onCase,
  render: () => say(t('safety.seen'), button(t('help.now.button'), helpNowHere, {})),
})

export const careForHelper = defineNotice({
  id: 'care-helper',
  permit: 'staff',
  params: onCase,
  render: () => say(t('safety.care.helper'), small(t('help.readers'))),
})

export const careForWitness = defineNotice({
  id: 'care-witness',
  permit: 'known',
  params: onCase,
  async render({ app, actor, programId, now }) {
    const coverage = await app.alerts.coverage(programId, now)
    return say(
      t('safety.care.witness'),
      button(t('skills.find'), skillsDoor, {}),
      button(t('cases.ask.title'), askDoor, {}),
      button(t('help.now.button'), helpNowHere, {}),
      small(coverageWords(coverage, actor?.zone ?? 'UTC', undefined)),
      small(t('help.readers')),
    )
  },
})

export const careForPerson = defineNotice({
  id: 'care-person',
  permit: 'member',
  params: onCase,
  render: ({ app }) =>
    say(
      t('safety.care.person'),
      button(t('checkins.open'), checkInForm, { ci: app.newId() }),
      button(t('help.now.button'), helpNowHere, {}),
      small(t('help.readers')),
    ),
})
