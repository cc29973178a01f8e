// Running a meeting: the host's screen with its parts, the go-round, and who was there.
import { z } from 'zod'
import { defineAction } from '../src/bot.ts'
import type { App } from '../src/app.ts'
import { phases } from '../src/care/meetings/ports.ts'
import { boxOf, nextPhase } from '../src/care/meetings/rules.ts'
import type { Person } from '../src/care/members/ports.ts'
import type { Call } from '../src/kit/command.ts'
import { button, heading, list, say, small, update, type Update } from '../src/kit/reply.ts'
import { t } from '../src/words/text.ts'
import { backToMeeting, onMeeting, toMeetings } from './words/meeting-doors.ts'
import { clockTime } from './words/times.ts'

type Asking = Call<App, Person>
const readers = small(t('meetings.run.readers'))

async function screen({ app, actor }: Asking, id: string): Promise<Update> {
  const { meeting, group, hosts } = await app.meetings.see(actor, id)
  const { phase, phaseUntil, turn } = meeting
  const on = { meeting: id }
  if (meeting.state !== 'running' || !phase || !phaseUntil)
    return update(t('meetings.ended'), backToMeeting(id), toMeetings, readers)
  const last = nextPhase(phase) === undefined
  return {
    kind: 'update',
    message: say(
      heading(t('meetings.run.title', { name: group.name, phase: t(`meetings.phase.${phase}`) })),
      boxOf(group, meeting, phase).prompt,
      t('meetings.run.until', { at: clockTime(phaseUntil, actor.zone) }),
      ...(hosts
        ? [
            button(t(last ? 'meetings.last.phase' : 'meetings.next.phase'), goOn, { ...on, phase }, 'main'),
            button(t('meetings.extend'), extend, on),
            button(t('meetings.turn.next'), nextTurn, { ...on, turn: String(turn) }),
            button(t('meetings.take-over'), takeOver, on),
            button(t('meetings.end'), endNow, on, 'careful'),
          ]
        : []),
      button(t('meetings.join'), joinRound, on),
      button(t('meetings.pass'), passRound, on),
      backToMeeting(id),
      readers,
    ),
  }
}

export const runMeeting = defineAction({
  id: 'mt.run',
  permit: 'known',
  params: onMeeting,
  run: (call, { meeting }) => screen(call, meeting),
})

export const startMeeting = defineAction({
  id: 'mt.start',
  permit: 'known',
  params: onMeeting,
  async run(call, { meeting }) {
    await call.app.meetings.start(call.actor, meeting, call.now)
    return screen(call, meeting)
  },
})

export const goOn = defineAction({
  id: 'mt.on',
  permit: 'known',
  params: onMeeting.extend({ phase: z.enum(phases) }),
  async run(call, { meeting, phase }) {
    await call.app.meetings.goOn(call.actor, meeting, phase, call.now)
    return screen(call, meeting)
  },
})

export const extend = defineAction({
  id: 'mt.more',
  permit: 'known',
  params: onMeeting,
  async run(call, { meeting }) {
    await call.app.meetings.extend(call.actor, meeting, call.now)
    return screen(call, meeting)
  },
})

export const endNow = defineAction({
  id: 'mt.end',
  permit: 'known',
  params: onMeeting,
  async run(call, { meeting }) {
    await call.app.meetings.end(call.actor, meeting, call.now)
    return screen(call, meeting)
  },
})

export const takeOver = defineAction({
  id: 'mt.host',
  permit: 'known',
  params: onMeeting,
  async run({ app, actor, now }, { meeting }) {
    await app.meetings.takeOver(actor, meeting, now)
    return update(t('meetings.taken-over'), backToMeeting(meeting), readers)
  },
})

export const nextTurn = defineAction({
  id: 'mt.turn',
  permit: 'known',
  params: onMeeting.extend({ turn: z.string().regex(/^\d{1,3}$/) }),
  async run(call, { meeting, turn }) {
    await call.app.meetings.nextTurn(call.actor, meeting, Number(turn), call.now)
    return screen(call, meeting)
  },
})

export const joinRound = defineAction({
  id: 'mt.join',
  permit: 'known',
  params: onMeeting,
  async run({ app, actor, now }, { meeting }) {
    await app.meetings.come(actor, meeting, 'there', now)
    return say(t('meetings.joined'), backToMeeting(meeting), small(t('meetings.readers.told')))
  },
})

export const passRound = defineAction({
  id: 'mt.pass',
  permit: 'known',
  params: onMeeting,
  async run({ app, actor, now }, { meeting }) {
    await app.meetings.come(actor, meeting, 'passed', now)
    return say(t('meetings.passed'), backToMeeting(meeting), small(t('meetings.readers.told')))
  },
})

export const whoWasThere = defineAction({
  id: 'mt.there',
  permit: 'staff',
  params: onMeeting,
  async run({ app, actor, now }, params) {
    const { persons } = await app.meetings.attendance(actor, params.meeting, now)
    return update(
      heading(t('meetings.attendance')),
      persons.length === 0
        ? t('meetings.attendance.none')
        : list(persons.map(({ name }) => t('meetings.attendance.row', { name }))),
      backToMeeting(params.meeting),
      small(t('meetings.attendance.readers')),
    )
  },
})
