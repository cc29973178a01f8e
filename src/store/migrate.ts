// Brings a database to the program's schema at start: all missing migrations in one transaction, one process at a time,
// so that a kill at any moment leaves the old schema or the new one (RE-14).
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3'
import { PrismaPg } from '@prisma/adapter-pg'
import type { SqlDriverAdapter } from '@prisma/driver-adapter-utils'
import { Client, Pool } from 'pg'
import { CannotStart } from './cannot-start.ts'
import { committedMigrations, filters, withSchemaEngine, type Provider } from './schema-engine.ts'

/** Any number, the same in every version: two programs starting on one PostgreSQL migrate one after the other. */
const migrationLock = 7_205_901

/** Names of the migrations that were applied just now; none but `only` where it is given. */
export async function migrateSqlite(path: string, only?: readonly string[]): Promise<readonly string[]> {
  const adapter = await new PrismaBetterSqlite3({ url: path, timeout: 60_000 }).connect()
  try {
    // Dropping a table in a rewrite would cascade into its children; keys are checked as a whole before COMMIT.
    await adapter.executeScript(
      'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = OFF',
    )
    await adapter.executeScript('BEGIN IMMEDIATE')
    const applied = await applyMissing('sqlite', adapter, only)
    const { rows } = await adapter.queryRaw(sql('PRAGMA foreign_key_check'))
    if (rows.length > 0)
      throw new Error(`a migration leaves ${rows.length} rows without the row they belong to`)
    await adapter.executeScript('COMMIT')
    return applied
  } finally {
    // Closing rolls back what did not reach COMMIT.
    await adapter.dispose()
  }
}

export async function migratePostgres(
  connectionString: string,
  only?: readonly string[],
): Promise<readonly string[]> {
  const client = new Client({ connectionString })
  await client.connect()
  try {
    await client.query('BEGIN')
    await client.query('SELECT pg_advisory_xact_lock($1)', [migrationLock])
    const applied = await applyMissing('postgresql', await oneConnection(client), only)
    await client.query('COMMIT')
    return applied
  } finally {
    await client.end()
  }
}

/** Prisma's adapter takes a pool; this one has the one connection that holds the transaction. */
async function oneConnection(client: Client): Promise<SqlDriverAdapter> {
  const pool = Object.assign(Object.create(Pool.prototype) as Pool, {
    query: client.query.bind(client),
    on: () => pool,
    options: {},
  })
  const adapter = await new PrismaPg(pool).connect()
  return Object.assign(adapter, {
    // The stock one cuts a script at every semicolon, those inside a function's body too.
    executeScript: async (script: string) => void (await client.query(script)),
  })
}

const sql = (text: string) => ({ sql: text, args: [], argTypes: [] })

async function applyMissing(
  provider: Provider,
  adapter: SqlDriverAdapter,
  only?: readonly string[],
): Promise<readonly string[]> {
  const committed = await committedMigrations(provider)
  const wanted = committed.migrationDirectories.filter(({ path }) => only?.includes(path) ?? true)
  const migrationsList = { ...committed, migrationDirectories: wanted }
  const known = wanted.map(({ path }) => path)
  const applied = await appliedIn(provider, adapter)
  const newer = applied.find((name) => !known.includes(name))
  if (newer !== undefined)
    throw new CannotStart(
      `The database was last used by a newer version of the program (it knows ${newer}). Start that version, or restore a backup from before the update.`,
    )
  if (known.every((name) => applied.includes(name))) return []
  const factory = {
    provider: adapter.provider === 'sqlite' ? ('sqlite' as const) : ('postgres' as const),
    adapterName: adapter.adapterName,
    connect: () => Promise.resolve({ ...bound(adapter), dispose: () => Promise.resolve() }),
    connectToShadowDb: () => Promise.reject(new Error('no shadow database is needed to apply migrations')),
  }
  const { appliedMigrationNames } = await withSchemaEngine(provider, factory, (engine) =>
    engine.applyMigrations({ migrationsList, filters }),
  )
  return appliedMigrationNames
}

/** The engine frees its connection when it is done; ours still has to commit. */
const bound = (adapter: SqlDriverAdapter): SqlDriverAdapter => ({
  provider: adapter.provider,
  adapterName: adapter.adapterName,
  queryRaw: adapter.queryRaw.bind(adapter),
  executeRaw: adapter.executeRaw.bind(adapter),
  executeScript: adapter.executeScript.bind(adapter),
  startTransaction: adapter.startTransaction.bind(adapter),
  dispose: adapter.dispose.bind(adapter),
})

async function appliedIn(provider: Provider, adapter: SqlDriverAdapter): Promise<readonly string[]> {
  const exists =
    provider === 'sqlite'
      ? `SELECT 1 FROM sqlite_schema WHERE name = '_prisma_migrations'`
      : `SELECT 1 WHERE to_regclass('_prisma_migrations') IS NOT NULL`
  if ((await adapter.queryRaw(sql(exists))).rows.length === 0) return []
  const { rows } = await adapter.queryRaw(
    sql('SELECT migration_name FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY migration_name'),
  )
  return rows.map(([name]) => String(name))
}
