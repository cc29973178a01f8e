import type { Database } from 'better-sqlite3'
import type { Claim, Held, Notice, Outbox, Settled } from '../../delivery/ports.ts'
import type { Sqlite } from '../sqlite.ts'
import {
  heldColumns,
  heldJoins,
  heldOf,
  lane,
  lanes,
  lanesLeft,
  lanesNow,
  leaseAfter,
  noticeColumns,
  noticeRow,
  settledRow,
  type HeldRow,
} from './rows.ts'
import { all, instants, run } from './sqlite.ts'

const { write, read } = instants

/** Inside somebody's write: the row, unless the same fact was announced before. */
export function putNotice(db: Database, notice: Notice, id: string, now: Date): void {
  run(
    db,
    `INSERT INTO "Outbox" (${noticeColumns}) VALUES (:id, :programId, :personId, :platform, :workspace, :toUser, :toRoom,
       :notice, :params, :dedupeKey, :priority, :dueAt, :expiresAt, :createdAt) ON CONFLICT ("dedupeKey") DO NOTHING`,
    noticeRow(notice, id, now, instants),
  )
}

const due = `"platform" = ? AND "status" = 'waiting' AND "priority" BETWEEN ? AND ? AND "dueAt" <= ?
  AND ("leaseUntil" IS NULL OR "leaseUntil" <= ?)`
const inOrder = `(${lane}) NOT IN (${lanesNow('?', '"leaseOwner" IS NOT ?', '?')})
  AND ("leaseUntil" IS NOT NULL OR (${lane}) NOT IN (${lanesLeft('?', '?')}))`

function claim(db: Database, { platform, owner, now, until, limit, maxPriority }: Claim): Held[] {
  const held: Held[] = []
  const at = write(now)
  for (const [from, to] of lanes) {
    if (from > maxPriority || held.length === limit) break
    const rows = all<HeldRow<string>>(
      db,
      `SELECT ${heldColumns} FROM (SELECT * FROM "Outbox" WHERE ${due} AND ${inOrder}
         ORDER BY "priority", "dueAt" LIMIT ?) o ${heldJoins}
       ORDER BY o."priority", o."dueAt"`,
      [platform, from, to, at, at, platform, owner, at, platform, at, limit - held.length],
    )
    for (const row of rows)
      run(
        db,
        `UPDATE "Outbox" SET "leaseOwner" = ?, "leaseUntil" = ?, "attempts" = "attempts" + 1,
           "firstTryAt" = coalesce("firstTryAt", ?) WHERE "id" = ?`,
        [owner, write(until), at, row.id],
      )
    held.push(...rows.map((row) => heldOf(row, instants)))
  }
  return held
}

const account = `("workspaceId", "externalId") = (
  SELECT w."id", o."toUser" FROM "Outbox" o
  JOIN "Workspace" w ON w."platform" = o."platform" AND w."externalId" = o."workspace" WHERE o."id" = :id)`

function settle(db: Database, owner: string, one: Settled): void {
  const row = settledRow(one, instants)
  // That it was sent is true whoever holds the row by now; anything else needs the lease.
  const isOurs = run(
    db,
    `UPDATE "Outbox" SET "status" = :status, "attempts" = "attempts" - :untried, "dueAt" = coalesce(:dueAt, "dueAt"),
       "firstTryAt" = CASE WHEN :status = 'waiting' THEN :firstTryAt ELSE "firstTryAt" END, "sentAt" = :sentAt,
       "messageId" = :messageId, "failure" = :failure, "leaseOwner" = NULL,
       "leaseUntil" = ${leaseAfter(':status', ':untried', ':failure', 'coalesce(:dueAt, "dueAt")')}
     WHERE "id" = :id AND "status" = 'waiting' AND ("leaseOwner" = :owner OR :status = 'sent')`,
    { ...row, owner },
  )
  if (!isOurs) return
  if (row.room !== null)
    run(
      db,
      `UPDATE "Account" SET "directRoomId" = :room, "unreachableSince" = NULL, "unreachableTold" = NULL WHERE ${account}`,
      row,
    )
  if (row.unreachedAt !== null)
    run(
      db,
      `UPDATE "Account" SET "unreachableSince" = :unreachedAt, "unreachableTold" = NULL
       WHERE "unreachableSince" IS NULL AND ${account}`,
      row,
    )
  if (row.occurrence !== null)
    run(db, `UPDATE "Occurrence" SET "state" = 'missed' WHERE "id" = :occurrence AND "state" = 'queued'`, row)
}

export function sqliteOutbox(sqlite: Sqlite, newId: () => string): Outbox {
  return {
    put: (notices, now) =>
      sqlite.write((db) => {
        for (const notice of notices) putNotice(db, notice, newId(), now)
      }),

    async claim(request) {
      const at = write(request.now)
      // Looking first keeps an idle second free of writes.
      const any = await sqlite.read(
        (db) =>
          all(db, `SELECT 1 FROM "Outbox" WHERE ${due} LIMIT 1`, [
            request.platform,
            0,
            request.maxPriority,
            at,
            at,
          ]).length > 0,
      )
      return any ? sqlite.write((db) => claim(db, request)) : []
    },

    renew: (ids, owner, until) =>
      sqlite.write((db) => {
        for (const id of ids)
          run(
            db,
            `UPDATE "Outbox" SET "leaseUntil" = ? WHERE "id" = ? AND "leaseOwner" = ? AND "status" = 'waiting'`,
            [write(until), id, owner],
          )
      }),

    settle: (owner, settled) =>
      sqlite.write((db) => {
        for (const one of settled) settle(db, owner, one)
      }),

    takeBack: (platform) =>
      sqlite.write((db) => {
        run(
          db,
          `UPDATE "Outbox" SET "leaseOwner" = NULL, "leaseUntil" = NULL WHERE "platform" = ? AND "status" = 'waiting' AND "leaseOwner" IS NOT NULL`,
          [platform],
        )
      }),

    depth: (platform, now) =>
      sqlite.read((db) => {
        const [due] = all<{ due: number; oldest: string | null }>(
          db,
          `SELECT count(*) AS "due", min("dueAt") AS "oldest" FROM "Outbox"
           WHERE "platform" = ? AND "status" = 'waiting' AND "dueAt" <= ?`,
          [platform, write(now)],
        )
        const [dead] = all<{ dead: number }>(
          db,
          `SELECT count(*) AS "dead" FROM "Outbox" WHERE "platform" = ? AND "status" = 'dead'`,
          [platform],
        )
        const oldest = due?.oldest
        return { due: due?.due ?? 0, dead: dead?.dead ?? 0, ...(oldest && { oldestDueAt: read(oldest) }) }
      }),
  }
}
