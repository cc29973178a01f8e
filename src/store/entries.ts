import type { Audience, Self } from '../care/members/ports.ts'
import type { Entries, Entry, EntryKind, OwnedEntry } from '../care/entries/ports.ts'
import { announce } from './announce.ts'
import type { Client } from './connection.ts'
import type { Entry as EntryRow } from './generated/sqlite/client.ts'
import { once } from './once.ts'
import type { OwnVault, Vault } from './vault.ts'

const bodyAt = (row: string) => ({ model: 'Entry', column: 'body', row })
const newestFirst = [{ at: 'desc' }, { id: 'desc' }] as const
const pageInMemory = 500

const entryOf = (row: EntryRow, own: OwnVault): Entry => ({
  id: row.id,
  kind: row.kind as EntryKind,
  forDay: row.forDay,
  at: row.at,
  ...(row.editedAt && { editedAt: row.editedAt }),
  body: JSON.parse(own.open(bodyAt(row.id), row.body)) as unknown,
  audience: row.audience as Audience,
  ...(row.dueAt && { dueAt: row.dueAt }),
})

/** Its columns, but for whose it is. */
export const sealedEntry = ({ id, editedAt, dueAt, body, ...rest }: Entry, own: OwnVault) => ({
  kind: rest.kind,
  forDay: rest.forDay,
  at: rest.at,
  audience: rest.audience,
  editedAt: editedAt ?? null,
  dueAt: dueAt ?? null,
  body: own.seal(bodyAt(id), JSON.stringify(body)),
})

export function entriesIn(prisma: Client, vault: Vault): Entries {
  /** Rows after the last one of the page before; undefined when that row is not in sight any more. */
  async function older(where: { readonly programId: string }, before: string | undefined) {
    if (before === undefined) return {}
    const last = await prisma.entry.findFirst({ where: { ...where, id: before } })
    return last === null ? undefined : { OR: [{ at: { lt: last.at } }, { at: last.at, id: { lt: last.id } }] }
  }

  /** Nobody's whose key is gone. */
  async function owned(programId: string, rows: readonly EntryRow[]): Promise<readonly OwnedEntry[]> {
    const vaults = await vault.ofMany(
      programId,
      rows.map(({ personId }) => personId),
    )
    return rows.flatMap((row) => {
      const own = vaults.get(row.personId)
      return own === undefined ? [] : [{ ...entryOf(row, own), personId: row.personId }]
    })
  }
  const isShared = (programId: string) => ({
    programId,
    audience: { in: ['facilitator', 'group'] },
    person: { leftAt: null },
  })

  async function list(self: Self, kind: EntryKind, page: { before?: string | undefined; limit: number }) {
    const where = { programId: self.programId, personId: self.personId, kind }
    const from = await older(where, page.before)
    if (from === undefined) return []
    const rows = await prisma.entry.findMany({
      where: { ...where, ...from },
      orderBy: [...newestFirst],
      take: page.limit,
    })
    if (rows.length === 0) return []
    const own = await vault.of(self)
    return rows.map((row) => entryOf(row, own))
  }

  return {
    list,

    async put(self, entry, announcements = []) {
      const { programId, personId } = self
      const { id, editedAt } = entry
      const row = sealedEntry(entry, await vault.of(self))
      const put = await once(() =>
        prisma.$transaction(async (tx) => {
          const { count } = await tx.entry.updateMany({ where: { id, programId, personId }, data: row })
          if (count === 0) await tx.entry.create({ data: { id, programId, personId, ...row } })
          await announce(tx, programId, announcements, editedAt ?? entry.at)
          return true
        }),
      )
      return put === true
    },

    async get(self, id) {
      const { programId, personId } = self
      const row = await prisma.entry.findFirst({ where: { id, programId, personId } })
      return row === null ? undefined : entryOf(row, await vault.of(self))
    },

    async *each(self, kind) {
      let before: string | undefined
      for (;;) {
        const page = await list(self, kind, { before, limit: pageInMemory })
        yield* page
        before = page.at(-1)?.id
        if (page.length < pageInMemory) return
      }
    },

    async remove({ programId, personId }, id) {
      const { count } = await prisma.entry.deleteMany({ where: { id, programId, personId } })
      return count > 0
    },

    async shared(programId, { kinds, personId, before, limit }) {
      const from = await older({ programId }, before)
      if (from === undefined) return []
      const rows = await prisma.entry.findMany({
        where: {
          ...isShared(programId),
          kind: { in: [...kinds] },
          ...(personId !== undefined && { personId }),
          ...from,
        },
        orderBy: [...newestFirst],
        take: limit,
      })
      return owned(programId, rows)
    },

    async sharedOne(programId, id) {
      const row = await prisma.entry.findFirst({ where: { ...isShared(programId), id } })
      return row === null ? undefined : (await owned(programId, [row]))[0]
    },

    async unshareAll({ programId, personId }) {
      await prisma.entry.updateMany({ where: { programId, personId }, data: { audience: 'me' } })
    },

    async due(now, limit) {
      const rows = await prisma.entry.findMany({
        where: { dueAt: { lte: now }, person: { leftAt: null } },
        orderBy: [{ dueAt: 'asc' }, { id: 'asc' }],
        take: limit,
      })
      const found = await Promise.all(
        [...new Set(rows.map(({ programId }) => programId))].map((programId) =>
          owned(
            programId,
            rows.filter((row) => row.programId === programId),
          ).then((all) => all.map((one) => ({ ...one, programId }))),
        ),
      )
      return found.flat().flatMap((one) => (one.dueAt ? [{ ...one, dueAt: one.dueAt }] : []))
    },

    cameDue: (entry, next, announcements, at) =>
      prisma.$transaction(async (tx) => {
        const { id, programId, personId, dueAt } = entry
        const { count } = await tx.entry.updateMany({
          where: { id, programId, personId, dueAt },
          data: { dueAt: next ?? null },
        })
        if (count === 0) return false
        await announce(tx, programId, announcements, at)
        return true
      }),

    async nextDue(after) {
      const row = await prisma.entry.findFirst({
        where: { dueAt: { gt: after }, person: { leftAt: null } },
        orderBy: { dueAt: 'asc' },
        select: { dueAt: true },
      })
      return row?.dueAt ?? undefined
    },
  }
}
