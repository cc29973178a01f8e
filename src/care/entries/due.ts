// What comes of an entry by itself at its hour: a hard date, a follow-up, a letter. Each hour acts once.
import { takesPart } from '../members/directory.ts'
import type { Announcement, Person, Self } from '../members/ports.ts'
import type { DueEntry, Entries, EntryKind } from './ports.ts'

/** What an entry whose hour has come wants: when to look again, and what to say to whom. */
export type Came = { readonly next?: Date | undefined; readonly announce: readonly Announcement[] }
export type WhenDue = (person: Person, entry: DueEntry, now: Date) => Promise<Came | 'done'>

type Parts = {
  readonly entries: Entries
  /** As they are now; undefined when they have left. */
  readonly personNow: (self: Self) => Promise<Person | undefined>
  /** By kind. `done` says that the entry was dealt with, or is there no more. */
  readonly whenDue: Partial<Readonly<Record<EntryKind, WhenDue>>>
}

const batch = 100
const hourMs = 3_600_000
const dayMs = 24 * hourMs

export function dueOf({ entries, personNow, whenDue }: Parts) {
  const comeOf = async (entry: DueEntry, now: Date): Promise<void> => {
    const act = whenDue[entry.kind]
    const person = act && (await personNow(entry))
    if (!act || !person) return void (await entries.cameDue(entry, undefined, [], now))
    // Who has stopped taking part is asked nothing until they come back; erasing goes on.
    const came =
      entry.kind !== 'erasure' && !person.roles.some(takesPart)
        ? { next: new Date(now.getTime() + dayMs), announce: [] }
        : await act(person, entry, now)
    if (came !== 'done') await entries.cameDue(entry, came.next, came.announce, now)
  }

  return {
    /** Does what is due at `now` and returns how many entries that were. One that throws is tried again in an hour and holds nobody up. */
    async run(now: Date, onError: (error: unknown) => void): Promise<number> {
      let total = 0
      for (;;) {
        const due = await entries.due(now, batch)
        for (const entry of due)
          await comeOf(entry, now).catch(async (error: unknown) => {
            onError(error)
            await entries.cameDue(entry, new Date(now.getTime() + hourMs), [], now)
          })
        total += due.length
        if (due.length < batch) return total
      }
    },
    next: (after: Date) => entries.nextDue(after),
  }
}
