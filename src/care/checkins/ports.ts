// Check-ins as the domain sees them; the store seals the answers under the person's own key.
import type { Announcement, Audience, Self } from '../members/ports.ts'

/** By question id: a number for a scale, words for the note, chips for HALT. */
export type CheckInAnswers = Readonly<Record<string, number | string | readonly string[]>>

export type CheckIn = {
  readonly id: string
  /** The person's local day it speaks of. */
  readonly forDay: string
  readonly at: Date
  readonly kind: 'answered' | 'pass'
  readonly late: boolean
  readonly editedAt?: Date
  readonly answers: CheckInAnswers
  readonly audience: Audience
}

export type CheckIns = {
  /** Inserts, or replaces the person's own row of that id; false when the id is somebody else's. One transaction with
   *  the announcements, with `unanswered` of the person's check-in schedules back at 0, and with the occurrence answered. */
  put(
    self: Self,
    checkIn: CheckIn,
    more: { readonly announce: readonly Announcement[]; readonly occurrence?: string },
  ): Promise<boolean>
  get(self: Self, id: string): Promise<CheckIn | undefined>
  /** Both days included, oldest first. */
  between(self: Self, fromDay: string, toDay: string): Promise<readonly CheckIn[]>
  /** Newest first, `before` the id of the last one of the page before. */
  recent(self: Self, page: { readonly before?: string; readonly limit: number }): Promise<readonly CheckIn[]>
  /** What members of the program chose to share with a facilitator or the group, newest first. Never anything else. */
  shared(
    programId: string,
    page: {
      readonly sinceDay: string
      readonly personId?: string
      readonly before?: string
      readonly limit: number
    },
  ): Promise<readonly (CheckIn & { readonly personId: string })[]>
  /** Takes every share back: all of the person's check-ins are theirs alone. */
  unshareAll(self: Self): Promise<void>
  /** One shared check-in by id, for somebody else's eyes; undefined when it is not shared. */
  sharedOne(programId: string, id: string): Promise<(CheckIn & { readonly personId: string }) | undefined>
}

/** Append-only: who read whose words, and as what. What staff read stands in the audit, too, in the same transaction. */
export type Readings = {
  add(reading: {
    readonly id: string
    readonly programId: string
    readonly readerId: string
    readonly readerRole: string
    readonly personId: string
    readonly what: string
    readonly rowId: string
    readonly at: Date
    /** It came without a name: the audit does not say whose it is. */
    readonly nameless?: boolean
  }): Promise<void>
  of(
    self: Self,
    limit: number,
  ): Promise<readonly { readonly readerRole: string; readonly what: string; readonly at: Date }[]>
}
