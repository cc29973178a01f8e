// What the committed migrations still lack of schema.prisma. For contributors, and for the test that keeps both the same.
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3'
import { PrismaPg } from '@prisma/adapter-pg'
import type { SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils'
import pg from 'pg'
import { committedMigrations, filters, schemaFor, withSchemaEngine } from './schema-engine.ts'

/** The migrations are replayed in memory, or in the given empty PostgreSQL database. */
type Scratch = { readonly provider: 'sqlite' } | { readonly provider: 'postgresql'; readonly url: string }

/** Undefined when nothing is missing. */
export async function migrationScript(scratch: Scratch): Promise<string | undefined> {
  const { provider } = scratch
  const migrations = await committedMigrations(provider)
  const schema = await schemaFor(provider)
  const { exitCode, stdout } = await withSchemaEngine(provider, factoryFor(scratch), (engine) =>
    engine.diff({
      from: { tag: 'migrations', ...migrations },
      to: { tag: 'schemaDatamodel', files: [schema] },
      script: true,
      exitCode: true,
      filters,
    }),
  )
  return exitCode === 0 ? undefined : (stdout ?? '')
}

function factoryFor(scratch: Scratch): SqlMigrationAwareDriverAdapterFactory {
  if (scratch.provider === 'sqlite') return new PrismaBetterSqlite3({ url: ':memory:' })
  const connect = () => new PrismaPg(catalogPool(scratch.url), { disposeExternalPool: true }).connect()
  return { provider: 'postgres', adapterName: '@prisma/adapter-pg', connect, connectToShadowDb: connect }
}

/** PostgreSQL's own catalog has a type named "char" that the adapter does not know; `text` does as well. */
const [charOid, textOid] = [18, 25]

function catalogPool(connectionString: string): pg.Pool {
  const pool = new pg.Pool({ connectionString })
  const query = pool.query.bind(pool)
  return Object.assign(pool, {
    query: async (config: pg.QueryArrayConfig) => {
      const result = await query(config)
      for (const field of result.fields) if (field.dataTypeID === charOid) field.dataTypeID = textOid
      return result
    },
  })
}
