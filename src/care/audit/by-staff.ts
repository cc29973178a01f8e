import type { Person } from '../members/ports.ts'
import type { Act, AuditEntry } from './ports.ts'

/** Somebody of the staff takes part in their own right only where they have no such role. */
export const isStaff = ({ roles }: Pick<Person, 'roles'>): boolean =>
  roles.some((role) => role === 'facilitator' || role === 'admin')

export const roleOfStaff = ({ roles }: Pick<Person, 'roles'>): string =>
  roles.includes('facilitator') ? 'facilitator' : 'admin'

/** What somebody of the staff did, for the record. */
export const byStaff = (
  staff: Pick<Person, 'personId' | 'roles'>,
  act: Act,
  objectKind: string,
  objectId: string,
  more: Pick<AuditEntry, 'personId' | 'why'> = {},
): AuditEntry => ({
  actorId: staff.personId,
  actorRole: roleOfStaff(staff),
  act,
  objectKind,
  objectId,
  ...more,
})
