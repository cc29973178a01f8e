// Meetings of a group, and what people said about coming. The store implements these; every call names its program.
import type { AuditEntry } from '../audit/ports.ts'
import type { Announcement, Self } from '../members/ports.ts'

export const phases = ['check-in', 'topic', 'discussion', 'closing'] as const
export type Phase = (typeof phases)[number]

/** Meetings that come again every week, by the clock of the group. */
export type Series = {
  readonly id: string
  readonly programId: string
  readonly groupId: string
  readonly cron: string
  readonly zone: string
  readonly minutes: number
  /** The slug of a lesson. */
  readonly topic?: string | undefined
}

export type Meeting = {
  readonly id: string
  readonly programId: string
  readonly groupId: string
  readonly seriesId?: string
  /** When the rule says; `startsAt` is when it really is. */
  readonly slotAt: Date
  readonly startsAt: Date
  readonly minutes: number
  readonly topic?: string | undefined
  readonly state: 'planned' | 'cancelled' | 'running' | 'done'
  readonly phase?: Phase
  readonly phaseUntil?: Date
  /** Who is in the go-round, in order. */
  readonly turns: readonly string[]
  /** Whose turn it is, counted from 0. */
  readonly turn: number
  readonly hostId?: string
}

export const answers = ['yes', 'maybe', 'no'] as const
export type RsvpAnswer = (typeof answers)[number]
export type Rsvp = {
  readonly meetingId: string
  readonly personId: string
  readonly answer?: RsvpAnswer
  readonly there?: 'there' | 'passed'
}

export type Along = { readonly announce?: readonly Announcement[]; readonly audit?: AuditEntry }
export type MeetingChange = {
  readonly [K in 'startsAt' | 'minutes' | 'state' | 'turns' | 'turn' | 'hostId']?: Meeting[K]
} & { readonly topic?: string | null; readonly phase?: Phase | null; readonly phaseUntil?: Date | null }

export type Meetings = {
  get(programId: string, id: string): Promise<Meeting | undefined>
  /** Planned ones that begin after `from`, and running ones; the earliest first. */
  coming(
    programId: string,
    groupIds: readonly string[],
    from: Date,
    page: { readonly skip: number; readonly limit: number },
  ): Promise<readonly Meeting[]>
  /** The last that were held, the newest first. */
  held(programId: string, groupId: string, limit: number): Promise<readonly Meeting[]>
  /** False when the id is known, or the group has one at that time. */
  add(meeting: Meeting, at: Date): Promise<boolean>
  /** False when the id is known. */
  addSeries(series: Series, first: readonly Meeting[], at: Date): Promise<boolean>
  series(programId: string, id: string): Promise<Series | undefined>
  /** Series that go on, of all programs, in order of id. */
  running(afterId: string, limit: number): Promise<readonly Series[]>
  /** The last date that it has a meeting for, cancelled or not. */
  lastSlot(series: Series): Promise<Date | undefined>
  /** Adds those whose time has none yet, as long as the series goes on. */
  fill(series: Series, meetings: readonly Meeting[]): Promise<void>
  /** The series with another length and topic, and all its planned meetings from that time on. */
  reshape(series: Series, from: Date, at: Date, along: Along): Promise<boolean>
  /** Ends a series; its planned meetings from that time on make way for another one, or are cancelled. */
  endSeries(
    series: Series,
    from: Date,
    next: { readonly series: Series; readonly meetings: readonly Meeting[] } | undefined,
    at: Date,
    along: Along,
  ): Promise<boolean>
  /** Only while it is as it was read; false otherwise. */
  change(was: Meeting, change: MeetingChange, at: Date, along?: Along): Promise<boolean>
  rsvps(programId: string, meetingIds: readonly string[]): Promise<readonly Rsvp[]>
  /** What a person said, or that they were there; the rest stays as it was. */
  note(
    self: Self,
    row: { readonly id: string; readonly meetingId: string } & Partial<Pick<Rsvp, 'answer' | 'there'>>,
    at: Date,
    along?: Along,
  ): Promise<void>
  /** Puts somebody at the end of the go-round, once. */
  joinTurns(self: Self, meetingId: string): Promise<void>
  /** Running ones that began before that are over. */
  endOld(before: Date): Promise<void>
}
