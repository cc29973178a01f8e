// Alumni who host a group for a time (feature row 64): asked, agreed to, renewed, and ended by itself on its date.
import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { Refusal } from '../../words/refusal.ts'
import { t } from '../../words/text.ts'
import type { AuditEntry } from '../audit/ports.ts'
import type { WhenDue } from '../entries/due.ts'
import { keepingOf, notFound } from '../entries/keeping.ts'
import type { Entries, Entry } from '../entries/ports.ts'
import { auditOf, type Access } from '../groups/access.ts'
import type { Group, Groups, Seat } from '../groups/ports.ts'
import { isInside, isLive } from '../groups/rules.ts'
import type { Telling } from '../groups/telling.ts'
import type { Announcement, People, Person } from '../members/ports.ts'
import type { When } from '../prompts/when.ts'
import type { Standings, Turn } from './ports.ts'

/** For how many days somebody may be asked to lead. */
export const terms = [30, 90, 180] as const
const shape = z.object({
  group: z.string(),
  state: z.enum(['asked', 'on', 'no', 'ended']),
  /** What is asked for now, or was last. */
  days: z.int(),
  /** A lead that goes on is asked to go on longer. */
  renew: z.boolean(),
  /** The local day on which it ends by itself. */
  until: z.iso.date().optional(),
})
export type PeerLead = Entry<z.output<typeof shape>>
export const waits = ({ body }: PeerLead): boolean => body.state === 'asked' || body.renew

type Parts = {
  readonly entries: Entries
  readonly groups: Groups
  readonly people: Pick<People, 'byId'>
  readonly standings: Standings
  readonly access: Pick<Access, 'led' | 'seatOf'>
  readonly telling: Pick<Telling, 'person' | 'persons' | 'leaders'>
  readonly moved: (person: Person, now: Date) => Promise<void>
  readonly when: When
  readonly newId: () => string
}
type Who = Pick<AuditEntry, 'actorId' | 'actorRole'>
const itself: Who = { actorId: null, actorRole: 'bot' }
const byThem = ({ personId }: Person, actorRole: 'alum' | 'peer-lead'): Who => ({
  actorId: personId,
  actorRole,
})

const warnDays = 7
const add = (day: string, days: number): string => Temporal.PlainDate.from(day).add({ days }).toString()

export function peerLeadsOf(parts: Parts) {
  const { entries, groups, people, standings, access, telling, moved, when, newId } = parts
  const kept = keepingOf('peer-lead', shape, { entries, when })
  const changed = () => new Refusal(t('groups.changed'))
  const at = (person: Person, day: string): Date =>
    when.afterQuiet(when.atLocal(day, '10:00', person.zone), person.zone, person.quiet)

  const inGroup = async (person: Pick<Person, 'programId' | 'personId'>, groupId: string) =>
    (await kept.all(person)).find(({ body }) => body.group === groupId)

  /** Somebody who sits in a group for alumni that is led. */
  async function ofLed(leader: Person, groupId: string, who: string) {
    const { group } = await access.led(leader, groupId)
    const seat = await access.seatOf(group, who)
    const person = await people.byId({ programId: leader.programId, personId: who })
    if (!person || group.phase !== 'alumni' || seat.seat === 'facilitator') throw notFound()
    return { group, seat, person, lead: await inGroup(person, groupId) }
  }

  const next = (
    person: Person,
    before: PeerLead | undefined,
    body: PeerLead['body'],
    now: Date,
    dueAt?: Date,
  ): PeerLead => ({
    id: before?.id ?? newId(),
    kind: 'peer-lead',
    forDay: before?.forDay ?? when.localDay(now, person.zone),
    at: before?.at ?? now,
    ...(before && { editedAt: now }),
    body,
    audience: 'me',
    ...(dueAt && { dueAt }),
  })

  async function told(notice: string, person: Person, lead: PeerLead, now: Date) {
    const group = { id: lead.body.group, programId: person.programId }
    const said = { notice, key: `${lead.id}:${now.getTime()}`, params: { who: person.personId } } as const
    const [them, leaders] = await Promise.all([
      telling.person(group, person, said, now),
      telling.leaders(group, said, now),
    ])
    return { them, leaders, both: [...them, ...leaders] } satisfies Record<string, readonly Announcement[]>
  }

  const audit = (by: Who, act: 'grant-role' | 'revoke-role', person: Person, lead: PeerLead, why: string) =>
    ({ ...by, act, objectKind: 'group', objectId: lead.body.group, personId: person.personId, why }) as const

  const turn = async (person: Person, change: Turn, now: Date): Promise<void> => {
    if (!(await standings.turn(person, change, now))) throw changed()
    await moved(person, now)
  }

  /** As host of the group, or back as somebody who takes part. */
  async function seated(person: Person, groupId: string, seat: 'host' | 'member', now: Date) {
    const held = await groups.seat(person, groupId)
    if (!held || !isLive(held) || held.seat === 'facilitator' || held.seat === seat) return []
    const next: Seat = { ...held, seat, since: held.state === 'in' ? held.since : now }
    return [{ seat: next, was: held.state }]
  }

  async function end(person: Person, lead: PeerLead, by: Who, why: string, now: Date): Promise<void> {
    const others = (await kept.all(person)).some(({ id, body }) => id !== lead.id && body.state === 'on')
    const ended = next(person, lead, { ...lead.body, state: 'ended', renew: false }, now)
    const change: Turn = {
      entry: ended,
      before: lead,
      ...(!others && { revoke: 'peer-lead' }),
      seats: await seated(person, lead.body.group, 'member', now),
      announce: (await told('lead-ended', person, lead, now)).both,
      audit: audit(by, 'revoke-role', person, lead, why),
    }
    await turn(person, change, now)
  }

  const whenDue: WhenDue = async (person, entry, now) => {
    const lead: PeerLead = { ...entry, body: shape.parse(entry.body) }
    const { state, until } = lead.body
    if (state !== 'on' || until === undefined) return { announce: [] }
    if (now >= at(person, until)) {
      await end(person, lead, itself, 'expired', now)
      return 'done'
    }
    return { next: at(person, until), announce: (await told('lead-soon', person, lead, now)).both }
  }

  async function own(person: Person, id: string): Promise<PeerLead> {
    return kept.own(person, id)
  }

  return {
    whenDue,
    own,
    inGroup,

    /** Of this person, those that are asked for or go on; a role that was taken back otherwise goes on no more. */
    mine: async (person: Person): Promise<readonly PeerLead[]> =>
      (await kept.all(person)).filter(
        ({ body }) => body.state === 'asked' || (body.state === 'on' && person.roles.includes('peer-lead')),
      ),

    seen: ofLed,

    async list(leader: Person, groupId: string) {
      const { group } = await access.led(leader, groupId)
      const seats = (await groups.seats(group.programId, group.id, ['in'])).filter(
        (one) => one.seat !== 'facilitator' && isInside(group, one),
      )
      const persons = await telling.persons(
        group.programId,
        seats.map(({ personId }) => personId),
      )
      const rows = await Promise.all(
        persons.map(async (person) => ({ person, lead: await inGroup(person, groupId) })),
      )
      return { group, rows }
    },

    /** To begin, or to go on longer. Asking twice is asking once. */
    async ask(leader: Person, groupId: string, who: string, days: number, now: Date): Promise<void> {
      const { group, seat, person, lead } = await ofLed(leader, groupId, who)
      if (!isInside(group, seat) || !person.roles.includes('alum'))
        throw new Refusal(t('alumni.lead.not-now'))
      if (lead && waits(lead)) return
      const renew = lead?.body.state === 'on'
      const body = { ...lead?.body, group: groupId, days, renew, state: renew ? 'on' : 'asked' } as const
      const asked = next(person, lead, body, now, lead?.dueAt)
      const change: Turn = {
        entry: asked,
        before: lead,
        announce: (await told('lead-asked', person, asked, now)).them,
        audit: auditOf(leader, 'grant-role', group, { personId: who, why: 'peer-lead-asked' }),
      }
      await turn(person, change, now)
    },

    /** A yes counts from today; a no changes nothing else. */
    async answer(person: Person, id: string, yes: boolean, now: Date): Promise<Group | undefined> {
      const lead = await own(person, id)
      if (!waits(lead)) throw changed()
      const { group: groupId, days, state } = lead.body
      const group: Group | undefined = await groups.get(person.programId, groupId)
      if (!group || group.state === 'archived' || !isInside(group, await groups.seat(person, groupId)))
        throw notFound()
      const until = add(when.localDay(now, person.zone), days)
      const body: PeerLead['body'] = yes
        ? { ...lead.body, state: 'on', renew: false, until }
        : { ...lead.body, state: state === 'on' ? 'on' : 'no', renew: false }
      const dueAt = yes ? at(person, add(until, -warnDays)) : lead.dueAt
      const change: Turn = {
        entry: next(person, lead, body, now, dueAt),
        before: lead,
        ...(yes && { grant: { role: 'peer-lead', by: person.personId } }),
        seats: yes ? await seated(person, groupId, 'host', now) : [],
        announce: (await told('lead-answered', person, lead, now)).leaders,
        audit: audit(byThem(person, 'alum'), 'grant-role', person, lead, yes ? 'peer-lead' : 'declined'),
      }
      await turn(person, change, now)
      return group
    },

    /** At any time, with no reason. */
    async stepDown(person: Person, id: string, now: Date): Promise<void> {
      const lead = await own(person, id)
      if (lead.body.state !== 'on') throw changed()
      await end(person, lead, byThem(person, 'peer-lead'), 'stepped-down', now)
    },

    async endFor(leader: Person, groupId: string, who: string, now: Date): Promise<void> {
      const { person, lead } = await ofLed(leader, groupId, who)
      if (lead?.body.state !== 'on') throw changed()
      const actorRole = leader.roles.includes('facilitator') ? 'facilitator' : 'admin'
      await end(person, lead, { actorId: leader.personId, actorRole }, 'ended', now)
    },
  }
}
export type PeerLeads = ReturnType<typeof peerLeadsOf>
