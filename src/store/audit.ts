// The hash chain of a program's audit: each row's hash covers the row and the hash before it.
import { createHash } from 'node:crypto'
import type { Act, AuditEntry, AuditRow, Audits, Verified } from '../care/audit/ports.ts'
import type { Connection } from './connection.ts'
import type { Audit as Row } from './generated/sqlite/client.ts'
import { once } from './once.ts'
import type { Transaction } from './transaction.ts'

const genesis = ''
const pageInMemory = 1000

/** Every column in a fixed order: a change of any one changes the hash. */
const hashOf = (row: Omit<Row, 'hash'>, before: string): string =>
  createHash('sha256')
    .update(
      JSON.stringify([
        before,
        row.programId,
        row.seq,
        row.at.toISOString(),
        row.actorId,
        row.actorRole,
        row.act,
        row.objectKind,
        row.objectId,
        row.personId,
        row.why,
      ]),
    )
    .digest('base64url')

const rowOf = ({
  seq,
  at,
  actorId,
  actorRole,
  act,
  objectKind,
  objectId,
  personId,
  why,
  hash,
}: Row): AuditRow => ({
  seq,
  at,
  actorId,
  actorRole,
  act: act as Act,
  objectKind,
  objectId,
  ...(personId !== null && { personId }),
  ...(why !== null && { why }),
  hash,
})

/** Inside the transaction of what it tells of. The program's row is held until then, so that one appends after the other. */
export async function record(
  tx: Transaction,
  programId: string,
  { actorId, actorRole, act, objectKind, objectId, personId, why }: AuditEntry,
  at: Date,
): Promise<void> {
  const { auditRows: seq, auditHash: before } = await tx.program.update({
    where: { id: programId },
    data: { auditRows: { increment: 1 } },
    select: { auditRows: true, auditHash: true },
  })
  const row = {
    programId,
    seq,
    at,
    actorId,
    actorRole,
    act,
    objectKind,
    objectId,
    personId: personId ?? null,
    why: why ?? null,
  }
  const hash = hashOf(row, before)
  await tx.audit.create({ data: { ...row, hash } })
  await tx.program.update({ where: { id: programId }, data: { auditHash: hash } })
}

/** Where a chain is read from, a page of rows at a time. */
export type Chain = {
  /** In order, those after that number; an empty page is the end. */
  readonly rows: (after: number) => Promise<readonly Row[]>
  readonly head: () => Promise<{ readonly auditRows: number; readonly auditHash: string } | null>
}

export async function verifyChain(chain: Chain): Promise<Verified> {
  let [seq, hash] = [0, genesis]
  for (;;) {
    const rows = await chain.rows(seq)
    for (const row of rows) {
      if (row.seq !== seq + 1 || row.hash !== hashOf(row, hash))
        return { ok: false, rows: seq, firstBroken: seq + 1 }
      seq = row.seq
      hash = row.hash
    }
    if (rows.length > 0) continue
    const head = await chain.head()
    if (head?.auditRows === seq && head.auditHash === hash) return { ok: true, rows: seq }
    // Written since the last look; anything else was cut off at the end, or put there by somebody else.
    const [next] = await chain.rows(seq)
    if (next === undefined) return { ok: false, rows: seq, firstBroken: seq + 1 }
  }
}

export function auditsIn({ prisma }: Pick<Connection, 'prisma'>): Audits {
  return {
    async add(programId, entry, at) {
      await once(() => prisma.$transaction((tx) => record(tx, programId, entry, at)))
    },

    async list(programId, { before, limit, personId }) {
      const rows = await prisma.audit.findMany({
        where: {
          programId,
          ...(before !== undefined && { seq: { lt: before } }),
          ...(personId !== undefined && { personId }),
        },
        orderBy: { seq: 'desc' },
        take: limit,
      })
      return rows.map(rowOf)
    },

    verify: (programId) =>
      verifyChain({
        rows: (after) =>
          prisma.audit.findMany({
            where: { programId, seq: { gt: after } },
            orderBy: { seq: 'asc' },
            take: pageInMemory,
          }),
        head: () =>
          prisma.program.findUnique({
            where: { id: programId },
            select: { auditRows: true, auditHash: true },
          }),
      }),
  }
}
