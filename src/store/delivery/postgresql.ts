// How delivery speaks to PostgreSQL: instants as UTC text both ways, many rows as one JSON value.
import type { Pool, PoolClient } from 'pg'
import { types as pgTypes } from 'pg'
import type { Instants } from './rows.ts'

const timestamp = pgTypes.builtins.TIMESTAMP

/** Left alone, pg would read a column without a zone as local time. */
const types = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    oid === (timestamp as number) ? (text: string) => text : pgTypes.getTypeParser(oid, format),
}

export const instants: Instants<string> = {
  write: (at) => at.toISOString(),
  read: (stored) => new Date(`${stored.replace(' ', 'T')}Z`),
}

export async function all<Row>(
  on: Pool | PoolClient,
  text: string,
  values: readonly unknown[],
): Promise<Row[]> {
  const { rows } = await on.query({ text, values: [...values], types })
  return rows as Row[]
}

export async function inTransaction<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  let broken = false
  try {
    await client.query('BEGIN')
    const result = await work(client)
    await client.query('COMMIT')
    return result
  } catch (error) {
    // A connection that cannot even roll back is not given to anybody else.
    await client.query('ROLLBACK').catch(() => (broken = true))
    throw error
  } finally {
    client.release(broken)
  }
}
