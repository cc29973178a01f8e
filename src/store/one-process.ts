// Only one process may act on a SQLite file (RE-15). The lock is the operating system's own: it ends with the process,
// however that ends, so that nothing has to be cleaned up after a crash.
import Database from 'better-sqlite3'
import { CannotStart } from './cannot-start.ts'

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
