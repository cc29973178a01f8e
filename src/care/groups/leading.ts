// What those who lead a group decide about seats: let in, decline, bring in, put first, give a role, end. All of it is on record.
import { Refusal } from '../../words/refusal.ts'
import { t } from '../../words/text.ts'
import { notFound } from '../entries/keeping.ts'
import type { Person } from '../members/ports.ts'
import { auditOf, type Access } from './access.ts'
import type { Group, Groups, Seat, SeatKind, SeatState } from './ports.ts'
import { isLive, misfit } from './rules.ts'
import type { Telling } from './telling.ts'

/** Why a seat was ended, as it is kept and told to the person. */
export const reasons = ['asked', 'finished', 'other-group', 'agreement', 'safety'] as const
export type Reason = (typeof reasons)[number]
export type Sitting = { readonly seat: Seat; readonly person: Person }
export type Brought = Exclude<SeatKind, 'facilitator'>

type Parts = {
  readonly groups: Groups
  readonly access: Access
  readonly telling: Telling
  readonly fill: (group: Pick<Group, 'id' | 'programId'>, now: Date) => Promise<void>
  readonly newId: () => string
}

export function leadingOf({ groups, access, telling, fill, newId }: Parts) {
  const changed = () => new Refusal(t('groups.changed'))
  const key = ({ id }: Seat, now: Date) => `${id}:${now.getTime()}`
  const self = ({ programId }: Group, personId: string) => ({ programId, personId })

  const now = async (group: Group, personId: string): Promise<SeatState | undefined> =>
    (await groups.seat(self(group, personId), group.id))?.state

  /** Onto the list, and from there to a place if one is free: those who wait longer come first. */
  async function onto(
    leader: Person,
    group: Group,
    seat: Seat,
    was: SeatState | undefined,
    at: Date,
  ): Promise<void> {
    const audit = auditOf(leader, 'let-in', group, { personId: seat.personId, why: seat.seat })
    const said = { notice: 'group-waiting', key: key(seat, at), priority: 1 } as const
    const announce = await telling.person(group, self(group, seat.personId), said, at)
    if (!(await groups.take(group.programId, seat, was, Infinity, { audit, announce }))) throw changed()
    await fill(group, at)
  }

  return {
    /** Whoever asked. Two who approve at once: the second hears what became of it. */
    async letIn(leader: Person, id: string, personId: string, at: Date): Promise<SeatState | undefined> {
      const group = await access.ledToChange(leader, id)
      const seat = await access.seatOf(group, personId)
      const [person] = await telling.persons(group.programId, [personId])
      const why = person && misfit(person, group)
      if (why) throw new Refusal(why)
      if (seat.state === 'asked')
        await onto(leader, group, { ...seat, state: 'waiting', since: at }, 'asked', at)
      return now(group, personId)
    },

    async decline(leader: Person, id: string, personId: string, at: Date): Promise<void> {
      const group = await access.ledToChange(leader, id)
      const seat = await access.seatOf(group, personId)
      if (seat.state !== 'asked') return
      const declined: Seat = { ...seat, state: 'declined', since: at, endedAt: at }
      const audit = auditOf(leader, 'let-in', group, { personId, why: 'declined' })
      const said = { notice: 'group-declined', key: key(seat, at) }
      const announce = await telling.person(group, self(group, personId), said, at)
      if (!(await groups.take(group.programId, declined, 'asked', Infinity, { audit, announce })))
        throw changed()
    },

    /** Somebody by their account, into an open or a closed group. */
    async bringIn(
      leader: Person,
      id: string,
      user: string,
      kind: Brought,
      at: Date,
    ): Promise<{ readonly person: Person; readonly state: SeatState | undefined }> {
      const group = await access.ledToChange(leader, id)
      const person = await access.personAt(group, user, 'person')
      const why = misfit(person, group, kind === 'host')
      if (why) throw new Refusal(why, 'person')
      const before = await groups.seat(person, id)
      if (isLive(before) && before.state !== 'asked') throw new Refusal(t('groups.person.already'), 'person')
      const state = kind === 'host' ? 'agreeing' : 'waiting'
      const seat: Seat = {
        id: before?.id ?? newId(),
        groupId: id,
        personId: person.personId,
        seat: kind,
        state,
        since: at,
        ahead: false,
      }
      if (kind !== 'host') await onto(leader, group, seat, before?.state, at)
      else {
        const audit = auditOf(leader, 'let-in', group, { personId: person.personId, why: 'host' })
        const said = { notice: 'group-place', key: key(seat, at), priority: 1 } as const
        const announce = await telling.person(group, person, said, at)
        if (!(await groups.take(group.programId, seat, before?.state, Infinity, { audit, announce })))
          throw changed()
      }
      return { person, state: await now(group, person.personId) }
    },

    /** The first in the waiting list; of several, the one who waits longest. */
    async putFirst(leader: Person, id: string, personId: string, at: Date): Promise<void> {
      const group = await access.ledToChange(leader, id)
      const seat = await access.seatOf(group, personId)
      if (seat.state !== 'waiting') throw changed()
      const audit = auditOf(leader, 'let-in', group, { personId, why: 'first' })
      const first = { ...seat, ahead: true }
      if (!(await groups.take(group.programId, first, 'waiting', Infinity, { audit, at }))) throw changed()
    },

    /** Makes a member the host, or a host a member. */
    async setSeat(leader: Person, id: string, personId: string, kind: Brought, at: Date): Promise<void> {
      const group = await access.ledToChange(leader, id)
      const seat = await access.seatOf(group, personId)
      if (seat.seat === 'facilitator' || (seat.state !== 'in' && seat.state !== 'agreeing')) throw notFound()
      const audit = auditOf(leader, 'change-group', group, { personId, why: kind })
      const next = { ...seat, seat: kind }
      if (!(await groups.take(group.programId, next, seat.state, Infinity, { audit, at }))) throw changed()
      await fill(group, at)
    },

    async addFacilitator(leader: Person, id: string, user: string, at: Date): Promise<Person> {
      const group = await access.ledToChange(leader, id)
      const person = await access.personAt(group, user, 'person')
      if (!person.roles.includes('facilitator'))
        throw new Refusal(t('groups.person.no-facilitator'), 'person')
      const before = await groups.seat(person, id)
      const seat: Seat = {
        id: before?.id ?? newId(),
        groupId: id,
        personId: person.personId,
        seat: 'facilitator',
        state: 'in',
        since: at,
        ahead: false,
        joinedAt: before?.joinedAt ?? at,
      }
      const audit = auditOf(leader, 'change-group', group, { personId: person.personId, why: 'facilitator' })
      if (!(await groups.take(group.programId, seat, before?.state, Infinity, { audit }))) throw changed()
      return person
    },

    /** A seat, or a place in the list. Whose it was hears so, with the reason in plain words and, of a measure, a way to appeal. */
    async remove(
      leader: Person,
      id: string,
      personId: string,
      why: Reason,
      at: Date,
      measure?: string,
    ): Promise<void> {
      const group = await access.ledToChange(leader, id)
      const seat = await access.seatOf(group, personId)
      if (!isLive(seat)) return
      const gone: Seat = { ...seat, state: 'removed', since: at, endedAt: at, ahead: false }
      const audit = auditOf(leader, 'remove-member', group, { personId, why })
      const params = { why, ...(measure !== undefined && { measure }) }
      const said = { notice: 'group-removed', key: key(seat, at), params, priority: 1 } as const
      const announce = await telling.person(group, self(group, personId), said, at)
      if (!(await groups.take(group.programId, gone, seat.state, Infinity, { audit, announce })))
        throw changed()
      await fill(group, at)
    },

    /** Everybody with a seat or asking for one, with their names, in the order of the list. */
    async people(
      leader: Person,
      id: string,
    ): Promise<{ readonly group: Group; readonly rows: readonly Sitting[] }> {
      const { group } = await access.led(leader, id)
      const seats = (await groups.seats(group.programId, id)).filter(isLive)
      const persons = await telling.persons(
        group.programId,
        seats.map(({ personId }) => personId),
      )
      const rows = seats.flatMap((seat) => {
        const person = persons.find(({ personId }) => personId === seat.personId)
        return person ? [{ seat, person }] : []
      })
      return { group, rows }
    },
  }
}
