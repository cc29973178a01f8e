// The roster of who is on duty and when, and how the way to a human goes: kept by the staff of a program.
import { Refusal } from '../../words/refusal.ts'
import { t } from '../../words/text.ts'
import type { Act, AuditEntry } from '../audit/ports.ts'
import type { People, Person } from '../members/ports.ts'
import type { Duty, Ladder } from './duty.ts'
import type { Duties } from './ports.ts'

type Parts = {
  readonly duties: Duties
  readonly people: Pick<People, 'list' | 'byId'>
  readonly newId: () => string
}
export type DutyHours = Pick<Duty, 'days' | 'from' | 'to'> & { readonly rung: number }

const mostLines = 60
const mostStaff = 200

export function dutiesOf({ duties, people }: Parts) {
  const audit = (staff: Person, act: Act, objectKind: string, objectId: string): AuditEntry => ({
    actorId: staff.personId,
    actorRole: staff.roles.includes('facilitator') ? 'facilitator' : 'admin',
    act,
    objectKind,
    objectId,
  })

  async function assertStaff({ programId }: Person, personId: string): Promise<Person> {
    const other = await people.byId({ programId, personId })
    if (!other?.roles.some((role) => role === 'facilitator' || role === 'admin'))
      throw new Refusal(t('safety.hand-over.nobody'))
    return other
  }

  return {
    list: (staff: Person) => duties.of(staff.programId),
    ladder: (programId: string) => duties.ladder(programId),

    /** Everybody who can be asked, by name. */
    async staff({ programId }: Person): Promise<readonly Person[]> {
      const [facilitators, admins] = await Promise.all([
        people.list(programId, { role: 'facilitator', limit: mostStaff }),
        people.list(programId, { role: 'admin', limit: mostStaff }),
      ])
      const all = new Map([...facilitators, ...admins].map((one) => [one.personId, one]))
      return [...all.values()].toSorted((one, other) => one.name.localeCompare(other.name))
    },

    /** The hours are in the zone of whoever is on duty. Twice with one id is once. */
    async add(staff: Person, id: string, personId: string, hours: DutyHours, now: Date): Promise<void> {
      const other = await assertStaff(staff, personId)
      if (hours.days.length === 0) throw new Refusal(t('sessions.no-days'), 'days')
      if ((await duties.of(staff.programId)).length >= mostLines)
        throw new Refusal(t('safety.duty.full', { most: mostLines }))
      const line = { id, personId, zone: other.zone, ...hours }
      await duties.add(staff.programId, line, now, audit(staff, 'duty', 'duty', id))
    },

    async end(staff: Person, id: string, now: Date): Promise<void> {
      await duties.end(staff.programId, id, now, audit(staff, 'duty', 'duty', id))
    },

    async setTimes(staff: Person, times: Omit<Ladder, 'contact'>, now: Date): Promise<void> {
      const { contact } = await duties.ladder(staff.programId)
      await duties.setLadder(
        staff.programId,
        { ...times, ...(contact !== undefined && { contact }) },
        now,
        audit(staff, 'duty', 'ladder', staff.programId),
      )
    },

    /** Who is told when nobody answered. */
    async setContact(staff: Person, personId: string, now: Date): Promise<void> {
      await assertStaff(staff, personId)
      const ladder = await duties.ladder(staff.programId)
      await duties.setLadder(
        staff.programId,
        { ...ladder, contact: personId },
        now,
        audit(staff, 'duty', 'ladder', staff.programId),
      )
    },
  }
}
