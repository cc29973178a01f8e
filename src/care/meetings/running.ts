// A meeting as it goes: through its phases with time boxes, a go-round, another host, its end (S2). Nobody is cut off.
import { Refusal } from '../../words/refusal.ts'
import { t } from '../../words/text.ts'
import type { Audits } from '../audit/ports.ts'
import { auditOf } from '../groups/access.ts'
import type { Group, Groups } from '../groups/ports.ts'
import type { Notice, Telling } from '../groups/telling.ts'
import type { Person } from '../members/ports.ts'
import type { MeetingAccess } from './access.ts'
import type { Meeting, MeetingChange, Meetings, Phase, Rsvp } from './ports.ts'
import { boxOf, later, nextPhase } from './rules.ts'

/** A host may open the room this long before. */
const earlyMinutes = 15
export const extendMinutes = 5

type Parts = {
  readonly meetings: Meetings
  readonly groups: Pick<Groups, 'change'>
  readonly access: MeetingAccess
  readonly telling: Telling
  readonly audits: Pick<Audits, 'add'>
  readonly newId: () => string
}

export function runningOf({ meetings, groups, access, telling, audits, newId }: Parts) {
  const changed = () => new Refusal(t('meetings.changed'))

  async function runs(host: Person, id: string) {
    const found = await access.hosted(host, id)
    if (found.meeting.state !== 'running') throw new Refusal(t('meetings.not-running'))
    return found
  }

  /** Said once for each person, and once when nobody is left. */
  const turnOf = (meeting: string, turn: number, whose: Pick<Person, 'personId'> | undefined) =>
    ({
      notice: 'meeting-turn',
      key: `${meeting}:${turn}:${whose?.personId ?? ''}`,
      params: { meeting, turn: String(turn) },
      priority: 1,
    }) as const

  /** Whoever runs a meeting in quiet hours is awake, and so are those in it. */
  const inRoom = (group: Group, said: Notice, at: Date) => telling.room(group, { ...said, atOnce: true }, at)
  const boxEnd = (group: Group, meeting: Meeting, phase: Phase, until: Date) => {
    const ends = String(until.getTime())
    const params = { meeting: meeting.id, phase, ends }
    const said = {
      notice: 'meeting-box',
      key: `${meeting.id}:${phase}:${ends}`,
      params,
      priority: 1,
    } as const
    return inRoom(group, said, until)
  }

  async function enter(
    group: Group,
    meeting: Meeting,
    phase: Phase,
    more: MeetingChange,
    now: Date,
  ): Promise<void> {
    const until = later(now, boxOf(group, meeting, phase).minutes)
    const params = { meeting: meeting.id, phase }
    const said = { notice: 'meeting-phase', key: `${meeting.id}:${phase}`, params, priority: 1 } as const
    const announce = [...inRoom(group, said, now), ...boxEnd(group, meeting, phase, until)]
    if (!(await meetings.change(meeting, { ...more, phase, phaseUntil: until }, now, { announce })))
      throw changed()
  }

  async function end(group: Group, meeting: Meeting, now: Date): Promise<void> {
    const { id, programId } = meeting
    const were = (await meetings.rsvps(programId, [id])).filter(({ there }) => there !== undefined)
    const persons = await telling.persons(
      programId,
      were.map(({ personId }) => personId),
    )
    const said = { notice: 'meeting-after', key: id, params: { meeting: id } }
    const each = await Promise.all(persons.map((one) => telling.person(group, one, said, now)))
    const closed = { notice: 'meeting-closed', key: id, params: { meeting: id }, priority: 1 } as const
    const announce = [...inRoom(group, closed, now), ...each.flat()]
    const change = { state: 'done', phase: null, phaseUntil: null } as const
    if (!(await meetings.change(meeting, change, now, { announce }))) throw changed()
  }

  return {
    async start(host: Person, id: string, now: Date): Promise<void> {
      const { meeting, group } = await access.hosted(host, id)
      if (meeting.state === 'running') return
      if (meeting.state !== 'planned') throw new Refusal(t('meetings.over'))
      if (later(meeting.startsAt, -earlyMinutes) > now) throw new Refusal(t('meetings.early'))
      if (later(meeting.startsAt, meeting.minutes) <= now) throw new Refusal(t('meetings.over'))
      if (group.state === 'paused' || group.state === 'archived') throw new Refusal(t('meetings.closed-room'))
      await enter(group, meeting, 'check-in', { state: 'running', hostId: host.personId }, now)
      const awake = group.state === 'quiet' ? ({ state: 'open', syncAt: now } as const) : {}
      await groups.change(group.programId, group.id, { hostedAt: now, ...awake }, now)
    },

    /** The next phase; after the last one it ends. `from` is what the host saw: pressed twice, it goes on once. */
    async goOn(host: Person, id: string, from: Phase, now: Date): Promise<void> {
      const { meeting, group } = await runs(host, id)
      if (meeting.phase !== from) return
      const next = nextPhase(from)
      await (next ? enter(group, meeting, next, {}, now) : end(group, meeting, now))
    },

    async extend(host: Person, id: string, now: Date): Promise<Date> {
      const { meeting, group } = await runs(host, id)
      const { phase, phaseUntil } = meeting
      if (!phase || !phaseUntil) throw changed()
      const until = later(phaseUntil > now ? phaseUntil : now, extendMinutes)
      const announce = boxEnd(group, meeting, phase, until)
      if (!(await meetings.change(meeting, { phaseUntil: until }, now, { announce }))) throw changed()
      return until
    },

    async end(host: Person, id: string, now: Date): Promise<void> {
      const { meeting, group } = await runs(host, id)
      await end(group, meeting, now)
    },

    /** Who may host takes it over, before or while it runs. */
    async takeOver(host: Person, id: string, now: Date): Promise<void> {
      const { meeting } = await access.hosted(host, id)
      if (meeting.state !== 'planned' && meeting.state !== 'running') throw new Refusal(t('meetings.over'))
      if (!(await meetings.change(meeting, { hostId: host.personId }, now))) throw changed()
    },

    /** Into the go-round, or there without a turn. */
    async come(person: Person, id: string, there: NonNullable<Rsvp['there']>, now: Date): Promise<void> {
      const { meeting, group } = await access.seen(person, id)
      if (meeting.state !== 'running') throw new Refusal(t('meetings.not-running'))
      if (there === 'there') await meetings.joinTurns(person, id)
      const after = await meetings.get(person.programId, id)
      // Whoever comes while nobody waits is next.
      const next = after?.turns[after.turn] === person.personId
      const announce = there === 'there' && next ? inRoom(group, turnOf(id, after.turn, person), now) : []
      await meetings.note(person, { id: newId(), meetingId: id, there }, now, { announce })
    },

    /** On to the next in the go-round: by the host, or by whose turn it is. */
    async nextTurn(person: Person, id: string, from: number, now: Date): Promise<void> {
      const { meeting, group, hosts } = await access.seen(person, id)
      if (meeting.state !== 'running') throw new Refusal(t('meetings.not-running'))
      if (!hosts && meeting.turns[meeting.turn] !== person.personId)
        throw new Refusal(t('meetings.turn.not-yours'))
      if (meeting.turn !== from || from >= meeting.turns.length) return
      const turn = from + 1
      const next = meeting.turns[turn]
      const said = turnOf(id, turn, next === undefined ? undefined : { personId: next })
      if (!(await meetings.change(meeting, { turn }, now, { announce: inRoom(group, said, now) })))
        throw changed()
    },

    /** Who was there: for whoever leads the group, on record (row 62). */
    async attendance(leader: Person, id: string, now: Date) {
      const { meeting, group } = await access.led(leader, id)
      const audit = { ...auditOf(leader, 'attendance', group), objectKind: 'meeting', objectId: id }
      await audits.add(leader.programId, audit, now)
      const rows = (await meetings.rsvps(leader.programId, [id])).filter(({ there }) => there !== undefined)
      const persons = await telling.persons(
        leader.programId,
        rows.map(({ personId }) => personId),
      )
      return { meeting, group, persons }
    },
  }
}
