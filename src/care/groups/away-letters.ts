// Before a facilitator is away: from when to when, who covers and their own words, to the people of their groups (C21).
import { z } from 'zod'
import { Refusal } from '../../words/refusal.ts'
import { t } from '../../words/text.ts'
import { keepingOf, notFound } from '../entries/keeping.ts'
import type { Entries, Entry } from '../entries/ports.ts'
import type { Announcement, Person } from '../members/ports.ts'
import type { When } from '../prompts/when.ts'
import type { Groups } from './ports.ts'
import type { Telling } from './telling.ts'

const shape = z.object({
  words: z.string(),
  from: z.iso.date(),
  to: z.iso.date(),
  cover: z.string().optional(),
})
export type AwayLetter = Entry<z.output<typeof shape>>
export type AwayLetterInput = {
  readonly words: string
  readonly from: string
  readonly to: string
  /** A name as the writer puts it. */
  readonly cover?: string | undefined
}

type Parts = {
  readonly entries: Entries
  readonly groups: Groups
  readonly telling: Telling
  readonly when: When
}
const shownAtMost = 5

export function awayLettersOf({ entries, groups, telling, when }: Parts) {
  const kept = keepingOf('away-letter', shape, { entries, when })

  const led = async (person: Person): Promise<ReadonlySet<string>> => {
    const seats = await groups.seatsOf(person)
    return new Set(
      seats.flatMap(({ groupId, seat, state }) =>
        seat === 'facilitator' && state === 'in' ? [groupId] : [],
      ),
    )
  }

  /** Everybody inside the writer's groups, each once. */
  async function announcementsFor(
    writer: Person,
    letter: string,
    now: Date,
  ): Promise<readonly Announcement[]> {
    const told = new Map<string, Announcement>()
    for (const groupId of await led(writer)) {
      const group = { id: groupId, programId: writer.programId }
      const seats = await groups.seats(writer.programId, groupId, ['in'])
      const others = seats.filter(({ personId }) => personId !== writer.personId && !told.has(personId))
      const said = { notice: 'away-letter', key: letter, params: { letter, of: writer.personId } }
      for (const [personId, one] of await telling.seats(group, others, said, now)) told.set(personId, one)
    }
    return [...told.values()]
  }

  return {
    own: kept.own,
    remove: kept.remove,
    /** The newest ones that are not over. */
    async current(writer: Person, now: Date): Promise<readonly AwayLetter[]> {
      const found = await kept.list(writer, shownAtMost)
      return found.filter(({ body }) => body.to >= when.localDay(now, writer.zone))
    },

    /** Sent twice with one id, it is one. Returns how many people it goes to. */
    async write(writer: Person, id: string, input: AwayLetterInput, now: Date): Promise<number> {
      if (input.to < input.from) throw new Refusal(t('away-letter.order'), 'to')
      if (input.to < when.localDay(now, writer.zone)) throw new Refusal(t('away-letter.past'), 'to')
      if ((await led(writer)).size === 0) throw new Refusal(t('away-letter.no-group'))
      const { words, from, to, cover } = input
      const announce = await announcementsFor(writer, id, now)
      const body = { words, from, to, ...(cover !== undefined && { cover }) }
      await kept.save(writer, { id, body, audience: 'group', announce }, now)
      return announce.length
    },

    /** For somebody inside a group that its writer leads, until it is over. Throws a `Refusal` otherwise. */
    async read(reader: Person, of: string, id: string, now: Date) {
      const [writer] = await telling.persons(reader.programId, [of])
      const letter = writer && (await kept.get(writer, id))
      if (!writer || !letter || letter.body.to < when.localDay(now, reader.zone)) throw notFound()
      const leads = await led(writer)
      const seats = await groups.seatsOf(reader)
      if (!seats.some(({ groupId, state }) => state === 'in' && leads.has(groupId))) throw notFound()
      return { letter, name: writer.name }
    },
  }
}
