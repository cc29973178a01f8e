// The sessions of a program: what goes before and after each follows from here.
import type { GroupKind } from '../journal/content.ts'
import type { Self } from '../members/ports.ts'

export type Session = {
  readonly id: string
  readonly name: string
  readonly kind: GroupKind
  /** Five-part cron expression of its beginning, in `zone`. */
  readonly cron: string
  readonly zone: string
  readonly minutes: number
  /** This week's topic: a lesson's slug or words of the facilitator's. */
  readonly topic?: string
  readonly createdAt: Date
}

/** A prompt that a member asked for, before or after each time a session meets. */
export type SessionPrompt = {
  readonly id: string
  readonly notice: 'before-session' | 'after-session'
  readonly sessionId: string
  readonly cron: string
  readonly zone: string
  readonly nextRunAt?: Date
  readonly createdAt: Date
}

export type Sessions = {
  list(programId: string): Promise<readonly Session[]>
  get(programId: string, id: string): Promise<Session | undefined>
  /**
   * Inserts or replaces; false when the id is another program's. In the same transaction every prompt of the session
   * gets its new times.
   */
  put(
    programId: string,
    session: Session,
    times: Readonly<Record<SessionPrompt['notice'], { readonly cron: string; readonly nextRunAt?: Date }>>,
  ): Promise<boolean>
  /** Ends it, and with it every prompt before and after it. */
  end(programId: string, id: string, at: Date): Promise<boolean>
  /** Which prompts of which sessions the person asked for. */
  promptsOf(self: Self): Promise<readonly SessionPrompt[]>
  /** Twice is once. */
  addPrompt(self: Self, prompt: SessionPrompt): Promise<void>
  removePrompts(self: Self, sessionId: string, notice: SessionPrompt['notice']): Promise<void>
  /** The session that a schedule of the person's goes with, as long as it meets. */
  ofSchedule(self: Self, scheduleId: string): Promise<Session | undefined>
}
