// /meetings: what comes in my groups, in my own time, and one meeting with who says yes.
import { z } from 'zod'
import { defineAction, defineCommand } from '../src/bot.ts'
import type { App } from '../src/app.ts'
import type { SeenMeeting } from '../src/care/meetings/access.ts'
import { calendarFile } from '../src/care/meetings/calendar-file.ts'
import { answers, type Meeting } from '../src/care/meetings/ports.ts'
import type { Person } from '../src/care/members/ports.ts'
import type { Call } from '../src/kit/command.ts'
import { button, file, heading, say, small, update, type Message, type Part } from '../src/kit/reply.ts'
import { render } from '../src/words/render.ts'
import { t, type TextArg } from '../src/words/text.ts'
import { askCancel, changeMeeting, planMeeting } from './meeting-plan.ts'
import { runMeeting, startMeeting, takeOver, whoWasThere } from './meeting-run.ts'
import { groupsDoor } from './words/group-doors.ts'
import { backToMeeting, meetingDoor, meetingsDoor, onMeeting, toMeetings } from './words/meeting-doors.ts'
import { atTime } from './words/times.ts'

type Asking = Call<App, Person>
const perPage = 6

async function page({ app, actor, now }: Asking, from: number): Promise<Message> {
  const { rows, led } = await app.meetings.list(actor, now, { skip: from, limit: perPage + 1 })
  return say(
    heading(t('meetings.title')),
    ...(rows.length === 0 ? [t('meetings.none')] : []),
    ...rows.slice(0, perPage).flatMap(({ meeting, group }): readonly Part[] => {
      const at = atTime(meeting.startsAt, actor.zone)
      const on = { meeting: meeting.id }
      const running = meeting.state === 'running'
      return [
        t(running ? 'meetings.row.running' : 'meetings.row', { name: group.name, at }),
        button(t('meetings.see', { at }), meetingDoor, on),
      ]
    }),
    ...(rows.length > perPage
      ? [button(t('meetings.more'), meetingsDoor, { from: String(from + perPage) })]
      : []),
    ...(from > 0 ? [button(t('meetings.back'), meetingsDoor, {})] : []),
    ...led
      .slice(0, perPage)
      .map(({ id, name }) => button(t('meetings.plan', { name }), planMeeting, { group: id })),
    button(t('groups.title'), groupsDoor, {}),
    small(t('meetings.readers')),
  )
}

export const meetings = defineCommand({
  name: 'meetings',
  title: t('meetings.command.title'),
  description: t('meetings.command.about'),
  permit: 'known',
  wait: 'privately',
  options: {},
  run: (call) => page(call, 0),
})

export const listMeetings = defineAction({
  ...meetingsDoor,
  permit: 'known',
  run: async (call, { from }) => ({ kind: 'update', message: await page(call, Number(from ?? 0)) }),
})

const names = async ({ app, actor }: Asking, ids: readonly string[]): Promise<TextArg> =>
  (await app.groups.telling.persons(actor.programId, ids)).map(({ name }) => name).join(', ')

async function who(call: Asking, { id, programId }: Meeting): Promise<readonly Part[]> {
  const rsvps = await call.app.meetings.answers(programId, id)
  const own = rsvps.find(({ personId }) => personId === call.actor.personId)?.answer
  const rows = await Promise.all(
    answers.map(async (answer) => {
      const ids = rsvps.filter((one) => one.answer === answer).map(({ personId }) => personId)
      return ids.length === 0 ? [] : [t(`meetings.who.${answer}`, { names: await names(call, ids) })]
    }),
  )
  const said = rows.flat()
  return [
    ...(said.length === 0 ? [t('meetings.who.none')] : said),
    ...(own ? [small(t(`meetings.said.${own}`))] : []),
  ]
}

const leading = ({ meeting }: SeenMeeting): readonly Part[] => {
  const scopes = meeting.seriesId === undefined ? (['one'] as const) : (['one', 'all'] as const)
  return scopes.flatMap((scope) => [
    button(t(`meetings.change.${scope}`), changeMeeting, { meeting: meeting.id, scope }),
    button(t(`meetings.cancel.${scope}`), askCancel, { meeting: meeting.id, scope }, 'careful'),
  ])
}

async function card(call: Asking, seen: SeenMeeting): Promise<Message> {
  const { meeting, group, hosts, leads } = seen
  const on = { meeting: meeting.id }
  const planned = meeting.state === 'planned'
  const host = meeting.hostId === undefined ? '' : await names(call, [meeting.hostId])
  return say(
    heading(t('meetings.row', { name: group.name, at: atTime(meeting.startsAt, call.actor.zone) })),
    t('meetings.at', { at: atTime(meeting.startsAt, call.actor.zone), minutes: meeting.minutes }),
    ...(meeting.topic === undefined ? [] : [t('meetings.topic', { topic: meeting.topic })]),
    ...(host === '' ? [] : [t('meetings.host', { name: host })]),
    ...(meeting.state === 'planned' ? [] : [t(`meetings.state.${meeting.state}`)]),
    ...(await who(call, meeting)),
    ...(planned
      ? answers.map((answer) => button(t(`meetings.answer.${answer}`), sayIfCome, { ...on, answer }))
      : []),
    button(t('meetings.calendar'), takeCalendarFile, on),
    ...(hosts && planned
      ? [button(t('meetings.start'), startMeeting, on, 'main'), button(t('meetings.take-over'), takeOver, on)]
      : []),
    ...(meeting.state === 'running' ? [button(t('meetings.state.running'), runMeeting, on, 'main')] : []),
    ...(leads && planned ? leading(seen) : []),
    ...(leads && !planned ? [button(t('meetings.attendance'), whoWasThere, on)] : []),
    toMeetings,
    small(t('meetings.readers.card')),
  )
}

export const seeMeeting = defineAction({
  ...meetingDoor,
  permit: 'known',
  run: async (call, { meeting }) => ({
    kind: 'update',
    message: await card(call, await call.app.meetings.see(call.actor, meeting)),
  }),
})

export const sayIfCome = defineAction({
  id: 'mt.say',
  permit: 'known',
  params: onMeeting.extend({ answer: z.enum(answers) }),
  async run(call, { meeting, answer }) {
    await call.app.meetings.answer(call.actor, meeting, answer, call.now)
    return { kind: 'update', message: await card(call, await call.app.meetings.see(call.actor, meeting)) }
  },
})

export const takeCalendarFile = defineAction({
  id: 'mt.ics',
  permit: 'known',
  params: onMeeting,
  async run({ app, actor, language, now }, params) {
    const { meeting } = await app.meetings.see(actor, params.meeting)
    const bytes = calendarFile(meeting, render(t('meetings.calendar.event'), language), now)
    return update(
      file('meeting.ics', bytes, 'text/calendar', t('meetings.calendar.file')),
      backToMeeting(meeting.id),
      small(t('meetings.readers.told')),
    )
  },
})
