import type { Invites } from '../care/members/ports.ts'
import type { Client } from './connection.ts'
import { isConflict, once } from './once.ts'
import { join } from './people.ts'
import type { Transaction } from './transaction.ts'
import type { Vault } from './vault.ts'

const shown = {
  id: true,
  programId: true,
  groupId: true,
  madeById: true,
  usesLeft: true,
  expiresAt: true,
  at: true,
} as const

async function spend(tx: Client | Transaction, programId: string, id: string, at: Date): Promise<boolean> {
  const { count } = await tx.invite.updateMany({
    where: { id, programId, usesLeft: { gt: 0 }, expiresAt: { gt: at } },
    data: { usesLeft: { decrement: 1 } },
  })
  return count > 0
}

export function invitesIn(prisma: Client, vault: Vault): Invites {
  const found = async (where: { programId: string; codeHash: string } | { programId: string; id: string }) =>
    (await prisma.invite.findFirst({ where, select: shown })) ?? undefined

  return {
    async add(invite) {
      try {
        await prisma.invite.create({ data: invite })
        return true
      } catch (error) {
        if (!isConflict(error)) throw error
        return false
      }
    },
    byCode: (programId, codeHash) => found({ programId, codeHash }),
    byId: (programId, id) => found({ programId, id }),
    list: (programId, { skip, take }) =>
      prisma.invite.findMany({
        where: { programId },
        orderBy: [{ at: 'desc' }, { id: 'desc' }],
        select: shown,
        skip,
        take,
      }),
    spend: (programId, id, at) => spend(prisma, programId, id, at),
    join: (newcomer, id) =>
      once(() =>
        prisma.$transaction(async (tx) => {
          const { programId, account, at } = newcomer
          const { platform, workspace, user } = account
          // First: the row is locked, so that a second window of the same person sees what the first one wrote.
          const spent = await spend(tx, programId, id, at)
          const known = await tx.account.count({
            where: { programId, externalId: user, workspace: { platform, externalId: workspace } },
          })
          if (known === 0 && !spent) return undefined
          if (known > 0 && spent)
            await tx.invite.updateMany({ where: { id, programId }, data: { usesLeft: { increment: 1 } } })
          return join(tx, vault, newcomer)
        }),
      ),
    async end(programId, id) {
      return (await prisma.invite.deleteMany({ where: { programId, id } })).count > 0
    },
    async forget(before) {
      await prisma.invite.deleteMany({ where: { expiresAt: { lt: before } } })
    },
  }
}
