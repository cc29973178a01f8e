// Puts a backup into an empty database of either engine, all of it or nothing; nobody who was erased comes back (PR-9).
import { mkdir } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import Database from 'better-sqlite3'
import { Client } from 'pg'
import { CannotStart, fileTrouble, serverTrouble } from '../cannot-start.ts'
import { openStore } from '../connect.ts'
import { assertLocalDisk } from '../durable.ts'
import { erasureLedger, ledgerFile, type Erased, type ErasureLedger } from '../erasure-ledger.ts'
import { migratePostgres, migrateSqlite } from '../migrate.ts'
import { assertNoneActs, lockForOneProcess } from '../one-process.ts'
import { committedMigrations } from '../schema-engine.ts'
import { readBackup, type Beginning, type Taker, type Whole } from './backup.ts'
import type { Progress } from './progress.ts'
import { isEmpty, postgresReader, sqliteReader, type Reader } from './reader.ts'
import type { Table } from './tables.ts'
import { postgresWriter, sqliteWriter, type Writer } from './writer.ts'

export type RestorePlace = {
  readonly databaseUrl: string
  readonly dataDir: string
  readonly keyFile: string
}
export type Restored = Whole & {
  /** Erased after the backup was made, and so left out of what was put back. */
  readonly leftOut: number
}

/** Throws `CannotStart` or `NotWhole`, in words for an operator; the database is then as empty as before. */
export async function restoreBackup(
  path: string,
  place: RestorePlace,
  progress: Progress,
): Promise<Restored> {
  const ledger = erasureLedger(ledgerFile(place.dataDir))
  // Read once to its end before anything is touched.
  let head: Beginning | undefined
  await readBackup(
    path,
    place.keyFile,
    { begin: (said) => Promise.resolve(void (head = said)) },
    (done, all) => progress(done, 2 * all, 'checking the backup'),
  )
  if (head === undefined) throw new Error('a whole backup has a beginning')
  const { migrations } = head
  await assertKnown(migrations)
  await keepErasures(ledger, head)
  const erased = await ledger.all()
  let leftOut = 0
  const fill = (writer: Writer) =>
    readBackup(
      path,
      place.keyFile,
      taking(writer, erased, () => leftOut++),
      (done, all, what) => progress(all + done, 2 * all, what),
    )
  const whole = place.databaseUrl.startsWith('file:')
    ? await intoFile(resolve(place.databaseUrl.slice('file:'.length)), migrations, fill)
    : await intoServer(place.databaseUrl, migrations, fill)
  // As the bot opens it: newer migrations are applied, and whoever was erased since is erased again.
  await (await openStore(place)).close()
  return { ...whole, leftOut }
}

/** The key of somebody erased is never written: what they wrote does not open even before it is deleted. */
function taking(writer: Writer, erased: readonly Erased[], left: () => void): Taker {
  const people = new Set(erased.map(({ personId }) => personId))
  const programs = new Set(erased.flatMap(({ personId, programId }) => (personId ? [] : [programId])))
  const place = (table: Table, column: string) => table.columns.findIndex(({ name }) => name === column)
  return {
    async rows(table: Table, rows) {
      // People come before their keys, as parents before children.
      if (table.name === 'Person')
        for (const row of rows)
          if (programs.has(String(row[place(table, 'programId')])))
            people.add(String(row[place(table, 'id')]))
      if (table.name !== 'PersonKey') return writer.insert(table, rows)
      const whose = place(table, 'personId')
      const kept = rows.filter((row) => !people.has(String(row[whose])))
      for (let at = kept.length; at < rows.length; at++) left()
      return writer.insert(table, kept)
    },
  }
}

async function keepErasures(ledger: ErasureLedger, { erased }: Beginning): Promise<void> {
  const known = new Set((await ledger.all()).map(({ receipt }) => receipt))
  for (const one of erased) if (!known.has(one.receipt)) await ledger.add(one)
}

async function assertKnown(migrations: readonly string[]): Promise<void> {
  const { migrationDirectories } = await committedMigrations('sqlite')
  const newer = migrations.find((name) => !migrationDirectories.some(({ path }) => path === name))
  if (newer !== undefined)
    throw new CannotStart(
      `This backup was made by a newer version of the program (it knows ${newer}). Restore it with that version.`,
    )
}

async function assertEmpty(reader: Reader | undefined): Promise<void> {
  if (await isEmpty(reader)) return
  throw new CannotStart(
    'This database is not empty, so nothing was put into it. Set DATABASE_URL to a new one, or move this one away.',
  )
}

async function intoFile(
  path: string,
  migrations: readonly string[],
  fill: (writer: Writer) => Promise<Whole>,
): Promise<Whole> {
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 })
    await assertLocalDisk(dirname(path))
    const unlock = lockForOneProcess(path)
    try {
      const db = new Database(path)
      try {
        db.pragma('journal_mode = WAL')
        db.pragma('synchronous = FULL')
        await assertEmpty(sqliteReader(db))
        await olderThan(() => migrateSqlite(path, migrations))
        db.pragma('foreign_keys = ON')
        db.exec('BEGIN IMMEDIATE')
        const whole = await fill(sqliteWriter(db))
        db.exec('COMMIT')
        return whole
      } finally {
        if (db.inTransaction) db.exec('ROLLBACK')
        db.pragma('wal_checkpoint(TRUNCATE)')
        db.close()
      }
    } finally {
      unlock()
    }
  } catch (error) {
    return fileTrouble(path, error)
  }
}

async function intoServer(
  url: string,
  migrations: readonly string[],
  fill: (writer: Writer) => Promise<Whole>,
): Promise<Whole> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  try {
    await client.connect()
    await assertNoneActs(client)
    await assertEmpty(await postgresReader(client))
    await olderThan(() => migratePostgres(url, migrations))
    await client.query('BEGIN')
    const whole = await fill(postgresWriter(client))
    await client.query('COMMIT')
    return whole
  } catch (error) {
    return serverTrouble(url, error)
  } finally {
    // Ending the connection rolls back what did not reach COMMIT.
    await client.end()
  }
}

/** Rows go into the tables they came from; a database that a newer version already prepared has others. */
async function olderThan(migrate: () => Promise<unknown>): Promise<void> {
  try {
    await migrate()
  } catch (error) {
    if (!(error instanceof CannotStart)) throw error
    throw new CannotStart(
      'This empty database was prepared by a newer version than the backup’s. Set DATABASE_URL to one without any tables.',
    )
  }
}
