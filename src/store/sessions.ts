import type { GroupKind } from '../care/journal/content.ts'
import type { Session, SessionPrompt, Sessions } from '../care/sessions/ports.ts'
import type { Client } from './connection.ts'
import type { Session as SessionRow } from './generated/sqlite/client.ts'
import { once } from './once.ts'

const sessionOf = (row: SessionRow): Session => ({
  id: row.id,
  name: row.name,
  kind: row.kind as GroupKind,
  cron: row.cron,
  zone: row.zone,
  minutes: row.minutes,
  ...(row.topic !== null && { topic: row.topic }),
  createdAt: row.createdAt,
})

export function sessionsIn(prisma: Client): Sessions {
  return {
    async list(programId) {
      const rows = await prisma.session.findMany({
        where: { programId, endedAt: null },
        orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
      })
      return rows.map(sessionOf)
    },

    async get(programId, id) {
      const row = await prisma.session.findFirst({ where: { id, programId, endedAt: null } })
      return row === null ? undefined : sessionOf(row)
    },

    async put(programId, { id, name, kind, cron, zone, minutes, topic, createdAt }, times) {
      const columns = { name, kind, cron, zone, minutes, topic: topic ?? null, createdAt, endedAt: null }
      const put = await once(() =>
        prisma.$transaction(async (tx) => {
          const { count } = await tx.session.updateMany({ where: { id, programId }, data: columns })
          if (count === 0) await tx.session.create({ data: { id, programId, ...columns } })
          for (const [notice, { cron: at, nextRunAt }] of Object.entries(times)) {
            const asked = { programId, sessionId: id, notice }
            await tx.schedule.updateMany({ where: asked, data: { cron: at, zone } })
            await tx.schedule.updateMany({
              where: { ...asked, pausedAt: null },
              data: { nextRunAt: nextRunAt ?? null },
            })
          }
          return true
        }),
      )
      return put ?? false
    },

    end: (programId, id, at) =>
      prisma.$transaction(async (tx) => {
        const { count } = await tx.session.updateMany({
          where: { id, programId, endedAt: null },
          data: { endedAt: at },
        })
        if (count === 0) return false
        await tx.schedule.deleteMany({ where: { programId, sessionId: id } })
        return true
      }),

    async promptsOf({ programId, personId }) {
      const rows = await prisma.schedule.findMany({
        where: { programId, personId, sessionId: { not: null } },
        orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
      })
      return rows.flatMap(({ id, notice, sessionId, cron, zone, nextRunAt, createdAt }) =>
        sessionId === null || cron === null
          ? []
          : [
              {
                id,
                notice: notice as SessionPrompt['notice'],
                sessionId,
                cron,
                zone,
                ...(nextRunAt && { nextRunAt }),
                createdAt,
              },
            ],
      )
    },

    async addPrompt({ programId, personId }, { id, notice, sessionId, cron, zone, nextRunAt, createdAt }) {
      await once(() =>
        prisma.$transaction(async (tx) => {
          const known = await tx.schedule.count({ where: { programId, personId, sessionId, notice } })
          const meets = await tx.session.count({ where: { id: sessionId, programId, endedAt: null } })
          const here = await tx.person.count({ where: { id: personId, programId } })
          if (known > 0 || meets === 0 || here === 0) return
          await tx.schedule.create({
            data: {
              id,
              programId,
              personId,
              notice,
              sessionId,
              cron,
              zone,
              nextRunAt: nextRunAt ?? null,
              createdAt,
            },
          })
        }),
      )
    },

    async removePrompts({ programId, personId }, sessionId, notice) {
      await prisma.schedule.deleteMany({ where: { programId, personId, sessionId, notice } })
    },

    async ofSchedule({ programId, personId }, scheduleId) {
      const found = await prisma.schedule.findFirst({ where: { id: scheduleId, programId, personId } })
      if (found?.sessionId === null || found === null) return undefined
      const row = await prisma.session.findFirst({
        where: { id: found.sessionId, programId, endedAt: null },
      })
      return row === null ? undefined : sessionOf(row)
    },
  }
}
