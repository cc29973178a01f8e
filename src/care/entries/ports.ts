// What a person keeps, of every kind, as the domain sees it; the store seals the body under the person's own key.
import type { Announcement, Audience, Self } from '../members/ports.ts'

export const entryKinds = [
  'journal',
  'search',
  'own-prompt',
  'prompt-seen',
  'agenda',
  'takeaway',
  'skill-use',
  'favourite',
  'coping-card',
  'skill-offer',
  'practice',
  'urge',
  'slip',
  'recovery',
  'plan',
  'letter',
  'away-letter',
  'directive',
  'hard-date',
  'scale',
  'scale-alert',
  'age',
  'goodbye',
  'erasure',
  'measure-words',
  'folded-themes',
  'graduation',
  'peer-lead',
  'taper',
  'buddy',
  'buddy-check',
] as const
export type EntryKind = (typeof entryKinds)[number]

/** `Body` is JSON; each noun parses its own kind with its own schema (see `keeping.ts`). */
export type Entry<Body = unknown> = {
  readonly id: string
  readonly kind: EntryKind
  /** The person's local day it speaks of. */
  readonly forDay: string
  readonly at: Date
  readonly editedAt?: Date
  readonly body: Body
  readonly audience: Audience
  /** When something comes of it by itself. */
  readonly dueAt?: Date
}
export type OwnedEntry<Body = unknown> = Entry<Body> & { readonly personId: string }
export type DueEntry = OwnedEntry & { readonly programId: string; readonly dueAt: Date }

export type Entries = {
  /** Inserts, or replaces the person's own row of that id; false when the id is somebody else's. One transaction with the announcements. */
  put(self: Self, entry: Entry, announce?: readonly Announcement[]): Promise<boolean>
  get(self: Self, id: string): Promise<Entry | undefined>
  /** Newest first; `before` is the id of the last one of the page before. */
  list(
    self: Self,
    kind: EntryKind,
    page: { readonly before?: string; readonly limit: number },
  ): Promise<readonly Entry[]>
  /** All of a kind, newest first, a page in memory at a time: for search and for counting. */
  each(self: Self, kind: EntryKind): AsyncIterable<Entry>
  /** False when there was none of that id. */
  remove(self: Self, id: string): Promise<boolean>
  /** What members of the program chose to share, newest first. Never anything else. */
  shared(
    programId: string,
    page: {
      readonly kinds: readonly EntryKind[]
      readonly personId?: string
      readonly before?: string
      readonly limit: number
    },
  ): Promise<readonly OwnedEntry[]>
  /** One shared entry by id, for somebody else's eyes; undefined when it is not shared. */
  sharedOne(programId: string, id: string): Promise<OwnedEntry | undefined>
  /** Takes every share back. */
  unshareAll(self: Self): Promise<void>
  /** Of people who have not left, whose time has come, the earliest first. */
  due(now: Date, limit: number): Promise<readonly DueEntry[]>
  /** Writes what came of it, unless somebody else did since: then false and nothing is written. Undefined `next` is never again. */
  cameDue(
    entry: DueEntry,
    next: Date | undefined,
    announce: readonly Announcement[],
    at: Date,
  ): Promise<boolean>
  nextDue(after: Date): Promise<Date | undefined>
}
