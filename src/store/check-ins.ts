import { z } from 'zod'
import type { CheckIn, CheckIns } from '../care/checkins/ports.ts'
import type { Audience, Self } from '../care/members/ports.ts'
import { checkInPut } from './check-in-rows.ts'
import type { Connection } from './connection.ts'
import type { CheckIn as CheckInRow } from './generated/sqlite/client.ts'
import { pick } from './pick.ts'
import type { OwnVault, Vault } from './vault.ts'

const answersAt = (row: string) => ({ model: 'CheckIn', column: 'answers', row })
const answersShape = z.record(z.string(), z.union([z.number(), z.string(), z.array(z.string())]))

function checkInOf(row: CheckInRow, own: OwnVault): CheckIn {
  return {
    id: row.id,
    forDay: row.forDay,
    at: row.at,
    kind: row.kind as CheckIn['kind'],
    late: row.late,
    ...(row.editedAt && { editedAt: row.editedAt }),
    answers:
      row.answers === null ? {} : answersShape.parse(JSON.parse(own.open(answersAt(row.id), row.answers))),
    audience: row.audience as Audience,
  }
}

const newestFirst = [{ at: 'desc' }, { id: 'desc' }] as const

export function checkInsIn(connection: Connection, vault: Vault): CheckIns {
  const { prisma } = connection
  const put = checkInPut(connection)
  const allOf = async (self: Self, rows: readonly CheckInRow[]) => {
    const own = rows.length > 0 ? await vault.of(self) : undefined
    return own === undefined ? [] : rows.map((row) => checkInOf(row, own))
  }

  /** Rows after the last one of the page before; none when that row is not in sight any more. */
  async function older(programId: string, before: string | undefined, where: object) {
    if (before === undefined) return {}
    const last = await prisma.checkIn.findFirst({ where: { ...where, id: before, programId } })
    return last === null ? undefined : { OR: [{ at: { lt: last.at } }, { at: last.at, id: { lt: last.id } }] }
  }

  /** Nobody's who has left, and nobody's whose key is gone. */
  async function sharedOf(programId: string, rows: readonly CheckInRow[]) {
    const vaults = await vault.ofMany(
      programId,
      rows.map(({ personId }) => personId),
    )
    return rows.flatMap((row) => {
      const own = vaults.get(row.personId)
      return own === undefined ? [] : [{ ...checkInOf(row, own), personId: row.personId }]
    })
  }
  const isShared = (programId: string) => ({
    programId,
    audience: { in: ['facilitator', 'group'] },
    person: { leftAt: null },
  })

  return {
    async put(self, checkIn, { announce: announcements, occurrence }) {
      const { programId, personId } = self
      const { id, kind, answers, editedAt } = checkIn
      const own = await vault.of(self)
      const row = {
        ...pick(checkIn, ['id', 'forDay', 'at', 'kind', 'late', 'audience']),
        programId,
        personId,
        editedAt: editedAt ?? null,
        answers: kind === 'pass' ? null : own.seal(answersAt(id), JSON.stringify(answers)),
      }
      return put(row, { announcements, occurrence })
    },

    async get({ programId, personId }, id) {
      const row = await prisma.checkIn.findFirst({ where: { id, programId, personId } })
      return row === null ? undefined : checkInOf(row, await vault.of({ programId, personId }))
    },

    async between({ programId, personId }, fromDay, toDay) {
      const rows = await prisma.checkIn.findMany({
        where: { programId, personId, forDay: { gte: fromDay, lte: toDay } },
        orderBy: [{ forDay: 'asc' }, { at: 'asc' }, { id: 'asc' }],
      })
      return allOf({ programId, personId }, rows)
    },

    async recent({ programId, personId }, { before, limit }) {
      const where = { programId, personId }
      const from = await older(programId, before, where)
      if (from === undefined) return []
      const rows = await prisma.checkIn.findMany({
        where: { ...where, ...from },
        orderBy: [...newestFirst],
        take: limit,
      })
      return allOf({ programId, personId }, rows)
    },

    async shared(programId, { sinceDay, personId, before, limit }) {
      const where = {
        ...isShared(programId),
        forDay: { gte: sinceDay },
        ...(personId !== undefined && { personId }),
      }
      const from = await older(programId, before, {})
      if (from === undefined) return []
      const rows = await prisma.checkIn.findMany({
        where: { ...where, ...from },
        orderBy: [...newestFirst],
        take: limit,
      })
      return sharedOf(programId, rows)
    },

    async unshareAll({ programId, personId }) {
      await prisma.checkIn.updateMany({ where: { programId, personId }, data: { audience: 'me' } })
    },

    async sharedOne(programId, id) {
      const row = await prisma.checkIn.findFirst({ where: { ...isShared(programId), id } })
      return row === null ? undefined : (await sharedOf(programId, [row]))[0]
    },
  }
}
