// What a person does about their own seat: ask, agree, only listen, leave, come back.
import { Refusal } from '../../words/refusal.ts'
import { t } from '../../words/text.ts'
import { notFound } from '../entries/keeping.ts'
import type { Announcement, People, Person, Self } from '../members/ports.ts'
import type { Access } from './access.ts'
import type { Goodbyes } from './goodbyes.ts'
import type { Group, Groups, Seat, SeatKind } from './ports.ts'
import { isInside, isLive, leads, misfit } from './rules.ts'
import type { Telling } from './telling.ts'

type Parts = {
  readonly groups: Groups
  readonly people: Pick<People, 'byId'>
  readonly goodbyes: Pick<Goodbyes, 'send'>
  readonly access: Access
  readonly telling: Telling
  /** Gives free places to those who wait. */
  readonly fill: (group: Pick<Group, 'id' | 'programId'>, now: Date) => Promise<void>
  readonly newId: () => string
}

const againMs = 7 * 86_400_000

export function seatsOf({ groups, people, goodbyes, access, telling, fill, newId }: Parts) {
  const changed = () => new Refusal(t('groups.changed'))

  async function live(person: Person, id: string): Promise<{ readonly group: Group; readonly seat: Seat }> {
    const { group, seat } = await access.seen(person, id)
    if (!isLive(seat)) throw notFound()
    return { group, seat }
  }

  function mayAsk(person: Person, group: Group, seat: Seat | undefined, now: Date): void {
    if (group.state === 'archived') throw new Refusal(t('groups.archived'))
    if (group.state === 'paused') throw new Refusal(t('groups.paused.no-asking'))
    const why = misfit(person, group)
    if (why) throw new Refusal(why)
    if (seat?.state === 'removed') throw new Refusal(t('groups.removed.talk'))
    if (seat?.state === 'declined' && now.getTime() - seat.since.getTime() < againMs)
      throw new Refusal(t('groups.declined.later'))
    // Somebody who left a closed group may ask to come back; nobody else may ask there.
    if (group.openness === 'closed' && seat?.state !== 'left') throw notFound()
  }

  /** False when somebody else changed the seat meanwhile. */
  async function ended(
    group: Group,
    seat: Seat,
    now: Date,
    announce: readonly Announcement[] = [],
  ): Promise<boolean> {
    const left: Seat = { ...seat, state: 'left', since: now, endedAt: now, ahead: false }
    if (!(await groups.take(group.programId, left, seat.state, Infinity, { announce }))) return false
    await fill(group, now)
    return true
  }
  const toldLeft = (group: Group, seat: Seat, now: Date) =>
    telling.leaders(group, { notice: 'group-left', key: `${seat.id}:${now.getTime()}` }, now)

  return {
    /** Asking twice is asking once. */
    async ask(
      person: Person,
      id: string,
      kind: Extract<SeatKind, 'member' | 'reading'>,
      now: Date,
    ): Promise<Group> {
      const { group, seat } = await access.seen(person, id)
      if (isLive(seat)) return group
      mayAsk(person, group, seat, now)
      const asked: Seat = {
        id: seat?.id ?? newId(),
        groupId: id,
        personId: person.personId,
        seat: kind,
        state: 'asked',
        since: now,
        ahead: false,
      }
      const said = { notice: 'group-asked', key: `${asked.id}:${now.getTime()}`, priority: 1 } as const
      const announce = await telling.leaders(group, said, now)
      const taken = await groups.take(person.programId, asked, seat?.state, Infinity, { announce })
      if (!taken && !isLive(await groups.seat(person, id))) throw changed()
      return group
    },

    /** To the words of that version: when they changed since, they are shown again. */
    async agree(person: Person, id: string, version: number, now: Date): Promise<Group> {
      const { group, seat } = await live(person, id)
      if (seat.state !== 'agreeing' && seat.state !== 'in') throw notFound()
      if (version !== group.agreementVersion) throw new Refusal(t('groups.agreement.newer'))
      if (isInside(group, seat)) return group
      const agreed: Seat = {
        ...seat,
        state: 'in',
        since: seat.state === 'in' ? seat.since : now,
        agreedVersion: version,
        agreedAt: now,
        joinedAt: seat.joinedAt ?? now,
      }
      if (!(await groups.take(person.programId, agreed, seat.state, Infinity, { at: now }))) throw changed()
      return group
    },

    /** Only listening is taking part; nobody has to say why. */
    async listen(person: Person, id: string, only: boolean, now: Date): Promise<Group> {
      const { group, seat } = await live(person, id)
      if (seat.seat !== 'member' && seat.seat !== 'reading') throw notFound()
      const next: Seat = { ...seat, seat: only ? 'reading' : 'member' }
      if (!(await groups.take(person.programId, next, seat.state, Infinity, { at: now }))) throw changed()
      return group
    },

    /** What was asked for, waited for, or offered; never a seat that somebody already sits in. */
    async giveUp(person: Person, id: string, now: Date): Promise<Group> {
      const { group, seat } = await live(person, id)
      if (seat.state === 'in') throw changed()
      if (!(await ended(group, seat, now))) throw changed()
      return group
    },

    /** With the words of that entry, or quietly. */
    async leave(person: Person, id: string, entry: string | undefined, now: Date): Promise<Group> {
      const { group, seat } = await live(person, id)
      if (entry !== undefined) await goodbyes.send(person, group, seat, entry, now)
      const freed = seat.state === 'in' || seat.state === 'agreeing'
      if (!(await ended(group, seat, now, freed ? await toldLeft(group, seat, now) : []))) throw changed()
      return group
    },

    /** Somebody left the room on the platform: their seat is free, and those who lead hear of it. */
    async wentOut(seat: Seat, group: Group, now: Date): Promise<void> {
      await ended(group, seat, now, await toldLeft(group, seat, now))
    },

    /** Every seat of somebody who stops taking part, quietly. */
    async leaveAll(person: Person, now: Date): Promise<void> {
      for (const seat of await groups.seatsOf(person)) {
        const group = await groups.get(person.programId, seat.groupId)
        if (group && seat.seat !== 'facilitator') await ended(group, seat, now)
      }
    },

    /** After a role was taken or an age corrected: ends the seats that this person may not have any more. */
    async putRight(self: Self, now: Date): Promise<void> {
      const person = await people.byId(self)
      if (!person) return
      for (const seat of await groups.seatsOf(self)) {
        const group = await groups.get(self.programId, seat.groupId)
        if (!group) continue
        const fits =
          seat.seat === 'facilitator'
            ? leads(person, seat)
            : misfit(person, group, seat.seat === 'host') === undefined
        if (!fits) await ended(group, seat, now, await toldLeft(group, seat, now))
      }
    },
  }
}
