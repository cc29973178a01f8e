import type {
  Along,
  Case,
  CaseKind,
  CaseLine,
  Cases,
  CaseState,
  Level,
  NewLine,
  Step,
  Way,
  Ways,
  WayState,
} from '../care/cases/ports.ts'
import { announce } from './announce.ts'
import { record } from './audit.ts'
import type { Client } from './connection.ts'
import type { Case as CaseRow, Escalation as WayRow } from './generated/sqlite/client.ts'
import { once } from './once.ts'
import type { Transaction } from './transaction.ts'
import type { Vault } from './vault.ts'

const bodyAt = (row: string) => ({ model: 'CaseLine', column: 'body', row })
const levels: Readonly<Record<Level, number>> = { urgent: 0, concern: 1, normal: 2 }

const caseOf = (row: CaseRow): Case => ({
  id: row.id,
  ...(row.groupId !== null && { groupId: row.groupId }),
  kind: row.kind as CaseKind,
  level: row.level as Level,
  ...(row.personId !== null && { personId: row.personId }),
  ...(row.raisedBy !== null && { raisedBy: row.raisedBy }),
  anonymous: row.anonymous,
  source: row.source,
  state: row.state as CaseState,
  ...(row.claimedBy !== null && { claimedBy: row.claimedBy }),
  ...(row.claimedAt && { claimedAt: row.claimedAt }),
  pointer: JSON.parse(row.pointer) as Case['pointer'],
  createdAt: row.createdAt,
  ...(row.dueAt && { dueAt: row.dueAt }),
  ...(row.closedAt && { closedAt: row.closedAt }),
  ...(row.closedBy !== null && { closedBy: row.closedBy }),
  ...(row.closed !== null && { closed: row.closed }),
})

const wayOf = (row: WayRow): Way => ({
  id: row.id,
  programId: row.programId,
  caseId: row.caseId,
  state: row.state as WayState,
  rung: row.rung,
  round: row.round,
  ...(row.dueAt && { dueAt: row.dueAt }),
  ...(row.ackBy !== null && { ackBy: row.ackBy }),
  ...(row.ackAt && { ackAt: row.ackAt }),
  ...(row.resolvedBy !== null && { resolvedBy: row.resolvedBy }),
  ...(row.resolvedAt && { resolvedAt: row.resolvedAt }),
  startedAt: row.startedAt,
  version: row.version,
})

export function casesIn(prisma: Client, vault: Vault): Cases {
  /** Sealed before the transaction begins: the key may have to be read. */
  async function sealed(programId: string, caseId: string, line: NewLine | undefined) {
    if (line === undefined) return undefined
    const { id, writer, side, words, at } = line
    const own = await vault.of(writer)
    const body = own.seal(bodyAt(id), words)
    return { id, programId, caseId, personId: writer.personId, side, body, at }
  }
  type SealedLine = Awaited<ReturnType<typeof sealed>>
  async function along(tx: Transaction, programId: string, line: SealedLine, more: Along, at: Date) {
    if (line) await tx.caseLine.create({ data: line })
    if (more.announce) await announce(tx, programId, more.announce, at)
    if (more.audit) await record(tx, programId, more.audit, at)
  }

  return {
    async open(programId, one, { way, ...more } = {}) {
      const line = await sealed(programId, one.id, more.line)
      const opened = await once(() =>
        prisma.$transaction(async (tx) => {
          if ((await tx.case.count({ where: { id: one.id } })) > 0) return false
          await tx.case.create({
            data: {
              ...one,
              programId,
              pointer: JSON.stringify(one.pointer),
              ...(way && {
                escalation: {
                  create: {
                    id: way.id,
                    programId,
                    state: 'notifying',
                    ...way.change,
                    startedAt: one.createdAt,
                    steps: {
                      create: way.steps.map((step) => ({
                        ...step,
                        programId,
                        personId: step.personId ?? null,
                      })),
                    },
                  },
                },
              }),
            },
          })
          await along(tx, programId, line, more, one.createdAt)
          return true
        }),
      )
      return opened === true
    },

    async get(programId, id) {
      const row = await prisma.case.findFirst({ where: { id, programId } })
      return row === null ? undefined : caseOf(row)
    },

    async waiting(programId, { kinds, groupIds, after, limit }) {
      const rows = await prisma.case.findMany({
        where: {
          programId,
          state: { in: ['open', 'claimed'] },
          ...(kinds && { kind: { in: [...kinds] } }),
          ...(groupIds && { groupId: { in: [...groupIds] } }),
        },
        orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
      })
      const all = rows.map(caseOf).toSorted((one, other) => levels[one.level] - levels[other.level])
      const from = after === undefined ? 0 : all.findIndex(({ id }) => id === after) + 1
      return all.slice(from, from + limit)
    },

    async about(programId, personId, { before, limit }) {
      return newest({ programId, personId }, before, limit)
    },
    async ofKind(programId, kind, { before, limit }) {
      return newest({ programId, kind }, before, limit)
    },
    async countAlerts(programId, since) {
      const where = { programId, kind: 'alert', createdAt: { gte: since } }
      const [alerts, wrong] = await Promise.all([
        prisma.case.count({ where }),
        prisma.case.count({ where: { ...where, closed: 'not-a-concern' } }),
      ])
      return { alerts, wrong }
    },
    async raised({ programId, personId }, { before, limit }) {
      return newest({ programId, raisedBy: personId }, before, limit)
    },

    async change(programId, id, from, { pointer, ...change }, at, more = {}) {
      const line = await sealed(programId, id, more.line)
      const changed = await once(() =>
        prisma.$transaction(async (tx) => {
          const { count } = await tx.case.updateMany({
            where: { id, programId, state: { in: [...from] } },
            data: { ...change, ...(pointer && { pointer: JSON.stringify(pointer) }) },
          })
          if (count === 0) return false
          await along(tx, programId, line, more, at)
          return true
        }),
      )
      return changed === true
    },

    async add(programId, id, line, more = {}) {
      const row = await sealed(programId, id, line)
      await once(() =>
        prisma.$transaction(async (tx) => {
          if ((await tx.case.count({ where: { id, programId } })) === 0)
            throw new Error('the case is not of this program')
          await along(tx, programId, row, more, line.at)
        }),
      )
    },

    async lines(programId, id) {
      const rows = await prisma.caseLine.findMany({
        where: { programId, caseId: id },
        orderBy: [{ at: 'asc' }, { id: 'asc' }],
      })
      const vaults = await vault.ofMany(
        programId,
        rows.map(({ personId }) => personId),
      )
      return rows.flatMap(({ id: row, personId, side, body, at }) => {
        const own = vaults.get(personId)
        if (own === undefined) return []
        return [{ id: row, personId, side: side as CaseLine['side'], words: own.open(bodyAt(row), body), at }]
      })
    },

    async due(now, limit) {
      const rows = await prisma.case.findMany({
        where: { dueAt: { lte: now }, state: { not: 'closed' } },
        orderBy: [{ dueAt: 'asc' }, { id: 'asc' }],
        take: limit,
      })
      return rows.map((row) => ({ ...caseOf(row), programId: row.programId }))
    },
    async nextDue(after) {
      const row = await prisma.case.findFirst({
        where: { dueAt: { gt: after }, state: { not: 'closed' } },
        orderBy: { dueAt: 'asc' },
        select: { dueAt: true },
      })
      return row?.dueAt ?? undefined
    },
  }

  async function newest(
    where: {
      readonly programId: string
      readonly kind?: CaseKind
      readonly personId?: string
      readonly raisedBy?: string
    },
    before: string | undefined,
    limit: number,
  ): Promise<readonly Case[]> {
    const last =
      before === undefined ? null : await prisma.case.findFirst({ where: { ...where, id: before } })
    if (before !== undefined && last === null) return []
    const rows = await prisma.case.findMany({
      where: {
        ...where,
        ...(last && {
          OR: [{ createdAt: { lt: last.createdAt } }, { createdAt: last.createdAt, id: { lt: last.id } }],
        }),
      },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: limit,
    })
    return rows.map(caseOf)
  }
}

export function waysIn(prisma: Client): Ways {
  const goesOn = { state: { in: ['notifying', 'acknowledged', 'exhausted'] } }
  return {
    async of(programId, caseId) {
      const row = await prisma.escalation.findFirst({ where: { programId, caseId } })
      return row === null ? undefined : wayOf(row)
    },
    async steps(programId, id) {
      const rows = await prisma.escalationStep.findMany({
        where: { programId, escalationId: id },
        orderBy: [{ at: 'asc' }, { id: 'asc' }],
      })
      return rows.map(({ id: step, at, what, personId, rung }) => ({
        id: step,
        at,
        what: what as Step['what'],
        ...(personId !== null && { personId }),
        rung,
      }))
    },
    async due(now, limit) {
      const rows = await prisma.escalation.findMany({
        where: { ...goesOn, dueAt: { lte: now } },
        orderBy: [{ dueAt: 'asc' }, { id: 'asc' }],
        take: limit,
      })
      return rows.map(wayOf)
    },
    async nextDue(after) {
      const row = await prisma.escalation.findFirst({
        where: { ...goesOn, dueAt: { gt: after } },
        orderBy: { dueAt: 'asc' },
        select: { dueAt: true },
      })
      return row?.dueAt ?? undefined
    },

    async change({ id, programId, caseId, version }, change, steps, more, at) {
      const changed = await once(() =>
        prisma.$transaction(async (tx) => {
          const { count } = await tx.escalation.updateMany({
            where: { id, programId, version },
            data: { ...change, version: version + 1 },
          })
          if (count === 0) return false
          for (const step of steps)
            await tx.escalationStep.create({
              data: { ...step, programId, escalationId: id, personId: step.personId ?? null },
            })
          if (more.case) await tx.case.updateMany({ where: { id: caseId, programId }, data: more.case })
          if (more.announce) await announce(tx, programId, more.announce, at)
          if (more.audit) await record(tx, programId, more.audit, at)
          return true
        }),
      )
      return changed === true
    },
  }
}
