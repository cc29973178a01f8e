import type { ConsentGiven, NewPerson, People, Person, Platform, Role, Self } from '../care/members/ports.ts'
import type { Client } from './connection.ts'
import type { Prisma } from './generated/sqlite/client.ts'
import { newId } from './ids.ts'
import { once } from './once.ts'
import { pick } from './pick.ts'
import { nameOf, personOf, withPerson } from './person-rows.ts'
import type { Transaction } from './transaction.ts'
import type { Vault } from './vault.ts'

const consentColumns = ['purpose', 'version', 'textHash', 'language', 'given', 'method', 'at'] as const

export function peopleIn(prisma: Client, vault: Vault): People {
  async function one(where: Prisma.PersonWhereInput): Promise<Person | undefined> {
    const row = await prisma.person.findFirst({ where: { ...where, leftAt: null }, include: withPerson })
    return row === null ? undefined : personOf(row, vault)
  }
  const byId = ({ programId, personId }: Self) => one({ id: personId, programId })

  return {
    byId,
    byAccount: ({ platform, workspace, user }) =>
      one({ accounts: { some: { externalId: user, workspace: { platform, externalId: workspace } } } }),

    async byUser(platform, user) {
      const rows = await prisma.person.findMany({
        where: { leftAt: null, accounts: { some: { platform, externalId: user } } },
        orderBy: [{ joinedAt: 'desc' }, { id: 'asc' }],
        include: withPerson,
      })
      return rows.flatMap((row) => personOf(row, vault) ?? [])
    },

    async join(newcomer) {
      const personId = await once(() => prisma.$transaction((tx) => join(tx, vault, newcomer)))
      const self = { programId: newcomer.programId, personId: personId ?? newcomer.personId }
      const person = await byId(self)
      if (person === undefined) throw new Error('the person who joined is not there')
      return person
    },

    async change(self, changes) {
      const { programId, personId } = self
      const { name, quiet } = changes
      await prisma.person.updateMany({
        where: { id: personId, programId },
        data: {
          ...pick(changes, [
            'zone',
            'language',
            'country',
            'defaultAudience',
            'discreet',
            'ageBand',
            'welcomeStep',
          ]),
          ...(name !== undefined && { name: (await vault.of(self)).seal(nameOf(personId), name) }),
          ...(quiet !== undefined && { quietFrom: quiet?.from ?? null, quietTo: quiet?.to ?? null }),
        },
      })
    },

    grant: (self, role, grantedBy, at) =>
      prisma.$transaction(async (tx) => {
        await assertOfProgram(tx, self)
        await grant(tx, self, role, grantedBy, at)
      }),

    async revoke({ programId, personId }, role, at) {
      await prisma.roleGrant.updateMany({
        where: { programId, personId, role, until: null },
        data: { until: at },
      })
    },

    async list(programId, { role, after, limit }) {
      const rows = await prisma.person.findMany({
        where: {
          programId,
          leftAt: null,
          ...(role !== undefined && { grants: { some: { role, until: null } } }),
          ...(after !== undefined && { id: { gt: after } }),
        },
        orderBy: { id: 'asc' },
        take: limit,
        include: withPerson,
      })
      return rows.flatMap((row) => personOf(row, vault) ?? [])
    },

    consent: (self, consent) =>
      prisma.$transaction(async (tx) => {
        await assertOfProgram(tx, self)
        await addConsent(tx, self, consent)
      }),

    async consents({ programId, personId }) {
      const rows = await prisma.consent.findMany({
        where: { programId, personId },
        orderBy: [{ at: 'asc' }, { id: 'asc' }],
      })
      return rows.map((row) => ({ id: row.id, ...(pick(row, consentColumns) as ConsentGiven) }))
    },

    async unreached(programId) {
      // Somebody with a second account that messages do reach is reached.
      const rows = await prisma.account.findMany({
        where: {
          programId,
          unreachableSince: { not: null },
          person: { leftAt: null, accounts: { none: { unreachableSince: null } } },
        },
        orderBy: { unreachableSince: 'asc' },
      })
      return rows.map(({ personId, unreachableSince, platform }) => ({
        personId,
        since: unreachableSince ?? new Date(0),
        platform: platform as Platform,
      }))
    },

    async tellUnreached({ programId, personId }, at) {
      const told = await prisma.account.updateManyAndReturn({
        where: { programId, personId, unreachableSince: { not: null }, unreachableTold: null },
        data: { unreachableTold: at },
        select: { unreachableSince: true },
      })
      return told.flatMap(({ unreachableSince }) => (unreachableSince ? [{ since: unreachableSince }] : []))
    },
  }
}

/** The id of whoever has the account in the end. */
export async function join(tx: Transaction, vault: Vault, newcomer: NewPerson): Promise<string> {
  const { programId, account, roles, grantedBy, consent, at } = newcomer
  const workspace = await tx.workspace.findFirst({
    where: { programId, platform: account.platform, externalId: account.workspace },
  })
  if (workspace === null) throw new Error('the workspace is not one of this program')
  const known = await tx.account.findFirst({
    where: { programId, workspaceId: workspace.id, externalId: account.user },
    include: { person: { include: { key: true } } },
  })
  const self = { programId, personId: known?.personId ?? newcomer.personId }
  if (known === null) await addPerson(tx, vault, newcomer, workspace.id)
  else if (known.person.key !== null) {
    // Recorded by an admin before they ever wrote: the name comes with their own first command.
    const own = vault.unlock(self, known.person.key)
    if (own.open(nameOf(self.personId), known.person.name) === '' && newcomer.name !== '')
      await tx.person.updateMany({
        where: { id: self.personId, programId },
        data: { name: own.seal(nameOf(self.personId), newcomer.name) },
      })
  }
  for (const role of roles) await grant(tx, self, role, grantedBy, at)
  if (consent) await addConsent(tx, self, consent)
  return self.personId
}

async function addPerson(tx: Transaction, vault: Vault, newcomer: NewPerson, workspaceId: string) {
  const { programId, personId, account, name, zone, welcomeStep, at } = newcomer
  const { row, own } = vault.newKey({ programId, personId })
  const sealedName = own.seal(nameOf(personId), name)
  await tx.person.create({
    data: { id: personId, programId, name: sealedName, zone, welcomeStep, joinedAt: at },
  })
  await tx.personKey.create({ data: { personId, ...row } })
  const { platform, user } = account
  await tx.account.create({
    data: { id: newId(), programId, personId, workspaceId, platform, externalId: user },
  })
}

export async function grant(
  tx: Transaction,
  { programId, personId }: Self,
  role: Role,
  grantedBy: string | undefined,
  since: Date,
): Promise<void> {
  const held = await tx.roleGrant.findFirst({ where: { programId, personId, role, until: null } })
  if (held !== null) return
  await tx.roleGrant.create({
    data: { id: newId(), programId, personId, role, grantedBy: grantedBy ?? null, since },
  })
}

export async function addConsent(tx: Transaction, self: Self, consent: ConsentGiven): Promise<void> {
  const { programId, personId } = self
  await tx.consent.create({ data: { id: newId(), programId, personId, ...pick(consent, consentColumns) } })
}

async function assertOfProgram(tx: Transaction, { programId, personId }: Self): Promise<void> {
  if ((await tx.person.count({ where: { id: personId, programId } })) === 0)
    throw new Error('the person is not of this program')
}
