// A program with its people, as tests want them: real rows through the real ports.
import { randomBytes } from 'node:crypto'
import type { AccountKey, NewPerson, Person, Program, Role } from '../../src/care/members/ports.ts'
import type { Store } from '../../src/store/connect.ts'

export const someId = (): string => randomBytes(16).toString('base64url')
export const morning = new Date('2026-11-23T09:00:00Z')

export async function someProgram(store: Store): Promise<Program & { readonly workspace: string }> {
  const workspace = String(10n ** 17n + BigInt(`0x${randomBytes(6).toString('hex')}`))
  const program = await store.programs.create({
    id: someId(),
    name: 'Harbour IOP',
    country: 'US',
    language: 'en',
    zone: 'America/New_York',
    promptTime: '09:00',
    law: 'unsure',
    phiMode: 'none',
    questions: [],
    workspace: { platform: 'discord', externalId: workspace },
    at: morning,
  })
  if (program === undefined) throw new Error('the program was not made')
  return { ...program, workspace }
}

export const newcomer = (
  program: Program & { readonly workspace: string },
  name: string,
  more: Partial<NewPerson> = {},
): NewPerson => ({
  personId: someId(),
  programId: program.id,
  account: accountOf(program, name),
  name,
  zone: 'America/New_York',
  roles: ['member'],
  welcomeStep: 'zone',
  at: morning,
  ...more,
})

export const accountOf = (program: { readonly workspace: string }, name: string): AccountKey => ({
  platform: 'discord',
  workspace: program.workspace,
  user: `user-${name}`,
})

export const somebody = (
  store: Store,
  program: Program & { readonly workspace: string },
  name: string,
  role: Role = 'member',
): Promise<Person> => store.people.join(newcomer(program, name, { roles: [role] }))
