// Two people of one group who look out for one another. The store implements this; every call names its program.
import type { AuditEntry } from '../audit/ports.ts'
import type { Announcement, Self } from '../members/ports.ts'

/**
 * `approving`: somebody who leads the group suggested it and nobody has answered. `asked`: `askedBy` said yes and the other
 * has not answered. `declined`: `askedBy` said no; without `endedAt` the other still has the question before them.
 */
export type PairState = 'approving' | 'asked' | 'on' | 'declined' | 'ended'
export type Pair = {
  readonly id: string
  readonly programId: string
  readonly groupId: string
  /** The smaller id first. */
  readonly oneId: string
  readonly otherId: string
  readonly askedBy: string
  readonly state: PairState
  readonly since: Date
  readonly endedAt?: Date
}

export type Pairs = {
  /** Every pair this person was ever asked for. */
  of(self: Self): Promise<readonly Pair[]>
  ofGroup(programId: string, groupId: string): Promise<readonly Pair[]>
  get(programId: string, id: string): Promise<Pair | undefined>
  /**
   * False when there was ever a pair of these two, or they are not both in the group, or an adult and a teen would meet
   * (PR-6). One transaction.
   */
  add(
    pair: Pair,
    announce: readonly Announcement[],
    audit: AuditEntry | undefined,
    at: Date,
  ): Promise<boolean>
  /** Only from what was read. To `on` only as `add` does, and while neither has another buddy. One transaction. */
  change(pair: Pair, was: Pair, announce: readonly Announcement[], at: Date): Promise<boolean>
}
