// What delivery asks of the store and of the platforms.
import type { Message } from '../kit/reply.ts'
import type { Language } from '../words/text.ts'

export type Platform = 'discord' | 'slack' | 'playground'

export type Destination =
  /** A direct message. `room` is the direct message room when it was opened before. */
  | { readonly kind: 'person'; readonly user: string; readonly room?: string }
  | { readonly kind: 'room'; readonly room: string }

/** One thing to send. Ids are the platform's own, except `id`. */
export type Post = {
  /** The outbox row, 22 characters: the platform's idempotency key. */
  readonly id: string
  readonly platform: Platform
  /** The guild or team. */
  readonly workspace: string
  readonly to: Destination
  readonly message: Message
  readonly language: Language
  /** Counts from 1. */
  readonly attempt: number
  /** Set when an earlier try may have been accepted although nobody heard so: look, or use the key, before repeating. */
  readonly firstTryAt?: Date
}

export type Outcome =
  | { readonly kind: 'sent'; readonly messageId: string; readonly room: string }
  /** `ambiguous`: it may have been accepted (a lost reply, a 5xx). A refusal such as a 429 is not. */
  | { readonly kind: 'retry'; readonly afterMs?: number; readonly ambiguous: boolean }
  | { readonly kind: 'unreachable'; readonly why: Unreachable }
  /** Nothing can be sent at all until an operator acts, as with a revoked token. `why` is for the operator. */
  | { readonly kind: 'stop'; readonly why: string }

export type Unreachable = 'closed' | 'unknown-room' | 'not-in-room' | 'gone'

/** The sending side of a platform. A throw counts as an ambiguous retry. */
export type Poster = { readonly platform: Platform; send(post: Post): Promise<Outcome> }

/** What became of the bot's own messages to one person. `more`: it takes longer than anybody should wait; ask again. */
export type Swept = { readonly deleted: number; readonly kept: number; readonly more: boolean }
/** Deletes the bot's own direct messages to the account with this platform id. */
export type Sweep = (user: string) => Promise<Swept>

/** 0: a person in danger. 1: somebody waits. 2: prompts and digests. */
export type Priority = 0 | 1 | 2

/** Ids and small facts, never words of a person. */
export type NoticeParams = Readonly<Record<string, string>>

/** What is written to the outbox together with the fact that it announces. */
export type Notice = {
  readonly programId: string
  readonly personId?: string
  readonly platform: Platform
  readonly workspace: string
  readonly to: { readonly user: string } | { readonly room: string }
  /** Which notice to render when it is sent. */
  readonly notice: string
  readonly params: NoticeParams
  /** The same fact announced twice is one row. */
  readonly dedupeKey: string
  readonly priority: Priority
  readonly dueAt: Date
  /** Not sent after this instant. Ignored for priority 0, which is never dropped. */
  readonly expiresAt?: Date
}

/** An outbox row held under a lease, with what is needed to render and address it. */
export type Held = {
  readonly id: string
  readonly programId: string
  readonly personId?: string
  readonly platform: Platform
  readonly workspace: string
  readonly to: Destination
  readonly notice: string
  readonly params: NoticeParams
  readonly language: Language
  readonly priority: Priority
  readonly expiresAt?: Date
  /** Counts from 1, this try included. */
  readonly attempt: number
  /** Set when an earlier try may have been accepted. */
  readonly firstTryAt?: Date
  /** The person has left the program: nothing is sent to them. */
  readonly left: boolean
  /** The account is marked as not reachable. */
  readonly unreachable: boolean
  /** The bot was put out of the workspace: nothing is sent there. */
  readonly removed: boolean
}

/** How a try ended, as it is kept. `firstTryAt` is set when a try until now may have been accepted. */
export type Settled = { readonly id: string } &
  /** `room` is set when the account should remember it, and is reachable again. */
  (
    | { readonly status: 'sent'; readonly messageId: string; readonly at: Date; readonly room?: string }
    | {
        readonly status: 'waiting'
        readonly dueAt: Date
        readonly firstTryAt?: Date
        readonly failure?: string
      }
    /** Handed back as if it had not been claimed. */
    | {
        readonly status: 'released'
        readonly firstTryAt?: Date
        /** Not to be claimed again before. */
        readonly dueAt?: Date
        readonly failure?: string
      }
    | { readonly status: 'unreached'; readonly failure: Unreachable; readonly at: Date }
    /** `occurrence`: the prompt that was missed by it. */
    | { readonly status: 'expired'; readonly failure: string; readonly occurrence?: string }
    | { readonly status: 'dead'; readonly failure: string }
  )

export type Outbox = {
  /** Writes notices; one whose `dedupeKey` is known is left as it is. */
  put(notices: readonly Notice[], now: Date): Promise<void>
  /** Takes up to `limit` due rows, most urgent first, then by the instant they are due. Nobody else gets them until `until`. */
  claim(request: Claim): Promise<readonly Held[]>
  /** Keeps what `owner` still holds of these until `until`. */
  renew(ids: readonly string[], owner: string, until: Date): Promise<void>
  /** Writes all of them in one commit. A lost lease makes anything but `sent` a no-op. */
  settle(owner: string, settled: readonly Settled[]): Promise<void>
  /** Takes back at once what a process before this one held; only where one process at a time may have the database. */
  takeBack?(platform: Platform): Promise<void>
  /** Rows that wait, are late or died, for health and the operator. */
  depth(
    platform: Platform,
    now: Date,
  ): Promise<{ readonly due: number; readonly dead: number; readonly oldestDueAt?: Date }>
}

export type Claim = {
  readonly platform: Platform
  readonly owner: string
  readonly now: Date
  readonly until: Date
  readonly limit: number
  readonly maxPriority: Priority
}

/** Where a prompt to a person goes. */
export type Address = { readonly platform: Platform; readonly workspace: string; readonly user: string }

/** What "when" depends on for one person. */
export type PersonTime = {
  readonly zone: string
  /** Local times such as 21:30 and 07:00. */
  readonly quiet?: { readonly from: string; readonly to: string }
  /** First and last local day, both included. */
  readonly aways: readonly { readonly fromDay: string; readonly toDay: string }[]
  readonly left: boolean
  readonly address?: Address
}

export type DueSchedule = {
  readonly id: string
  readonly programId: string
  readonly personId: string
  readonly notice: string
  /** Absent for a one-off at `nextRunAt`. */
  readonly cron?: string
  readonly zone: string
  readonly nextRunAt: Date
  readonly graceMin: number
  readonly unanswered: number
  readonly person: PersonTime
}

export type OccurrenceState = 'queued' | 'missed' | 'away' | 'skipped'

/** What the tick decided about one schedule. */
export type Decision = {
  readonly schedule: DueSchedule
  readonly occurrences: readonly {
    readonly id: string
    readonly localDay: string
    readonly dueAt: Date
    readonly state: OccurrenceState
    /** Queued only: written only when this process is the one that wrote the occurrence. */
    readonly notice?: Notice
  }[]
  readonly nextRunAt?: Date
  /** The ladder ends here: unless the queued occurrence was there already, it rests until the person answers or asks. */
  readonly rests: boolean
}

export type DueSnooze = {
  readonly id: string
  readonly programId: string
  readonly personId: string
  readonly scheduleId: string
  readonly occurrenceId: string
  readonly notice: string
  readonly dueAt: Date
  readonly graceMin: number
  readonly answered: boolean
  readonly person: PersonTime
}

export type StoredSchedule = {
  readonly id: string
  readonly cron: string
  readonly zone: string
  readonly nextRunAt: Date
}

export type Schedules = {
  /** Takes up to `limit` schedules due at `now` and writes what `decide` answers, in one transaction. Returns how many. */
  decide(
    now: Date,
    limit: number,
    decide: (due: readonly DueSchedule[]) => readonly Decision[],
  ): Promise<number>
  /** The same for snoozes: each is marked as queued, with its notice or without one. */
  decideSnoozes(
    now: Date,
    limit: number,
    decide: (due: readonly DueSnooze[]) => readonly (Notice | undefined)[],
  ): Promise<number>
  /** The next instant at which a schedule, a snooze or an outbox row becomes due; for moving the clock. */
  nextDue(after: Date): Promise<Date | undefined>
  /** Running schedules with a cron expression in order of id, for checking stored instants. */
  running(afterId: string, limit: number): Promise<readonly StoredSchedule[]>
  /** Moves schedules that still have the instant which was read. */
  move(moves: readonly { readonly schedule: StoredSchedule; readonly to: Date }[]): Promise<void>
}
