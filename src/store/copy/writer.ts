// Puts rows, as a reader gives them, into either engine.
import type { Database } from 'better-sqlite3'
import type { ClientBase } from 'pg'
import type { Row, Value } from './reader.ts'
import { quoted, type Kind, type Table } from './tables.ts'

export type Writer = { insert(table: Table, rows: readonly Row[]): Promise<void> }

const iso = (value: Value) => new Date(Number(value)).toISOString()

/** As Prisma and the raw SQL of delivery write them. */
const toSqlite: Readonly<Record<Kind, (value: Value) => Value>> = {
  text: (value) => value,
  integer: (value) => value,
  boolean: Number,
  instant: (value) => iso(value).replace('Z', '+00:00'),
}

export function sqliteWriter(db: Database): Writer {
  return {
    insert({ name, columns }, rows) {
      const names = columns.map((column) => quoted(column.name)).join(', ')
      const insert = db.prepare(
        `INSERT INTO ${quoted(name)} (${names}) VALUES (${columns.map(() => '?').join(', ')})`,
      )
      for (const row of rows)
        insert.run(
          row.map((value, at) => (value === null ? null : toSqlite[columns[at]?.kind ?? 'text'](value))),
        )
      return Promise.resolve()
    },
  }
}

const arrays: Readonly<Record<Kind, string>> = {
  text: 'text[]',
  integer: 'integer[]',
  boolean: 'boolean[]',
  instant: 'timestamp(3)[]',
}

/** One statement for all rows: every column is one array. */
export function postgresWriter(client: ClientBase): Writer {
  return {
    async insert({ name, columns }, rows) {
      const names = columns.map((column) => quoted(column.name)).join(', ')
      const given = columns.map(({ kind }, at) => `$${at + 1}::${arrays[kind]}`).join(', ')
      await client.query(
        `INSERT INTO ${quoted(name)} (${names}) SELECT * FROM unnest(${given})`,
        columns.map(({ kind }, at) =>
          rows.map((row) => {
            const value = row[at] ?? null
            return value !== null && kind === 'instant' ? iso(value) : value
          }),
        ),
      )
    },
  }
}
