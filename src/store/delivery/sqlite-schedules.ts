import type { Database } from 'better-sqlite3'
import type { Decision, DueSchedule, Schedules } from '../../delivery/ports.ts'
import type { Sqlite } from '../sqlite.ts'
import {
  awayHorizon,
  personColumns,
  personJoins,
  scheduleOf,
  snoozeAnswered,
  snoozeOf,
  type AwayRow,
  type ScheduleRow,
  type SnoozeRow,
} from './rows.ts'
import { putNotice } from './sqlite-outbox.ts'
import { all, instants, run } from './sqlite.ts'

const { write, read } = instants

function dueSchedules(db: Database, now: Date, limit: number): DueSchedule[] {
  const rows = all<ScheduleRow<string>>(
    db,
    `SELECT s."id", s."programId", s."personId", s."notice", s."cron", s."zone", s."nextRunAt", s."graceMin", s."unanswered",
       ${personColumns}
     FROM (SELECT * FROM "Schedule" WHERE "nextRunAt" <= ? AND "pausedAt" IS NULL ORDER BY "nextRunAt" LIMIT ?) s
     JOIN "Person" p ON p."id" = s."personId" ${personJoins} ORDER BY s."nextRunAt"`,
    [write(now), limit],
  )
  const horizon = awayHorizon(now)
  return rows.map((row) => {
    const sql = `SELECT "personId", "fromDay", "toDay" FROM "Away" WHERE "personId" = ? AND "toDay" >= ?`
    return scheduleOf(row, all<AwayRow>(db, sql, [row.personId, horizon]), instants)
  })
}

function record(
  db: Database,
  { schedule, occurrences, nextRunAt, rests }: Decision,
  now: Date,
  newId: () => string,
) {
  let queued = false
  for (const one of occurrences) {
    const isNew = run(
      db,
      `INSERT INTO "Occurrence" ("id", "programId", "scheduleId", "localDay", "dueAt", "state")
       VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT ("scheduleId", "localDay") DO NOTHING`,
      [one.id, schedule.programId, schedule.id, one.localDay, write(one.dueAt), one.state],
    )
    if (!isNew || !one.notice) continue
    putNotice(db, one.notice, newId(), now)
    queued = true
  }
  const resting = queued && rests
  run(
    db,
    `UPDATE "Schedule" SET "nextRunAt" = ?, "unanswered" = "unanswered" + ?, "pausedAt" = ?, "pausedBy" = ? WHERE "id" = ?`,
    [
      resting || !nextRunAt ? null : write(nextRunAt),
      queued ? 1 : 0,
      resting ? write(now) : null,
      resting ? 'ignored' : null,
      schedule.id,
    ],
  )
}

export function sqliteSchedules(sqlite: Sqlite, newId: () => string): Schedules {
  const isDue = (sql: string, now: Date) => sqlite.read((db) => all(db, sql, [write(now)]).length > 0)

  return {
    async decide(now, limit, decide) {
      // Looking first keeps an idle second free of writes.
      if (
        !(await isDue(`SELECT 1 FROM "Schedule" WHERE "nextRunAt" <= ? AND "pausedAt" IS NULL LIMIT 1`, now))
      )
        return 0
      return sqlite.write((db) => {
        const due = dueSchedules(db, now, limit)
        for (const decision of decide(due)) record(db, decision, now, newId)
        return due.length
      })
    },

    async decideSnoozes(now, limit, decide) {
      if (!(await isDue(`SELECT 1 FROM "Snooze" WHERE "queuedAt" IS NULL AND "dueAt" <= ? LIMIT 1`, now)))
        return 0
      return sqlite.write((db) => {
        const rows = all<SnoozeRow<string>>(
          db,
          `SELECT z."id", z."programId", z."personId", z."occurrenceId", z."dueAt", o."scheduleId", s."notice", s."graceMin",
             ${snoozeAnswered}, ${personColumns}
           FROM (SELECT * FROM "Snooze" WHERE "queuedAt" IS NULL AND "dueAt" <= ? ORDER BY "dueAt" LIMIT ?) z
           JOIN "Occurrence" o ON o."id" = z."occurrenceId" JOIN "Schedule" s ON s."id" = o."scheduleId"
           JOIN "Person" p ON p."id" = z."personId" ${personJoins}`,
          [write(now), limit],
        )
        const notices = decide(rows.map((row) => snoozeOf(row, instants)))
        for (const [index, { id }] of rows.entries()) {
          const notice = notices[index]
          if (notice) putNotice(db, notice, newId(), now)
          run(db, `UPDATE "Snooze" SET "queuedAt" = ? WHERE "id" = ?`, [write(now), id])
        }
        return rows.length
      })
    },

    nextDue: (after) =>
      sqlite.read((db) => {
        const [row] = all<{ at: string | null }>(
          db,
          `SELECT min("at") AS "at" FROM (
             SELECT min("nextRunAt") AS "at" FROM "Schedule" WHERE "nextRunAt" > :after AND "pausedAt" IS NULL
             UNION ALL SELECT min("dueAt") FROM "Snooze" WHERE "queuedAt" IS NULL AND "dueAt" > :after
             UNION ALL SELECT min("dueAt") FROM "Outbox" WHERE "status" = 'waiting' AND "dueAt" > :after)`,
          { after: write(after) },
        )
        return row?.at ? read(row.at) : undefined
      }),

    running: (afterId, limit) =>
      sqlite.read((db) =>
        all<{ id: string; cron: string; zone: string; nextRunAt: string }>(
          db,
          `SELECT "id", "cron", "zone", "nextRunAt" FROM "Schedule"
           WHERE "id" > ? AND "cron" IS NOT NULL AND "nextRunAt" IS NOT NULL AND "pausedAt" IS NULL ORDER BY "id" LIMIT ?`,
          [afterId, limit],
        ).map((row) => ({ ...row, nextRunAt: read(row.nextRunAt) })),
      ),

    move: (moves) =>
      sqlite.write((db) => {
        for (const { schedule, to } of moves)
          run(db, `UPDATE "Schedule" SET "nextRunAt" = ? WHERE "id" = ? AND "nextRunAt" = ?`, [
            write(to),
            schedule.id,
            write(schedule.nextRunAt),
          ])
      }),
  }
}
