// Groups, their seats and their rooms. The store and the platforms implement these; every call names its program.
import type { AuditEntry } from '../audit/ports.ts'
import type { Announcement, Platform, QuietHours, Self } from '../members/ports.ts'

/** S1. `everyone` is the program's first room, which has no seats: who takes part is in it. */
export const groupKinds = ['process', 'psychoeducation', 'skills', 'relapse-prevention', 'support'] as const
export type GroupKind = (typeof groupKinds)[number] | 'everyone'
export type AgeBand = 'adult' | 'teen'

export type Group = {
  readonly id: string
  readonly programId: string
  readonly platform: Platform
  /** The platform's own id of the guild or team. */
  readonly workspace: string
  readonly name: string
  /** The platform's channel id, while there is one. */
  readonly room?: string
  readonly kind: GroupKind
  readonly phase: 'program' | 'alumni'
  readonly openness: 'open' | 'closed'
  readonly capacity: number
  readonly ageBand: AgeBand
  readonly zone?: string
  /** When nothing new comes into the room; in the group's zone, or else the program's. */
  readonly quiet?: QuietHours & { readonly zone: string }
  readonly agreement?: string
  readonly agreementVersion: number
  readonly premoderated: boolean
  readonly anonymousPosts: boolean
  readonly state: 'open' | 'quiet' | 'paused' | 'archived'
  readonly stateUntil?: Date
  readonly roomState: 'wanted' | 'made' | 'lost' | 'none'
  readonly syncAt?: Date
  readonly hostedAt?: Date
  readonly createdAt?: Date
  readonly archivedAt?: Date
}

export type SeatKind = 'member' | 'reading' | 'host' | 'facilitator'
export type SeatState = 'asked' | 'waiting' | 'agreeing' | 'in' | 'left' | 'removed' | 'declined'
export type Seat = {
  readonly id: string
  readonly groupId: string
  readonly personId: string
  readonly seat: SeatKind
  readonly state: SeatState
  readonly since: Date
  readonly ahead: boolean
  readonly agreedVersion?: number
  readonly agreedAt?: Date
  readonly joinedAt?: Date
  readonly endedAt?: Date
}

export type Along = {
  readonly announce?: readonly Announcement[]
  readonly audit?: AuditEntry
  /** When it happens, where that is not the seat's own `since`. */
  readonly at?: Date
}
type Clearable<T> = { readonly [K in keyof T]?: T[K] | null }
export type GroupChange = Partial<
  Pick<
    Group,
    'name' | 'kind' | 'openness' | 'capacity' | 'premoderated' | 'anonymousPosts' | 'state' | 'roomState'
  >
> & { readonly quiet?: QuietHours | null } & Clearable<
    Pick<Group, 'room' | 'zone' | 'agreement' | 'stateUntil' | 'syncAt' | 'hostedAt' | 'archivedAt'>
  >

export type Groups = {
  /** With its first seats, in one transaction. False when the id is known, or somebody does not fit in. */
  add(group: Group, at: Date, along?: Along & { readonly seats?: readonly Seat[] }): Promise<boolean>
  get(programId: string, id: string): Promise<Group | undefined>
  byRoom(platform: Platform, room: string): Promise<Group | undefined>
  /** Without `everyone`, and without archived ones unless asked; in the order of their names. */
  list(programId: string, archived?: boolean): Promise<readonly Group[]>
  /** A change of the agreement is a new version of it. */
  change(programId: string, id: string, change: GroupChange, at: Date, along?: Along): Promise<void>
  /** Seats of a group in order of `ahead`, then `since`. */
  seats(programId: string, groupId: string, states?: readonly SeatState[]): Promise<readonly Seat[]>
  seat(self: Self, groupId: string): Promise<Seat | undefined>
  /** A person's seats that have not ended. */
  seatsOf(self: Self): Promise<readonly Seat[]>
  /**
   * Writes a seat only while the group has no more than `room` people `in` or `agreeing` besides this one, and only when
   * the seat is in the state that was read; false otherwise, and where an adult and a teen would meet (PR-6). The whole
   * decision is one transaction.
   */
  take(
    programId: string,
    seat: Seat,
    was: SeatState | undefined,
    room: number,
    along?: Along,
  ): Promise<boolean>
  /**
   * Gives free places to those who wait, in their order, unless the group is paused or archived; `told` is what each
   * hears. The whole decision is one transaction. Returns the seats that were given.
   */
  promote(
    programId: string,
    groupId: string,
    at: Date,
    told: (seat: Seat) => readonly Announcement[],
  ): Promise<readonly Seat[]>
  /** Groups whose room must be compared with the record, the earliest first. */
  toSync(now: Date, limit: number): Promise<readonly Group[]>
  /** When to compare again, undefined for never; nothing changes when somebody asked for it since it was `taken`. */
  synced(programId: string, id: string, taken: Date, next: Date | undefined): Promise<void>
  /** Groups whose state ends by itself. */
  toEnd(now: Date, limit: number): Promise<readonly Group[]>
  nextDue(after: Date): Promise<Date | undefined>
  /** The platform's user ids of these people on this workspace. */
  accounts(
    programId: string,
    workspace: string,
    personIds: readonly string[],
  ): Promise<ReadonlyMap<string, string>>
}
