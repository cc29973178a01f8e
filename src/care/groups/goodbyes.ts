// Words to a group on the way out: kept for their writer's eyes, sent as a pointer, read inside the group (feature row 66).
import { z } from 'zod'
import { roleOfStaff } from '../audit/by-staff.ts'
import type { Readings } from '../checkins/ports.ts'
import { keepingOf, notFound } from '../entries/keeping.ts'
import type { Entries, Entry, OwnedEntry } from '../entries/ports.ts'
import type { Person } from '../members/ports.ts'
import type { When } from '../prompts/when.ts'
import type { Access } from './access.ts'
import type { Group, Seat } from './ports.ts'
import { isInside } from './rules.ts'
import type { Telling } from './telling.ts'

const shape = z.object({ group: z.string(), words: z.string() })
export type Goodbye = Entry<z.output<typeof shape>>

type Parts = {
  readonly entries: Entries
  readonly readings: Pick<Readings, 'add'>
  readonly access: Access
  readonly telling: Pick<Telling, 'room'>
  readonly when: When
  readonly newId: () => string
}

export function goodbyesOf({ entries, readings, access, telling, when, newId }: Parts) {
  const kept = keepingOf('goodbye', shape, { entries, when })

  return {
    own: (person: Person, id: string): Promise<Goodbye> => kept.own(person, id),

    async write(person: Person, groupId: string, id: string, words: string, now: Date): Promise<Goodbye> {
      const { group, seat } = await access.seen(person, groupId)
      if (!isInside(group, seat)) throw notFound()
      const before = await kept.get(person, id)
      if (before && before.audience !== 'me') throw notFound()
      return kept.save(person, { id, body: { group: groupId, words } }, now)
    },

    async send(person: Person, group: Group, seat: Seat, id: string, now: Date): Promise<void> {
      const { body } = await kept.own(person, id)
      if (body.group !== group.id || !isInside(group, seat)) throw notFound()
      const said = { notice: 'group-goodbye', key: id, params: { goodbye: id } }
      const announce = telling.room(group, said, now)
      await kept.save(person, { id, body, audience: 'group', announce }, now)
    },

    /** For people of the group that it was said to; its writer can see that it was read. */
    async read(
      reader: Person,
      groupId: string,
      id: string,
      now: Date,
    ): Promise<OwnedEntry<z.output<typeof shape>>> {
      const { group, seat, leads } = await access.seen(reader, groupId)
      const found = await kept.sharedOne(reader.programId, id)
      if (found?.body.group !== groupId) throw notFound()
      const { personId } = found
      if (personId === reader.personId) return found
      if (!leads && !isInside(group, seat)) throw notFound()
      const readerRole = leads ? roleOfStaff(reader) : 'member'
      const row = { readerId: reader.personId, readerRole, personId, what: 'goodbye', rowId: id, at: now }
      await readings.add({ id: newId(), programId: reader.programId, ...row })
      return found
    },
  }
}
export type Goodbyes = ReturnType<typeof goodbyesOf>
