import type { Assignment, Assignments } from '../care/practice/ports.ts'
import { announce } from './announce.ts'
import type { Client } from './connection.ts'
import type { Assignment as AssignmentRow } from './generated/sqlite/client.ts'
import { once } from './once.ts'

const assignmentOf = ({ id, what, toPerson, givenBy, givenAt, untilDay }: AssignmentRow): Assignment => ({
  id,
  what,
  ...(toPerson !== null && { toPerson }),
  givenBy,
  givenAt,
  untilDay,
})

export function assignmentsIn(prisma: Client): Assignments {
  return {
    async add(programId, assignment, announcements) {
      const added = await once(() =>
        prisma.$transaction(async (tx) => {
          if ((await tx.assignment.count({ where: { id: assignment.id } })) > 0) return false
          const toPerson = assignment.toPerson ?? null
          await tx.assignment.create({ data: { ...assignment, programId, toPerson } })
          await announce(tx, programId, announcements, assignment.givenAt)
          return true
        }),
      )
      return added === true
    },

    async get(programId, id) {
      const row = await prisma.assignment.findFirst({ where: { id, programId, endedAt: null } })
      return row === null ? undefined : assignmentOf(row)
    },

    async open(programId, day) {
      const rows = await prisma.assignment.findMany({
        where: { programId, endedAt: null, untilDay: { gte: day } },
        orderBy: [{ untilDay: 'asc' }, { id: 'asc' }],
      })
      return rows.map(assignmentOf)
    },

    async end(programId, id, at) {
      const { count } = await prisma.assignment.updateMany({
        where: { id, programId, endedAt: null },
        data: { endedAt: at },
      })
      return count > 0
    },
  }
}
