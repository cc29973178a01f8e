import type { Self } from '../care/members/ports.ts'
import type { Occurrence, Reminder, Reminders } from '../care/prompts/ports.ts'
import type { Client } from './connection.ts'
import type { Schedule as ScheduleRow } from './generated/sqlite/client.ts'
import { once } from './once.ts'
import type { OwnVault, Vault } from './vault.ts'

const wordsAt = (row: string) => ({ model: 'Schedule', column: 'words', row })

function reminderOf(row: ScheduleRow, own: OwnVault): Reminder {
  return {
    id: row.id,
    notice: row.notice as Reminder['notice'],
    ...(row.words !== null && { words: own.open(wordsAt(row.id), row.words) }),
    ...(row.cron !== null && { cron: row.cron }),
    zone: row.zone,
    ...(row.nextRunAt && { nextRunAt: row.nextRunAt }),
    ...(row.pausedAt && { pausedAt: row.pausedAt }),
    ...(row.pausedBy !== null && { pausedBy: row.pausedBy as 'person' | 'ignored' }),
    createdAt: row.createdAt,
  }
}

export function remindersIn(prisma: Client, vault: Vault): Reminders {
  /** The person did something about it: the count of prompts that nobody answered starts again. */
  const answered = { schedule: { update: { unanswered: 0 } } }
  const mine = ({ programId, personId }: Self, id: string) => ({ id, programId, schedule: { personId } })

  return {
    async list(self) {
      const rows = await prisma.schedule.findMany({
        where: { programId: self.programId, personId: self.personId },
        orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
      })
      if (rows.length === 0) return []
      const own = await vault.of(self)
      return rows.map((row) => reminderOf(row, own))
    },

    async get({ programId, personId }, id) {
      const row = await prisma.schedule.findFirst({ where: { id, programId, personId } })
      return row === null ? undefined : reminderOf(row, await vault.of({ programId, personId }))
    },

    async put(self, { id, words, ...plain }) {
      const { programId, personId } = self
      const row = {
        notice: plain.notice,
        words: words === undefined ? null : (await vault.of(self)).seal(wordsAt(id), words),
        cron: plain.cron ?? null,
        zone: plain.zone,
        nextRunAt: plain.nextRunAt ?? null,
        pausedAt: plain.pausedAt ?? null,
        pausedBy: plain.pausedBy ?? null,
        unanswered: 0,
        createdAt: plain.createdAt,
      }
      const put = await once(() =>
        prisma.$transaction(async (tx) => {
          const { count } = await tx.schedule.updateMany({ where: { id, programId, personId }, data: row })
          if (count === 0) await tx.schedule.create({ data: { id, programId, personId, ...row } })
          return true
        }),
      )
      return put === true
    },

    async remove({ programId, personId }, id) {
      const { count } = await prisma.schedule.deleteMany({ where: { id, programId, personId } })
      return count > 0
    },

    async occurrence(self, id): Promise<Occurrence | undefined> {
      const row = await prisma.occurrence.findFirst({
        where: mine(self, id),
        include: { schedule: true },
      })
      if (row === null) return undefined
      return {
        id,
        reminder: reminderOf(row.schedule, await vault.of(self)),
        localDay: row.localDay,
        state: row.state as Occurrence['state'],
      }
    },

    async snooze(self, occurrenceId, until, id) {
      const { programId, personId } = self
      const snoozed = await once(() =>
        prisma.$transaction(async (tx) => {
          const row = await tx.occurrence.findFirst({ where: mine(self, occurrenceId) })
          if (row === null) return false
          const again = { occurrenceId, dueAt: until }
          if ((await tx.snooze.count({ where: { programId, ...again } })) === 0)
            await tx.snooze.create({ data: { id, programId, personId, ...again } })
          await tx.occurrence.update({ where: { id: row.id, programId }, data: answered })
          return true
        }),
      )
      return snoozed === true
    },

    skip: (self, occurrenceId, at) =>
      prisma.$transaction(async (tx) => {
        const row = await tx.occurrence.findFirst({ where: mine(self, occurrenceId) })
        if (row === null) return false
        await tx.occurrence.update({
          where: { id: row.id, programId: self.programId },
          data: { ...answered, state: 'skipped', answeredAt: at },
        })
        return true
      }),

    async answer({ programId, personId }, id, at) {
      const { count } = await prisma.occurrence.updateMany({
        where: { id, programId, schedule: { personId } },
        data: { answeredAt: at },
      })
      if (count > 0)
        await prisma.schedule.updateMany({
          where: { programId, personId, occurrences: { some: { id } } },
          data: { unanswered: 0 },
        })
    },

    aways: ({ programId, personId }, fromDay) =>
      prisma.away.findMany({
        where: { programId, personId, toDay: { gte: fromDay } },
        orderBy: [{ fromDay: 'asc' }, { id: 'asc' }],
        select: { id: true, fromDay: true, toDay: true },
      }),

    async addAway({ programId, personId }, { id, fromDay, toDay }) {
      const days = { fromDay, toDay }
      const put = await once(async () => {
        const { count } = await prisma.away.updateMany({ where: { id, programId, personId }, data: days })
        if (count === 0) await prisma.away.create({ data: { id, programId, personId, ...days } })
        return true
      })
      return put ?? false
    },

    async removeAway({ programId, personId }, id) {
      const { count } = await prisma.away.deleteMany({ where: { id, programId, personId } })
      return count > 0
    },
  }
}
