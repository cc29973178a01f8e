// Opening the name of somebody who wrote without it: two people of the staff, each with a reason, and the person hears of it.
import { Refusal } from '../../words/refusal.ts'
import { t } from '../../words/text.ts'
import { byStaff, isStaff } from '../audit/by-staff.ts'
import type { Announcement, People, Person } from '../members/ports.ts'
import type { Cases } from './ports.ts'
import type { NamingReason } from './reasons.ts'
import { isNameless, namingOf, type Naming, type Sight } from './sight.ts'

type Parts = {
  readonly cases: Cases
  readonly sight: Sight
  readonly people: Pick<People, 'byId'>
  readonly newId: () => string
}
const dayMs = 86_400_000
const whenever = ['open', 'claimed', 'closed'] as const

/** What was asked for and can still be agreed to. */
export const pendingNaming = (naming: Naming | undefined, now: Date): Naming | undefined =>
  naming && naming.agreedBy === undefined && now.getTime() - naming.askedAt.getTime() < dayMs
    ? naming
    : undefined

export function namesOf({ cases, sight, people, newId }: Parts) {
  const told = (
    caseId: string,
    notice: string,
    personId: string,
    turn: string,
    dueAt: Date,
  ): Announcement => ({
    id: newId(),
    notice,
    params: { case: caseId },
    to: { kind: 'person', personId },
    dedupeKey: `${notice}:${caseId}:${turn}:${personId}`,
    dueAt,
    priority: 1,
  })

  return {
    /** The first asks, and another one agrees within a day: `opened` says which of the two this was. */
    async openName(
      staff: Person,
      id: string,
      why: NamingReason,
      now: Date,
    ): Promise<{ readonly opened: boolean }> {
      const one = await sight.case(staff, id)
      const { programId } = staff
      if (!isNameless(one) || one.raisedBy === undefined) throw new Refusal(t('cases.name.not-hidden'))
      const pending = pendingNaming(namingOf(one), now)
      if (pending?.askedBy === staff.personId) throw new Refusal(t('cases.name.another'))
      const first = pending && (await people.byId({ programId, personId: pending.askedBy }))
      // Whoever asked and is no longer of the staff does not count.
      if (pending && first && isStaff(first)) {
        const pointer = { ...one.pointer, nameAgreedBy: staff.personId, nameAgreedWhy: why }
        await cases.change(programId, id, whenever, { pointer }, now, {
          audit: byStaff(staff, 'reveal', 'case', id, { why: `agreed-${why}` }),
          announce: [told(id, 'name-opened', one.raisedBy, 'once', now)],
        })
        return { opened: true }
      }
      const pointer = {
        ...one.pointer,
        nameWhy: why,
        nameAskedBy: staff.personId,
        nameAskedAt: now.toISOString(),
      }
      const others = (await sight.othersFor(programId, one)).filter(
        ({ personId }) => personId !== staff.personId,
      )
      await cases.change(programId, id, whenever, { pointer }, now, {
        audit: byStaff(staff, 'reveal', 'case', id, { why: `asked-${why}` }),
        announce: others.map(({ personId }) => told(id, 'name-asked', personId, String(now.getTime()), now)),
      })
      return { opened: false }
    },
  }
}
