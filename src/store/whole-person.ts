import type { Self } from '../care/members/ports.ts'
import type { Brought, WholePerson } from '../care/privacy/ports.ts'
import type { Connection } from './connection.ts'
import { once } from './once.ts'
import { personalTables } from './personal-tables.ts'
import type { ErasureLedger } from './erasure-ledger.ts'
import { sweep } from './sweep.ts'
import type { Vault } from './vault.ts'
import { removeProgram } from './whole-program.ts'

export function wholePersonIn(connection: Connection, vault: Vault, ledger: ErasureLedger): WholePerson {
  const { prisma } = connection

  async function remove(self: Self): Promise<Record<string, number>> {
    const counts = await prisma.$transaction(
      async (tx) => {
        const found: Record<string, number> = {}
        for (const [table, { erase }] of Object.entries(personalTables))
          found[table] = (await erase(tx, self)).count
        return found
      },
      { timeout: 60_000 },
    )
    vault.forget(self.personId)
    return counts
  }

  return {
    async tell(self) {
      const own = await vault.of(self)
      return prisma.$transaction(
        async (tx) => {
          const told: Record<string, readonly Readonly<Record<string, unknown>>[]> = {}
          for (const [table, { tell }] of Object.entries(personalTables))
            if (tell) told[table] = await tell(tx, self, own)
          return told
        },
        { timeout: 60_000 },
      )
    },

    async count({ programId, personId }) {
      const where = { programId, personId }
      const [entries, checkIns] = await Promise.all([
        prisma.entry.groupBy({ by: ['kind'], where, _count: { _all: true }, _min: { at: true } }),
        prisma.checkIn.aggregate({ where, _count: { _all: true }, _min: { at: true } }),
      ])
      const all = [
        ...entries.map(({ kind, _count, _min }) => ({ kind, rows: _count._all, since: _min.at })),
        { kind: 'check-in', rows: checkIns._count._all, since: checkIns._min.at },
      ]
      return all.flatMap(({ kind, rows, since }) => (since && rows > 0 ? [{ kind, rows, since }] : []))
    },

    async shares({ programId, personId }) {
      const where = { programId, personId, audience: { not: 'me' } }
      const [entries, checkIns] = await Promise.all([
        prisma.entry.count({ where }),
        prisma.checkIn.count({ where }),
      ])
      return entries + checkIns
    },

    async bring(self, { checkIns, entries }: Brought) {
      const own = await vault.of(self)
      const { programId, personId } = self
      const rows = {
        checkIns: checkIns.map(({ id, forDay, at, kind, late, answers }) => ({
          id,
          programId,
          personId,
          forDay,
          at,
          kind,
          late,
          audience: 'me',
          answers:
            kind === 'pass'
              ? null
              : own.seal({ model: 'CheckIn', column: 'answers', row: id }, JSON.stringify(answers)),
        })),
        entries: entries.map(({ id, kind, forDay, at, body, dueAt }) => ({
          id,
          programId,
          personId,
          kind,
          forDay,
          at,
          audience: 'me',
          body: own.seal({ model: 'Entry', column: 'body', row: id }, JSON.stringify(body)),
          dueAt: dueAt ?? null,
        })),
      }
      const brought = await once(() =>
        prisma.$transaction(
          async (tx) => {
            const known = async (
              ids: readonly string[],
              find: (ids: string[]) => Promise<{ id: string }[]>,
            ) => {
              const found = new Set<string>()
              for (let at = 0; at < ids.length; at += 500)
                for (const { id } of await find(ids.slice(at, at + 500))) found.add(id)
              return found
            }
            const [haveCheckIns, haveEntries] = [
              await known(
                rows.checkIns.map(({ id }) => id),
                (ids) => tx.checkIn.findMany({ where: { id: { in: ids } }, select: { id: true } }),
              ),
              await known(
                rows.entries.map(({ id }) => id),
                (ids) => tx.entry.findMany({ where: { id: { in: ids } }, select: { id: true } }),
              ),
            ]
            const newCheckIns = rows.checkIns.filter(({ id }) => !haveCheckIns.has(id))
            const newEntries = rows.entries.filter(({ id }) => !haveEntries.has(id))
            await tx.checkIn.createMany({ data: newCheckIns })
            await tx.entry.createMany({ data: newEntries })
            return newCheckIns.length + newEntries.length
          },
          { timeout: 60_000 },
        ),
      )
      return brought ?? 0
    },

    async erase(self, { id, askedAt }, at) {
      const { programId, personId } = self
      await ledger.add({ receipt: id, programId, personId, askedAt, at })
      const counts = await remove(self)
      const receipt = { id, programId, personId, askedAt, doneAt: at, counts: JSON.stringify(counts) }
      await prisma.erasure.upsert({ where: { id }, create: receipt, update: {} })
      await sweep(connection, Object.keys(personalTables))
      return { id, askedAt, doneAt: at, counts }
    },
  }
}

/** Before anybody can be served: whoever a restored database brought back is erased again. Returns how many. */
export async function replayErasures(
  connection: Connection,
  vault: Vault,
  ledger: ErasureLedger,
): Promise<number> {
  const erased = await ledger.all()
  let again = 0
  for (const { receipt, programId, personId, askedAt, at } of erased) {
    if (personId === undefined) {
      if ((await connection.prisma.program.count({ where: { id: programId } })) === 0) continue
      await removeProgram(connection, vault, programId)
      again += 1
      continue
    }
    if ((await connection.prisma.person.count({ where: { id: personId, programId } })) === 0) continue
    await wholePersonIn(connection, vault, { ...ledger, add: () => Promise.resolve() }).erase(
      { programId, personId },
      { id: receipt, askedAt },
      at,
    )
    again += 1
  }
  return again
}
