import type { KnownWorkspace, Removals } from '../care/privacy/removals.ts'
import type { Platform } from '../care/members/ports.ts'
import type { Connection } from './connection.ts'
import type { ErasureLedger } from './erasure-ledger.ts'
import type { Vault } from './vault.ts'
import { removeProgram } from './whole-program.ts'

type Row = {
  readonly platform: string
  readonly externalId: string
  readonly programId: string
  readonly removedAt: Date | null
}
/** Before the id of a workspace while its program is being erased. */
const begun = 'erased '

const knownOf = ({ platform, externalId, programId, removedAt }: Row): KnownWorkspace => ({
  platform: platform as Platform,
  workspace: externalId,
  programId,
  ...(removedAt && { removedAt }),
  ...(externalId.startsWith(begun) && { begun: true as const }),
})

export function removalsIn(connection: Connection, vault: Vault, ledger: ErasureLedger): Removals {
  const { prisma } = connection
  /** Whoever invites the bot from now on begins anew, while what was is being erased. */
  const letGo = (programId: string, until: Date): Promise<Date | undefined> =>
    prisma.$transaction(async (tx) => {
      const places = await tx.workspace.findMany({ where: { programId } })
      for (const { id, removedAt } of places) {
        if (removedAt === null || removedAt > until) return undefined
        const { count } = await tx.workspace.updateMany({
          where: { id, removedAt },
          data: { externalId: `${begun}${id}` },
        })
        if (count === 0) throw new Error('the bot was invited again in this very moment')
      }
      return places.map(({ removedAt }) => removedAt).find((at) => at !== null) ?? undefined
    })

  return {
    async workspaces(platform) {
      const where = { platform, NOT: { externalId: { startsWith: begun } } }
      const rows = await prisma.workspace.findMany({ where, orderBy: { id: 'asc' } })
      return rows.map(knownOf)
    },

    async mark(platform, workspace, at) {
      const where = { platform, externalId: workspace, removedAt: null }
      await prisma.workspace.updateMany({ where, data: { removedAt: at } })
    },

    clear: (platform, workspace, at) =>
      prisma.$transaction(async (tx) => {
        const place = { platform, externalId: workspace }
        const { count } = await tx.workspace.updateMany({
          where: { ...place, removedAt: { not: null } },
          data: { removedAt: null },
        })
        if (count === 0) return false
        await tx.outbox.updateMany({
          where: { platform, workspace, status: 'waiting', failure: 'removed' },
          data: { dueAt: at, leaseUntil: null },
        })
        await tx.group.updateMany({
          where: { workspace: place, syncAt: { not: null } },
          data: { syncAt: at },
        })
        return true
      }),

    async abandoned(until) {
      const rows = await prisma.workspace.findMany({
        where: { program: { workspaces: { every: { removedAt: { lte: until } } } } },
        orderBy: [{ removedAt: 'asc' }, { id: 'asc' }],
      })
      return rows.map(knownOf)
    },

    async erase(programId, { receipt, until }, at) {
      const askedAt = await letGo(programId, until)
      if (!askedAt) return false
      await ledger.add({ receipt, programId, askedAt, at })
      await removeProgram(connection, vault, programId)
      return true
    },
  }
}
