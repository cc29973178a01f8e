// Adults and teens share no room and no line (PR-6): whose age band is which, and on whose word a teen takes part.
import { t, type Text } from '../../words/text.ts'
import { Refusal } from '../../words/refusal.ts'
import { byStaff } from '../audit/by-staff.ts'
import type { Audits } from '../audit/ports.ts'
import type { AgeBand } from '../groups/ports.ts'
import { answerTo } from './consent.ts'
import type { PersonDirectory } from './directory.ts'
import type { People, Person, Platform, Self } from './ports.ts'

/** What the program holds for a teen: a guardian's consent, or their own where the law lets them give it. */
export const minorBases = ['guardian', 'own'] as const
export type MinorBasis = (typeof minorBases)[number]
export const basisWords = (basis: MinorBasis): Text => t(`people.age.basis.${basis}`)

/** What one member shares with all, another may read; a facilitator is there for both. */
export const mayMeet = (reader: Person, writer: Pick<Person, 'ageBand'> | undefined): boolean =>
  reader.roles.includes('facilitator') || reader.ageBand === writer?.ageBand

type Parts = {
  readonly people: Pick<People, 'byId' | 'change' | 'consent'>
  readonly audits: Pick<Audits, 'add'>
  readonly directory: Pick<PersonDirectory, 'forget'>
  /** Ends the seats that somebody may not have any more. */
  readonly putRight: (self: Self, now: Date) => Promise<void>
}

export function agesOf({ people, audits, directory, putRight }: Parts) {
  return {
    /** Ends the seats among people of the other band. Refuses a teen without a basis. */
    async setBand(
      staff: Person,
      { who, band, basis }: { readonly who: string; readonly band: AgeBand; readonly basis?: MinorBasis },
      platform: Platform,
      now: Date,
    ): Promise<Person> {
      const person = await people.byId({ programId: staff.programId, personId: who })
      if (!person) throw new Refusal(t('kit.stale'))
      if (band === 'teen' && basis === undefined) throw new Refusal(t('people.age.no-basis'), 'basis')
      if (basis !== undefined)
        await people.consent(
          person,
          answerTo('minor', basisWords(basis), band === 'teen', {
            language: person.language,
            method: platform,
            at: now,
          }),
        )
      await people.change(person, { ageBand: band })
      await audits.add(
        staff.programId,
        byStaff(staff, 'set-age', 'person', who, { personId: who, why: band }),
        now,
      )
      directory.forget(person)
      await putRight(person, now)
      return { ...person, ageBand: band }
    },
  }
}
