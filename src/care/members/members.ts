// Joining, the first five minutes, settings and roles.
import { Refusal } from '../../words/refusal.ts'
import { t, type Language } from '../../words/text.ts'
import { answerTo, consentTo } from './consent.ts'
import type { Readings } from '../checkins/ports.ts'
import { effective, takesPart, type PersonDirectory } from './directory.ts'
import type {
  AccountKey,
  Consents,
  Invites,
  NewPerson,
  People,
  Person,
  PersonChanges,
  Platform,
  Program,
  Programs,
  Role,
  Self,
} from './ports.ts'
import { zoneNamed } from './zones.ts'

export type Newcomer = {
  readonly account: AccountKey
  readonly name: string
  readonly zone: string | undefined
}

type Parts = {
  readonly people: People
  readonly programs: Programs
  readonly directory: PersonDirectory
  readonly consents: Consents
  readonly invites: Pick<Invites, 'join'>
  readonly newId: () => string
  /** Moves a person's own schedules into their new zone. */
  readonly moveSchedules: (person: Person, zone: string, now: Date) => Promise<void>
  /** Pauses every prompt and takes back every share. */
  readonly stopAll: (person: Person, now: Date) => Promise<void>
  readonly readings: Pick<Readings, 'of'>
}

export function membersOf({
  consents,
  invites,
  people,
  programs,
  directory,
  newId,
  moveSchedules,
  stopAll,
  readings,
}: Parts) {
  const change = async (person: Person, changes: PersonChanges): Promise<void> => {
    await people.change(person, changes)
    directory.forget(person)
  }

  async function byInvite(somebody: NewPerson, invite: string): Promise<Person> {
    const personId = await invites.join(somebody, invite)
    const person = personId === undefined ? undefined : await people.byId({ ...somebody, personId })
    if (!person) throw new Refusal(t('invites.over'))
    return person
  }

  return {
    programHere: (platform: Platform, workspace: string | undefined): Promise<Program | undefined> =>
      workspace === undefined ? Promise.resolve(undefined) : programs.byWorkspace(platform, workspace),

    /** Agreeing is joining. Twice, or from two windows at once, is once. */
    async join(
      newcomer: Newcomer,
      program: Program,
      language: Language,
      now: Date,
      invite?: string,
    ): Promise<Person> {
      if (program.gate === 'code' && invite === undefined) throw new Refusal(t('invites.closed'))
      const somebody: NewPerson = {
        personId: newId(),
        programId: program.id,
        account: newcomer.account,
        name: newcomer.name,
        zone: zoneNamed(newcomer.zone ?? '') ?? program.zone,
        roles: ['member'],
        welcomeStep: 'zone',
        consent: consentTo(true, language, newcomer.account.platform, now),
        at: now,
      }
      const person = invite === undefined ? await people.join(somebody) : await byInvite(somebody, invite)
      await people.change(person, { language })
      directory.forget(person)
      return { ...person, language }
    },

    /** Somebody the program knows already agrees to today's words: a member who stopped, or a facilitator who takes part too. */
    async rejoin(person: Person, language: Language, platform: Platform, now: Date): Promise<Person> {
      // Who has finished the program comes back as an alum.
      const role = (await consents.given(person, 'alumni')) ? 'alum' : 'member'
      await people.grant(person, role, undefined, now)
      await people.consent(person, consentTo(true, language, platform, now))
      directory.forget(person)
      return (await people.byId(person)) ?? person
    },

    /** Stops everything that rests on it at once; what was written stays the person's own until they erase it. */
    async takeBackConsent(person: Person, platform: Platform, now: Date): Promise<void> {
      await people.consent(person, consentTo(false, person.language, platform, now))
      directory.forget(person)
      for (const role of person.roles.filter(takesPart)) await people.revoke(person, role, now)
      directory.forget(person)
      await stopAll(person, now)
    },

    /** To taking part; the newest last. */
    consents: async (person: Person) =>
      (await people.consents(person)).filter(({ purpose }) => purpose === 'taking-part'),
    /** Whether staff may hear that something private sounded urgent; no until somebody says yes (CR-4). */
    mayAlert: (self: Self) => consents.given(self, 'private-alert'),
    async setMayAlert(person: Person, may: boolean, method: Platform, at: Date): Promise<void> {
      const { language } = person
      await people.consent(
        person,
        answerTo('private-alert', t('safety.alone.ask'), may, { language, method, at }),
      )
    },
    readings: (person: Person) => readings.of(person, 20),
    tellUnreached: (person: Person, now: Date) => people.tellUnreached(person, now),
    /** For what is said without being asked: the person as they are now, with no role that rests on an old consent. */
    async now(self: Self): Promise<Person | undefined> {
      const person = await people.byId(self)
      return person && effective(person)
    },

    change,

    async setZone(person: Person, words: string, now: Date): Promise<string> {
      const zone = zoneNamed(words)
      if (zone === undefined) throw new Refusal(t('people.zone.unknown', { zone: words }), 'zone')
      await moveSchedules(person, zone, now)
      await change(person, { zone })
      return zone
    },

    async grant(
      person: Pick<Person, 'personId' | 'programId'>,
      role: Role,
      by: Person,
      now: Date,
    ): Promise<void> {
      await people.grant(person, role, by.personId, now)
      directory.forget(person)
    },
    async revoke(person: Pick<Person, 'personId' | 'programId'>, role: Role, now: Date): Promise<void> {
      await people.revoke(person, role, now)
      directory.forget(person)
    },
  }
}
