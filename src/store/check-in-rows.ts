// Writing a check-in, the thing people wait for most: raw SQL in a shared commit on SQLite, Prisma elsewhere.
import type { Announcement } from '../care/members/ports.ts'
import { announce, announceOnSqlite } from './announce.ts'
import type { Connection } from './connection.ts'
import { instants, run } from './delivery/sqlite.ts'
import { once } from './once.ts'
import type { Sealed } from './sealed.ts'
import type { Sqlite } from './sqlite.ts'

export type CheckInToPut = {
  readonly id: string
  readonly programId: string
  readonly personId: string
  readonly forDay: string
  readonly at: Date
  readonly kind: string
  readonly late: boolean
  readonly editedAt: Date | null
  readonly answers: Sealed | null
  readonly audience: string
}
type Told = { readonly announcements: readonly Announcement[]; readonly occurrence: string | undefined }

/** False when the id is somebody else's. */
type Put = (row: CheckInToPut, told: Told) => Promise<boolean>

export const checkInPut = (connection: Connection): Put =>
  connection.kind === 'sqlite' ? onSqlite(connection.sqlite) : withPrisma(connection.prisma)

const onSqlite =
  (sqlite: Sqlite): Put =>
  (row, { announcements, occurrence }) =>
    sqlite.write((db) => {
      const { programId, personId } = row
      const at = row.editedAt ?? row.at
      const put = run(
        db,
        `INSERT INTO "CheckIn" ("id", "programId", "personId", "forDay", "at", "kind", "late", "editedAt", "answers", "audience")
         VALUES (:id, :programId, :personId, :forDay, :at, :kind, :late, :editedAt, :answers, :audience)
         ON CONFLICT ("id") DO UPDATE SET "forDay" = :forDay, "at" = :at, "kind" = :kind, "late" = :late,
           "editedAt" = :editedAt, "answers" = :answers, "audience" = :audience
         WHERE "programId" = :programId AND "personId" = :personId`,
        {
          ...row,
          late: row.late ? 1 : 0,
          at: instants.write(row.at),
          editedAt: row.editedAt && instants.write(row.editedAt),
        },
      )
      if (put === 0) return false
      run(
        db,
        `UPDATE "Schedule" SET "unanswered" = 0
         WHERE "personId" = ? AND "programId" = ? AND "notice" = 'check-in' AND "unanswered" > 0`,
        [personId, programId],
      )
      if (occurrence !== undefined)
        run(
          db,
          `UPDATE "Occurrence" SET "answeredAt" = ? WHERE "id" = ? AND "programId" = ?
           AND "scheduleId" IN (SELECT "id" FROM "Schedule" WHERE "personId" = ?)`,
          [instants.write(at), occurrence, programId, personId],
        )
      announceOnSqlite(db, programId, announcements, at)
      return true
    })

const withPrisma =
  (prisma: Connection['prisma']): Put =>
  async ({ id, programId, personId, ...row }, { announcements, occurrence }) => {
    const at = row.editedAt ?? row.at
    const put = await once(() =>
      prisma.$transaction(async (tx) => {
        const { count } = await tx.checkIn.updateMany({ where: { id, programId, personId }, data: row })
        if (count === 0) await tx.checkIn.create({ data: { id, programId, personId, ...row } })
        await tx.schedule.updateMany({
          where: { programId, personId, notice: 'check-in', unanswered: { gt: 0 } },
          data: { unanswered: 0 },
        })
        if (occurrence !== undefined)
          await tx.occurrence.updateMany({
            where: { id: occurrence, programId, schedule: { personId } },
            data: { answeredAt: at },
          })
        await announce(tx, programId, announcements, at)
        return true
      }),
    )
    return put === true
  }
