import type { Measure, MeasureAlong, MeasureKind, MeasureReason, Measures } from '../care/measures/ports.ts'
import { announce } from './announce.ts'
import { record } from './audit.ts'
import type { Client } from './connection.ts'
import type { Measure as Row } from './generated/sqlite/client.ts'
import { once } from './once.ts'
import type { Transaction } from './transaction.ts'

const measureOf = (row: Row): Measure => ({
  id: row.id,
  ...(row.groupId !== null && { groupId: row.groupId }),
  personId: row.personId,
  ...(row.caseId !== null && { caseId: row.caseId }),
  kind: row.kind as MeasureKind,
  by: row.by,
  reason: row.reason as MeasureReason,
  since: row.since,
  ...(row.until && { until: row.until }),
  ...(row.endedAt && { endedAt: row.endedAt }),
  ...(row.endedBy !== null && { endedBy: row.endedBy }),
})

async function along(tx: Transaction, programId: string, more: MeasureAlong, at: Date): Promise<void> {
  if (more.announce) await announce(tx, programId, more.announce, at)
  if (more.audit) await record(tx, programId, more.audit, at)
}

export function measuresIn(prisma: Client): Measures {
  return {
    async add(programId, measure, more = {}) {
      const added = await once(() =>
        prisma.$transaction(async (tx) => {
          if ((await tx.measure.count({ where: { id: measure.id } })) > 0) return false
          await tx.measure.create({ data: { ...measure, programId } })
          await along(tx, programId, more, measure.since)
          return true
        }),
      )
      return added === true
    },

    async get(programId, id) {
      const row = await prisma.measure.findFirst({ where: { id, programId } })
      return row === null ? undefined : measureOf(row)
    },

    async of({ programId, personId }, limit) {
      const orderBy = [{ since: 'desc' as const }, { id: 'desc' as const }]
      return (await prisma.measure.findMany({ where: { programId, personId }, orderBy, take: limit })).map(
        measureOf,
      )
    },

    async standing(programId, now, personId) {
      const rows = await prisma.measure.findMany({
        where: { programId, endedAt: null, until: { gt: now }, ...(personId !== undefined && { personId }) },
        orderBy: { since: 'desc' },
      })
      return rows.map(measureOf)
    },

    async end(programId, id, by, at, more = {}) {
      const ended = await once(() =>
        prisma.$transaction(async (tx) => {
          const { count } = await tx.measure.updateMany({
            where: { id, programId, endedAt: null },
            data: { endedAt: at, endedBy: by ?? null },
          })
          if (count === 0) return false
          await along(tx, programId, more, at)
          return true
        }),
      )
      return ended === true
    },

    async toEnd(now, limit) {
      const rows = await prisma.measure.findMany({
        where: { endedAt: null, until: { lte: now } },
        orderBy: [{ until: 'asc' }, { id: 'asc' }],
        take: limit,
      })
      return rows.map((row) => ({ ...measureOf(row), programId: row.programId }))
    },
    async nextEnd(after) {
      const row = await prisma.measure.findFirst({
        where: { endedAt: null, until: { gt: after } },
        orderBy: { until: 'asc' },
        select: { until: true },
      })
      return row?.until ?? undefined
    },
  }
}
