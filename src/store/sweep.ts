import type { Connection } from './connection.ts'

/** Leaves nothing of what was deleted from these tables in the file, its log or a free page. */
export async function sweep(connection: Connection, tables: readonly string[]): Promise<void> {
  if (connection.kind === 'sqlite')
    await connection.sqlite.read((db) => {
      db.exec('VACUUM')
      db.pragma('wal_checkpoint(TRUNCATE)')
    })
  else for (const table of tables) await connection.pool.query(`VACUUM FULL "${table}"`)
}
