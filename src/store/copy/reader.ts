// Reads a whole database as it stood at one moment, while others write to it: the same rows from either engine.
import { access } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import Database from 'better-sqlite3'
import { Client } from 'pg'
import { CannotStart, fileTrouble, serverTrouble } from '../cannot-start.ts'
import { assertLocalDisk } from '../durable.ts'
import { quoted, tablesOf, type CatalogRow, type Kind, type Reference, type Table } from './tables.ts'

/** Instants are milliseconds since 1970. */
export type Value = string | number | boolean | null
export type Row = readonly Value[]

export type Reader = {
  /** Names of the migrations that made its tables, oldest first. */
  readonly migrations: readonly string[]
  readonly tables: readonly Table[]
  count(table: Table): Promise<number>
  /** In the order of keys, compared byte by byte, some rows at a time; values in the order of the table's columns. */
  rows(table: Table): AsyncGenerator<readonly Row[]>
}

export const rowsAtOnce = 1000

/** Whether no table has a row; so is one that nothing ever used. */
export async function isEmpty(reader: Reader | undefined): Promise<boolean> {
  for (const table of reader?.tables ?? []) if ((await reader?.count(table)) !== 0) return false
  return true
}

const columnsOf = ({ columns }: Table) => columns.map(({ name }) => quoted(name)).join(', ')
const migrationsSql = `SELECT migration_name AS "name" FROM _prisma_migrations
  WHERE rolled_back_at IS NULL AND finished_at IS NOT NULL ORDER BY migration_name`

/** Undefined where there is no database of ours yet. Throws `CannotStart` where an operator can help. */
export async function readAll<T>(
  databaseUrl: string,
  use: (reader: Reader) => Promise<T>,
): Promise<T | undefined> {
  if (!databaseUrl.startsWith('file:'))
    return readServer(databaseUrl, use).catch((error: unknown) => serverTrouble(databaseUrl, error))
  const path = resolve(databaseUrl.slice('file:'.length))
  return readFile(path, use).catch((error: unknown) => fileTrouble(path, error))
}

async function readFile<T>(path: string, use: (reader: Reader) => Promise<T>): Promise<T | undefined> {
  const there = await access(path).then(
    () => true,
    () => false,
  )
  if (!there) return undefined
  await assertLocalDisk(dirname(path))
  const db = new Database(path, { fileMustExist: true, timeout: 10_000 })
  try {
    db.pragma('query_only = ON')
    db.exec('BEGIN')
    if (db.pragma('quick_check(1)', { simple: true }) !== 'ok')
      throw new CannotStart(
        `The file ${path} is not whole. Put back the newest backup; keep this file aside.`,
      )
    const reader = sqliteReader(db)
    return reader && (await use(reader))
  } finally {
    if (db.inTransaction) db.exec('COMMIT')
    // What somebody had erased meanwhile had to stay in the log for this reader, and no longer.
    db.pragma('query_only = OFF')
    db.pragma('wal_checkpoint(TRUNCATE)')
    db.close()
  }
}

const fromSqlite: Readonly<Record<Kind, (stored: string | number) => Value>> = {
  text: (stored) => stored,
  integer: (stored) => stored,
  boolean: (stored) => stored === 1,
  instant: (stored) => new Date(stored).getTime(),
}

/** Undefined where no migration was ever applied. */
export function sqliteReader(db: Database.Database): Reader | undefined {
  const all = <T>(sql: string) => db.prepare<[], T>(sql).all()
  if (all(`SELECT 1 FROM sqlite_schema WHERE name = '_prisma_migrations'`).length === 0) return undefined
  const ours = `SELECT name FROM sqlite_schema WHERE type = 'table' AND substr(name, 1, 1) <> '_' AND name NOT LIKE 'sqlite%'`
  return {
    migrations: all<{ name: string }>(migrationsSql).map(({ name }) => name),
    tables: tablesOf(
      all<CatalogRow>(
        `SELECT m.name AS "table", c.name AS "column", c.type, c.pk AS "key" FROM (${ours}) m, pragma_table_info(m.name) c`,
      ),
      all<Reference>(
        `SELECT m.name AS "table", f."table" AS "to" FROM (${ours}) m, pragma_foreign_key_list(m.name) f`,
      ),
    ),
    count: ({ name }) =>
      Promise.resolve(
        Number(
          db
            .prepare(`SELECT count(*) FROM ${quoted(name)}`)
            .pluck()
            .get(),
        ),
      ),
    async *rows(table) {
      const order = table.key.map(quoted).join(', ')
      const statement = db.prepare<[], (string | number | null)[]>(
        `SELECT ${columnsOf(table)} FROM ${quoted(table.name)} ORDER BY ${order}`,
      )
      const open = table.columns.map(({ kind }) => fromSqlite[kind])
      let batch: Row[] = []
      for (const row of statement.raw().iterate()) {
        batch.push(row.map((stored, at) => (stored === null ? null : (open[at]?.(stored) ?? null))))
        if (batch.length < rowsAtOnce) continue
        yield batch
        batch = []
      }
      if (batch.length > 0) yield batch
    },
  }
}

async function readServer<T>(url: string, use: (reader: Reader) => Promise<T>): Promise<T | undefined> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  await client.connect()
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
    const reader = await postgresReader(client)
    return reader && (await use(reader))
  } finally {
    await client.end()
  }
}

const fromPostgres: Readonly<Record<Kind, (stored: string) => Value>> = {
  text: (stored) => stored,
  integer: Number,
  boolean: (stored) => stored === 't',
  instant: (stored) => Date.parse(`${stored.replace(' ', 'T')}Z`),
}
const asText = { getTypeParser: () => (stored: string) => stored }

/** Inside a transaction: each table is read through a cursor. */
export async function postgresReader(client: Client): Promise<Reader | undefined> {
  await client.query(`SET DateStyle = 'ISO'`)
  const all = async <T extends object>(sql: string) => (await client.query<T>(sql)).rows
  const known = await all(`SELECT 1 WHERE to_regclass('_prisma_migrations') IS NOT NULL`)
  if (known.length === 0) return undefined
  const ours = `r.relkind = 'r' AND r.relnamespace = current_schema()::regnamespace AND left(r.relname, 1) <> '_'`
  const columns = await all<CatalogRow>(`
    SELECT r.relname AS "table", a.attname AS "column", format_type(a.atttypid, NULL) AS "type",
      coalesce(array_position(i.indkey::int2[], a.attnum), -1) + 1 AS "key"
    FROM pg_class r JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
    LEFT JOIN pg_index i ON i.indrelid = r.oid AND i.indisprimary WHERE ${ours}`)
  const references = await all<Reference>(`
    SELECT r.relname AS "table", p.relname AS "to" FROM pg_constraint f
    JOIN pg_class r ON r.oid = f.conrelid JOIN pg_class p ON p.oid = f.confrelid WHERE f.contype = 'f' AND ${ours}`)
  return {
    migrations: (await all<{ name: string }>(migrationsSql)).map(({ name }) => name),
    tables: tablesOf(columns, references),
    async count({ name }) {
      const [row] = await all<{ count: string }>(`SELECT count(*) AS "count" FROM ${quoted(name)}`)
      return Number(row?.count)
    },
    async *rows(table) {
      const textual = new Set(table.columns.filter(({ kind }) => kind === 'text').map(({ name }) => name))
      const order = table.key.map((name) => `${quoted(name)}${textual.has(name) ? ' COLLATE "C"' : ''}`)
      await client.query(
        `DECLARE copied NO SCROLL CURSOR FOR SELECT ${columnsOf(table)} FROM ${quoted(table.name)} ORDER BY ${order.join(', ')}`,
      )
      const open = table.columns.map(({ kind }) => fromPostgres[kind])
      try {
        for (;;) {
          const { rows } = await client.query<(string | null)[]>({
            text: `FETCH ${rowsAtOnce} FROM copied`,
            rowMode: 'array',
            types: asText,
          })
          if (rows.length === 0) return
          yield rows.map((row) =>
            row.map((stored, at) => (stored === null ? null : (open[at]?.(stored) ?? null))),
          )
        }
      } finally {
        await client.query('CLOSE copied')
      }
    },
  }
}
