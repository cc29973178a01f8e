// Who may do what in a group: each condition on a line of its own.
import { t, type Text } from '../../words/text.ts'
import type { Person, Role } from '../members/ports.ts'
import type { Group, Seat, SeatState } from './ports.ts'

export const liveStates: readonly SeatState[] = ['asked', 'waiting', 'agreeing', 'in']
type LiveSeat = Seat & { readonly state: 'asked' | 'waiting' | 'agreeing' | 'in' }

/** A seat that has not ended. */
export const isLive = (seat: Seat | undefined): seat is LiveSeat =>
  seat !== undefined && liveStates.includes(seat.state)

/** Takes one of the places of the group: hosts and those who lead are beside them. */
export const isCounted = ({ state, seat }: Seat): boolean =>
  (state === 'in' || state === 'agreeing') && (seat === 'member' || seat === 'reading')

/** Staff are bound by their work; everybody else by the words of the group as they are today (PR-4). */
export const hasAgreed = ({ agreementVersion }: Group, { seat, agreedVersion }: Seat): boolean =>
  seat === 'facilitator' || agreedVersion === agreementVersion

/** The words are waiting for this person: they are new to the group, or the words have changed. */
export const mustAgree = (group: Group, seat: Seat | undefined): boolean =>
  seat?.state === 'agreeing' || (seat?.state === 'in' && !hasAgreed(group, seat))

/** Sees what is inside the group: its people, its posts, its meetings. */
export const isInside = (group: Group, seat: Seat | undefined): seat is Seat & { readonly state: 'in' } =>
  seat?.state === 'in' && hasAgreed(group, seat)

/** May put something into the group's room through the bot. */
export const mayPost = (group: Group, seat: Seat | undefined): boolean =>
  isInside(group, seat) && seat.seat !== 'reading' && group.state === 'open'

const inPhase: Readonly<Record<Group['phase'], readonly Role[]>> = {
  program: ['member'],
  // Those who finished see nothing of those who did not, and the other way round (PR-3).
  alumni: ['alum', 'peer-lead'],
}

/** Why this person cannot sit in this group; undefined when they can. */
export function misfit({ ageBand, roles }: Person, group: Group, asHost = false): Text | undefined {
  if (ageBand !== group.ageBand) return t(`groups.band.${group.ageBand}`)
  if (asHost && roles.includes('peer-lead')) return undefined
  return roles.some((role) => inPhase[group.phase].includes(role))
    ? undefined
    : t(`groups.phase.${group.phase}`)
}

/** A facilitator leads the groups in which they have that seat; an admin leads all. */
export function leads({ roles }: Person, seat: Seat | undefined): boolean {
  if (roles.includes('admin')) return true
  if (!roles.includes('facilitator')) return false
  return seat?.seat === 'facilitator' && seat.state === 'in'
}
