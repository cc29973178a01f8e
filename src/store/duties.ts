import { z } from 'zod'
import type { Duty } from '../care/safety/duty.ts'
import type { KeptDuties } from '../care/safety/ports.ts'
import { record } from './audit.ts'
import type { Client } from './connection.ts'
import type { Duty as DutyRow } from './generated/sqlite/client.ts'
import { once } from './once.ts'

const weekdays = z.array(z.int().min(1).max(7))
const ladder = z
  .object({
    rungMinutes: z.number(),
    rounds: z.number(),
    againMinutes: z.number(),
    reviewHours: z.number(),
    contact: z.string(),
  })
  .partial()

export const dutyOf = ({ id, personId, rung, days, fromTime, toTime, zone }: DutyRow): Duty => ({
  id,
  personId,
  rung,
  days: weekdays.parse(JSON.parse(days)),
  from: fromTime,
  to: toTime,
  zone,
})

export function dutiesIn(prisma: Client): KeptDuties {
  return {
    async of(programId) {
      const rows = await prisma.duty.findMany({
        where: { programId, endedAt: null, person: { leftAt: null } },
        orderBy: [{ rung: 'asc' }, { since: 'asc' }, { id: 'asc' }],
      })
      return rows.map(dutyOf)
    },

    async add(programId, { id, personId, rung, days, from, to, zone }, at, audit) {
      await once(() =>
        prisma.$transaction(async (tx) => {
          if ((await tx.duty.count({ where: { id } })) > 0) return
          if ((await tx.person.count({ where: { id: personId, programId } })) === 0)
            throw new Error('the person on duty is not of this program')
          const row = { id, programId, personId, rung, zone, fromTime: from, toTime: to, since: at }
          await tx.duty.create({ data: { ...row, days: JSON.stringify(days) } })
          await record(tx, programId, audit, at)
        }),
      )
    },

    async end(programId, id, at, audit) {
      const ended = await once(() =>
        prisma.$transaction(async (tx) => {
          const { count } = await tx.duty.updateMany({
            where: { id, programId, endedAt: null },
            data: { endedAt: at },
          })
          if (count > 0) await record(tx, programId, audit, at)
          return count > 0
        }),
      )
      return ended === true
    },

    async ladder(programId) {
      const row = await prisma.program.findUnique({ where: { id: programId }, select: { ladder: true } })
      return ladder.parse(JSON.parse(row?.ladder ?? '{}'))
    },

    async setLadder(programId, to, at, audit) {
      await once(() =>
        prisma.$transaction(async (tx) => {
          await tx.program.update({ where: { id: programId }, data: { ladder: JSON.stringify(to) } })
          await record(tx, programId, audit, at)
        }),
      )
    },
  }
}
