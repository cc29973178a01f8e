// Opens the database that DATABASE_URL names: locked, migrated and checked. `close` leaves nothing behind in a log file.
import { mkdir } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { PrismaPg } from '@prisma/adapter-pg'
import { Pool, type ClientBase } from 'pg'
import { CannotStart, fileTrouble, serverTrouble } from './cannot-start.ts'
import { assertDurablePostgres, assertLocalDisk } from './durable.ts'
import { PrismaClient as PostgresClient } from './generated/postgresql/client.ts'
import { PrismaClient } from './generated/sqlite/client.ts'
import { migratePostgres, migrateSqlite } from './migrate.ts'
import { assertNotMoved, assertNotMoving } from './move-marks.ts'
import { applicationName, lockForOneProcess } from './one-process.ts'
import { openSqlite, type Sqlite } from './sqlite.ts'

/** One client type for both: the schema is one, and the two clients differ only where a provider can do more. */
export type Client = PrismaClient

/** `prisma` for most things; raw SQL on the same connection for the few that must be fast. */
export type Connection = {
  readonly prisma: Client
  /** Names of the migrations that were applied just now. */
  readonly migrated: readonly string[]
  readonly close: () => Promise<void>
} & (
  { readonly kind: 'sqlite'; readonly sqlite: Sqlite } | { readonly kind: 'postgresql'; readonly pool: Pool }
)

/** Milliseconds: a rush waits its turn; what takes longer has gone wrong. */
const patience = { maxWait: 15_000, timeout: 30_000 }

/** `file:` or `postgresql:`. Throws `CannotStart` where an operator can help. */
export async function connect(databaseUrl: string): Promise<Connection> {
  if (databaseUrl.startsWith('file:')) {
    const path = resolve(databaseUrl.slice('file:'.length))
    return connectSqlite(path).catch((error: unknown) => fileTrouble(path, error))
  }
  if (/^postgres(ql)?:/.test(databaseUrl))
    return connectPostgres(databaseUrl).catch((error: unknown) => serverTrouble(databaseUrl, error))
  throw new CannotStart('DATABASE_URL must begin with file: (SQLite) or postgresql: (PostgreSQL).')
}

async function connectSqlite(path: string): Promise<Connection> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  await assertLocalDisk(dirname(path))
  const unlock = lockForOneProcess(path)
  try {
    const migrated = await migrateSqlite(path)
    assertNotMoved(path)
    const sqlite = await openSqlite(path)
    const prisma = new PrismaClient({ adapter: sqlite.factory, transactionOptions: patience })
    const close = async () => {
      await prisma.$disconnect()
      await sqlite.close()
      unlock()
    }
    return { kind: 'sqlite', prisma, migrated, sqlite, close }
  } catch (error) {
    unlock()
    throw error
  }
}

async function connectPostgres(connectionString: string): Promise<Connection> {
  await assertNotMoving(connectionString)
  const migrated = await migratePostgres(connectionString)
  const pool = new Pool({
    connectionString,
    connectionTimeoutMillis: 10_000,
    application_name: applicationName,
    verify: (client, done) => void verify(client, done),
  })
  // An idle connection that breaks is replaced at the next query; unheard, the event would end the process.
  pool.on('error', () => {})
  // One that breaks while it is used fails its query, which is enough; unheard, this event would end the process, too.
  pool.on('connect', (client) => client.on('error', () => {}))
  try {
    await pool.query('SELECT 1')
  } catch (error) {
    await pool.end()
    throw error
  }
  const prisma: unknown = new PostgresClient({
    adapter: new PrismaPg(pool),
    transactionOptions: patience,
  })
  const close = async () => {
    await (prisma as Client).$disconnect()
    await pool.end()
  }
  return { kind: 'postgresql', prisma: prisma as Client, migrated, pool, close }
}

async function verify(client: ClientBase, done: (error?: Error) => void): Promise<void> {
  try {
    await assertDurablePostgres(client)
    done()
  } catch (error) {
    done(error instanceof Error ? error : new Error('the connection was not checked', { cause: error }))
  }
}
