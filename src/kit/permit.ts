// Who may: checked in one place, before anything runs. A person's roles are the program's record (SE-7).

export type Role = 'member' | 'alum' | 'peer-lead' | 'facilitator' | 'admin'
/** `anyone` needs no account; `known` is everybody who has joined the program; `staff` facilitates it or runs it. */
export type Permit = 'anyone' | 'known' | 'member' | 'facilitator' | 'staff' | 'admin'

const takesPart: readonly Role[] = ['member', 'alum', 'peer-lead']
const rolesFor: Readonly<Record<Exclude<Permit, 'anyone'>, readonly Role[]>> = {
  known: [...takesPart, 'facilitator', 'admin'],
  member: takesPart,
  facilitator: ['facilitator'],
  staff: ['facilitator', 'admin'],
  admin: ['admin'],
}

export const permits = (permit: Permit, roles: readonly Role[]): boolean =>
  permit === 'anyone' || roles.some((role) => rolesFor[permit].includes(role))
