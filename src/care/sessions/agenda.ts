// What a person wants to bring to the next session: lines of their own, shown to nobody unless they choose (C4).
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { Refusal } from '../../words/refusal.ts'
import { t } from '../../words/text.ts'
import type { CheckIns, Readings } from '../checkins/ports.ts'
import { keepingOf, notFound } from '../entries/keeping.ts'
import type { Entries, Entry } from '../entries/ports.ts'
import type { Person } from '../members/ports.ts'
import type { Reminders } from '../prompts/ports.ts'
import type { When } from '../prompts/when.ts'

export const shape = z.object({ text: z.string(), doneAt: z.string().optional() })
export const keptShape = z.object({ text: z.string(), session: z.string().optional() })
export type AgendaLine = Entry<z.output<typeof shape>>
export type Takeaway = Entry<z.output<typeof keptShape>>

type Parts = {
  readonly entries: Entries
  readonly checkIns: Pick<CheckIns, 'get'>
  readonly readings: Readings
  readonly reminders: Pick<Reminders, 'answer'>
  readonly newId: () => string
  readonly when: When
}

const most = 50

/** One for each thing that is brought: pressing twice brings it once. */
const idFor = (person: Person, from: string): string =>
  createHash('sha256').update(`agenda ${person.personId} ${from}`).digest('base64url').slice(0, 22)

export function agendaOf({ entries, checkIns, readings, reminders, newId, when }: Parts) {
  const kept = keepingOf('agenda', shape, { entries, when })
  const takeaways = keepingOf('takeaway', keptShape, { entries, when })
  const open = async (person: Person): Promise<readonly AgendaLine[]> =>
    (await kept.all(person)).filter(({ body }) => body.doneAt === undefined).toReversed()

  async function add(person: Person, id: string, text: string, now: Date): Promise<AgendaLine> {
    const before = await kept.get(person, id)
    if (!before && (await open(person)).length >= most) throw new Refusal(t('agenda.many', { most }))
    return kept.save(person, { id, body: { text } }, now)
  }

  return {
    own: kept.own,
    open,
    remove: kept.remove,

    /** The day of one's own thing that is to be brought. Throws a `Refusal` when it is not there. */
    async dayOf(person: Person, kind: 'journal' | 'check-in' | 'urge' | 'skill-use', from: string) {
      const found = kind === 'check-in' ? await checkIns.get(person, from) : await entries.get(person, from)
      if (!found) throw notFound()
      return found.forDay
    },

    bring: (person: Person, from: string, text: string, now: Date): Promise<AgendaLine> =>
      add(person, idFor(person, from), text, now),
    add,

    async show(person: Person, id: string, shown: boolean, now: Date): Promise<void> {
      const { body } = await kept.own(person, id)
      await kept.save(person, { id, body, audience: shown ? 'facilitator' : 'me' }, now)
    },

    /** After the session its lines are behind; what was shown is shown no longer. */
    async close(person: Person, now: Date): Promise<number> {
      const lines = await open(person)
      for (const { id, body } of lines)
        await kept.save(person, { id, body: { ...body, doneAt: now.toISOString() }, audience: 'me' }, now)
      return lines.length
    },

    async keep(
      person: Person,
      id: string,
      text: string,
      session: string | undefined,
      now: Date,
    ): Promise<Takeaway> {
      const body = { text, ...(session !== undefined && { session }) }
      const saved = await takeaways.save(person, { id, body }, now)
      await reminders.answer(person, id, now)
      return saved
    },
    takeaways: (person: Person, limit: number, before?: string) => takeaways.list(person, limit, before),
    removeTakeaway: takeaways.remove,

    /** What members chose to be seen before the session, each line's writer told that it was opened. */
    async shown(facilitator: Person, limit: number, before: string | undefined, now: Date) {
      const found = await kept.shared(facilitator.programId, {
        limit,
        ...(before !== undefined && { before }),
      })
      for (const { id, personId } of found)
        if (personId !== facilitator.personId)
          await readings.add({
            id: newId(),
            programId: facilitator.programId,
            readerId: facilitator.personId,
            readerRole: 'facilitator',
            personId,
            what: 'agenda',
            rowId: id,
            at: now,
          })
      return found
    },
  }
}
