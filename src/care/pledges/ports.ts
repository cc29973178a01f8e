// Who of a group is in for a day. The store implements this; every call names its program.
import type { Announcement, Self } from '../members/ports.ts'

/** `day` is the group's local one, like 2026-11-23. */
export type Pledge = {
  readonly id: string
  readonly groupId: string
  readonly day: string
  readonly at: Date
}

export type Pledges = {
  /** Once a day, however often it is said. What is to be told goes along with the first of the day, in one transaction. */
  join(
    self: Self,
    pledge: Pledge,
    tell: readonly Announcement[],
  ): Promise<'first' | 'joined' | 'already' | 'no-group'>
  takeBack(self: Self, groupId: string, day: string): Promise<void>
  /** People of that day, the earliest first. */
  list(
    programId: string,
    groupId: string,
    day: string,
    limit: number,
    skip: number,
  ): Promise<readonly { readonly personId: string }[]>
  isIn(self: Self, groupId: string, day: string): Promise<boolean>
  /** Nobody keeps an account of earlier days. */
  forget(before: Date): Promise<void>
}
