// Setting a program up and changing it; only its admins do.
import { Refusal } from '../../words/refusal.ts'
import { t, type Language } from '../../words/text.ts'
import { questionById } from '../checkins/questions.ts'
import type { DaysKept } from '../privacy/days-kept.ts'
import type { PersonDirectory } from './directory.ts'
import type {
  AccountKey,
  Announcement,
  Announcements,
  Law,
  People,
  Person,
  Platform,
  Program,
  ProgramChanges,
  Programs,
  Role,
} from './ports.ts'
import { zoneNamed } from './zones.ts'

export type ProgramForm = {
  readonly name: string
  /** ISO 3166, two letters. */
  readonly country: string
  readonly language: Language
  readonly zone: string
  readonly promptTime: string
  readonly law: Law
}

type Parts = {
  readonly programs: Programs
  readonly people: People
  readonly announcements: Announcements
  readonly directory: PersonDirectory
  readonly newId: () => string
  /** Called when a program's place or country changes, for help that needs no database. */
  readonly placesChanged: () => Promise<void>
  /** Ends what rested on a role that was taken. */
  readonly roleTaken: (person: Person, now: Date) => Promise<void>
}

const knownZone = (words: string): string => {
  const zone = zoneNamed(words)
  if (zone === undefined) throw new Refusal(t('people.zone.unknown', { zone: words }), 'zone')
  return zone
}

export function programsOf({
  programs,
  people,
  announcements,
  directory,
  newId,
  placesChanged,
  roleTaken,
}: Parts) {
  const changed = async (programId: string, changes: ProgramChanges): Promise<void> => {
    await programs.change(programId, changes)
    directory.forgetProgram(programId)
    await placesChanged()
  }

  return {
    /** The one who sets it up is its admin. Two at once: the second hears that it is set up already. */
    async create(
      form: ProgramForm,
      admin: { account: AccountKey; name: string; zone: string | undefined },
      now: Date,
    ): Promise<Program> {
      const zone = knownZone(form.zone)
      const id = newId()
      const program = await programs.create(
        {
          ...form,
          zone,
          id,
          // Discord's terms do not allow health data; elsewhere an agreement has to be recorded first (PR-1).
          phiMode: 'none',
          questions: [],
          workspace: { platform: admin.account.platform, externalId: admin.account.workspace },
          at: now,
        },
        {
          personId: newId(),
          programId: id,
          account: admin.account,
          name: admin.name,
          zone: zoneNamed(admin.zone ?? '') ?? zone,
          roles: ['admin'],
          welcomeStep: 'zone',
          at: now,
        },
      )
      if (!program) throw new Refusal(t('people.setup.taken'))
      await placesChanged()
      return program
    },

    async change(admin: Person, form: ProgramForm): Promise<void> {
      await changed(admin.programId, { ...form, zone: knownZone(form.zone) })
    },

    /** Question ids in the order they are asked; anything unknown is refused by name. */
    async chooseQuestions(admin: Person, ids: readonly string[]): Promise<void> {
      const unknown = ids.find((id) => !questionById(id))
      if (unknown !== undefined)
        throw new Refusal(t('people.setup.question.unknown', { id: unknown }), 'questions')
      if (ids.length === 0) throw new Refusal(t('people.setup.question.none'), 'questions')
      await changed(admin.programId, { questions: [...new Set(ids)] })
    },

    chooseDaysKept: (admin: Person, retention: DaysKept) => changed(admin.programId, { retention }),

    /** Named by their platform accounts; somebody not seen before is recorded and greeted at their first command. */
    async nameFacilitators(
      admin: Person,
      platform: Platform,
      workspace: string,
      users: readonly string[],
      now: Date,
    ): Promise<void> {
      for (const user of users) {
        const person = await people.join({
          personId: newId(),
          programId: admin.programId,
          account: { platform, workspace, user },
          name: '',
          zone: admin.program.zone,
          roles: ['facilitator'],
          welcomeStep: 'zone',
          grantedBy: admin.personId,
          at: now,
        })
        directory.forget(person)
      }
    },

    /** Gives or takes a role of somebody by their platform account; an admin cannot take their own, so that one is always left. */
    async setRole(
      admin: Person,
      account: AccountKey,
      role: Role,
      change: 'give' | 'take',
      now: Date,
    ): Promise<Person> {
      const person = await people.byAccount(account)
      if (person?.programId !== admin.programId) throw new Refusal(t('people.roles.unknown'), 'person')
      if (change === 'give') await people.grant(person, role, admin.personId, now)
      else if (role === 'admin' && person.personId === admin.personId)
        throw new Refusal(t('people.roles.last-admin'), 'role')
      else {
        await people.revoke(person, role, now)
        await roleTaken(person, now)
      }
      directory.forget(person)
      return person
    },

    /** One message to the admin and one to the group's room, by the way prompts go; returns their ids. */
    async sendTest(admin: Person, now: Date): Promise<{ readonly direct: string; readonly room?: string }> {
      const { group } = admin.program
      const one = (to: Announcement['to']): Announcement => {
        const id = newId()
        return {
          id,
          notice: 'test-message',
          params: {},
          to,
          dedupeKey: `test:${id}`,
          dueAt: now,
          priority: 1,
        }
      }
      const direct = one({ kind: 'person', personId: admin.personId })
      const room = group && one({ kind: 'room', room: group })
      await announcements.put(admin.programId, room ? [direct, room] : [direct], now)
      return { direct: direct.id, ...(room && { room: room.id }) }
    },
    testState: (admin: Person, id: string) => announcements.stateOf(admin.programId, id),

    async setGroup(admin: Person, platform: Platform, workspace: string, room: string): Promise<void> {
      const id = admin.program.group?.id ?? newId()
      await programs.setGroup(admin.programId, { id, name: admin.program.name, platform, workspace, room })
      directory.forgetProgram(admin.programId)
    },
  }
}
