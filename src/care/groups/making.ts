// Making a group and changing it: by its facilitators and by admins, all of it on record. The room follows by itself.
import { Refusal } from '../../words/refusal.ts'
import { t } from '../../words/text.ts'
import { notFound } from '../entries/keeping.ts'
import { effective } from '../members/directory.ts'
import type { Announcement, Person, Platform, QuietHours } from '../members/ports.ts'
import { zoneNamed } from '../members/zones.ts'
import { auditOf, type Access } from './access.ts'
import type { AgeBand, Group, GroupChange, GroupKind, Groups, Seat } from './ports.ts'
import { liveStates, misfit } from './rules.ts'
import type { Notice, Telling } from './telling.ts'

export const fewest = 2
export const usual = 12
export const most = 30

export type GroupSettings = {
  readonly name: string
  readonly kind: Exclude<GroupKind, 'everyone'>
  readonly openness: Group['openness']
  readonly capacity: number
  /** As typed; nothing is the program's. */
  readonly zone?: string | undefined
}
export type NewGroup = GroupSettings & {
  readonly id: string
  readonly platform: Platform
  readonly workspace: string
  readonly phase: Group['phase']
  readonly ageBand: AgeBand
  readonly agreement?: string | undefined
  /** Platform accounts. */
  readonly host?: string | undefined
  readonly facilitators: readonly string[]
}

type Parts = {
  readonly groups: Groups
  readonly access: Access
  readonly telling: Telling
  readonly fill: (group: Pick<Group, 'id' | 'programId'>, now: Date) => Promise<void>
  readonly newId: () => string
}

function zoneOf(typed: string | undefined): string | null {
  if (typed === undefined || typed.trim() === '') return null
  const zone = zoneNamed(typed)
  if (zone === undefined) throw new Refusal(t('people.zone.unknown', { zone: typed }), 'zone')
  return zone
}
const wordsOf = (typed: string | undefined): string | null => typed?.trim() || null

export function makingOf({ groups, access, telling, fill, newId }: Parts) {
  const seatFor = (group: Group, { personId }: Person, seat: 'facilitator' | 'host', now: Date): Seat => ({
    id: newId(),
    groupId: group.id,
    personId,
    seat,
    state: seat === 'facilitator' ? 'in' : 'agreeing',
    since: now,
    ahead: false,
    ...(seat === 'facilitator' && { joinedAt: now }),
  })

  async function facilitatorsOf(group: Group, maker: Person, users: readonly string[]) {
    const named = await Promise.all(users.map((user) => access.personAt(group, user, 'facilitators')))
    if (!named.every(({ roles }) => roles.includes('facilitator')))
      throw new Refusal(t('groups.person.no-facilitator'), 'facilitators')
    const all = effective(maker).roles.includes('facilitator') ? [maker, ...named] : named
    return [...new Map(all.map((one) => [one.personId, one])).values()]
  }

  async function hostOf(group: Group, user: string | undefined): Promise<readonly Person[]> {
    if (user === undefined) return []
    const host = await access.personAt(group, user, 'host')
    const why = misfit(host, group, true)
    if (why) throw new Refusal(why, 'host')
    return [host]
  }

  /** To everybody with a seat of any kind, or asking for one. */
  async function everybody(group: Group, said: Notice, now: Date): Promise<readonly Announcement[]> {
    const seats = await groups.seats(group.programId, group.id, liveStates)
    return [...(await telling.seats(group, seats, said, now)).values()]
  }

  const change = (group: Group, changes: GroupChange, now: Date, along: Parameters<Groups['change']>[4]) =>
    groups.change(group.programId, group.id, { ...changes, syncAt: now }, now, along)

  return {
    /** Sent twice with one id, it is one group. Who makes it and facilitates has a seat in it. */
    async make(maker: Person, input: NewGroup, now: Date): Promise<Group> {
      const { facilitators, host: hostUser, agreement, zone: typed, ...plain } = input
      const [zone, words] = [zoneOf(typed), wordsOf(agreement)]
      const group: Group = {
        ...plain,
        programId: maker.programId,
        ...(zone !== null && { zone }),
        ...(words !== null && { agreement: words }),
        agreementVersion: 1,
        premoderated: plain.ageBand === 'teen',
        anonymousPosts: false,
        state: 'open',
        roomState: 'wanted',
        syncAt: now,
        hostedAt: now,
      }
      const staff = await facilitatorsOf(group, maker, facilitators)
      const hosts = (await hostOf(group, hostUser)).filter(
        (one) => !staff.some((each) => each.personId === one.personId),
      )
      const seats = [
        ...staff.map((one) => seatFor(group, one, 'facilitator', now)),
        ...hosts.map((one) => seatFor(group, one, 'host', now)),
      ]
      const said = { notice: 'group-place', key: 'host', priority: 1 } as const
      const announce = (await Promise.all(hosts.map((one) => telling.person(group, one, said, now)))).flat()
      const along = { seats, announce, audit: auditOf(maker, 'make-group', group) }
      if (await groups.add(group, now, along)) return group
      const known = await groups.get(maker.programId, group.id)
      if (!known) throw notFound()
      return (await access.led(maker, group.id)).group
    },

    /** Fewer places take nobody's; more go to those who wait. */
    async change(
      leader: Person,
      id: string,
      { zone, ...settings }: GroupSettings,
      now: Date,
    ): Promise<Group> {
      const group = await access.ledToChange(leader, id)
      const changes = { ...settings, zone: zoneOf(zone) }
      await change(group, changes, now, { audit: auditOf(leader, 'change-group', group) })
      await fill(group, now)
      return group
    },

    /** Nothing is no quiet hours. */
    async setQuiet(leader: Person, id: string, quiet: QuietHours | undefined, now: Date): Promise<Group> {
      const group = await access.ledToChange(leader, id)
      const audit = auditOf(leader, 'change-group', group, { why: 'quiet-hours' })
      await change(group, { quiet: quiet ?? null }, now, { audit })
      return group
    },

    /** New words are a new version: whoever is in the group is asked to read them. Nothing is the standard agreement. */
    async setAgreement(leader: Person, id: string, typed: string | undefined, now: Date): Promise<Group> {
      const group = await access.ledToChange(leader, id)
      const agreement = wordsOf(typed)
      if (agreement === (group.agreement ?? null)) return group
      const seats = await groups.seats(group.programId, id, ['in'])
      const asked = seats.filter(({ seat }) => seat !== 'facilitator')
      const said = { notice: 'group-agreement', key: String(group.agreementVersion + 1) }
      const announce = [...(await telling.seats(group, asked, said, now)).values()]
      const audit = auditOf(leader, 'change-group', group, { why: 'agreement' })
      await change(group, { agreement }, now, { announce, audit })
      return group
    },

    async pause(leader: Person, id: string, now: Date): Promise<Group> {
      const group = await access.ledToChange(leader, id)
      if (group.state === 'paused') return group
      const announce = telling.room(
        group,
        { notice: 'group-paused', key: String(now.getTime()), atOnce: true },
        now,
      )
      const audit = auditOf(leader, 'pause-group', group, { why: 'paused' })
      await change(group, { state: 'paused', stateUntil: null }, now, { announce, audit })
      return group
    },

    async reopen(leader: Person, id: string, now: Date): Promise<Group> {
      const group = await access.ledToChange(leader, id)
      if (group.state === 'open') return group
      const announce = telling.room(
        group,
        { notice: 'group-reopened', key: String(now.getTime()), atOnce: true },
        now,
      )
      const audit = auditOf(leader, 'pause-group', group, { why: 'reopened' })
      await change(group, { state: 'open', stateUntil: null, hostedAt: now }, now, { announce, audit })
      await fill(group, now)
      return group
    },

    /** For good; everybody is told, and the room is closed. */
    async archive(leader: Person, id: string, now: Date): Promise<Group> {
      const { group } = await access.led(leader, id)
      if (group.state === 'archived') return group
      const announce = await everybody(group, { notice: 'group-archived', key: 'end' }, now)
      const audit = auditOf(leader, 'archive-group', group)
      const changes = { state: 'archived', stateUntil: null, archivedAt: now } as const
      await change(group, changes, now, { announce, audit })
      return group
    },
  }
}
