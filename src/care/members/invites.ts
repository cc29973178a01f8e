// Codes that let people in, and invitations by name: how a program that is not open to its whole workspace takes members
// (feature row 89). A code has about 39 bits, ends by itself, and is shown once; only its hash is kept.
import { createHash, randomInt } from 'node:crypto'
import { Refusal } from '../../words/refusal.ts'
import { t } from '../../words/text.ts'
import { byStaff, isStaff } from '../audit/by-staff.ts'
import type { Audits } from '../audit/ports.ts'
import { notFound } from '../entries/keeping.ts'
import type { PersonDirectory } from './directory.ts'
import { effective } from './directory.ts'
import type { AccountKey, Announcements, Gate, Invite, Invites, People, Person, Programs } from './ports.ts'

const dayMs = 86_400_000
/** None that is read as another. */
const letters = '23456789ABCDEFGHJKMNPQRSTVWXYZ'
const codeLength = 8

type Parts = {
  readonly invites: Invites
  readonly people: Pick<People, 'byId' | 'join'>
  readonly programs: Pick<Programs, 'change'>
  readonly announcements: Announcements
  readonly audits: Pick<Audits, 'add'>
  readonly directory: PersonDirectory
  readonly newId: () => string
  /** Refuses whoever does not lead the group. */
  readonly led: (leader: Person, groupId: string) => Promise<unknown>
  /** Gives a person a place in a group, as whoever leads it would. */
  readonly bringIn: (leader: Person, groupId: string, user: string, now: Date) => Promise<unknown>
}

const newCode = (): string =>
  Array.from({ length: codeLength }, () => letters.charAt(randomInt(letters.length))).join('')
const hashOf = (typed: string): string =>
  createHash('sha256')
    .update(typed.toUpperCase().replaceAll(/[^0-9A-Z]/g, ''))
    .digest('hex')

export function invitesOf(parts: Parts) {
  const { invites, people, programs, announcements, audits, directory, newId, led, bringIn } = parts

  const record = (staff: Person, invite: string, why: string, at: Date, personId?: string) =>
    audits.add(
      staff.programId,
      byStaff(staff, 'let-in', 'invite', invite, { why, ...(personId !== undefined && { personId }) }),
      at,
    )

  /** Whoever made it, while they are staff: with their role, what they handed out ends. */
  async function maker({ programId, madeById }: Invite): Promise<Person | undefined> {
    const person = await people.byId({ programId, personId: madeById })
    const now = person && effective(person)
    return now && isStaff(now) ? now : undefined
  }

  const counts = async (invite: Invite, now: Date): Promise<boolean> =>
    invite.expiresAt > now && invite.usesLeft > 0 && (await maker(invite)) !== undefined

  return {
    async setGate(admin: Person, gate: Gate): Promise<void> {
      await programs.change(admin.programId, { gate })
      directory.forgetProgram(admin.programId)
    },

    /** Returns the code in two halves, as it is read out: this is the only time that it can be seen. */
    async make(
      staff: Person,
      wanted: { readonly groupId: string | null; readonly uses: number; readonly days: number },
      now: Date,
    ): Promise<string> {
      if (wanted.groupId !== null) await led(staff, wanted.groupId)
      const invite = {
        id: newId(),
        programId: staff.programId,
        groupId: wanted.groupId,
        madeById: staff.personId,
        usesLeft: wanted.uses,
        expiresAt: new Date(now.getTime() + wanted.days * dayMs),
        at: now,
      }
      for (;;) {
        const code = newCode()
        if (!(await invites.add({ ...invite, codeHash: hashOf(code) }))) continue
        await record(staff, invite.id, 'made', now)
        return `${code.slice(0, 4)}-${code.slice(4)}`
      }
    },

    list: (staff: Person, page: { readonly skip: number; readonly take: number }) =>
      invites.list(staff.programId, page),

    async end(staff: Person, id: string, now: Date): Promise<void> {
      if (!(await invites.end(staff.programId, id))) throw notFound()
      await record(staff, id, 'ended', now)
    },

    /** What a typed code opens; small letters, spaces and a missing dash are fine. */
    async find(programId: string, typed: string, now: Date): Promise<Invite> {
      const invite = await invites.byCode(programId, hashOf(typed))
      if (!invite) throw new Refusal(t('invites.unknown'), 'code')
      if (!(await counts(invite, now))) throw new Refusal(t('invites.over'), 'code')
      return invite
    },

    /** The same once more, when the person agrees; undefined when it ended meanwhile. */
    async again(programId: string, id: string, now: Date): Promise<Invite | undefined> {
      const invite = await invites.byId(programId, id)
      return invite && (await counts(invite, now)) ? invite : undefined
    },

    /** For somebody the program knows already: the code leads into its group, and is used up by one. */
    async use(invite: Invite, now: Date): Promise<void> {
      if (!(await invites.spend(invite.programId, invite.id, now)))
        throw new Refusal(t('invites.over'), 'code')
    },

    /** Their place in the code's group. A group that cannot take them says why, and the membership stands. */
    async seat(invite: Invite, user: string, now: Date): Promise<Refusal | undefined> {
      const leader = await maker(invite)
      if (invite.groupId === null || !leader) return undefined
      try {
        await bringIn(leader, invite.groupId, user, now)
        return undefined
      } catch (error) {
        if (error instanceof Refusal) return error
        throw error
      }
    },

    /** Somebody by their account: told in a direct message, and let in without a code. */
    async invite(staff: Person, account: AccountKey, now: Date): Promise<Person> {
      const person = await people.join({
        personId: newId(),
        programId: staff.programId,
        account,
        name: '',
        zone: staff.program.zone,
        roles: [],
        welcomeStep: 'zone',
        grantedBy: staff.personId,
        at: now,
      })
      directory.forget(person)
      if (person.roles.length > 0) throw new Refusal(t('invites.here-already'), 'person')
      const id = newId()
      await record(staff, id, 'named', now, person.personId)
      const said = {
        id,
        notice: 'invited',
        params: {},
        to: { kind: 'person', personId: person.personId },
        // Asked again on another day they are told again.
        dedupeKey: `invited:${person.personId}:${now.toISOString().slice(0, 10)}`,
        dueAt: now,
        priority: 1,
      } as const
      await announcements.put(staff.programId, [said], now)
      return person
    },

    /** A month after they ended. */
    forget: (now: Date) => invites.forget(new Date(now.getTime() - 30 * dayMs)),
  }
}
