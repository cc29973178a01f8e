// Practice that a facilitator gave, as the domain sees it. What a person did with it is their own sealed entry.
import type { Announcement } from '../members/ports.ts'

export type Assignment = {
  readonly id: string
  /** A skill's slug, a scale's, or the id of one of the program's own skills. */
  readonly what: string
  /** Everybody who takes part, when not said. */
  readonly toPerson?: string
  readonly givenBy: string
  readonly givenAt: Date
  /** The last local day of the program. */
  readonly untilDay: string
}

export type Assignments = {
  /** One transaction with the announcements; false when there is one of that id, here or anywhere. */
  add(programId: string, assignment: Assignment, announce: readonly Announcement[]): Promise<boolean>
  get(programId: string, id: string): Promise<Assignment | undefined>
  /** Not ended and not over on that day, the one that ends first at the top. */
  open(programId: string, day: string): Promise<readonly Assignment[]>
  /** False when there was none of that id to end. */
  end(programId: string, id: string, at: Date): Promise<boolean>
}
