// Every use case as one plain object of functions; the kit is bound to it once.
import { checkInsOf } from './care/checkins/check-ins.ts'
import type { CheckIns, Readings } from './care/checkins/ports.ts'
import { createDirectory } from './care/members/directory.ts'
import { membersOf } from './care/members/members.ts'
import type { Announcements, People, Programs } from './care/members/ports.ts'
import { programsOf } from './care/members/programs.ts'
import { rosterOf } from './care/members/roster.ts'
import { remindersOf } from './care/prompts/reminders.ts'
import type { Reminders } from './care/prompts/ports.ts'
import type { When } from './care/prompts/when.ts'
import { linesOf, type Places } from './care/safety/lines.ts'
import type { LineReviews } from './care/safety/ports.ts'

export type Stores = {
  readonly people: People
  readonly programs: Programs
  readonly checkIns: CheckIns
  readonly readings: Readings
  readonly reminders: Reminders
  readonly lineReviews: LineReviews
  readonly announcements: Announcements
}

export type AppParts = Stores & {
  readonly when: When
  readonly newId: () => string
  /** Milliseconds that only ever go forward. */
  readonly monotonic: () => number
  /** Countries of programs kept beside the database, for help that needs none (CR-1). */
  readonly places: Places
}

export function createApp({ monotonic, places, ...parts }: AppParts) {
  const directory = createDirectory(parts.people, monotonic)
  const reminders = remindersOf(parts)
  const lines = linesOf({ ...parts, places })
  return {
    newId: parts.newId,
    when: parts.when,
    directory,
    members: membersOf({
      ...parts,
      directory,
      moveSchedules: (person, zone, now) => reminders.move(person, zone, now),
      stopAll: async (person, now) => {
        await reminders.pauseAll(person, now)
        await parts.checkIns.unshareAll(person)
      },
    }),
    programs: programsOf({ ...parts, directory, placesChanged: lines.placesChanged }),
    roster: rosterOf(parts),
    checkIns: checkInsOf(parts),
    reminders,
    lines,
  }
}

export type App = ReturnType<typeof createApp>
