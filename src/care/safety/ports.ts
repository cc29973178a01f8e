// An admin's word about the crisis lines their program shows. Nothing here is ever made up: no row, no verification.
import type { AuditEntry } from '../audit/ports.ts'
import type { Duty, KeptLadder, Ladder } from './duty.ts'

export type LineReview = {
  readonly country: string
  /** The line's id in the bundled file. */
  readonly line: string
  readonly verifiedBy: string
  readonly verifiedAt: Date
  /** The line as this program shows it, as JSON; undefined when the bundled one was found right. */
  readonly replacement?: string
}

export type LineReviews = {
  of(programId: string): Promise<readonly LineReview[]>
  put(programId: string, review: LineReview & { readonly id: string }): Promise<void>
}

export type Duties = {
  /** Lines of the roster that have not ended, in order of their rung. */
  of(programId: string): Promise<readonly Duty[]>
  add(programId: string, duty: Duty, at: Date, audit: AuditEntry): Promise<void>
  /** False when there was none of that id. */
  end(programId: string, id: string, at: Date, audit: AuditEntry): Promise<boolean>
  ladder(programId: string): Promise<Ladder>
  setLadder(programId: string, ladder: Ladder, at: Date, audit: AuditEntry): Promise<void>
}
/** As the store has them: a program may have chosen nothing about its ladder. */
export type KeptDuties = Omit<Duties, 'ladder'> & { ladder(programId: string): Promise<KeptLadder> }
