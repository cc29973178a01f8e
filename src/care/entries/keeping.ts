// One kind of entry with its shape: what each noun uses to keep, list and read what a person has of it.
import type { z } from 'zod'
import { Refusal } from '../../words/refusal.ts'
import { t } from '../../words/text.ts'
import type { Announcement, Audience, Person, Self } from '../members/ports.ts'
import type { When } from '../prompts/when.ts'
import type { Entries, Entry, EntryKind, OwnedEntry } from './ports.ts'

export type NewEntry<Body> = {
  /** The id of the form it came from: sent twice, it is one entry. */
  readonly id: string
  readonly body: Body
  readonly forDay?: string | undefined
  readonly audience?: Audience | undefined
  /** Undefined leaves it as it was; null takes it away. */
  readonly dueAt?: Date | null | undefined
  readonly announce?: readonly Announcement[]
}

export const notFound = () => new Refusal(t('kit.stale'))

export function keepingOf<S extends z.ZodType>(
  kind: EntryKind,
  shape: S,
  { entries, when }: { readonly entries: Entries; readonly when: When },
) {
  type Body = z.output<S>
  const parsed = <E extends Entry>(entry: E): E & Entry<Body> =>
    ({ ...entry, body: shape.parse(entry.body) }) as E & Entry<Body>
  const get = async (self: Self, id: string): Promise<Entry<Body> | undefined> => {
    const found = await entries.get(self, id)
    return found?.kind === kind ? parsed(found) : undefined
  }
  const own = async (self: Self, id: string): Promise<Entry<Body>> => {
    const found = await get(self, id)
    if (!found) throw notFound()
    return found
  }

  return {
    get,
    /** Throws a `Refusal` when the person has none of that id. */
    own,

    /** Inserts, or changes the person's own and marks it edited. */
    async save(person: Person, input: NewEntry<Body>, now: Date): Promise<Entry<Body>> {
      const before = await get(person, input.id)
      const dueAt = input.dueAt === undefined ? before?.dueAt : (input.dueAt ?? undefined)
      const entry: Entry<Body> = {
        id: input.id,
        kind,
        forDay: input.forDay ?? before?.forDay ?? when.localDay(now, person.zone),
        at: before?.at ?? now,
        ...(before && { editedAt: now }),
        body: input.body,
        audience: input.audience ?? before?.audience ?? 'me',
        ...(dueAt && { dueAt }),
      }
      if (!(await entries.put(person, entry, input.announce))) throw notFound()
      return entry
    },

    async remove(person: Person, id: string): Promise<void> {
      await own(person, id)
      await entries.remove(person, id)
    },

    async list(self: Self, limit: number, before?: string): Promise<readonly Entry<Body>[]> {
      const found = await entries.list(self, kind, { limit, ...(before !== undefined && { before }) })
      return found.map(parsed)
    },

    /** Newest first. */
    async all(self: Self): Promise<readonly Entry<Body>[]> {
      const found: Entry<Body>[] = []
      for await (const entry of entries.each(self, kind)) found.push(parsed(entry))
      return found
    },

    async shared(
      programId: string,
      page: { readonly personId?: string; readonly before?: string; readonly limit: number },
    ): Promise<readonly OwnedEntry<Body>[]> {
      return (await entries.shared(programId, { kinds: [kind], ...page })).map(parsed)
    },
    async sharedOne(programId: string, id: string): Promise<OwnedEntry<Body> | undefined> {
      const found = await entries.sharedOne(programId, id)
      return found?.kind === kind ? parsed(found) : undefined
    },
  }
}
