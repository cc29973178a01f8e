// Puts rows, as a reader gives them, into either engine.
import type { Database } from 'better-sqlite3'
import type { ClientBase } from 'pg'
import type { Row, Value } from './reader.ts'
import { quoted, type Column, type Kind, type Table } from './tables.ts'

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

/** Every column of the rows is one array, so that one statement takes them all. */
function asArrays(columns: readonly Column[], rows: readonly Row[]) {
  return {
    given: columns.map(({ kind }, at) => `$${at + 1}::${arrays[kind]}`).join(', '),
    values: columns.map(({ kind }, at) =>
      rows.map((row) => {
        const value = row[at] ?? null
        return value !== null && kind === 'instant' ? iso(value) : value
      }),
    ),
  }
}

const listed = (names: readonly string[]) => names.map(quoted).join(', ')
const namesOf = (columns: readonly Column[]) => columns.map(({ name }) => name)

export function postgresWriter(client: ClientBase): Writer {
  return {
    async insert({ name, columns }, rows) {
      const { given, values } = asArrays(columns, rows)
      await client.query(
        `INSERT INTO ${quoted(name)} (${listed(namesOf(columns))}) SELECT * FROM unnest(${given})`,
        values,
      )
    },
  }
}

/** Brings rows of PostgreSQL to where others already are. */
export type Changer = {
  /** A row of the same key is made the same. */
  put(table: Table, rows: readonly Row[]): Promise<void>
  /** Whole rows; their keys are looked at alone. */
  remove(table: Table, rows: readonly Row[]): Promise<void>
}

export function postgresChanger(client: ClientBase): Changer {
  return {
    async put({ name, columns, key }, rows) {
      if (rows.length === 0) return
      const { given, values } = asArrays(columns, rows)
      const others = namesOf(columns).filter((column) => !key.includes(column))
      const change = others.map((column) => `${quoted(column)} = EXCLUDED.${quoted(column)}`).join(', ')
      await client.query(
        `INSERT INTO ${quoted(name)} (${listed(namesOf(columns))}) SELECT * FROM unnest(${given})
         ON CONFLICT (${listed(key)}) DO ${change === '' ? 'NOTHING' : `UPDATE SET ${change}`}`,
        values,
      )
    },
    async remove({ name, columns, key }, rows) {
      if (rows.length === 0) return
      const { given, values } = asArrays(columns, rows)
      const alike = key.map((column) => `kept.${quoted(column)} = gone.${quoted(column)}`).join(' AND ')
      await client.query(
        `DELETE FROM ${quoted(name)} AS kept
         USING unnest(${given}) AS gone (${listed(namesOf(columns))}) WHERE ${alike}`,
        values,
      )
    },
  }
}
