// What staff do about a person: it says why and until when, and ends by itself. The store implements this.
import type { AuditEntry } from '../audit/ports.ts'
import type { Announcement, Self } from '../members/ports.ts'

/** Private words; no posts for some minutes; no writing in the rooms until then; the end of a seat. */
export const measureKinds = ['warn', 'cool-down', 'time-out', 'remove'] as const
export type MeasureKind = (typeof measureKinds)[number]

/** Why, as it is kept and told to the person. */
export const measureReasons = [
  'unkind',
  'private',
  'substances',
  'graphic',
  'contact',
  'spam',
  'agreement',
  'safety',
] as const
export type MeasureReason = (typeof measureReasons)[number]

export type Measure = {
  readonly id: string
  /** Where it counts; without it, in every group of the person. */
  readonly groupId?: string
  readonly personId: string
  readonly caseId?: string
  readonly kind: MeasureKind
  readonly by: string
  readonly reason: MeasureReason
  readonly since: Date
  readonly until?: Date
  readonly endedAt?: Date
  /** Nobody where it ended by itself. */
  readonly endedBy?: string
}
export type MeasureAlong = {
  readonly announce?: readonly Announcement[]
  readonly audit?: AuditEntry
}

export type Measures = {
  /** False when the id is known. One transaction. */
  add(programId: string, measure: Measure, along?: MeasureAlong): Promise<boolean>
  get(programId: string, id: string): Promise<Measure | undefined>
  /** Newest first. */
  of(self: Self, limit: number): Promise<readonly Measure[]>
  /** Those that have begun and not ended, of one person or of everybody. */
  standing(programId: string, now: Date, personId?: string): Promise<readonly Measure[]>
  /** False when it had ended: of two who end it, one does. */
  end(programId: string, id: string, by: string | undefined, at: Date, along?: MeasureAlong): Promise<boolean>
  /** Whose `until` has come, the earliest first. */
  toEnd(now: Date, limit: number): Promise<readonly (Measure & { readonly programId: string })[]>
  nextEnd(after: Date): Promise<Date | undefined>
}
