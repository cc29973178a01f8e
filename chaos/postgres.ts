// A PostgreSQL for one run of a case, with one empty database.
import pg from 'pg'
import { startPostgres, type Postgres } from '../test/support/postgres.ts'
import { inFolder } from './child.ts'

export type Place = { readonly dataDir: string; readonly databaseUrl: string; readonly server: Postgres }

export const onPostgres = <T>(work: (place: Place) => Promise<T>): Promise<T> =>
  inFolder(async (dataDir) => {
    const server = await startPostgres(dataDir)
    try {
      await asked(server.url('postgres'), 'CREATE DATABASE chaos')
      return await work({ dataDir, databaseUrl: server.url('chaos'), server })
    } finally {
      await server.stop()
    }
  })

/** One statement on a connection of its own. */
export async function asked<Row extends object>(connectionString: string, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString })
  await client.connect()
  try {
    const { rows } = await client.query<Row>(sql)
    return rows
  } finally {
    await client.end()
  }
}

/** Prompts and lines that are not out yet. */
export async function waitingIn(databaseUrl: string): Promise<number> {
  const [row] = await asked<{ waiting: number }>(
    databaseUrl,
    `SELECT ((SELECT count(*) FROM "Outbox" WHERE "status" = 'waiting') +
       (SELECT count(*) FROM "Schedule" WHERE "nextRunAt" IS NOT NULL))::int AS waiting`,
  )
  return row?.waiting ?? 0
}
