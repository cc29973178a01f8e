// Which of two databases is the program's while one becomes the other: a bot acts on neither half. The names begin with
// an underscore, so that no copy carries them.
import Database from 'better-sqlite3'
import { Client } from 'pg'
import { CannotStart } from './cannot-start.ts'

const moved = '_handrail_moved'
const moving = '_handrail_moving'

/** Where the rows of this file went, without any password; undefined while it is in use. */
export function movedTo(path: string): string | undefined {
  const db = new Database(path, { fileMustExist: true })
  try {
    const there = db.prepare('SELECT 1 FROM sqlite_schema WHERE name = ?').get(moved) !== undefined
    return there ? String(db.prepare(`SELECT destination FROM ${moved}`).pluck().get()) : undefined
  } finally {
    db.close()
  }
}

export function markMoved(path: string, destination: string): void {
  const db = new Database(path, { fileMustExist: true })
  try {
    db.pragma('synchronous = FULL')
    db.transaction(() => {
      db.exec(`CREATE TABLE IF NOT EXISTS ${moved} (destination TEXT PRIMARY KEY)`)
      db.prepare(`INSERT OR IGNORE INTO ${moved} VALUES (?)`).run(destination)
    })()
    db.pragma('wal_checkpoint(TRUNCATE)')
  } finally {
    db.close()
  }
}

export function assertNotMoved(path: string): void {
  const destination = movedTo(path)
  if (destination !== undefined)
    throw new CannotStart(
      `The database ${path} was moved to ${destination}, and what was written since stands there. Set DATABASE_URL to that.`,
    )
}

/** The file whose rows are on their way here; undefined when none are. */
export async function movingFrom(client: Client): Promise<string | undefined> {
  const { rows } = await client.query(`SELECT 1 WHERE to_regclass('${moving}') IS NOT NULL`)
  if (rows.length === 0) return undefined
  const said = await client.query<{ source: string }>(`SELECT source FROM ${moving}`)
  return said.rows[0]?.source
}

export async function markMoving(client: Client, source: string): Promise<void> {
  await client.query('BEGIN')
  await client.query(`CREATE TABLE IF NOT EXISTS ${moving} (source text PRIMARY KEY)`)
  await client.query(`INSERT INTO ${moving} VALUES ($1) ON CONFLICT DO NOTHING`, [source])
  await client.query('COMMIT')
}

export const unmarkMoving = (client: Client): Promise<unknown> => client.query(`DROP TABLE ${moving}`)

export async function assertNotMoving(connectionString: string): Promise<void> {
  const client = new Client({ connectionString, connectionTimeoutMillis: 10_000 })
  try {
    await client.connect()
    const source = await movingFrom(client)
    if (source !== undefined)
      throw new CannotStart(
        `This PostgreSQL database holds only a part of ${source} so far. Let migrate-database finish first.`,
      )
  } finally {
    await client.end()
  }
}
