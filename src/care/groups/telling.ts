// What is said about a group without being asked: pointers with ids only, at a good time for each.
import type { Announcement, People, Person, Self } from '../members/ports.ts'
import type { When } from '../prompts/when.ts'
import type { Group, Groups, Seat } from './ports.ts'
import { leads } from './rules.ts'

type Parts = {
  readonly groups: Groups
  readonly people: Pick<People, 'byId' | 'list'>
  readonly when: When
  readonly newId: () => string
}
/** With its quiet hours, they are those of everybody who chose none of their own. */
type Subject = Pick<Group, 'id' | 'programId' | 'quiet'>
export type Notice = {
  readonly notice: string
  /** What of the group it tells; the same told twice is one. */
  readonly key: string
  readonly params?: Readonly<Record<string, string>>
  readonly priority?: 1 | 2
  /** Into the room whatever the hour: it speaks of what happens there now. */
  readonly atOnce?: boolean
}

const mostAdmins = 25

export function tellingOf({ groups, people, when, newId }: Parts) {
  const plain = ({ id }: Subject, { notice, key, params, priority = 2 }: Notice) => ({
    id: newId(),
    notice,
    params: { group: id, ...params },
    priority,
    dedupeKey: `${notice}:${id}:${key}`,
  })

  const bare = (group: Subject, personId: string, said: Notice, dueAt: Date): Announcement => {
    const one = plain(group, said)
    return {
      ...one,
      to: { kind: 'person', personId },
      dedupeKey: `${one.dedupeKey}:${personId}`,
      dueAt,
    }
  }
  const toPerson = (group: Subject, { personId, zone, quiet }: Person, said: Notice, now: Date) =>
    bare(
      group,
      personId,
      said,
      when.afterQuiet(now, quiet ? zone : (group.quiet?.zone ?? zone), quiet ?? group.quiet),
    )

  async function persons(programId: string, ids: readonly string[]): Promise<readonly Person[]> {
    const found = await Promise.all(ids.map((personId) => people.byId({ programId, personId })))
    return found.filter((one) => one !== undefined)
  }

  const roomAt = ({ quiet }: Group, now: Date): Date =>
    quiet ? when.afterQuiet(now, quiet.zone, quiet) : now

  return {
    persons,
    /** When something that is said now comes into the room. */
    roomAt,
    /** At that time, whatever hours the person keeps. */
    bare,

    async person(group: Subject, self: Self, said: Notice, now: Date): Promise<readonly Announcement[]> {
      return (await persons(self.programId, [self.personId])).map((to) => toPerson(group, to, said, now))
    },

    /** Those with one of these seats. */
    async seats(
      group: Subject,
      seats: readonly Seat[],
      said: Notice,
      now: Date,
    ): Promise<ReadonlyMap<string, Announcement>> {
      const found = await persons(
        group.programId,
        seats.map(({ personId }) => personId),
      )
      return new Map(found.map((to) => [to.personId, toPerson(group, to, said, now)]))
    },

    /** Its facilitators, as far as they still are; failing that the admins. */
    async leaders(group: Subject, said: Notice, now: Date): Promise<readonly Announcement[]> {
      const { programId, id } = group
      const seats = await groups.seats(programId, id, ['in'])
      const staff = seats.filter(({ seat }) => seat === 'facilitator')
      const found = await persons(
        programId,
        staff.map(({ personId }) => personId),
      )
      const leading = found.filter((one) =>
        leads(
          one,
          staff.find(({ personId }) => personId === one.personId),
        ),
      )
      const told =
        leading.length > 0 ? leading : await people.list(programId, { role: 'admin', limit: mostAdmins })
      // Staff keep their own hours, not the group's.
      return told.map((to) => toPerson({ id, programId }, to, said, now))
    },

    /** The room, while there is one, after its quiet hours. */
    room(group: Group, said: Notice, now: Date): readonly Announcement[] {
      const { id, name, platform, workspace, room } = group
      if (room === undefined) return []
      return [
        {
          ...plain(group, said),
          to: { kind: 'room', room: { id, name, platform, workspace, room } },
          dueAt: said.atOnce ? now : roomAt(group, now),
        },
      ]
    },
  }
}
export type Telling = ReturnType<typeof tellingOf>
