import type { Library, LibraryItem, LibraryKind } from '../care/library/ports.ts'
import type { Client } from './connection.ts'
import type { LibraryItem as ItemRow } from './generated/sqlite/client.ts'
import { once } from './once.ts'

const itemOf = ({ id, kind, body, writtenBy, addedBy, addedAt }: ItemRow): LibraryItem => ({
  id,
  kind: kind as LibraryKind,
  body: JSON.parse(body) as unknown,
  ...(writtenBy !== null && { writtenBy }),
  addedBy,
  addedAt,
})

export function libraryIn(prisma: Client): Library {
  return {
    async list(programId, kind) {
      const rows = await prisma.libraryItem.findMany({
        where: { programId, kind, retiredAt: null },
        orderBy: [{ addedAt: 'asc' }, { id: 'asc' }],
      })
      return rows.map(itemOf)
    },

    async get(programId, id) {
      const row = await prisma.libraryItem.findFirst({ where: { id, programId, retiredAt: null } })
      return row === null ? undefined : itemOf(row)
    },

    async put(programId, { id, kind, body, writtenBy, addedBy, addedAt }) {
      const columns = {
        kind,
        body: JSON.stringify(body),
        writtenBy: writtenBy ?? null,
        addedBy,
        addedAt,
        retiredAt: null,
      }
      const put = await once(async () => {
        const { count } = await prisma.libraryItem.updateMany({ where: { id, programId }, data: columns })
        if (count === 0) await prisma.libraryItem.create({ data: { id, programId, ...columns } })
        return true
      })
      return put ?? false
    },

    async retire(programId, id, at) {
      const { count } = await prisma.libraryItem.updateMany({
        where: { id, programId, retiredAt: null },
        data: { retiredAt: at },
      })
      return count > 0
    },
  }
}
