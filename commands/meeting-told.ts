// What is said about meetings without being asked. Each looks again at how things stand when it is sent.
import { z } from 'zod'
import { defineNotice } from '../src/bot.ts'
import type { App } from '../src/app.ts'
import { phases, type Meeting } from '../src/care/meetings/ports.ts'
import { boxOf } from '../src/care/meetings/rules.ts'
import type { Group } from '../src/care/groups/ports.ts'
import { isInside, leads } from '../src/care/groups/rules.ts'
import type { Person } from '../src/care/members/ports.ts'
import { button, heading, say, sayInRoom, small, type Message, type Part } from '../src/kit/reply.ts'
import { t, type Text } from '../src/words/text.ts'
import { joinRound, nextTurn, passRound } from './meeting-run.ts'
import { writeAbout } from './journal.ts'
import { meetingDoor, onMeeting } from './words/meeting-doors.ts'
import { atTime } from './words/times.ts'

const about = onMeeting.extend({ group: z.string().min(1) })
type Asked = {
  readonly app: App
  readonly actor: Person | undefined
  readonly programId: string
  readonly now: Date
}
type Found = { readonly meeting: Meeting; readonly group: Group }

async function mayHear(app: App, actor: Person, group: Group): Promise<boolean> {
  const seat = await app.groups.seatIn(actor, group.id)
  return isInside(group, seat) || leads(actor, seat)
}

async function found({ app, actor, programId }: Asked, id: string): Promise<Found | undefined> {
  const meeting = await app.meetings.named(programId, id)
  const group = meeting && (await app.groups.named(programId, meeting.groupId))
  if (!meeting || !group || group.state === 'archived') return undefined
  if (actor && !(await mayHear(app, actor, group))) return undefined
  return { meeting, group }
}

const said = (actor: Person | undefined, ...parts: readonly Part[]): Message =>
  actor
    ? say(...parts, small(t('meetings.readers.told')))
    : sayInRoom(...parts, small(t('meetings.readers.room')))

const told = (id: string, words: (one: Found & { readonly at: Text }) => Text, opens: boolean) =>
  defineNotice({
    id,
    permit: 'known',
    params: about,
    async render(call, { meeting }) {
      const one = await found(call, meeting)
      if (!one) return undefined
      const zone = call.actor?.zone ?? one.group.zone ?? 'UTC'
      const text = words({ ...one, at: atTime(one.meeting.startsAt, zone) })
      const see = button(t('meetings.title'), meetingDoor, { meeting })
      return said(call.actor, text, ...(opens ? [see] : []))
    },
  })

export const meetingChanged = told(
  'meeting-changed',
  ({ group }) => t('meetings.told.changed', { name: group.name }),
  true,
)
export const meetingCancelled = told(
  'meeting-cancelled',
  ({ group, at }) => t('meetings.told.cancelled', { name: group.name, at }),
  true,
)
export const meetingsEnded = told(
  'meeting-ended-series',
  ({ group, at }) => t('meetings.told.ended', { name: group.name, at }),
  true,
)
export const meetingClosed = told('meeting-closed', () => t('meetings.told.closed'), false)

/** Their old dates are there no more, so the group alone is named. */
const ofGroup = (id: string, words: (group: Group) => Text) =>
  defineNotice({
    id,
    permit: 'known',
    params: z.object({ group: z.string().min(1), meeting: z.string().optional() }),
    async render({ app, actor, programId }, params) {
      const group = await app.groups.named(programId, params.group)
      if (!group || group.state === 'archived') return undefined
      if (actor && !(await mayHear(app, actor, group))) return undefined
      return said(actor, words(group))
    },
  })
export const meetingsMoved = ofGroup('meeting-moved', ({ name }) => t('meetings.told.moved', { name }))
export const noHost = ofGroup('meeting-no-host', () => t('meetings.told.no-host'))

export const meetingSoon = defineNotice({
  id: 'meeting-soon',
  permit: 'known',
  params: about.extend({ starts: z.string() }),
  async render(call, { meeting: id, starts }) {
    const one = call.actor && (await found(call, id))
    if (!one || one.meeting.state !== 'planned') return undefined
    const { startsAt } = one.meeting
    if (String(startsAt.getTime()) !== starts || startsAt <= call.now) return undefined
    const rsvps = await call.app.meetings.answers(call.programId, id)
    const own = rsvps.find(({ personId }) => personId === call.actor?.personId)
    if (own?.answer !== 'yes') return undefined
    const at = atTime(startsAt, call.actor?.zone ?? 'UTC')
    return said(
      call.actor,
      t('meetings.told.soon', { at }),
      button(t('meetings.title'), meetingDoor, { meeting: id }),
    )
  },
})

export const meetingPhase = defineNotice({
  id: 'meeting-phase',
  permit: 'known',
  params: about.extend({ phase: z.enum(phases) }),
  async render(call, { meeting: id, phase }) {
    const one = await found(call, id)
    if (!one || one.meeting.state !== 'running' || one.meeting.phase !== phase) return undefined
    const { prompt, minutes } = boxOf(one.group, one.meeting, phase)
    return said(
      undefined,
      heading(t(`meetings.phase.${phase}`)),
      prompt,
      t('meetings.phase.minutes', { minutes }),
      button(t('meetings.join'), joinRound, { meeting: id }),
      button(t('meetings.pass'), passRound, { meeting: id }),
    )
  },
})

export const meetingBox = defineNotice({
  id: 'meeting-box',
  permit: 'known',
  params: about.extend({ phase: z.enum(phases), ends: z.string() }),
  async render(call, { meeting: id, phase, ends }) {
    const one = await found(call, id)
    const { phaseUntil, state } = one?.meeting ?? {}
    if (state !== 'running' || String(phaseUntil?.getTime()) !== ends) return undefined
    return said(undefined, t('meetings.box', { phase: t(`meetings.phase.${phase}`) }))
  },
})

export const meetingTurn = defineNotice({
  id: 'meeting-turn',
  permit: 'known',
  params: about.extend({ turn: z.string() }),
  async render(call, { meeting: id, turn }) {
    const one = await found(call, id)
    if (!one || one.meeting.state !== 'running' || String(one.meeting.turn) !== turn) return undefined
    const who = one.meeting.turns[one.meeting.turn]
    const [person] = who === undefined ? [] : await call.app.groups.telling.persons(call.programId, [who])
    if (!person) return said(undefined, t('meetings.turn.end'))
    return said(
      undefined,
      t('meetings.turn', { name: person.name }),
      button(t('meetings.turn.next'), nextTurn, { meeting: id, turn }),
    )
  },
})

export const afterMeeting = defineNotice({
  id: 'meeting-after',
  permit: 'member',
  params: about,
  async render(call, { meeting: id }) {
    const { app, actor, now } = call
    const one = actor && (await found(call, id))
    if (!one || one.group.kind === 'everyone') return undefined
    const of = { kind: one.group.kind, topic: one.meeting.topic }
    const prompt = await app.journalPrompts.afterSession(actor, of, now)
    if (!prompt) return undefined
    const write = button(t('journal.answer'), writeAbout, { entry: app.newId(), prompt: prompt.id }, 'main')
    return said(actor, t('meetings.told.after'), write)
  },
})
