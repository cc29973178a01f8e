// SQLite as the bot needs it. Prisma's stock adapter runs plain queries inside whatever transaction is open,
// keeps the connection in a transaction after a failed COMMIT, and opens the file without full sync (RE-8).
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3'
import { DriverAdapterError } from '@prisma/driver-adapter-utils'
import type { SqlDriverAdapter, SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils'
import type { Database } from 'better-sqlite3'
import { assertDurableSqlite } from './durable.ts'
import { groupedWrites } from './grouped-writes.ts'
import { turnstile, type Leave } from './turnstile.ts'

/** How long another process may hold the file. The driver is synchronous: everything here stands still meanwhile. */
const busyTimeoutMs = 5000

/** One connection, used in turn by Prisma and by raw SQL. */
export type Sqlite = {
  /** For Prisma's client. */
  readonly factory: SqlMigrationAwareDriverAdapterFactory
  /** Raw reads, never inside somebody else's transaction. */
  read<T>(work: (db: Database) => T): Promise<T>
  /** Raw writes, all or nothing, durable when it resolves. What is asked for at once shares one commit. */
  write<T>(work: (db: Database) => T): Promise<T>
  /** Folds the write-ahead log into the file and closes it. */
  close(): Promise<void>
}

/** The adapter's connection: a field that it does not hide and does not document. Its version is pinned. */
function connectionOf(adapter: SqlDriverAdapter): Database {
  const { client } = adapter as SqlDriverAdapter & { readonly client?: Database }
  if (client === undefined) throw new Error('this version of the SQLite adapter hides its connection')
  return client
}

/** Opens the file so that nothing acknowledged is lost, or throws in words for an operator. */
export async function openSqlite(path: string): Promise<Sqlite> {
  const adapter = await new PrismaBetterSqlite3({ url: path }).connect()
  const db = connectionOf(adapter)
  try {
    db.pragma(`busy_timeout = ${busyTimeoutMs}`)
    db.pragma('journal_mode = WAL')
    db.pragma('synchronous = FULL')
    db.pragma('foreign_keys = ON')
    db.pragma('secure_delete = ON')
    assertDurableSqlite(db)
  } catch (error) {
    db.close()
    throw error
  }

  const enter = turnstile()
  const alone = async <T>(work: () => T | Promise<T>): Promise<T> => {
    const leave = await enter()
    try {
      return await work()
    } finally {
      leave()
    }
  }
  const hardened = harden(adapter, db, enter, alone)
  return {
    factory: {
      provider: 'sqlite',
      adapterName: adapter.adapterName,
      connect: () => Promise.resolve(hardened),
      connectToShadowDb: () => new PrismaBetterSqlite3({ url: ':memory:' }).connect(),
    },
    read: (work) => alone(() => work(db)),
    write: groupedWrites(db, alone),
    close: () =>
      alone(() => {
        db.pragma('wal_checkpoint(TRUNCATE)')
        db.close()
      }),
  }
}

type Alone = <T>(work: () => T | Promise<T>) => Promise<T>

function harden(
  adapter: SqlDriverAdapter,
  db: Database,
  enter: () => Promise<Leave>,
  alone: Alone,
): SqlDriverAdapter {
  return {
    provider: 'sqlite',
    adapterName: adapter.adapterName,
    queryRaw: (query) => alone(() => adapter.queryRaw(query)),
    executeRaw: (query) => alone(() => adapter.executeRaw(query)),
    executeScript: (script) => alone(() => adapter.executeScript(script)),
    async startTransaction(isolationLevel) {
      if (isolationLevel !== undefined && isolationLevel !== 'SERIALIZABLE')
        throw new DriverAdapterError({ kind: 'InvalidIsolationLevel', level: isolationLevel })
      const leave = await enter()
      try {
        // A transaction that reads first and writes later would fail when another process wrote in between.
        await adapter.executeScript('BEGIN IMMEDIATE')
      } catch (error) {
        leave()
        throw error
      }
      return transaction(adapter, db, leave)
    },
    // `close` belongs to whoever opened it: raw SQL may outlive Prisma's client.
    dispose: () => Promise.resolve(),
  }
}

function transaction(adapter: SqlDriverAdapter, db: Database, leave: Leave) {
  const run = (script: string) => adapter.executeScript(script)
  return {
    provider: 'sqlite' as const,
    adapterName: adapter.adapterName,
    // Asks Prisma to leave COMMIT and ROLLBACK to the two functions below.
    options: { usePhantomQuery: true },
    queryRaw: adapter.queryRaw.bind(adapter),
    executeRaw: adapter.executeRaw.bind(adapter),
    async commit() {
      try {
        await run('COMMIT')
      } finally {
        // After a failed COMMIT the transaction is still open, and would swallow whatever is written next.
        if (db.inTransaction) db.exec('ROLLBACK')
        leave()
      }
    },
    rollback() {
      if (db.inTransaction) db.exec('ROLLBACK')
      leave()
      return Promise.resolve()
    },
    createSavepoint: (name: string) => run(`SAVEPOINT ${name}`),
    rollbackToSavepoint: (name: string) => run(`ROLLBACK TO ${name}`),
    releaseSavepoint: (name: string) => run(`RELEASE ${name}`),
  }
}
