// How delivery speaks to SQLite: statements kept prepared, instants as Prisma writes them.
import type { Database, Statement } from 'better-sqlite3'
import type { Instants } from './rows.ts'

/** Prisma's own form, so that text compares as instants do. */
export const instants: Instants<string> = {
  write: (at) => at.toISOString().replace('Z', '+00:00'),
  read: (stored) => new Date(stored),
}

const prepared = new WeakMap<Database, Map<string, Statement>>()

/** Preparing takes longer than most of these statements do. */
export function prepare(db: Database, sql: string): Statement {
  const known = prepared.get(db) ?? new Map<string, Statement>()
  prepared.set(db, known)
  // Prisma's adapter asks for every integer as a BigInt; nothing here is that big.
  const statement = known.get(sql) ?? db.prepare(sql).safeIntegers(false)
  known.set(sql, statement)
  return statement
}

type Args = readonly unknown[] | Readonly<Record<string, unknown>>

export const all = <Row>(db: Database, sql: string, args: Args): Row[] => prepare(db, sql).all(args) as Row[]

/** Returns how many rows changed. */
export const run = (db: Database, sql: string, args: Args): number => prepare(db, sql).run(args).changes
