// Buddies by mutual consent (feature row 63): each says yes apart from the other, nobody hears of a no, and no reason is asked at the end.
import { z } from 'zod'
import { Refusal } from '../../words/refusal.ts'
import { t } from '../../words/text.ts'
import { keepingOf, notFound } from '../entries/keeping.ts'
import type { Entries } from '../entries/ports.ts'
import { auditOf, type Access } from '../groups/access.ts'
import type { Group, Groups, Seat } from '../groups/ports.ts'
import { isInside } from '../groups/rules.ts'
import type { Telling } from '../groups/telling.ts'
import type { Person, Self } from '../members/ports.ts'
import type { When } from '../prompts/when.ts'
import type { Pair, Pairs } from './ports.ts'

export type Buddy = { readonly pair: Pair; readonly person: Person; readonly group: Group }

type Parts = {
  readonly entries: Entries
  readonly groups: Groups
  readonly pairs: Pairs
  readonly access: Pick<Access, 'seen' | 'led'>
  readonly telling: Pick<Telling, 'person' | 'persons'>
  readonly when: When
  readonly newId: () => string
}

/** A question nobody answers goes by itself, like one that was answered with no. */
const asksMs = 14 * 86_400_000
const openTo = z.object({ group: z.string() })

export const otherOf = ({ oneId, otherId }: Pair, personId: string): string =>
  oneId === personId ? otherId : oneId

/** The question is still before this person: they have not said yes or no. */
export const mayAnswer = ({ state, askedBy, endedAt, since }: Pair, personId: string, now: Date): boolean => {
  if (now.getTime() - since.getTime() > asksMs) return false
  if (state === 'approving') return true
  return askedBy !== personId && (state === 'asked' || (state === 'declined' && endedAt === undefined))
}

/** Two by two in their order, nobody twice and nobody again with somebody they were asked about before. */
export function pairsAmong(
  ids: readonly string[],
  met: (one: string, other: string) => boolean,
): readonly (readonly [string, string])[] {
  const free = new Set(ids)
  const found: (readonly [string, string])[] = []
  for (const one of ids) {
    if (!free.delete(one)) continue
    const other = [...free].find((each) => !met(one, each))
    if (other === undefined) continue
    free.delete(other)
    found.push([one, other])
  }
  return found
}

export function buddiesOf({ entries, groups, pairs, access, telling, when, newId }: Parts) {
  const openness = keepingOf('buddy', openTo, { entries, when })
  const sits = (group: Group, seat: Seat | undefined): boolean =>
    isInside(group, seat) && seat.seat !== 'facilitator'

  const opened = async (self: Self, groupId: string) =>
    (await openness.all(self)).filter(({ body, audience }) => body.group === groupId && audience !== 'me')

  /** The group of a pair, while both sit in it. */
  async function together(pair: Pair): Promise<Group | undefined> {
    const { programId, groupId, oneId, otherId } = pair
    const group = await groups.get(programId, groupId)
    if (!group || group.state === 'archived') return undefined
    const seats = await Promise.all(
      [oneId, otherId].map((personId) => groups.seat({ programId, personId }, groupId)),
    )
    return seats.every((seat) => sits(group, seat)) ? group : undefined
  }

  async function inside(person: Person, groupId: string): Promise<Group> {
    const { group, seat } = await access.seen(person, groupId)
    if (!sits(group, seat)) throw notFound()
    return group
  }

  const told = async (notice: string, pair: Pair, ids: readonly string[], now: Date) => {
    const subject = { id: pair.groupId, programId: pair.programId }
    const said = { notice, key: `${pair.id}:${notice}`, params: { pair: pair.id } }
    const all = ids.map((personId) =>
      telling.person(subject, { programId: pair.programId, personId }, said, now),
    )
    return (await Promise.all(all)).flat()
  }

  const pairFor = (
    group: Group,
    [one, other]: readonly [string, string],
    more: Partial<Pair>,
    now: Date,
  ) => ({
    id: newId(),
    programId: group.programId,
    groupId: group.id,
    oneId: one < other ? one : other,
    otherId: one < other ? other : one,
    askedBy: one,
    state: 'asked' as const,
    since: now,
    ...more,
  })

  async function end(pair: Pair, toldTo: readonly string[], now: Date): Promise<void> {
    const ended: Pair = { ...pair, state: 'ended', since: now, endedAt: now }
    await pairs.change(ended, pair, await told('buddy-ended', pair, toldTo, now), now)
  }

  /** Those who said that they are open to it here, have a seat, and have no buddy. */
  async function openIn(group: Group): Promise<readonly Person[]> {
    const seats = (await groups.seats(group.programId, group.id, ['in'])).filter((seat) => sits(group, seat))
    const persons = await telling.persons(
      group.programId,
      seats.map(({ personId }) => personId),
    )
    const found = await Promise.all(
      persons.map(async (person) => {
        const [open, of] = await Promise.all([opened(person, group.id), pairs.of(person)])
        const isFree = open.length > 0 && !of.some(({ state }) => state === 'on')
        return isFree && person.ageBand === group.ageBand ? [person] : []
      }),
    )
    return found.flat()
  }

  async function own(person: Person, id: string): Promise<Pair> {
    const pair = await pairs.get(person.programId, id)
    if (pair?.oneId !== person.personId && pair?.otherId !== person.personId) throw notFound()
    return pair
  }

  async function withPerson(person: Person, pair: Pair, group: Group): Promise<readonly Buddy[]> {
    const [other] = await telling.persons(pair.programId, [otherOf(pair, person.personId)])
    return other ? [{ pair, person: other, group }] : []
  }

  async function mine(person: Person, now: Date) {
    const all = await pairs.of(person)
    const buddies: Buddy[] = []
    const questions: Buddy[] = []
    for (const pair of all) {
      if (pair.state !== 'on' && !mayAnswer(pair, person.personId, now)) continue
      const group = await together(pair)
      if (group) (pair.state === 'on' ? buddies : questions).push(...(await withPerson(person, pair, group)))
      else if (pair.state === 'on') await end(pair, [pair.oneId, pair.otherId], now)
    }
    return { buddies, questions: buddies.length > 0 ? [] : questions }
  }

  async function question(person: Person, id: string, now: Date): Promise<Buddy> {
    const pair = await own(person, id)
    const group = mayAnswer(pair, person.personId, now) ? await together(pair) : undefined
    const [found] = group ? await withPerson(person, pair, group) : []
    if (!found) throw notFound()
    return found
  }

  /** What a leader may suggest: two by two among those who are open to it. */
  async function suggestions(leader: Person, groupId: string) {
    const { group } = await access.led(leader, groupId)
    const [open, known] = await Promise.all([openIn(group), pairs.ofGroup(group.programId, groupId)])
    const met = (one: string, other: string) =>
      known.some(
        (pair) =>
          (pair.oneId === one && pair.otherId === other) || (pair.oneId === other && pair.otherId === one),
      )
    const personOf = (id: string) => open.filter(({ personId }) => personId === id)
    const suggested = pairsAmong(
      open.map(({ personId }) => personId),
      met,
    )
    return {
      group,
      open,
      on: known.filter(({ state }) => state === 'on').length,
      suggested: suggested.map((ids) => ids.flatMap(personOf)),
    }
  }

  return {
    mine,
    question,
    suggestions,

    /** A pair that goes on, in the eyes of one of the two. */
    async buddy(person: Person, id: string): Promise<Buddy> {
      const pair = await own(person, id)
      const group = pair.state === 'on' ? await together(pair) : undefined
      const [found] = group ? await withPerson(person, pair, group) : []
      if (!found) throw notFound()
      return found
    },

    /** The groups in which this person could have a buddy, and whether they said they are open to it. */
    async groupsOf(person: Person) {
      const seats = await groups.seatsOf(person)
      const found = await Promise.all(
        seats.map(async (seat) => {
          const group = await groups.get(person.programId, seat.groupId)
          if (!group || !sits(group, seat) || group.state === 'archived') return []
          return [{ group, isOpen: (await opened(person, group.id)).length > 0 }]
        }),
      )
      return found.flat()
    },

    /** Open to a buddy, or not any more. */
    async setOpen(person: Person, groupId: string, open: boolean, now: Date): Promise<Group> {
      const group = await inside(person, groupId)
      const before = (await openness.all(person)).filter(({ body }) => body.group === groupId)
      if (open && before.length === 0)
        await openness.save(person, { id: newId(), body: { group: groupId }, audience: 'group' }, now)
      else if (open && before[0])
        await openness.save(person, { id: before[0].id, body: { group: groupId }, audience: 'group' }, now)
      else for (const { id } of before) await openness.remove(person, id)
      return group
    },

    /** Those open to it whom this person was never asked about. */
    async openTo(
      person: Person,
      groupId: string,
    ): Promise<{ readonly group: Group; readonly persons: readonly Person[] }> {
      const group = await inside(person, groupId)
      const [known, open] = await Promise.all([pairs.of(person), openIn(group)])
      const met = new Set(known.map((pair) => otherOf(pair, person.personId)))
      return {
        group,
        persons: open.filter(({ personId }) => personId !== person.personId && !met.has(personId)),
      }
    },

    /** The asker's own yes; the other hears that somebody asks, and answers in their own time. */
    async ask(person: Person, groupId: string, who: string, now: Date): Promise<void> {
      const group = await inside(person, groupId)
      const known = await pairs.of(person)
      if (known.some(({ state }) => state === 'on')) throw new Refusal(t('buddies.have-one'))
      if (known.some((pair) => otherOf(pair, person.personId) === who)) return
      if (who === person.personId || !(await openIn(group)).some(({ personId }) => personId === who))
        throw notFound()
      const pair: Pair = pairFor(group, [person.personId, who], {}, now)
      if (!(await pairs.add(pair, await told('buddy-asked', pair, [who], now), undefined, now)))
        throw notFound()
    },

    /** Whatever comes of it, the words afterwards are the same: nobody hears of a no. */
    async answer(person: Person, id: string, yes: boolean, now: Date): Promise<void> {
      const { pair } = await question(person, id, now)
      const askedBy = person.personId
      if (!yes) {
        const ended = pair.state === 'approving' ? {} : { endedAt: now }
        await pairs.change({ ...pair, state: 'declined', askedBy, ...ended }, pair, [], now)
      } else if (pair.state === 'approving')
        await pairs.change({ ...pair, state: 'asked', askedBy }, pair, [], now)
      else if (pair.state === 'declined') await pairs.change({ ...pair, endedAt: now }, pair, [], now)
      else {
        const both = await told('buddy-on', pair, [pair.oneId, pair.otherId], now)
        const isOn = await pairs.change({ ...pair, state: 'on', since: now }, pair, both, now)
        // One of the two has found a buddy meanwhile.
        if (!isOn) await pairs.change({ ...pair, state: 'declined', askedBy, endedAt: now }, pair, [], now)
      }
    },

    /** At any time and with no reason; the other hears only that it has ended. */
    async end(person: Person, id: string, now: Date): Promise<void> {
      const pair = await own(person, id)
      if (pair.state !== 'on') throw notFound()
      await end(pair, [otherOf(pair, person.personId)], now)
    },

    /** After somebody left a group, or stopped taking part. */
    async endStale(self: Self, now: Date): Promise<void> {
      for (const pair of await pairs.of(self))
        if (pair.state === 'on' && !(await together(pair))) await end(pair, [pair.oneId, pair.otherId], now)
    },

    /** Both are asked, each apart from the other. */
    async suggest(leader: Person, groupId: string, now: Date): Promise<number> {
      const { group, suggested } = await suggestions(leader, groupId)
      let asked = 0
      for (const [one, other] of suggested) {
        if (!one || !other) continue
        const ids = [one.personId, other.personId] as const
        const pair: Pair = pairFor(group, ids, { state: 'approving', askedBy: leader.personId }, now)
        const audit = auditOf(leader, 'change-group', group, { why: 'buddies' })
        if (await pairs.add(pair, await told('buddy-asked', pair, ids, now), audit, now)) asked += 1
      }
      return asked
    },
  }
}
export type Buddies = ReturnType<typeof buddiesOf>
