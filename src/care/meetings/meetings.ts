// Meetings as a person meets them: which come, one of them with who says yes, and what happens by itself.
import type { Audits } from '../audit/ports.ts'
import type { Group, Groups } from '../groups/ports.ts'
import type { Access } from '../groups/access.ts'
import type { GroupsOf } from '../groups/groups.ts'
import { isInside } from '../groups/rules.ts'
import type { Person } from '../members/ports.ts'
import type { When } from '../prompts/when.ts'
import { meetingAccessOf } from './access.ts'
import { planningOf } from './planning.ts'
import type { Meeting, Meetings, RsvpAnswer } from './ports.ts'
import { ahead, isPeerLed, later } from './rules.ts'
import { runningOf } from './running.ts'

type Parts = {
  readonly meetings: Meetings
  readonly groups: Groups
  readonly group: Pick<GroupsOf, 'telling' | 'listFor'>
  readonly access: Access
  readonly audits: Pick<Audits, 'add'>
  readonly when: When
  readonly newId: () => string
}
export type Listed = {
  readonly meeting: Meeting
  readonly group: Group
  readonly answer?: RsvpAnswer | undefined
}

const dayMinutes = 24 * 60
/** A group that its own people host goes quiet after so many days without one (row 65). */
const hostlessDays = 30
const batch = 50

export function meetingsOf(parts: Parts) {
  const { meetings, groups, group: groupCases } = parts
  const { telling } = groupCases
  const access = meetingAccessOf(meetings, parts.access)
  const rest = { ...parts, access, telling, leading: parts.access }
  const planning = planningOf(rest)

  /** Notice goes to the room; a host who starts a meeting, or who leads, opens it again. */
  async function quietWithoutHost(programId: string, id: string, now: Date): Promise<void> {
    const group = await groups.get(programId, id)
    if (group?.state !== 'open' || (group.hostedAt ?? now) > later(now, -hostlessDays * dayMinutes)) return
    if (!isPeerLed(await groups.seats(programId, id, ['in']))) return
    const said = { notice: 'meeting-no-host', key: String(group.hostedAt?.getTime()), priority: 1 } as const
    const announce = telling.room(group, said, now)
    await groups.change(programId, id, { state: 'quiet', syncAt: now }, now, { announce })
  }

  return {
    ...planning,
    ...runningOf(rest),
    see: access.seen,

    /** For what is said without being asked. */
    named: (programId: string, id: string): Promise<Meeting | undefined> => meetings.get(programId, id),
    answers: (programId: string, id: string) => meetings.rsvps(programId, [id]),

    async list(person: Person, now: Date, page: { readonly skip: number; readonly limit: number }) {
      const { mine } = await groupCases.listFor(person)
      const theirs = mine.filter(({ group, seat, leads }) => leads || isInside(group, seat))
      const found = await meetings.coming(
        person.programId,
        theirs.map(({ group }) => group.id),
        later(now, -dayMinutes / 2),
        page,
      )
      const rsvps = await meetings.rsvps(
        person.programId,
        found.map(({ id }) => id),
      )
      const rows = found.flatMap((meeting): readonly Listed[] => {
        const listed = theirs.find(({ group }) => group.id === meeting.groupId)
        const own = rsvps.find((one) => one.meetingId === meeting.id && one.personId === person.personId)
        return listed ? [{ meeting, group: listed.group, answer: own?.answer }] : []
      })
      return { rows, led: theirs.filter(({ leads }) => leads).map(({ group }) => group) }
    },

    /** Keeps every series filled some weeks ahead, ends what was left running, quiets rooms without a host. */
    async keepUp(now: Date): Promise<boolean> {
      await meetings.endOld(later(now, -dayMinutes / 2))
      for (let after = ''; ;) {
        const some = await meetings.running(after, batch)
        for (const series of some) {
          // It may begin later than now, so its last date says where to go on.
          const last = await meetings.lastSlot(series)
          const after = last && last > now ? last : now
          await meetings.fill(series, await planning.datesOf(series, after, ahead(now)))
          await quietWithoutHost(series.programId, series.groupId, now)
        }
        const last = some.at(-1)
        if (!last || some.length < batch) return false
        after = last.id
      }
    },
  }
}
export type MeetingCases = ReturnType<typeof meetingsOf>
