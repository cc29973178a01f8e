// A person's journal: to write, read, look for, change, delete, and show one entry by choice.
import { z } from 'zod'
import { Temporal } from 'temporal-polyfill'
import type { Readings } from '../checkins/ports.ts'
import { keepingOf, notFound } from '../entries/keeping.ts'
import type { Entries, Entry, OwnedEntry } from '../entries/ports.ts'
import { mayMeet } from '../members/ages.ts'
import type { Announcement, Audience, People, Person } from '../members/ports.ts'
import type { Reminders } from '../prompts/ports.ts'
import type { When } from '../prompts/when.ts'
import { Refusal } from '../../words/refusal.ts'
import { t } from '../../words/text.ts'
import { excerpt, wordsOf } from './search.ts'

const searchShape = z.object({ query: z.string() })
export const shape = z.object({
  text: z.string(),
  /** The question it answers, in the words it was asked in. */
  about: z.string().optional(),
  win: z.boolean(),
})
export type JournalEntry = Entry<z.output<typeof shape>>
export type Found = { readonly query: string; readonly hits: readonly Hit[]; readonly more: boolean }
export type Hit = { readonly entry: JournalEntry; readonly excerpt: string }

type Parts = {
  readonly entries: Entries
  readonly readings: Readings
  readonly people: Pick<People, 'byId'>
  readonly reminders: Pick<Reminders, 'answer'>
  readonly newId: () => string
  readonly when: When
}

/** What one person may write in a journal entry, in characters. */
export const longestEntry = 4000

export function journalOf({ entries, readings, people, reminders, newId, when }: Parts) {
  const kept = keepingOf('journal', shape, { entries, when })
  const searches = keepingOf('search', searchShape, { entries, when })

  /** A pointer in the room: no name, no word. It opens only while the entry is shared. */
  const announce = (person: Person, entry: JournalEntry, audience: Audience, now: Date): Announcement[] => {
    const room = person.program.group
    if (audience !== 'group' || entry.audience === 'group' || !room) return []
    return [
      {
        id: newId(),
        notice: 'shared-entry',
        params: { entry: entry.id },
        to: { kind: 'room', room },
        dedupeKey: `share:${entry.id}`,
        dueAt: now,
        priority: 1,
      },
    ]
  }

  const find = async (person: Person, query: string, skip: number, limit: number): Promise<Found> => {
    const words = wordsOf(query)
    const hits: Hit[] = []
    let seen = 0
    for await (const entry of entries.each(person, 'journal')) {
      const body = shape.parse(entry.body)
      const found = excerpt(`${body.about === undefined ? '' : `${body.about} `}${body.text}`, words)
      if (found === undefined) continue
      seen += 1
      if (seen <= skip) continue
      if (hits.length === limit) return { query, hits, more: true }
      hits.push({ entry: { ...entry, body }, excerpt: found })
    }
    return { query, hits, more: false }
  }

  return {
    own: kept.own,
    list: (person: Person, limit: number, before?: string) => kept.list(person, limit, before),
    remove: kept.remove,

    async write(
      person: Person,
      input: { readonly id: string; readonly text: string; readonly about?: string | undefined },
      now: Date,
    ): Promise<JournalEntry> {
      const { id, text, about } = input
      const win = (await kept.get(person, id))?.body.win ?? false
      const body = { text, win, ...(about !== undefined && { about }) }
      const entry = await kept.save(person, { id, body }, now)
      await reminders.answer(person, id, now)
      return entry
    },

    async edit(person: Person, id: string, text: string, now: Date): Promise<JournalEntry> {
      const { body } = await kept.own(person, id)
      return kept.save(person, { id, body: { ...body, text } }, now)
    },

    /** A win is one that its writer wants to find again on a hard day. */
    async markWin(person: Person, id: string, win: boolean, now: Date): Promise<JournalEntry> {
      const { body } = await kept.own(person, id)
      return kept.save(person, { id, body: { ...body, win } }, now)
    },

    /** One of them, another each day. */
    async aWin(person: Person, now: Date): Promise<JournalEntry | undefined> {
      const wins = (await kept.all(person)).filter(({ body }) => body.win)
      const day = Temporal.PlainDate.from(when.localDay(now, person.zone))
      return wins[day.dayOfYear % Math.max(1, wins.length)]
    },

    /** What was written on the day so many days ago, or undefined. Only when asked. */
    async daysAgo(person: Person, days: number, now: Date): Promise<readonly JournalEntry[]> {
      const day = Temporal.PlainDate.from(when.localDay(now, person.zone)).subtract({ days }).toString()
      return (await kept.all(person)).filter(({ forDay }) => forDay === day)
    },

    /** The newest first. Reads every entry: nothing of the words is indexed anywhere. */
    async search(person: Person, query: string, limit: number, now: Date): Promise<Found> {
      if (wordsOf(query).length === 0) throw new Refusal(t('journal.search.empty'), 'search')
      const [last] = await searches.list(person, 1)
      // Kept for the next page: a button may carry no word of a person's.
      await searches.save(person, { id: last?.id ?? newId(), body: { query } }, now)
      return find(person, query, 0, limit)
    },
    /** The next page of what was looked for last. */
    async searchOn(person: Person, skip: number, limit: number): Promise<Found> {
      const [last] = await searches.list(person, 1)
      if (!last) throw notFound()
      return find(person, last.body.query, skip, limit)
    },

    async share(person: Person, id: string, audience: Audience, now: Date): Promise<JournalEntry> {
      const before = await kept.own(person, id)
      if (audience === 'group' && !person.program.group) throw new Refusal(t('checkins.audience.no-group'))
      const announced = announce(person, before, audience, now)
      return kept.save(person, { id, body: before.body, audience, announce: announced }, now)
    },

    /** For facilitators: what members chose to show them or the group. */
    shared: (facilitator: Person, limit: number, before?: string) =>
      kept.shared(facilitator.programId, { limit, ...(before !== undefined && { before }) }),

    /** One shared entry in another's eyes; its writer can see that it was opened. */
    async read(reader: Person, id: string, now: Date): Promise<OwnedEntry<JournalEntry['body']>> {
      const found = await kept.sharedOne(reader.programId, id)
      const facilitates = reader.roles.includes('facilitator')
      if (!found || (found.audience === 'facilitator' && !facilitates && found.personId !== reader.personId))
        throw notFound()
      if (!mayMeet(reader, await people.byId({ ...reader, personId: found.personId }))) throw notFound()
      if (found.personId !== reader.personId)
        await readings.add({
          id: newId(),
          programId: reader.programId,
          readerId: reader.personId,
          readerRole: facilitates ? 'facilitator' : (reader.roles[0] ?? 'member'),
          personId: found.personId,
          what: 'journal',
          rowId: id,
          at: now,
        })
      return found
    },
  }
}
