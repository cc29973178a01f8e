// The only ways to a group by its id: as somebody who may see it, or as somebody who leads it (SE-5).
import { Refusal } from '../../words/refusal.ts'
import { t } from '../../words/text.ts'
import type { Act, AuditEntry } from '../audit/ports.ts'
import { notFound } from '../entries/keeping.ts'
import { effective } from '../members/directory.ts'
import type { People, Person } from '../members/ports.ts'
import type { Group, Groups, Seat } from './ports.ts'
import { leads, misfit } from './rules.ts'

export type Seen = { readonly group: Group; readonly seat: Seat | undefined; readonly leads: boolean }
export type Led = Seen & { readonly leads: true }

type Parts = { readonly groups: Groups; readonly people: Pick<People, 'byId' | 'byAccount'> }

export function accessOf({ groups, people }: Parts) {
  /** With the words for "not there" whether it is not there or not theirs to see. */
  async function seen(person: Person, id: string): Promise<Seen> {
    const group = await groups.get(person.programId, id)
    if (!group || group.kind === 'everyone') throw notFound()
    const seat = await groups.seat(person, id)
    const leading = leads(person, seat)
    if (leading || seat) return { group, seat, leads: leading }
    if (group.openness === 'closed' || group.state === 'archived') throw notFound()
    const why = misfit(person, group)
    if (why) throw new Refusal(why)
    return { group, seat, leads: false }
  }

  async function led(person: Person, id: string): Promise<Led> {
    const found = await seen(person, id).catch((error: unknown) => {
      throw error instanceof Refusal ? notFound() : error
    })
    if (!found.leads) throw notFound()
    return { ...found, leads: true }
  }

  return {
    seen,
    led,

    /** To change it: what is archived stays as it was. */
    async ledToChange(person: Person, id: string): Promise<Group> {
      const { group } = await led(person, id)
      if (group.state === 'archived') throw new Refusal(t('groups.archived'))
      return group
    },

    /** The seat of somebody in a group that is led. */
    async seatOf(group: Group, personId: string): Promise<Seat> {
      const seat = await groups.seat({ programId: group.programId, personId }, group.id)
      if (!seat) throw notFound()
      return seat
    },

    /** Whoever has this account where the group is, with the roles that count today. */
    async personAt(
      group: Pick<Group, 'programId' | 'platform' | 'workspace'>,
      user: string,
      field: string,
    ): Promise<Person> {
      const { platform, workspace, programId } = group
      const person = await people.byAccount({ platform, workspace, user })
      if (person?.programId !== programId) throw new Refusal(t('groups.person.unknown'), field)
      return effective(person)
    },
  }
}
export type Access = ReturnType<typeof accessOf>

/** What a leader did, for the record. */
export const auditOf = (
  leader: Person,
  act: Act,
  group: Pick<Group, 'id'>,
  more: Pick<AuditEntry, 'personId' | 'why'> = {},
): AuditEntry => ({
  actorId: leader.personId,
  actorRole: leader.roles.includes('facilitator') ? 'facilitator' : 'admin',
  act,
  objectKind: 'group',
  objectId: group.id,
  ...more,
})
