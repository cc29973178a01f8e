// Looks into the database without writing, locking or migrating: the bot may be running.
import { access } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import Database from 'better-sqlite3'
import { Client } from 'pg'
import type { LineReview } from '../care/safety/ports.ts'
import { fileTrouble, serverTrouble } from './cannot-start.ts'
import { assertDurablePostgres, assertLocalDisk } from './durable.ts'

export type ProgramSeen = {
  readonly name: string
  readonly country: string
  readonly facilitators: number
  readonly rooms: number
  readonly reviews: readonly LineReview[]
}
export type Seen = { readonly programs: readonly ProgramSeen[]; readonly sealedPeople: number }

type Row = Readonly<Record<string, unknown>>
type Ask = (sql: string) => Promise<readonly Row[]>

/** Undefined where there is no database yet. Rejects with `CannotStart` where an operator can help. */
export async function lookInto(databaseUrl: string): Promise<Seen | undefined> {
  return databaseUrl.startsWith('file:') ? fromFile(databaseUrl) : fromServer(databaseUrl)
}

async function fromFile(databaseUrl: string): Promise<Seen | undefined> {
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
      return await read('sqlite_schema', 'name', (sql) => Promise.resolve(db.prepare<[], Row>(sql).all()))
    } finally {
      db.close()
    }
  } catch (error) {
    return fileTrouble(path, error)
  }
}

async function fromServer(databaseUrl: string): Promise<Seen | undefined> {
  try {
    const client = new Client({ connectionString: databaseUrl, connectionTimeoutMillis: 5000 })
    await client.connect()
    try {
      await client.query('SET default_transaction_read_only = on')
      await assertDurablePostgres(client)
      const ask: Ask = async (sql) => (await client.query<Row>(sql)).rows
      return await read('information_schema.tables', 'table_name', ask)
    } finally {
      await client.end()
    }
  } catch (error) {
    return serverTrouble(databaseUrl, error)
  }
}

async function read(tables: string, name: string, ask: Ask): Promise<Seen | undefined> {
  const known = await ask(`SELECT 1 FROM ${tables} WHERE ${name} = 'HelplineReview'`)
  if (known.length === 0) return undefined
  const programs = await ask(`
    SELECT "id", "name", "country",
      (SELECT COUNT(DISTINCT "personId") FROM "RoleGrant"
        WHERE "programId" = "Program"."id" AND "role" = 'facilitator' AND "until" IS NULL) AS "facilitators",
      (SELECT COUNT(*) FROM "Group" WHERE "programId" = "Program"."id") AS "rooms"
    FROM "Program" ORDER BY "createdAt"`)
  const reviews = await ask('SELECT * FROM "HelplineReview"')
  const [sealed] = await ask('SELECT COUNT(*) AS "count" FROM "PersonKey"')
  return {
    sealedPeople: Number(sealed?.['count'] ?? 0),
    programs: programs.map((row) => ({
      name: String(row['name']),
      country: String(row['country']),
      facilitators: Number(row['facilitators']),
      rooms: Number(row['rooms']),
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
