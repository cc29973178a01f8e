// Groups as a person meets them: which are mine, which are open to ask, and everything that is done about them (S1 to S6).
import type { Audits } from '../audit/ports.ts'
import type { Readings } from '../checkins/ports.ts'
import type { Entries } from '../entries/ports.ts'
import type { People, Person, Self } from '../members/ports.ts'
import type { When } from '../prompts/when.ts'
import { accessOf } from './access.ts'
import { goodbyesOf } from './goodbyes.ts'
import { leadingOf } from './leading.ts'
import { makingOf } from './making.ts'
import type { Group, Groups, Seat } from './ports.ts'
import { isCounted, isLive, leads, misfit } from './rules.ts'
import { seatsOf } from './seats.ts'
import { tellingOf } from './telling.ts'

type Parts = {
  readonly groups: Groups
  readonly people: Pick<People, 'byId' | 'byAccount' | 'list'>
  readonly entries: Entries
  readonly readings: Pick<Readings, 'add'>
  readonly audits: Pick<Audits, 'add'>
  readonly when: When
  readonly newId: () => string
}
export type Listed = { readonly group: Group; readonly seat: Seat | undefined; readonly leads: boolean }

export function groupsOf(parts: Parts) {
  const { groups } = parts
  const access = accessOf(parts)
  const telling = tellingOf(parts)

  /** Gives free places to those who wait, and tells them. May be called at any time. */
  async function fill({ id, programId }: Pick<Group, 'id' | 'programId'>, now: Date): Promise<void> {
    const [group, seats] = await Promise.all([
      groups.get(programId, id),
      groups.seats(programId, id, ['in', 'agreeing', 'waiting']),
    ])
    const free = (group?.capacity ?? 0) - seats.filter(isCounted).length
    const next = seats.filter(({ state }) => state === 'waiting').slice(0, Math.max(0, free))
    if (next.length === 0) return
    const said = { notice: 'group-place', key: String(now.getTime()), priority: 1 } as const
    const told = await telling.seats({ id, programId }, next, said, now)
    await groups.promote(programId, id, now, ({ personId }) => [
      // Whoever came first since these were read hears it at once.
      told.get(personId) ?? telling.bare({ id, programId }, personId, said, now),
    ])
  }

  const goodbyes = goodbyesOf({ ...parts, access, telling })
  const rest = { ...parts, access, telling, fill, goodbyes }

  return {
    ...seatsOf(rest),
    ...leadingOf(rest),
    ...makingOf(rest),
    goodbyes,
    telling,
    fill,
    see: access.seen,
    led: access.led,
    /** For what is said about a group without being asked. */
    named: (programId: string, id: string): Promise<Group | undefined> => groups.get(programId, id),
    seatIn: (self: Self, id: string): Promise<Seat | undefined> => groups.seat(self, id),

    /** How many people have a place, and how many wait before this one and with them. */
    async places(
      group: Group,
      personId?: string,
    ): Promise<{ readonly taken: number; readonly turn: number }> {
      const seats = await groups.seats(group.programId, group.id, ['in', 'agreeing', 'waiting'])
      const waiting = seats.filter(({ state }) => state === 'waiting')
      return {
        taken: seats.filter(isCounted).length,
        turn: waiting.findIndex((one) => one.personId === personId) + 1,
      }
    },

    /** Those with a seat or led by this person first, then those open to ask. */
    async listFor(
      person: Person,
    ): Promise<{ readonly mine: readonly Listed[]; readonly open: readonly Listed[] }> {
      const [all, seats] = await Promise.all([groups.list(person.programId), groups.seatsOf(person)])
      const listed = all.map((group): Listed => {
        const seat = seats.find(({ groupId }) => groupId === group.id)
        return { group, seat, leads: leads(person, seat) }
      })
      const isMine = (one: Listed) => one.leads || isLive(one.seat)
      return {
        mine: listed.filter(isMine),
        open: listed.filter(
          (one) =>
            !isMine(one) &&
            one.group.openness === 'open' &&
            one.group.state !== 'paused' &&
            misfit(person, one.group) === undefined,
        ),
      }
    },
  }
}
export type GroupsOf = ReturnType<typeof groupsOf>
