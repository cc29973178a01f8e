// Where somebody stands in the program: their role, their seats and what they agreed to, changed together or not at all.
import type { AuditEntry } from '../audit/ports.ts'
import type { Entry } from '../entries/ports.ts'
import type { Seat, SeatState } from '../groups/ports.ts'
import type { Announcement, ConsentGiven, Role, Self } from '../members/ports.ts'

export type Turn = {
  /** What was asked and answered; `before` is how it was read, undefined when it is new. */
  readonly entry: Entry
  readonly before: Entry | undefined
  readonly grant?: { readonly role: Role; readonly by: string }
  readonly revoke?: Role
  readonly consent?: ConsentGiven
  readonly seats?: readonly { readonly seat: Seat; readonly was: SeatState | undefined }[]
  readonly announce?: readonly Announcement[]
  readonly audit: AuditEntry
}

export type Standings = {
  /** One transaction; false when the entry or a seat is not as it was read, or a seat is not for this person (PR-6). */
  turn(self: Self, turn: Turn, at: Date): Promise<boolean>
}
