// Who an account is, kept in memory between changes so that a form opens without waiting for the database.
import { consentText } from './consent.ts'
import type { People, Person, Platform, Role, Self } from './ports.ts'

type Visiting = { readonly platform: Platform; readonly workspace: string | undefined; readonly user: string }

export const takesPart = (role: Role): boolean => ['member', 'alum', 'peer-lead'].includes(role)
/** Another process may change a role; a member's own screens may lag behind by this much, never a facilitator's. */
const keptMs = 10_000
const keptMost = 5_000

/** Without a consent to today's words nobody takes part; what other roles a person has stays. */
export const effective = (person: Person): Person =>
  person.consented === consentText.version
    ? person
    : { ...person, roles: person.roles.filter((role) => !takesPart(role)) }

export function createDirectory(people: Pick<People, 'byAccount' | 'byUser'>, monotonic: () => number) {
  const kept = new Map<string, { readonly person: Person; readonly until: number }>()
  const keyOf = (visitor: Visiting, program: string | undefined) =>
    JSON.stringify([visitor.platform, visitor.workspace, visitor.user, program])

  async function look(visitor: Visiting, program: string | undefined): Promise<Person | undefined> {
    const { platform, workspace, user } = visitor
    if (workspace !== undefined) {
      const person = await people.byAccount({ platform, workspace, user })
      return program === undefined || person?.programId === program ? person : undefined
    }
    const persons = await people.byUser(platform, user)
    return program === undefined ? persons[0] : persons.find((one) => one.programId === program)
  }

  return {
    async find(visitor: Visiting, program: string | undefined, fresh: boolean): Promise<Person | undefined> {
      const key = keyOf(visitor, program)
      const known = kept.get(key)
      if (!fresh && known && known.until > monotonic()) return known.person
      const person = await look(visitor, program)
      kept.delete(key)
      if (!person) return undefined
      if (kept.size >= keptMost) kept.clear()
      kept.set(key, { person: effective(person), until: monotonic() + keptMs })
      return effective(person)
    },
    /** After any change to a person; the next look is a real one. */
    forget({ personId }: Pick<Self, 'personId'>): void {
      for (const [key, { person }] of kept) if (person.personId === personId) kept.delete(key)
    },
    /** After a change to a program, which every person of it carries. */
    forgetProgram(programId: string): void {
      for (const [key, { person }] of kept) if (person.programId === programId) kept.delete(key)
    },
  }
}

export type PersonDirectory = ReturnType<typeof createDirectory>
