import type { Database } from 'better-sqlite3'
import type { Claim, Held, Notice, Outbox, Settled } from '../../delivery/ports.ts'
import type { Sqlite } from '../sqlite.ts'
import { heldColumns, heldJoins, heldOf, type HeldRow } from './rows.ts'
import { all, instants, run } from './sqlite.ts'

const { write, read } = instants

/** Inside somebody's write: the row, unless the same fact was announced before. */
export function putNotice(db: Database, notice: Notice, id: string, now: Date): void {
  run(
    db,
    `INSERT INTO "Outbox" ("id", "programId", "personId", "platform", "workspace", "toUser", "toRoom", "notice", "params",
       "dedupeKey", "priority", "dueAt", "expiresAt", "createdAt")
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT ("dedupeKey") DO NOTHING`,
    id,
    notice.programId,
    notice.personId ?? null,
    notice.platform,
    notice.workspace,
    'user' in notice.to ? notice.to.user : null,
    'room' in notice.to ? notice.to.room : null,
    notice.notice,
    JSON.stringify(notice.params),
    notice.dedupeKey,
    notice.priority,
    write(notice.dueAt),
    notice.expiresAt ? write(notice.expiresAt) : null,
    write(now),
  )
}

const due = `"platform" = ? AND "status" = 'waiting' AND "priority" = ? AND "dueAt" <= ?
  AND ("leaseUntil" IS NULL OR "leaseUntil" <= ?)`

function claim(db: Database, { platform, owner, now, until, limit, maxPriority }: Claim): Held[] {
  const held: Held[] = []
  const at = write(now)
  for (let priority = 0; priority <= maxPriority && held.length < limit; priority += 1) {
    const rows = all<HeldRow<string>>(
      db,
      `SELECT ${heldColumns} FROM (SELECT * FROM "Outbox" WHERE ${due} ORDER BY "dueAt" LIMIT ?) o ${heldJoins}
       ORDER BY o."dueAt"`,
      [platform, priority, at, at, limit - held.length],
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

const free = `"leaseOwner" = NULL, "leaseUntil" = NULL`
const ours = `WHERE "id" = ? AND "leaseOwner" = ? AND "status" = 'waiting'`
const account = `("workspaceId", "externalId") = (
  SELECT w."id", o."toUser" FROM "Outbox" o
  JOIN "Workspace" w ON w."platform" = o."platform" AND w."externalId" = o."workspace" WHERE o."id" = ?)`

function settle(db: Database, owner: string, one: Settled): void {
  switch (one.status) {
    case 'sent':
      // True whoever holds the row by now.
      run(
        db,
        `UPDATE "Outbox" SET "status" = 'sent', "sentAt" = ?, "messageId" = ?, "failure" = NULL, ${free}
         WHERE "id" = ? AND "status" = 'waiting'`,
        [write(one.at), one.messageId, one.id],
      )
      if (one.room !== undefined)
        run(
          db,
          `UPDATE "Account" SET "directRoomId" = ?, "unreachableSince" = NULL, "unreachableTold" = NULL WHERE ${account}`,
          [one.room, one.id],
        )
      return
    case 'waiting':
      run(
        db,
        `UPDATE "Outbox" SET "dueAt" = ?, "firstTryAt" = ?, "failure" = ?, ${free} ${ours}`,
        [
          write(one.dueAt),
          one.firstTryAt ? write(one.firstTryAt) : null,
          one.failure ?? null,
          one.id,
          owner,
        ],
      )
      return
    case 'released':
      run(
        db,
        `UPDATE "Outbox" SET "attempts" = "attempts" - 1, "firstTryAt" = ?, ${free} ${ours}`,
        [one.firstTryAt ? write(one.firstTryAt) : null, one.id, owner],
      )
      return
    case 'unreached':
    case 'expired':
    case 'dead':
      if (
        !run(
          db,
          `UPDATE "Outbox" SET "status" = ?, "failure" = ?, ${free} ${ours}`,
          one.status,
          one.failure,
          one.id,
          owner,
        )
      )
        return
      if (one.status === 'unreached')
        run(
          db,
          `UPDATE "Account" SET "unreachableSince" = ?, "unreachableTold" = NULL
           WHERE "unreachableSince" IS NULL AND ${account}`,
          [write(one.at), one.id],
        )
      if (one.status === 'expired' && one.occurrence !== undefined)
        run(
          db,
          `UPDATE "Occurrence" SET "state" = 'missed' WHERE "id" = ? AND "state" = 'queued'`,
          one.occurrence,
        )
  }
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
      const any = await sqlite.read((db) =>
        [0, 1, 2]
          .slice(0, request.maxPriority + 1)
          .some(
            (priority) =>
              all(db, `SELECT 1 FROM "Outbox" WHERE ${due} LIMIT 1`, request.platform, priority, at, at)
                .length,
          ),
      )
      return any ? sqlite.write((db) => claim(db, request)) : []
    },

    renew: (ids, owner, until) =>
      sqlite.write((db) => {
        for (const id of ids) run(db, `UPDATE "Outbox" SET "leaseUntil" = ? ${ours}`, write(until), id, owner)
      }),

    settle: (owner, settled) =>
      sqlite.write((db) => {
        for (const one of settled) settle(db, owner, one)
      }),

    takeBack: (platform) =>
      sqlite.write((db) => {
        run(
          db,
          `UPDATE "Outbox" SET ${free} WHERE "platform" = ? AND "status" = 'waiting' AND "leaseOwner" IS NOT NULL`,
          platform,
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
          platform,
        )
        const oldest = due?.oldest
        return { due: due?.due ?? 0, dead: dead?.dead ?? 0, ...(oldest && { oldestDueAt: read(oldest) }) }
      }),
  }
}
