// What the committed migrations still lack of schema.prisma. For contributors, and for the test that keeps both the same.
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3'
import { PrismaPg } from '@prisma/adapter-pg'
import { ColumnTypeEnum } from '@prisma/driver-adapter-utils'
import type {
  SqlDriverAdapter,
  SqlMigrationAwareDriverAdapterFactory,
  SqlQuery,
} from '@prisma/driver-adapter-utils'
import { Pool, type QueryArrayConfig } from 'pg'
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
  if (scratch.provider === 'sqlite') return inMemory()
  const connect = () => knowingChar(scratch.url)
  return { provider: 'postgres', adapterName: '@prisma/adapter-pg', connect, connectToShadowDb: connect }
}

/** The engine replays a migration as if it were one statement, which this driver does not take. */
function inMemory(): SqlMigrationAwareDriverAdapterFactory {
  const stock = new PrismaBetterSqlite3({ url: ':memory:' })
  const connect = async () => {
    const adapter = await stock.connect()
    const executeRaw = ({ sql }: SqlQuery) => adapter.executeScript(sql).then(() => 0)
    return Object.assign(adapter, { executeRaw })
  }
  return { provider: 'sqlite', adapterName: stock.adapterName, connect, connectToShadowDb: connect }
}

/** PostgreSQL's own catalog has a type named "char", which the adapter refuses and the engine expects. */
async function knowingChar(connectionString: string): Promise<SqlDriverAdapter> {
  const [charOid, textOid] = [18, 25]
  const characters = new Set<string>()
  const pool = new Pool({ connectionString })
  const query = pool.query.bind(pool)
  Object.assign(pool, {
    query: async (config: QueryArrayConfig) => {
      const result = await query(config)
      for (const field of result.fields.filter((f) => f.dataTypeID === charOid)) {
        characters.add(field.name)
        field.dataTypeID = textOid
      }
      return result
    },
  })
  const adapter = await new PrismaPg(pool, { disposeExternalPool: true }).connect()
  const queryRaw = adapter.queryRaw.bind(adapter)
  return Object.assign(adapter, {
    queryRaw: async (asked: SqlQuery) => {
      const result = await queryRaw(asked)
      const columnTypes = result.columnTypes.map((type, at) =>
        characters.has(result.columnNames[at] ?? '') ? ColumnTypeEnum.Character : type,
      )
      return { ...result, columnTypes }
    },
  })
}
