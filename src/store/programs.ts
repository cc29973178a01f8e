import type { Platform, Programs } from '../care/members/ports.ts'
import type { Client } from './connection.ts'
import { newId } from './ids.ts'
import { once } from './once.ts'
import { join } from './people.ts'
import { pick } from './pick.ts'
import { programOf, withProgram } from './person-rows.ts'
import type { Vault } from './vault.ts'

const columns = ['name', 'country', 'language', 'zone', 'promptTime', 'law', 'phiMode'] as const

export function programsIn(prisma: Client, vault: Vault): Programs {
  return {
    async byWorkspace(platform, workspace) {
      const row = await prisma.program.findFirst({
        where: { workspaces: { some: { platform, externalId: workspace } } },
        include: withProgram,
      })
      return row === null ? undefined : programOf(row)
    },

    async byId(id) {
      const row = await prisma.program.findUnique({ where: { id }, include: withProgram })
      return row === null ? undefined : programOf(row)
    },

    async create(program, admin) {
      const { platform, externalId } = program.workspace
      return once(() =>
        prisma.$transaction(async (tx) => {
          const taken = await tx.workspace.count({ where: { platform, externalId } })
          if (taken > 0) return undefined
          const row = await tx.program.create({
            data: {
              id: program.id,
              ...pick(program, columns),
              questions: JSON.stringify(program.questions),
              createdAt: program.at,
              workspaces: { create: { id: newId(), platform, externalId } },
            },
            include: withProgram,
          })
          if (admin) await join(tx, vault, admin)
          return programOf(row)
        }),
      )
    },

    async change(id, changes) {
      const { gate, questions, reviewedOnly, retention } = changes
      await prisma.program.update({
        where: { id },
        data: {
          ...pick(changes, columns),
          ...(questions && { questions: JSON.stringify(questions) }),
          ...(reviewedOnly !== undefined && { reviewedOnly }),
          ...(gate && { gate }),
          ...(retention && { retention: JSON.stringify(retention) }),
        },
      })
    },

    async setGroup(programId, { id, name, platform, workspace, room }) {
      await prisma.$transaction(async (tx) => {
        const place = await tx.workspace.findFirst({ where: { programId, platform, externalId: workspace } })
        if (place === null) throw new Error('the workspace is not one of this program')
        const group = { name, workspaceId: place.id, roomId: room }
        const { count } = await tx.group.updateMany({ where: { id, programId }, data: group })
        if (count === 0) await tx.group.create({ data: { id, programId, ...group } })
      })
    },

    async places() {
      const rows = await prisma.workspace.findMany({ include: { program: { select: { country: true } } } })
      return rows.map(({ platform, externalId, programId, program }) => ({
        platform: platform as Platform,
        workspace: externalId,
        programId,
        country: program.country,
      }))
    },

    async all() {
      const rows = await prisma.program.findMany({ orderBy: { createdAt: 'asc' }, include: withProgram })
      return rows.map(programOf)
    },
  }
}
