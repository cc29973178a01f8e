// Only one process may act on a SQLite file (RE-15). The lock is the operating system's own: it ends with the process,
// however that ends, so that nothing has to be cleaned up after a crash.
import Database from 'better-sqlite3'
import { Client, type ClientBase } from 'pg'
import { CannotStart, serverTrouble } from './cannot-start.ts'

export function lockForOneProcess(path: string): () => void {
  const lock = new Database(`${path}.lock`, { timeout: 0 })
  try {
    // Nothing is ever written: the empty file is there to be locked.
    lock.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    lock.close()
    if (!(error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY'))) throw error
    throw new CannotStart(
      `Another process already uses the database ${path}. Stop it first; two at once would ask everybody twice.`,
    )
  }
  return () => lock.close()
}

/** Several processes may act on a PostgreSQL database, and each goes by this name there. */
export const applicationName = 'handrail'

/** For what needs the database to itself. */
export async function assertNoneActs(client: ClientBase): Promise<void> {
  const { rows } = await client.query(
    'SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND application_name = $1 LIMIT 1',
    [applicationName],
  )
  if (rows.length > 0)
    throw new CannotStart(
      'A bot is using this PostgreSQL database. Stop it on every machine, then try again.',
    )
}

export async function assertNoneActsOn(url: string): Promise<void> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  try {
    await client.connect()
    await assertNoneActs(client)
  } catch (error) {
    serverTrouble(url, error)
  } finally {
    await client.end()
  }
}
