// What staff see of a case, and which cases: the only way from a case to a screen of theirs (SE-5, feature row 75).
import { isStaff } from '../audit/by-staff.ts'
import { notFound } from '../entries/keeping.ts'
import type { Groups } from '../groups/ports.ts'
import { leads } from '../groups/rules.ts'
import type { People, Person } from '../members/ports.ts'
import { namingReasons, type NamingReason } from './reasons.ts'
import type { Case, CaseLine, Cases } from './ports.ts'

/** How far the opening of a name has come. */
export type Naming = {
  readonly why: NamingReason
  readonly askedBy: string
  readonly askedAt: Date
  readonly agreedBy?: string
}
/** A case without who raised it where they asked for that, unless two people opened the name. */
export type SeenCase = Omit<Case, 'raisedBy' | 'pointer'> & {
  readonly raisedBy?: string
  /** Somebody can be answered, named or not. */
  readonly isHeard: boolean
  readonly naming?: Naming
  readonly measureId?: string
  readonly beforeId?: string
  readonly reason?: string
  readonly link?: string
}
export type SeenLine = Omit<CaseLine, 'personId'> & { readonly by?: string }

export function namingOf({ pointer }: Case): Naming | undefined {
  const why = namingReasons.find((one) => one === pointer['nameWhy'])
  const { nameAskedBy: askedBy, nameAskedAt: askedAt, nameAgreedBy: agreedBy } = pointer
  if (why === undefined || askedBy === undefined || askedAt === undefined) return undefined
  return { why, askedBy, askedAt: new Date(askedAt), ...(agreedBy !== undefined && { agreedBy }) }
}
export const isNameless = (one: Case): boolean => one.anonymous && namingOf(one)?.agreedBy === undefined

export function asSeen(one: Case): SeenCase {
  const { raisedBy, pointer, ...rest } = one
  const naming = namingOf(one)
  const { measure, before, reason, link } = pointer
  return {
    ...rest,
    ...(raisedBy !== undefined && !isNameless(one) && { raisedBy }),
    isHeard: raisedBy !== undefined,
    ...(naming && { naming }),
    ...(measure !== undefined && { measureId: measure }),
    ...(before !== undefined && { beforeId: before }),
    ...(reason !== undefined && { reason }),
    ...(link !== undefined && { link }),
  }
}
export const lineAsSeen = (one: Case, { personId, ...line }: CaseLine): SeenLine =>
  line.side === 'person' && isNameless(one) ? line : { ...line, by: personId }

const manyStaff = 500

type Parts = {
  readonly cases: Pick<Cases, 'get'>
  readonly groups: Pick<Groups, 'seat' | 'seats' | 'seatsOf'>
  readonly people: Pick<People, 'list' | 'byId'>
}

export function sightOf({ cases, groups, people }: Parts) {
  /** Everybody of the staff who may handle it, whatever their groups. */
  async function othersFor(programId: string, one: Case): Promise<readonly Person[]> {
    const [facilitators, admins] = await Promise.all([
      people.list(programId, { role: 'facilitator', limit: manyStaff }),
      people.list(programId, { role: 'admin', limit: manyStaff }),
    ])
    const all = new Map([...facilitators, ...admins].map((staff) => [staff.personId, staff]))
    return [...all.values()].filter((staff) => !isConcerned(staff, one) && !decided(staff, one))
  }
  /** Nobody handles what is about them or came from them. */
  const isConcerned = ({ personId }: Pick<Person, 'personId'>, one: Case): boolean =>
    one.personId === personId || one.raisedBy === personId
  const decided = ({ personId }: Pick<Person, 'personId'>, { kind, pointer }: Case): boolean =>
    kind === 'appeal' && pointer['by'] === personId

  async function mayHandle(staff: Person, one: Case, ledGroups?: ReadonlySet<string>): Promise<boolean> {
    if (!isStaff(staff) || isConcerned(staff, one)) return false
    // Whoever decided looks at it again only where nobody else could.
    if (decided(staff, one) && (await othersFor(staff.programId, one)).length > 0) return false
    // A way to a human goes to whoever is on duty, whatever their groups.
    if (one.groupId === undefined || one.level === 'urgent' || staff.roles.includes('admin')) return true
    if (ledGroups) return ledGroups.has(one.groupId)
    return leads(staff, await groups.seat(staff, one.groupId))
  }

  return {
    mayHandle,
    othersFor,

    async ledBy(staff: Person): Promise<ReadonlySet<string>> {
      const seats = await groups.seatsOf(staff)
      return new Set(seats.filter((seat) => leads(staff, seat)).map(({ groupId }) => groupId))
    },

    /** With the words for "not there" whether it is not there or not theirs. */
    async case(staff: Person, id: string): Promise<Case> {
      const one = await cases.get(staff.programId, id)
      if (!one || one.kind === 'alert' || one.kind === 'drill' || !(await mayHandle(staff, one)))
        throw notFound()
      return one
    },

    /** Who hears that it is there: those who lead its group, failing that the admins. Undefined where it has no group. */
    async leadersOf(programId: string, one: Case): Promise<readonly Person[] | undefined> {
      if (one.groupId === undefined) return undefined
      const [others, seats] = await Promise.all([
        othersFor(programId, one),
        groups.seats(programId, one.groupId, ['in']),
      ])
      const leading = others.filter((staff) =>
        seats.some(
          (seat) => seat.personId === staff.personId && seat.seat === 'facilitator' && leads(staff, seat),
        ),
      )
      return leading.length > 0 ? leading : others.filter(({ roles }) => roles.includes('admin'))
    },
  }
}
export type Sight = ReturnType<typeof sightOf>
