// Looks into the database without writing, locking or migrating: the bot may be running.
import { access } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import Database from 'better-sqlite3'
import { Client } from 'pg'
import type { Duty } from '../care/safety/duty.ts'
import type { LineReview } from '../care/safety/ports.ts'
import { fileTrouble, serverTrouble } from './cannot-start.ts'
import { assertDurablePostgres, assertLocalDisk } from './durable.ts'
import { dutyOf } from './duties.ts'
import type { Duty as DutyRow } from './generated/sqlite/client.ts'

export type ProgramSeen = {
  readonly name: string
  readonly country: string
  readonly facilitators: number
  readonly rooms: number
  readonly reviews: readonly LineReview[]
  readonly zone: string
  /** The roster as it is now. */
  readonly duties: readonly Duty[]
  /** Of those on it, whose direct messages were refused. */
  readonly unreachedOnDuty: number
  /** When the bot was put out of the last place that the program had. */
  readonly removedAt?: Date
}
export type Seen = { readonly programs: readonly ProgramSeen[]; readonly sealedPeople: number }

type Row = Readonly<Record<string, unknown>>
type Ask = (sql: string, ...values: readonly unknown[]) => Promise<readonly Row[]>

/** Answers one question after the other, without ever writing. */
export type Asking = { readonly kind: 'sqlite' | 'postgresql'; readonly ask: Ask }

/** Undefined where there is no database yet. Rejects with `CannotStart` where an operator can help. */
export const lookInto = (databaseUrl: string): Promise<Seen | undefined> => asking(databaseUrl, read)

/** Opens the database for reading, for as long as `use` takes. Undefined where there is none yet. */
export async function asking<T>(
  databaseUrl: string,
  use: (asking: Asking) => Promise<T>,
): Promise<T | undefined> {
  return databaseUrl.startsWith('file:') ? fromFile(databaseUrl, use) : fromServer(databaseUrl, use)
}

async function fromFile<T>(databaseUrl: string, use: (asking: Asking) => Promise<T>): Promise<T | undefined> {
  const path = resolve(databaseUrl.slice('file:'.length))
  const there = await access(path).then(
    () => true,
    () => false,
  )
  if (!there) return undefined
  try {
    await assertLocalDisk(dirname(path))
    const db = new Database(path, { readonly: true, timeout: 5000 })
    try {
      const [said] = db.pragma('quick_check(1)') as readonly { readonly quick_check: string }[]
      if (said?.quick_check !== 'ok') throw Object.assign(new Error(), { code: 'SQLITE_CORRUPT' })
      return await use({
        kind: 'sqlite',
        ask: (sql, ...values) => Promise.resolve(db.prepare<unknown[], Row>(sql).all(...values)),
      })
    } finally {
      db.close()
    }
  } catch (error) {
    return fileTrouble(path, error)
  }
}

async function fromServer<T>(
  databaseUrl: string,
  use: (asking: Asking) => Promise<T>,
): Promise<T | undefined> {
  try {
    const client = new Client({ connectionString: databaseUrl, connectionTimeoutMillis: 5000 })
    await client.connect()
    try {
      await client.query('SET default_transaction_read_only = on')
      await assertDurablePostgres(client)
      return await use({
        kind: 'postgresql',
        ask: async (sql, ...values) => (await client.query<Row>(sql, [...values])).rows,
      })
    } finally {
      await client.end()
    }
  } catch (error) {
    return serverTrouble(databaseUrl, error)
  }
}

async function read({ kind, ask }: Asking): Promise<Seen | undefined> {
  const [tables, name] =
    kind === 'sqlite' ? ['sqlite_schema', 'name'] : ['information_schema.tables', 'table_name']
  const known = await ask(`SELECT 1 FROM ${tables} WHERE ${name} = 'HelplineReview'`)
  if (known.length === 0) return undefined
  const programs = await ask(`
    SELECT "id", "name", "country", "zone",
      (SELECT COUNT(DISTINCT "personId") FROM "RoleGrant"
        WHERE "programId" = "Program"."id" AND "role" = 'facilitator' AND "until" IS NULL) AS "facilitators",
      (SELECT COUNT(*) FROM "Group" WHERE "programId" = "Program"."id") AS "rooms",
      (SELECT COUNT(DISTINCT "Duty"."personId") FROM "Duty"
        JOIN "Person" ON "Person"."id" = "Duty"."personId" JOIN "Account" ON "Account"."personId" = "Person"."id"
        WHERE "Duty"."programId" = "Program"."id" AND "endedAt" IS NULL AND "leftAt" IS NULL
          AND "unreachableSince" IS NOT NULL) AS "unreached",
      (SELECT CASE WHEN COUNT(*) = COUNT("removedAt") THEN MAX("removedAt") END FROM "Workspace"
        WHERE "programId" = "Program"."id") AS "removedAt"
    FROM "Program" ORDER BY "createdAt"`)
  const reviews = await ask('SELECT * FROM "HelplineReview"')
  const duties = (await ask(`
    SELECT "Duty".* FROM "Duty" JOIN "Person" ON "Person"."id" = "Duty"."personId"
    WHERE "endedAt" IS NULL AND "leftAt" IS NULL ORDER BY "rung", "since"`)) as readonly DutyRow[]
  const [sealed] = await ask('SELECT COUNT(*) AS "count" FROM "PersonKey"')
  return {
    sealedPeople: Number(sealed?.['count'] ?? 0),
    programs: programs.map((row) => ({
      name: String(row['name']),
      country: String(row['country']),
      facilitators: Number(row['facilitators']),
      rooms: Number(row['rooms']),
      zone: String(row['zone']),
      duties: duties.filter((one) => one.programId === row['id']).map(dutyOf),
      unreachedOnDuty: Number(row['unreached']),
      ...(row['removedAt'] !== null && { removedAt: new Date(row['removedAt'] as string | Date) }),
      reviews: reviews.filter((one) => one['programId'] === row['id']).map(reviewOf),
    })),
  }
}

const reviewOf = (row: Row): LineReview => ({
  country: String(row['country']),
  line: String(row['line']),
  verifiedBy: String(row['verifiedBy']),
  verifiedAt: new Date(row['verifiedAt'] as string | number | Date),
  ...(typeof row['replacement'] === 'string' && { replacement: row['replacement'] }),
})
