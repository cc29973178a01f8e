// The only ways to a meeting by its id: as somebody inside its group, as its host, or as who leads the group (SE-5).
import { notFound } from '../entries/keeping.ts'
import type { Access } from '../groups/access.ts'
import type { Group, Seat } from '../groups/ports.ts'
import { isInside } from '../groups/rules.ts'
import type { Person } from '../members/ports.ts'
import type { Meeting, Meetings } from './ports.ts'
import { mayHost } from './rules.ts'

export type SeenMeeting = {
  readonly meeting: Meeting
  readonly group: Group
  readonly seat: Seat | undefined
  readonly leads: boolean
  readonly hosts: boolean
}

export function meetingAccessOf(meetings: Pick<Meetings, 'get'>, { seen: see }: Pick<Access, 'seen'>) {
  async function seen(person: Person, id: string): Promise<SeenMeeting> {
    const meeting = await meetings.get(person.programId, id)
    if (!meeting) throw notFound()
    const { group, seat, leads } = await see(person, meeting.groupId).catch(() => {
      throw notFound()
    })
    if (!leads && !isInside(group, seat)) throw notFound()
    return { meeting, group, seat, leads, hosts: mayHost(group, seat, leads) }
  }
  const only = (may: 'leads' | 'hosts') => async (person: Person, id: string) => {
    const found = await seen(person, id)
    if (!found[may]) throw notFound()
    return found
  }
  return { seen, led: only('leads'), hosted: only('hosts') }
}
export type MeetingAccess = ReturnType<typeof meetingAccessOf>
