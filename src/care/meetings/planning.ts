// Planning meetings by the clock of the group: one or every week, moved, changed or called off, and who comes (S2, rows 58 to 61).
import { Refusal } from '../../words/refusal.ts'
import { t } from '../../words/text.ts'
import { notFound } from '../entries/keeping.ts'
import { auditOf, type Access } from '../groups/access.ts'
import type { Group, Groups } from '../groups/ports.ts'
import type { Telling } from '../groups/telling.ts'
import type { Announcement, Person } from '../members/ports.ts'
import { cronOf } from '../prompts/cron.ts'
import type { Weekday } from '../prompts/ports.ts'
import type { When } from '../prompts/when.ts'
import type { MeetingAccess } from './access.ts'
import type { Meeting, Meetings, RsvpAnswer, Series } from './ports.ts'
import { ahead, hostFor, later, slotsOf } from './rules.ts'

const dayMs = 86_400_000

export type MeetingInput = {
  /** A local day and time by the clock of the group. */
  readonly day: string
  readonly time: string
  readonly minutes: number
  readonly topic?: string | undefined
}
/** This one alone, or it and all that follow. */
export type Scope = 'one' | 'all'

export type PlanningParts = {
  readonly meetings: Meetings
  readonly groups: Pick<Groups, 'seats'>
  readonly leading: Pick<Access, 'ledToChange'>
  readonly access: MeetingAccess
  readonly telling: Telling
  readonly when: When
  readonly newId: () => string
}

/** The reminder comes this long before. */
const reminderMinutes = 60

const zoneOf = ({ zone }: Group, { program }: Person): string => zone ?? program.zone
const topicOf = (typed: string | undefined): string | undefined => typed?.trim() || undefined

const weekdayOf = (day: string): Weekday => {
  const on = new Date(`${day}T12:00:00Z`).getUTCDay()
  return (on === 0 ? 7 : on) as Weekday
}

export function planningOf(parts: PlanningParts) {
  const { meetings, groups, leading, access, telling, when, newId } = parts

  function startOf(group: Group, person: Person, { day, time }: MeetingInput, now: Date): Date {
    const at = when.atLocal(day, time, zoneOf(group, person))
    if (at <= now) throw new Refusal(t('meetings.past'), 'day')
    return at
  }

  /** The meetings of a series after `after`, up to `until`, with the host of each. */
  async function datesOf(series: Series, after: Date, until: Date): Promise<readonly Meeting[]> {
    const { programId, groupId, minutes, topic } = series
    const seats = await groups.seats(programId, groupId, ['in'])
    return slotsOf(series, when, after, until).map((slotAt) => {
      const hostId = hostFor(seats, slotAt)
      return {
        id: newId(),
        programId,
        groupId,
        seriesId: series.id,
        slotAt,
        startsAt: slotAt,
        minutes,
        ...(topic !== undefined && { topic }),
        state: 'planned',
        turns: [],
        turn: 0,
        ...(hostId !== undefined && { hostId }),
      }
    })
  }

  const seriesFrom = (id: string, group: Group, person: Person, input: MeetingInput): Series => ({
    id,
    programId: group.programId,
    groupId: group.id,
    cron: cronOf({ time: input.time, days: [weekdayOf(input.day)] }),
    zone: zoneOf(group, person),
    minutes: input.minutes,
    topic: topicOf(input.topic),
  })

  const reminderFor = (meeting: Meeting, person: Person): Announcement => {
    const at = later(meeting.startsAt, -reminderMinutes)
    const said = {
      notice: 'meeting-soon',
      key: `${meeting.id}:${meeting.startsAt.getTime()}`,
      params: { meeting: meeting.id, starts: String(meeting.startsAt.getTime()) },
      priority: 1,
    } as const
    const group = { id: meeting.groupId, programId: meeting.programId }
    const one = telling.bare(group, person.personId, said, when.afterQuiet(at, person.zone, person.quiet))
    return { ...one, expiresAt: meeting.startsAt }
  }

  /** The room, and everybody who did not say no. */
  async function tell(group: Group, meeting: Meeting, notice: string, now: Date) {
    const said = {
      notice,
      key: `${meeting.id}:${now.getTime()}`,
      params: { meeting: meeting.id },
      priority: 1,
      // What is near is told in quiet hours too: nobody should come for nothing.
      ...(meeting.startsAt.getTime() - now.getTime() < dayMs && { atOnce: true }),
    } as const
    const rsvps = await meetings.rsvps(group.programId, [meeting.id])
    const coming = rsvps.filter(({ answer }) => answer === 'yes' || answer === 'maybe')
    const persons = await telling.persons(
      group.programId,
      coming.map(({ personId }) => personId),
    )
    const each = await Promise.all(persons.map((one) => telling.person(group, one, said, now)))
    const yes = persons.filter(({ personId }) =>
      rsvps.some((one) => one.personId === personId && one.answer === 'yes'),
    )
    return { said: [...telling.room(group, said, now), ...each.flat()], yes }
  }

  async function plannedFor(leader: Person, id: string, now: Date) {
    const found = await access.led(leader, id)
    await leading.ledToChange(leader, found.group.id)
    if (found.meeting.state !== 'planned' || later(found.meeting.startsAt, found.meeting.minutes) <= now)
      throw new Refusal(t('meetings.over'))
    return found
  }
  const changed = () => new Refusal(t('meetings.changed'))

  return {
    datesOf,

    /** Sent twice with one id, it is one. */
    async plan(leader: Person, groupId: string, id: string, input: MeetingInput, weekly: boolean, now: Date) {
      const group = await leading.ledToChange(leader, groupId)
      const startsAt = startOf(group, leader, input, now)
      const series = seriesFrom(id, group, leader, input)
      const [first, ...rest] = await datesOf(series, later(startsAt, -1), ahead(startsAt))
      if (!first) throw notFound()
      const topic = topicOf(input.topic)
      const added = weekly
        ? await meetings.addSeries(series, [first, ...rest], now)
        : await meetings.add(
            {
              id,
              programId: group.programId,
              groupId,
              slotAt: startsAt,
              startsAt,
              minutes: input.minutes,
              ...(topic !== undefined && { topic }),
              state: 'planned',
              turns: [],
              turn: 0,
              ...(first.hostId !== undefined && { hostId: first.hostId }),
            },
            now,
          )
      const known = weekly
        ? await meetings.series(leader.programId, id)
        : await meetings.get(leader.programId, id)
      if (!added && known?.groupId !== groupId) throw new Refusal(t('meetings.taken'), 'time')
      return group
    },

    async change(leader: Person, id: string, input: MeetingInput, scope: Scope, now: Date): Promise<void> {
      const { meeting, group } = await plannedFor(leader, id, now)
      const startsAt = startOf(group, leader, input, now)
      const topic = topicOf(input.topic)
      const audit = auditOf(leader, 'change-group', group, { why: 'meeting' })
      const series =
        scope === 'all' && meeting.seriesId !== undefined
          ? await meetings.series(leader.programId, meeting.seriesId)
          : undefined
      if (!series) {
        const { said, yes } = await tell(group, meeting, 'meeting-changed', now)
        const next = { ...meeting, startsAt }
        const announce = [...said, ...yes.map((one) => reminderFor(next, one))]
        const change = { startsAt, minutes: input.minutes, topic: topic ?? null }
        if (!(await meetings.change(meeting, change, now, { announce, audit }))) throw changed()
        return
      }
      const next = seriesFrom(newId(), group, leader, input)
      if (next.cron === series.cron && startsAt.getTime() === meeting.startsAt.getTime()) {
        const same = { ...series, minutes: input.minutes, topic }
        const { said: announce } = await tell(group, meeting, 'meeting-changed', now)
        if (!(await meetings.reshape(same, meeting.slotAt, now, { announce, audit }))) throw changed()
        return
      }
      const dates = await datesOf(next, later(startsAt, -1), ahead(startsAt))
      const { said: announce } = await tell(group, meeting, 'meeting-moved', now)
      const along = { announce, audit }
      if (!(await meetings.endSeries(series, meeting.slotAt, { series: next, meetings: dates }, now, along)))
        throw changed()
    },

    /** What a form to change it holds, by the clock of the group. */
    async filledFor(leader: Person, id: string) {
      const { meeting, group } = await access.led(leader, id)
      const { startsAt, minutes, topic } = meeting
      const zone = zoneOf(group, leader)
      const clock = { timeZone: zone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
      const time = new Intl.DateTimeFormat('en', clock).format(startsAt)
      return { day: when.localDay(startsAt, zone), time, minutes, ...(topic !== undefined && { topic }) }
    },

    async cancel(leader: Person, id: string, scope: Scope, now: Date): Promise<Group> {
      const { meeting, group } = await plannedFor(leader, id, now)
      const audit = auditOf(leader, 'change-group', group, { why: 'meeting-cancelled' })
      const series =
        scope === 'all' && meeting.seriesId !== undefined
          ? await meetings.series(leader.programId, meeting.seriesId)
          : undefined
      const notice = series ? 'meeting-ended-series' : 'meeting-cancelled'
      const { said: announce } = await tell(group, meeting, notice, now)
      const done = series
        ? await meetings.endSeries(series, meeting.slotAt, undefined, now, { announce, audit })
        : await meetings.change(meeting, { state: 'cancelled' }, now, { announce, audit })
      if (!done) throw changed()
      return group
    },

    /** Whoever says yes is reminded once, and nobody else is. */
    async answer(person: Person, id: string, answer: RsvpAnswer, now: Date): Promise<void> {
      const { meeting } = await access.seen(person, id)
      if (meeting.state !== 'planned' || meeting.startsAt <= now) throw new Refusal(t('meetings.over'))
      const remind = answer === 'yes' && later(meeting.startsAt, -reminderMinutes) > now
      const announce = remind ? [reminderFor(meeting, person)] : []
      await meetings.note(person, { id: newId(), meetingId: id, answer }, now, { announce })
    },
  }
}
