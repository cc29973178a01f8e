// When a person wants to be asked. The tick and the sender live in delivery/; this is what the person sees and changes.
import type { Self } from '../members/ports.ts'

/** 1 is Monday, 7 is Sunday. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7

export type Reminder = {
  readonly id: string
  /** `check-in` asks how the day is; `reminder` says the person's own words; the others go with the journal and sessions. */
  readonly notice: 'check-in' | 'reminder' | 'journal' | 'before-session' | 'after-session'
  /** The person's own words, sealed at rest. */
  readonly words?: string
  /** Five-part cron expression, or undefined for a one-off. */
  readonly cron?: string
  readonly zone: string
  /** Undefined when it rests or has run out. */
  readonly nextRunAt?: Date
  readonly pausedAt?: Date
  readonly pausedBy?: 'person' | 'ignored'
  readonly createdAt: Date
}

export type Occurrence = {
  readonly id: string
  readonly reminder: Reminder
  readonly localDay: string
  readonly state: 'queued' | 'missed' | 'away' | 'skipped'
}
export type AwayDays = { readonly id: string; readonly fromDay: string; readonly toDay: string }

export type Reminders = {
  /** In the order they were made. */
  list(self: Self): Promise<readonly Reminder[]>
  get(self: Self, id: string): Promise<Reminder | undefined>
  /** Inserts or replaces the person's own; false when the id is somebody else's. */
  put(self: Self, reminder: Reminder): Promise<boolean>
  remove(self: Self, id: string): Promise<boolean>
  occurrence(self: Self, id: string): Promise<Occurrence | undefined>
  /** Asks again at `until`; pressing twice for the same instant is one snooze. Counts as an answer: nobody is "ignoring". */
  snooze(self: Self, occurrenceId: string, until: Date, id: string): Promise<boolean>
  /** The person said: not today. */
  skip(self: Self, occurrenceId: string, at: Date): Promise<boolean>
  /** The person did what the prompt asked for. Of an id that is no occurrence of theirs nothing comes. */
  answer(self: Self, occurrenceId: string, at: Date): Promise<void>
  aways(self: Self, fromDay: string): Promise<readonly AwayDays[]>
  /** Inserts or replaces the person's own; false when the id is somebody else's. */
  addAway(self: Self, away: AwayDays): Promise<boolean>
  removeAway(self: Self, id: string): Promise<boolean>
}
