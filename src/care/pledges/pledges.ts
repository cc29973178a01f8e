// The next 24 hours, together: whoever wants to is in for today, and no day that somebody left out is kept anywhere (feature row 16).
import { Refusal } from '../../words/refusal.ts'
import { t } from '../../words/text.ts'
import { notFound } from '../entries/keeping.ts'
import type { GroupsOf } from '../groups/groups.ts'
import type { Group } from '../groups/ports.ts'
import { isInside } from '../groups/rules.ts'
import type { Person } from '../members/ports.ts'
import type { When } from '../prompts/when.ts'
import type { Pledges } from './ports.ts'

type Parts = {
  readonly pledges: Pledges
  readonly group: Pick<GroupsOf, 'see' | 'listFor' | 'telling'>
  readonly when: When
  readonly newId: () => string
}
export type Today = {
  readonly group: Group
  readonly day: string
  readonly isIn: boolean
  readonly mayJoin: boolean
  /** Some of those who are in, the earliest first. */
  readonly who: readonly string[]
  readonly hasMore: boolean
}

/** Until every zone on earth has left the day behind. */
const keptMs = 48 * 3_600_000

export function pledgesOf({ pledges, group: ways, when, newId }: Parts) {
  const dayOf = (group: Group, { program }: Person, now: Date) =>
    when.localDay(now, group.zone ?? program.zone)

  return {
    /** Groups in which this person can be in for today, or sees who is. */
    async groups(person: Person): Promise<readonly Group[]> {
      const { mine } = await ways.listFor(person)
      return mine.filter(({ group, seat, leads }) => leads || isInside(group, seat)).map(({ group }) => group)
    },

    async today(person: Person, groupId: string, limit: number, skip: number, now: Date): Promise<Today> {
      const { group, seat, leads } = await ways.see(person, groupId)
      const inside = isInside(group, seat)
      if (!inside && !leads) throw notFound()
      const day = dayOf(group, person, now)
      const { programId } = person
      const [who, isIn] = await Promise.all([
        pledges.list(programId, groupId, day, limit + 1, skip),
        pledges.isIn(person, groupId, day),
      ])
      return {
        group,
        day,
        isIn,
        mayJoin: inside && group.state === 'open',
        who: who.slice(0, limit).map(({ personId }) => personId),
        hasMore: who.length > limit,
      }
    },

    /** The first of a day brings a card into the room; everybody after is in without a word there. */
    async join(person: Person, groupId: string, now: Date): Promise<void> {
      const { group, seat } = await ways.see(person, groupId)
      if (!isInside(group, seat)) throw notFound()
      if (group.state !== 'open') throw new Refusal(t('pledges.closed', { name: group.name }))
      const day = dayOf(group, person, now)
      const card = ways.telling.room(group, { notice: 'pledge-card', key: day, params: { day } }, now)
      const joined = await pledges.join(person, { id: newId(), groupId, day, at: now }, card)
      if (joined === 'no-group') throw notFound()
    },

    async takeBack(person: Person, groupId: string, now: Date): Promise<void> {
      const { group } = await ways.see(person, groupId)
      await pledges.takeBack(person, groupId, dayOf(group, person, now))
    },

    forget: (now: Date): Promise<void> => pledges.forget(new Date(now.getTime() - keptMs)),
  }
}
