// Refuses a database that could lose what it acknowledged, or keep what was deleted (RE-8).
import { statfs } from 'node:fs/promises'
import type { Database } from 'better-sqlite3'
import type { ClientBase } from 'pg'
import { CannotStart } from './cannot-start.ts'

/** `statfs` types on which SQLite's locks and memory map cannot be trusted: NFS, SMB, CIFS, SMB2, AFS, Coda, NCP. */
const networkDisks = new Set([
  0x6969, 0x517b, 0xff534d42, 0xfe534d42, 0x5346414f, 0x6b414653, 0x73757245, 0x564c,
])

export async function assertLocalDisk(folder: string): Promise<void> {
  const { type } = await statfs(folder)
  if (networkDisks.has(type))
    throw new CannotStart(
      `The folder ${folder} is on a network drive, where SQLite can lose data. Choose a folder on this machine's own disk, or use PostgreSQL.`,
    )
}

const wanted: Readonly<Record<string, (value: string) => boolean>> = {
  journal_mode: (value) => value === 'wal',
  synchronous: (value) => value === '2',
  foreign_keys: (value) => value === '1',
  secure_delete: (value) => value === '1',
  busy_timeout: (value) => Number(value) >= 5000,
}

/** Reads every setting back from the connection: setting one can fail without a word. */
export function assertDurableSqlite(connection: Database): void {
  const wrong = Object.entries(wanted).flatMap(([name, holds]) => {
    const value = String(connection.pragma(name, { simple: true }))
    return holds(value) ? [] : [`${name} is ${value}`]
  })
  if (wrong.length > 0)
    throw new CannotStart(
      `SQLite does not keep what it is told on this disk (${wrong.join(', ')}), so the bot does not start. Put the database on an ordinary local disk.`,
    )
}

/** Asked of every connection: `synchronous_commit` may also be set for a role or a database. */
export async function assertDurablePostgres(client: ClientBase): Promise<void> {
  const { rows } = await client.query<{ name: string; setting: string }>(
    `SELECT name, setting FROM pg_settings WHERE name IN ('fsync', 'full_page_writes', 'synchronous_commit')`,
  )
  // Anything above `on` waits for a standby too; `local` and `off` may lose an acknowledged commit.
  const safe = ['on', 'remote_apply', 'remote_write']
  const wrong = rows.filter(({ setting }) => !safe.includes(setting))
  if (wrong.length > 0 || rows.length < 3)
    throw new CannotStart(
      `PostgreSQL may lose what was saved when its machine loses power (${wrong.map(({ name, setting }) => `${name} is ${setting}`).join(', ')}), so the bot does not start. Set them to on.`,
    )
}
