// From the program to alumni (S15): a facilitator proposes it, the person decides, and nothing moves before they say yes.
import { z } from 'zod'
import { Refusal } from '../../words/refusal.ts'
import { t, type Language } from '../../words/text.ts'
import { keepingOf, notFound } from '../entries/keeping.ts'
import type { Entries, Entry } from '../entries/ports.ts'
import { auditOf, type Access } from '../groups/access.ts'
import type { Group, Groups, Seat } from '../groups/ports.ts'
import { isLive, leads, misfit } from '../groups/rules.ts'
import type { Telling } from '../groups/telling.ts'
import { answerTo } from '../members/consent.ts'
import type { Announcement, People, Person, Platform } from '../members/ports.ts'
import type { When } from '../prompts/when.ts'
import type { Standings, Turn } from './ports.ts'

const shape = z.object({
  /** The group of the program that it was proposed from, whose facilitators hear the answer. */
  from: z.string(),
  /** Groups for alumni that were chosen with it. */
  to: z.array(z.string()),
  state: z.enum(['asked', 'yes', 'stay', 'undone']),
})
export type Graduation = Entry<z.output<typeof shape>>

/** One person as those who lead their group see them here. */
export type Proposal = {
  readonly group: Group
  readonly person: Person
  readonly graduation: Graduation | undefined
  readonly chosen: readonly Group[]
  /** Groups for alumni that could still be chosen. */
  readonly open: readonly Group[]
}

type Parts = {
  readonly entries: Entries
  readonly groups: Groups
  readonly people: Pick<People, 'byId'>
  readonly standings: Standings
  readonly access: Pick<Access, 'led' | 'seatOf'>
  readonly telling: Pick<Telling, 'person' | 'leaders' | 'persons'>
  readonly fill: (group: Pick<Group, 'id' | 'programId'>, now: Date) => Promise<void>
  /** After somebody's standing changed: what is remembered of them, and what rested on where they were. */
  readonly moved: (person: Person, now: Date) => Promise<void>
  readonly when: When
  readonly newId: () => string
}
type Answered = Partial<Pick<Turn, 'grant' | 'revoke' | 'consent' | 'seats'>>

export function graduationsOf(parts: Parts) {
  const { entries, groups, people, standings, access, telling, fill, moved, when, newId } = parts
  const kept = keepingOf('graduation', shape, { entries, when })
  const changed = () => new Refusal(t('groups.changed'))

  const latest = async (self: Pick<Person, 'programId' | 'personId'>): Promise<Graduation | undefined> =>
    (await kept.list(self, 1))[0]

  /** Somebody who sits, or sat, in a group of the program that is led. */
  async function ofLed(leader: Person, groupId: string, who: string) {
    const { group } = await access.led(leader, groupId)
    const seat = await access.seatOf(group, who)
    const person = await people.byId({ programId: leader.programId, personId: who })
    if (!person || group.phase !== 'program' || seat.seat === 'facilitator') throw notFound()
    return { group, seat, person }
  }

  /** Groups for alumni with room for this person, as far as the leader may know of them. */
  async function fitting(leader: Person, person: Person): Promise<readonly Group[]> {
    const asAlum: Person = { ...person, roles: ['alum'] }
    const [all, seats] = await Promise.all([groups.list(leader.programId), groups.seatsOf(leader)])
    return all.filter(
      (group) =>
        group.phase === 'alumni' &&
        misfit(asAlum, group) === undefined &&
        (group.openness === 'open' ||
          leads(
            leader,
            seats.find(({ groupId }) => groupId === group.id),
          )),
    )
  }

  async function named(programId: string, ids: readonly string[]): Promise<readonly Group[]> {
    const found = await Promise.all(ids.map((id) => groups.get(programId, id)))
    return found.flatMap((group) => (group && group.state !== 'archived' ? [group] : []))
  }

  async function proposal(leader: Person, groupId: string, who: string): Promise<Proposal> {
    const { group, person } = await ofLed(leader, groupId, who)
    const graduation = await latest(person)
    const to = graduation?.body.state === 'asked' ? graduation.body.to : []
    const [chosen, all] = await Promise.all([named(group.programId, to), fitting(leader, person)])
    return { group, person, graduation, chosen, open: all.filter(({ id }) => !to.includes(id)) }
  }

  const next = (
    person: Person,
    before: Graduation | undefined,
    body: Graduation['body'],
    now: Date,
  ): Graduation => ({
    id: before?.id ?? newId(),
    kind: 'graduation',
    forDay: before?.forDay ?? when.localDay(now, person.zone),
    at: before?.at ?? now,
    ...(before && { editedAt: now }),
    body,
    audience: 'me',
  })

  const told = (group: Group, person: Person, now: Date): Promise<readonly Announcement[]> =>
    telling.person(group, person, { notice: 'graduation', key: String(now.getTime()), priority: 1 }, now)

  async function pending(person: Person, id: string): Promise<Graduation> {
    await kept.own(person, id)
    const found = await latest(person)
    if (found?.id !== id || found.body.state !== 'asked') throw changed()
    return found
  }

  async function answer(
    person: Person,
    asked: Graduation,
    state: 'yes' | 'stay',
    more: Answered,
    now: Date,
  ): Promise<void> {
    const from = { id: asked.body.from, programId: person.programId }
    const said = { notice: 'graduation-answered', key: `${asked.id}:${now.getTime()}` }
    const params = { who: person.personId }
    const turn = {
      ...more,
      entry: next(person, asked, { ...asked.body, state }, now),
      before: asked,
      announce: await telling.leaders(from, { ...said, params }, now),
      audit: {
        actorId: person.personId,
        actorRole: 'member',
        act: 'graduate',
        objectKind: 'graduation',
        objectId: asked.id,
        personId: person.personId,
        why: state,
      },
    } as const
    if (!(await standings.turn(person, turn, now))) throw changed()
  }

  /** Out of the groups of the program, and onto the lists of those for alumni. */
  async function seatsMoved(person: Person, asked: Graduation, now: Date) {
    const held = await groups.seatsOf(person)
    const all = await named(person.programId, [...held.map(({ groupId }) => groupId), ...asked.body.to])
    const groupOf = (seat: Seat) => all.find(({ id }) => id === seat.groupId)
    const left = held
      .filter((seat) => groupOf(seat)?.phase === 'program' && seat.seat !== 'facilitator')
      .map((seat) => ({
        seat: { ...seat, state: 'left', since: now, endedAt: now, ahead: false } satisfies Seat,
        was: seat.state,
      }))
    const asAlum: Person = { ...person, roles: ['alum'] }
    const entered = []
    for (const group of all) {
      if (!asked.body.to.includes(group.id) || misfit(asAlum, group)) continue
      const before = await groups.seat(person, group.id)
      if (isLive(before)) continue
      const seat: Seat = {
        id: before?.id ?? newId(),
        groupId: group.id,
        personId: person.personId,
        seat: 'member',
        state: 'waiting',
        since: now,
        ahead: false,
      }
      entered.push({ seat, was: before?.state })
    }
    return [...left, ...entered]
  }

  return {
    latest,
    proposal,
    groupsNamed: named,

    /** Whom the leader of a group of the program may propose, and how far each has come. */
    async list(leader: Person, groupId: string) {
      const { group } = await access.led(leader, groupId)
      const seats = (await groups.seats(group.programId, group.id, ['in', 'agreeing'])).filter(
        ({ seat }) => seat !== 'facilitator',
      )
      const persons = await telling.persons(
        group.programId,
        seats.map(({ personId }) => personId),
      )
      const rows = await Promise.all(
        persons.map(async (person) => ({ person, graduation: await latest(person) })),
      )
      return { group, rows }
    },

    /** Proposing twice adds the group that was chosen; the person is asked once. */
    async propose(leader: Person, groupId: string, who: string, to: string | undefined, now: Date) {
      const { group, seat, person } = await ofLed(leader, groupId, who)
      if (!isLive(seat) || !person.roles.includes('member')) throw new Refusal(t('alumni.propose.not-now'))
      if (to !== undefined && !(await fitting(leader, person)).some(({ id }) => id === to)) throw notFound()
      const last = await latest(person)
      const open = last?.body.state === 'asked' ? last : undefined
      if (open && (to === undefined || open.body.to.includes(to))) return proposal(leader, groupId, who)
      const chosen = [...(open?.body.to ?? []), ...(to === undefined ? [] : [to])]
      const turn = {
        entry: next(person, open, { from: open?.body.from ?? groupId, to: chosen, state: 'asked' }, now),
        before: open,
        announce: open ? [] : await told(group, person, now),
        audit: auditOf(leader, 'graduate', group, { personId: who, why: open ? 'group' : 'asked' }),
      }
      if (!(await standings.turn(person, turn, now))) throw changed()
      return proposal(leader, groupId, who)
    },

    /** A proposal made by mistake, as long as nobody has answered it. */
    async undo(leader: Person, groupId: string, who: string, now: Date): Promise<Proposal> {
      const { group, person } = await ofLed(leader, groupId, who)
      const asked = await latest(person)
      if (asked?.body.state !== 'asked') throw new Refusal(t('alumni.undo.late'))
      const turn = {
        entry: next(person, asked, { ...asked.body, state: 'undone' }, now),
        before: asked,
        audit: auditOf(leader, 'graduate', group, { personId: who, why: 'undone' }),
      }
      if (!(await standings.turn(person, turn, now))) throw changed()
      return proposal(leader, groupId, who)
    },

    /** The person's yes: a new consent, a new role, seats in other groups; all of it or nothing. */
    async agree(
      person: Person,
      id: string,
      { language, method }: { readonly language: Language; readonly method: Platform },
      now: Date,
    ): Promise<void> {
      const asked = await pending(person, id)
      const seats = await seatsMoved(person, asked, now)
      const consent = answerTo('alumni', t('alumni.consent'), true, { language, method, at: now })
      const more = { grant: { role: 'alum', by: person.personId }, revoke: 'member', consent, seats } as const
      await answer(person, asked, 'yes', more, now)
      await moved(person, now)
      for (const { seat } of seats) await fill({ id: seat.groupId, programId: person.programId }, now)
    },

    /** Staying is as good an answer; it can be proposed again later. */
    async stay(person: Person, id: string, now: Date): Promise<void> {
      await answer(person, await pending(person, id), 'stay', {}, now)
    },
  }
}
export type Graduations = ReturnType<typeof graduationsOf>
