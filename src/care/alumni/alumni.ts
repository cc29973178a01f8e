// Life after the program: the way there, and those who lead their peers for a time.
import type { Entries } from '../entries/ports.ts'
import { accessOf } from '../groups/access.ts'
import type { GroupsOf } from '../groups/groups.ts'
import type { Groups } from '../groups/ports.ts'
import type { People, Person } from '../members/ports.ts'
import type { When } from '../prompts/when.ts'
import { graduationsOf } from './graduations.ts'
import { peerLeadsOf } from './peer-leads.ts'
import type { Standings } from './ports.ts'

type Parts = {
  readonly entries: Entries
  readonly groups: Groups
  readonly people: Pick<People, 'byId' | 'byAccount'>
  readonly standings: Standings
  readonly group: Pick<GroupsOf, 'telling' | 'fill'>
  readonly moved: (person: Person, now: Date) => Promise<void>
  readonly when: When
  readonly newId: () => string
}

export function alumniOf({ group: { telling, fill }, ...parts }: Parts) {
  const rest = { ...parts, access: accessOf(parts), telling, fill }
  return { graduations: graduationsOf(rest), peerLeads: peerLeadsOf(rest) }
}
