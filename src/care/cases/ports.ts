// What needs a person of the staff, and its way to one. The store implements these; every call names its program.
import type { AuditEntry } from '../audit/ports.ts'
import type { Announcement, Self } from '../members/ports.ts'

export const caseKinds = [
  'alert',
  'report',
  'question',
  'worry',
  'held',
  'appeal',
  'room',
  'join',
  'drill',
] as const
export type CaseKind = (typeof caseKinds)[number]
export type Level = 'urgent' | 'concern' | 'normal'
export type CaseState = 'open' | 'claimed' | 'closed'

/** Ids and a link of what a case speaks of; never words. */
export type Pointer = Readonly<Record<string, string>>

export type Case = {
  readonly id: string
  readonly groupId?: string
  readonly kind: CaseKind
  readonly level: Level
  /** Whom it is about. */
  readonly personId?: string
  /** Who raised it. Where `anonymous`, no screen of the staff may show or use it. */
  readonly raisedBy?: string
  readonly anonymous: boolean
  /** `journal`, `check-in`, `direct`, `room` and so on. */
  readonly source: string
  readonly state: CaseState
  readonly claimedBy?: string
  readonly claimedAt?: Date
  readonly pointer: Pointer
  readonly createdAt: Date
  /** By when somebody should have answered. */
  readonly dueAt?: Date
  readonly closedAt?: Date
  readonly closedBy?: string
  /** A closed set of reasons. */
  readonly closed?: string
}
export type CaseLine = {
  readonly id: string
  readonly personId: string
  /** `note` is for staff alone. */
  readonly side: 'person' | 'staff' | 'note'
  readonly words: string
  readonly at: Date
}
export type NewLine = Omit<CaseLine, 'personId'> & { readonly writer: Self }

/** What is written with a change, in the same transaction. */
export type Along = {
  readonly line?: NewLine
  readonly announce?: readonly Announcement[]
  readonly audit?: AuditEntry
}

export type CaseChange = Partial<{
  readonly level: Level
  readonly state: CaseState
  readonly claimedBy: string | null
  readonly claimedAt: Date | null
  readonly dueAt: Date | null
  readonly closedAt: Date | null
  readonly closedBy: string | null
  readonly closed: string | null
  readonly pointer: Pointer
}>

export type Cases = {
  /** One transaction: the case, its first line, its escalation when `way` is given, and what is said. False when the id is known. */
  open(programId: string, one: Case, along?: Along & { readonly way?: NewWay }): Promise<boolean>
  get(programId: string, id: string): Promise<Case | undefined>
  /** Open and claimed ones first by level, then the oldest first; `after` is the id of the last one of the page before. */
  waiting(
    programId: string,
    page: {
      readonly kinds?: readonly CaseKind[]
      readonly groupIds?: readonly string[]
      readonly after?: string
      readonly limit: number
    },
  ): Promise<readonly Case[]>
  /** All about one person, newest first. */
  about(
    programId: string,
    personId: string,
    page: { readonly before?: string; readonly limit: number },
  ): Promise<readonly Case[]>
  /** Open and closed ones of a kind, newest first. */
  ofKind(
    programId: string,
    kind: CaseKind,
    page: { readonly before?: string; readonly limit: number },
  ): Promise<readonly Case[]>
  /** Alerts raised since then, and how many of them staff called no concern. */
  countAlerts(programId: string, since: Date): Promise<{ readonly alerts: number; readonly wrong: number }>
  /** Raised by this person, newest first. */
  raised(self: Self, page: { readonly before?: string; readonly limit: number }): Promise<readonly Case[]>
  /** Changes it only while it is in one of `from`: of two who act at once one wins, and the other hears false. */
  change(
    programId: string,
    id: string,
    from: readonly CaseState[],
    change: CaseChange,
    at: Date,
    along?: Along,
  ): Promise<boolean>
  /** Appends words. */
  add(programId: string, id: string, line: NewLine, along?: Omit<Along, 'line'>): Promise<void>
  /** Oldest first; lines whose writer was erased are gone. */
  lines(programId: string, id: string): Promise<readonly CaseLine[]>
  /** Whose `dueAt` has come, the earliest first. */
  due(now: Date, limit: number): Promise<readonly (Case & { readonly programId: string })[]>
  nextDue(after: Date): Promise<Date | undefined>
}

/** The way to a human that begins with a case (CR-9), with its first step taken. */
export type NewWay = { readonly id: string; readonly change: WayChange; readonly steps: readonly Step[] }

export type WayState = 'notifying' | 'acknowledged' | 'resolved' | 'exhausted'
export type Way = {
  readonly id: string
  readonly programId: string
  readonly caseId: string
  readonly state: WayState
  /** Counted from 0. */
  readonly rung: number
  readonly round: number
  readonly dueAt?: Date
  readonly ackBy?: string
  readonly ackAt?: Date
  readonly resolvedBy?: string
  readonly resolvedAt?: Date
  readonly startedAt: Date
  readonly version: number
}
export type Step = {
  readonly id: string
  readonly at: Date
  readonly what:
    'notified' | 'nobody' | 'round' | 'contact' | 'acknowledged' | 'again' | 'handed-over' | 'resolved'
  readonly personId?: string
  readonly rung: number
}
export type WayChange = Partial<
  Pick<Way, 'state' | 'rung' | 'round'> & {
    readonly dueAt: Date | null
    readonly ackBy: string
    readonly ackAt: Date
    readonly resolvedBy: string
    readonly resolvedAt: Date
  }
>

export type Ways = {
  of(programId: string, caseId: string): Promise<Way | undefined>
  steps(programId: string, id: string): Promise<readonly Step[]>
  due(now: Date, limit: number): Promise<readonly Way[]>
  nextDue(after: Date): Promise<Date | undefined>
  /** Compare-and-swap on `version`: false when somebody else was faster, and nothing is written then. */
  change(
    way: Way,
    change: WayChange,
    steps: readonly Step[],
    along: {
      readonly announce?: readonly Announcement[]
      readonly audit?: AuditEntry
      /** What becomes of its case in the same transaction. */
      readonly case?: Omit<CaseChange, 'pointer'>
    },
    at: Date,
  ): Promise<boolean>
}
