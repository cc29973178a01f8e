// Who is in the program, for its facilitators: what was shared, and who could not be reached. Never who is silent.
import type { CheckIn, CheckIns } from '../checkins/ports.ts'
import type { When } from '../prompts/when.ts'
import { Temporal } from 'temporal-polyfill'
import type { People, Person } from './ports.ts'

type Parts = { readonly people: People; readonly checkIns: CheckIns; readonly when: When }

export type RosterRow = {
  readonly person: Person
  /** The newest check-in shared with facilitators or the group in the last seven days. */
  readonly shared?: CheckIn
  /** Messages to this person do not arrive, since when: not the same as not answering. */
  readonly unreachedSince?: Date
}

const pageLength = 8

export function rosterOf({ people, checkIns, when }: Parts) {
  return {
    /** What a person of the same program is called; empty when they left. */
    async nameOf({ programId }: Person, personId: string): Promise<string> {
      return (await people.byId({ programId, personId }))?.name ?? ''
    },

    /** Check-ins shared with staff since yesterday, newest first. */
    async sharedLately(
      staff: Person,
      now: Date,
      limit: number,
    ): Promise<readonly (CheckIn & { readonly personId: string })[]> {
      const today = Temporal.PlainDate.from(when.localDay(now, staff.zone))
      return checkIns.shared(staff.programId, { sinceDay: today.subtract({ days: 1 }).toString(), limit })
    },

    /** How many people messages do not reach. */
    unreached: async ({ programId }: Person): Promise<number> => (await people.unreached(programId)).length,

    async page(
      facilitator: Person,
      after: string | undefined,
      now: Date,
    ): Promise<{ rows: readonly RosterRow[]; next?: string }> {
      const { programId } = facilitator
      const found = await people.list(programId, {
        role: 'member',
        limit: pageLength + 1,
        ...(after !== undefined && { after }),
      })
      const shown = found.slice(0, pageLength)
      const today = Temporal.PlainDate.from(when.localDay(now, facilitator.zone))
      const sinceDay = today.subtract({ days: 6 }).toString()
      const unreached = await people.unreached(programId)
      const rows = await Promise.all(
        shown.map(async (person) => {
          const [shared] = await checkIns.shared(programId, { sinceDay, personId: person.personId, limit: 1 })
          const since = unreached.find((one) => one.personId === person.personId)?.since
          return { person, ...(shared && { shared }), ...(since && { unreachedSince: since }) }
        }),
      )
      const last = shown.at(-1)
      return { rows, ...(found.length > pageLength && last && { next: last.personId }) }
    },
  }
}
