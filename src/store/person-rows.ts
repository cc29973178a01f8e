// One person, as read with everything the domain's `Person` shows.
import type { Audience, Law, Person, Platform, Program, Role, WelcomeStep } from '../care/members/ports.ts'
import { z } from 'zod'
import type { Language } from '../words/text.ts'
import type { Prisma } from './generated/sqlite/client.ts'
import type { Vault } from './vault.ts'

export const withProgram = {
  groups: { where: { kind: 'everyone' }, orderBy: { id: 'asc' }, take: 1, include: { workspace: true } },
} satisfies Prisma.ProgramInclude

export const withPerson = {
  key: true,
  grants: { where: { until: null }, orderBy: { since: 'asc' } },
  consents: { where: { purpose: 'taking-part' }, orderBy: [{ at: 'desc' }, { id: 'desc' }], take: 1 },
  program: { include: withProgram },
} satisfies Prisma.PersonInclude

type ProgramRow = Prisma.ProgramGetPayload<{ include: typeof withProgram }>
type PersonRow = Prisma.PersonGetPayload<{ include: typeof withPerson }>

const ids = z.array(z.string())

export function programOf(row: ProgramRow): Program {
  const [group] = row.groups
  return {
    id: row.id,
    name: row.name,
    country: row.country,
    language: row.language as Language,
    zone: row.zone,
    promptTime: row.promptTime,
    law: row.law as Law,
    phiMode: row.phiMode as Program['phiMode'],
    questions: ids.parse(JSON.parse(row.questions)),
    reviewedOnly: row.reviewedOnly,
    gate: row.gate === 'code' ? 'code' : 'open',
    retention: JSON.parse(row.retention) as Program['retention'],
    ...(group &&
      group.roomId !== null && {
        group: {
          id: group.id,
          name: group.name,
          platform: group.workspace.platform as Platform,
          workspace: group.workspace.externalId,
          room: group.roomId,
        },
      }),
  }
}

/** Undefined for somebody whose key is gone: nothing of theirs is left to show. */
export function personOf(row: PersonRow, vault: Vault): Person | undefined {
  if (row.key === null) return undefined
  const self = { programId: row.programId, personId: row.id }
  const own = vault.unlock(self, row.key)
  const [consent] = row.consents
  const { quietFrom, quietTo } = row
  return {
    ...self,
    name: own.open(nameOf(row.id), row.name),
    roles: [...new Set(row.grants.map(({ role }) => role as Role))],
    language: (row.language ?? row.program.language) as Language,
    zone: row.zone,
    country: row.country ?? row.program.country,
    ...(quietFrom !== null && quietTo !== null && { quiet: { from: quietFrom, to: quietTo } }),
    defaultAudience: row.defaultAudience as Audience,
    discreet: row.discreet,
    ageBand: row.ageBand === 'teen' ? 'teen' : 'adult',
    welcomeStep: row.welcomeStep as WelcomeStep,
    joinedAt: row.joinedAt,
    consented: consent?.given === true ? consent.version : null,
    program: programOf(row.program),
  }
}

/** Where a person's name is sealed. */
export const nameOf = (personId: string) => ({ model: 'Person', column: 'name', row: personId })
