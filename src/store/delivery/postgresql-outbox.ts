import type { Pool, PoolClient } from 'pg'
import type { Claim, Held, Notice, Outbox, Settled } from '../../delivery/ports.ts'
import { all, instants, inTransaction } from './postgresql.ts'
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

const { write, read } = instants

/** Inside somebody's transaction: the rows, except those whose fact was announced before. */
export async function putNotices(
  on: Pool | PoolClient,
  notices: readonly Notice[],
  newId: () => string,
  now: Date,
): Promise<void> {
  if (notices.length === 0) return
  const rows = notices.map((notice) => noticeRow(notice, newId(), now, instants))
  await all(
    on,
    `INSERT INTO "Outbox" (${noticeColumns}) SELECT ${noticeColumns}
     FROM json_populate_recordset(NULL::"Outbox", $1::json) ON CONFLICT ("dedupeKey") DO NOTHING`,
    [JSON.stringify(rows)],
  )
}

const due = `"platform" = $1 AND "status" = 'waiting' AND "priority" BETWEEN $2 AND $7 AND "dueAt" <= $3::timestamp
  AND ("leaseUntil" IS NULL OR "leaseUntil" <= $3::timestamp)
  AND (${lane}) NOT IN (${lanesNow('$1', '"leaseOwner" IS DISTINCT FROM $5', '$3::timestamp')})
  AND ("leaseUntil" IS NOT NULL OR (${lane}) NOT IN (${lanesLeft('$1', '$3::timestamp')}))`

async function claimLane(
  client: PoolClient,
  request: Claim,
  [from, to]: (typeof lanes)[number],
  limit: number,
): Promise<Held[]> {
  const { platform, owner, now, until } = request
  const rows = await all<HeldRow<string>>(
    client,
    `WITH due AS (SELECT "id", "firstTryAt", "attempts" FROM "Outbox" WHERE ${due}
       ORDER BY "priority", "dueAt" LIMIT $4 FOR UPDATE SKIP LOCKED),
     taken AS (UPDATE "Outbox" t SET "leaseOwner" = $5, "leaseUntil" = $6::timestamp, "attempts" = t."attempts" + 1,
       "firstTryAt" = coalesce(t."firstTryAt", $3::timestamp) FROM due WHERE t."id" = due."id"
       RETURNING t.*, due."firstTryAt" AS "triedBefore", due."attempts" AS "attemptsBefore"),
     o AS (SELECT "id", "programId", "personId", "platform", "workspace", "toUser", "toRoom", "notice", "params",
       "priority", "dueAt", "expiresAt", "attemptsBefore" AS "attempts", "triedBefore" AS "firstTryAt" FROM taken)
     SELECT ${heldColumns} FROM o ${heldJoins} ORDER BY o."priority", o."dueAt"`,
    [platform, from, write(now), limit, owner, write(until), to],
  )
  return rows.map((row) => heldOf(row, instants))
}

async function claim(client: PoolClient, request: Claim): Promise<Held[]> {
  // One at a time: two who look at once would each see a lane as free.
  await client.query("SELECT pg_advisory_xact_lock(hashtextextended('outbox ' || $1, 0))", [request.platform])
  const held: Held[] = []
  for (const priorities of lanes) {
    const room = request.limit - held.length
    if (priorities[0] > request.maxPriority || room === 0) break
    held.push(...(await claimLane(client, request, priorities, room)))
  }
  return held
}

const account = `FROM "Outbox" o
  JOIN "Workspace" w ON w."platform" = o."platform" AND w."externalId" = o."workspace"
  JOIN json_to_recordset($1::json) AS j("id" text, "room" text, "unreachedAt" timestamp(3)) ON j."id" = o."id"
  WHERE a."workspaceId" = w."id" AND a."externalId" = o."toUser"`

async function settle(client: PoolClient, owner: string, settled: readonly Settled[]): Promise<void> {
  const rows = settled.map((one) => settledRow(one, instants))
  // That it was sent is true whoever holds the row by now; anything else needs the lease.
  const ours = await all<{ id: string }>(
    client,
    `UPDATE "Outbox" o SET "status" = j."status", "attempts" = o."attempts" - j."untried",
       "dueAt" = coalesce(j."dueAt", o."dueAt"),
       "firstTryAt" = CASE WHEN j."status" = 'waiting' THEN j."firstTryAt" ELSE o."firstTryAt" END,
       "sentAt" = j."sentAt", "messageId" = j."messageId", "failure" = j."failure", "leaseOwner" = NULL,
       "leaseUntil" = ${leaseAfter('j."status"', 'j."untried"', 'j."failure"', 'coalesce(j."dueAt", o."dueAt")')}
     FROM json_to_recordset($1::json) AS j("id" text, "status" text, "untried" int, "dueAt" timestamp(3),
       "firstTryAt" timestamp(3), "sentAt" timestamp(3), "messageId" text, "failure" text)
     WHERE o."id" = j."id" AND o."status" = 'waiting' AND (o."leaseOwner" = $2 OR j."status" = 'sent') RETURNING o."id"`,
    [JSON.stringify(rows), owner],
  )
  const ids = new Set(ours.map(({ id }) => id))
  const done = rows.filter(({ id }) => ids.has(id))
  const reached = done.filter(({ room }) => room !== null)
  const unreached = done.filter(({ unreachedAt }) => unreachedAt !== null)
  const missed = done.flatMap(({ occurrence }) => occurrence ?? [])
  if (reached.length > 0)
    await all(
      client,
      `UPDATE "Account" a SET "directRoomId" = j."room", "unreachableSince" = NULL, "unreachableTold" = NULL ${account}`,
      [JSON.stringify(reached)],
    )
  if (unreached.length > 0)
    await all(
      client,
      `UPDATE "Account" a SET "unreachableSince" = j."unreachedAt", "unreachableTold" = NULL ${account}
         AND a."unreachableSince" IS NULL`,
      [JSON.stringify(unreached)],
    )
  if (missed.length > 0)
    await all(
      client,
      `UPDATE "Occurrence" SET "state" = 'missed' WHERE "id" = ANY($1) AND "state" = 'queued'`,
      [missed],
    )
}

export function postgresqlOutbox(pool: Pool, newId: () => string): Outbox {
  return {
    put: (notices, now) => putNotices(pool, notices, newId, now),

    claim: (request) => inTransaction(pool, (client) => claim(client, request)),

    async renew(ids, owner, until) {
      await all(
        pool,
        `UPDATE "Outbox" SET "leaseUntil" = $3::timestamp
         WHERE "id" = ANY($1) AND "leaseOwner" = $2 AND "status" = 'waiting'`,
        [ids, owner, write(until)],
      )
    },

    settle: (owner, settled) => inTransaction(pool, (client) => settle(client, owner, settled)),

    async depth(platform, now) {
      const [row] = await all<{ due: number; dead: number; oldest: string | null }>(
        pool,
        `SELECT (SELECT count(*) FROM "Outbox" WHERE "platform" = $1 AND "status" = 'dead')::int AS "dead",
           count(*)::int AS "due", min("dueAt") AS "oldest"
         FROM "Outbox" WHERE "platform" = $1 AND "status" = 'waiting' AND "dueAt" <= $2::timestamp`,
        [platform, write(now)],
      )
      const oldest = row?.oldest
      return { due: row?.due ?? 0, dead: row?.dead ?? 0, ...(oldest && { oldestDueAt: read(oldest) }) }
    },
  }
}
