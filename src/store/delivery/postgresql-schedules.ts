import type { Pool, PoolClient } from 'pg'
import type { Decision, DueSchedule, Schedules } from '../../delivery/ports.ts'
import { putNotices } from './postgresql-outbox.ts'
import { all, instants, inTransaction } from './postgresql.ts'
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

const { write, read } = instants

async function dueSchedules(client: PoolClient, now: Date, limit: number): Promise<DueSchedule[]> {
  const rows = await all<ScheduleRow<string>>(
    client,
    `SELECT s."id", s."programId", s."personId", s."notice", s."cron", s."zone", s."nextRunAt", s."graceMin", s."unanswered",
       ${personColumns}
     FROM (SELECT * FROM "Schedule" WHERE "nextRunAt" <= $1::timestamp AND "pausedAt" IS NULL
       ORDER BY "nextRunAt" LIMIT $2 FOR UPDATE SKIP LOCKED) s
     JOIN "Person" p ON p."id" = s."personId" ${personJoins} ORDER BY s."nextRunAt"`,
    [write(now), limit],
  )
  const aways = await all<AwayRow>(
    client,
    `SELECT "personId", "fromDay", "toDay" FROM "Away" WHERE "personId" = ANY($1) AND "toDay" >= $2`,
    [rows.map((row) => row.personId), awayHorizon(now)],
  )
  return rows.map((row) => scheduleOf(row, aways, instants))
}

async function record(client: PoolClient, decisions: readonly Decision[], now: Date, newId: () => string) {
  const occurrences = decisions.flatMap((decision) =>
    decision.occurrences.map((one) => ({
      id: one.id,
      programId: decision.schedule.programId,
      scheduleId: decision.schedule.id,
      localDay: one.localDay,
      dueAt: write(one.dueAt),
      state: one.state,
    })),
  )
  const inserted = await all<{ id: string }>(
    client,
    `INSERT INTO "Occurrence" ("id", "programId", "scheduleId", "localDay", "dueAt", "state")
     SELECT "id", "programId", "scheduleId", "localDay", "dueAt", "state"
     FROM json_populate_recordset(NULL::"Occurrence", $1::json)
     ON CONFLICT ("scheduleId", "localDay") DO NOTHING RETURNING "id"`,
    [JSON.stringify(occurrences)],
  )
  const isNew = new Set(inserted.map(({ id }) => id))
  const noticesOf = (decision: Decision) =>
    decision.occurrences.flatMap(({ id, notice }) => (notice && isNew.has(id) ? notice : []))
  await putNotices(client, decisions.flatMap(noticesOf), newId, now)

  const schedules = decisions.map((decision) => {
    const queued = noticesOf(decision).length > 0
    const resting = queued && decision.rests
    return {
      id: decision.schedule.id,
      nextRunAt: decision.nextRunAt && !resting ? write(decision.nextRunAt) : null,
      queued: queued ? 1 : 0,
      pausedAt: resting ? write(now) : null,
      pausedBy: resting ? 'ignored' : null,
    }
  })
  await all(
    client,
    `UPDATE "Schedule" s SET "nextRunAt" = j."nextRunAt", "unanswered" = s."unanswered" + j."queued",
       "pausedAt" = j."pausedAt", "pausedBy" = j."pausedBy"
     FROM json_to_recordset($1::json) AS j("id" text, "nextRunAt" timestamp(3), "queued" int, "pausedAt" timestamp(3),
       "pausedBy" text) WHERE s."id" = j."id"`,
    [JSON.stringify(schedules)],
  )
}

export function postgresqlSchedules(pool: Pool, newId: () => string): Schedules {
  const isDue = async (sql: string, now: Date) => (await all(pool, sql, [write(now)])).length > 0

  return {
    async decide(now, limit, decide) {
      // Looking first keeps an idle second free of transactions.
      if (
        !(await isDue(
          `SELECT 1 FROM "Schedule" WHERE "nextRunAt" <= $1::timestamp AND "pausedAt" IS NULL LIMIT 1`,
          now,
        ))
      )
        return 0
      return inTransaction(pool, async (client) => {
        const due = await dueSchedules(client, now, limit)
        if (due.length > 0) await record(client, decide(due), now, newId)
        return due.length
      })
    },

    async decideSnoozes(now, limit, decide) {
      if (
        !(await isDue(
          `SELECT 1 FROM "Snooze" WHERE "queuedAt" IS NULL AND "dueAt" <= $1::timestamp LIMIT 1`,
          now,
        ))
      )
        return 0
      return inTransaction(pool, async (client) => {
        const rows = await all<SnoozeRow<string>>(
          client,
          `SELECT z."id", z."programId", z."personId", z."occurrenceId", z."dueAt", o."scheduleId", s."notice", s."graceMin",
             ${snoozeAnswered}, ${personColumns}
           FROM (SELECT * FROM "Snooze" WHERE "queuedAt" IS NULL AND "dueAt" <= $1::timestamp
             ORDER BY "dueAt" LIMIT $2 FOR UPDATE SKIP LOCKED) z
           JOIN "Occurrence" o ON o."id" = z."occurrenceId" JOIN "Schedule" s ON s."id" = o."scheduleId"
           JOIN "Person" p ON p."id" = z."personId" ${personJoins}`,
          [write(now), limit],
        )
        const notices = decide(rows.map((row) => snoozeOf(row, instants)))
        await putNotices(
          client,
          notices.flatMap((notice) => notice ?? []),
          newId,
          now,
        )
        await all(client, `UPDATE "Snooze" SET "queuedAt" = $2::timestamp WHERE "id" = ANY($1)`, [
          rows.map((row) => row.id),
          write(now),
        ])
        return rows.length
      })
    },

    async nextDue(after) {
      const [row] = await all<{ at: string | null }>(
        pool,
        `SELECT least(
           (SELECT min("nextRunAt") FROM "Schedule" WHERE "nextRunAt" > $1::timestamp AND "pausedAt" IS NULL),
           (SELECT min("dueAt") FROM "Snooze" WHERE "queuedAt" IS NULL AND "dueAt" > $1::timestamp),
           (SELECT min("dueAt") FROM "Outbox" WHERE "status" = 'waiting' AND "dueAt" > $1::timestamp)) AS "at"`,
        [write(after)],
      )
      return row?.at ? read(row.at) : undefined
    },

    async running(afterId, limit) {
      const rows = await all<{ id: string; cron: string; zone: string; nextRunAt: string }>(
        pool,
        `SELECT "id", "cron", "zone", "nextRunAt" FROM "Schedule"
         WHERE "id" > $1 AND "cron" IS NOT NULL AND "nextRunAt" IS NOT NULL AND "pausedAt" IS NULL ORDER BY "id" LIMIT $2`,
        [afterId, limit],
      )
      return rows.map((row) => ({ ...row, nextRunAt: read(row.nextRunAt) }))
    },

    async move(moves) {
      const rows = moves.map(({ schedule, to }) => ({
        id: schedule.id,
        before: write(schedule.nextRunAt),
        to: write(to),
      }))
      await all(
        pool,
        `UPDATE "Schedule" s SET "nextRunAt" = j."to"
         FROM json_to_recordset($1::json) AS j("id" text, "before" timestamp(3), "to" timestamp(3))
         WHERE s."id" = j."id" AND s."nextRunAt" = j."before"`,
        [JSON.stringify(rows)],
      )
    },
  }
}
