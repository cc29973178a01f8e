// Prisma's own schema engine, in its WebAssembly build from npm: the native one would have to be downloaded.
import { readFile, readdir } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import type { SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils'
import type { MigrationList, SchemaEngine } from '@prisma/schema-engine-wasm/schema_engine_bg'

export type Provider = 'sqlite' | 'postgresql'

const prismaFolder = new URL('../../prisma/', import.meta.url)
export const migrationsFolder = (provider: Provider): URL => new URL(`migrations/${provider}/`, prismaFolder)

/** The one schema, as the provider's own. */
export async function schemaFor(provider: Provider): Promise<{ path: string; content: string }> {
  const schema = await readFile(new URL('schema.prisma', prismaFolder), 'utf8')
  return { path: 'schema.prisma', content: schema.replace('provider = "sqlite"', `provider = "${provider}"`) }
}

/** Everything that is not a table of ours stays out of comparisons. */
export const filters = { externalTables: [], externalEnums: [] }

/** The committed migrations, oldest first. */
export async function committedMigrations(provider: Provider): Promise<MigrationList> {
  const folder = migrationsFolder(provider)
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
  return {
    baseDir: folder.pathname,
    lockfile: { path: 'migration_lock.toml', content: lockfileOf(provider) },
    shadowDbInitScript: '',
    migrationDirectories: await Promise.all(
      names.toSorted().map(async (path) => ({
        path,
        migrationFile: {
          path: 'migration.sql',
          content: {
            tag: 'ok' as const,
            value: await readFile(new URL(`${path}/migration.sql`, folder), 'utf8'),
          },
        },
      })),
    ),
  }
}

export const lockfileOf = (provider: Provider): string =>
  `# Written by make-migration; names the database these migrations are for.\nprovider = "${provider}"\n`

type Engine = typeof SchemaEngine

/** TypeScript knows it as a part of the browser only. */
declare const WebAssembly: {
  instantiate(
    bytes: Uint8Array,
    imports: Record<string, Record<string, unknown>>,
  ): Promise<{ readonly instance: { readonly exports: Readonly<Record<string, unknown>> } }>
}

let loaded: Promise<Engine> | undefined
/** Loads once per process. Its package imports the .wasm file as a module, which Node 20 cannot. */
async function load(): Promise<Engine> {
  const require = createRequire(import.meta.url)
  const glue = require.resolve('@prisma/schema-engine-wasm/schema_engine_bg')
  const imports = await import('@prisma/schema-engine-wasm/schema_engine_bg')
  const wasm = await readFile(glue.replace(/\.js$/, '.wasm'))
  const { instance } = await WebAssembly.instantiate(wasm, { './schema_engine_bg.js': { ...imports } })
  // oxlint-disable-next-line no-underscore-dangle -- the package's own name
  imports.__wbg_set_wasm(instance.exports)
  const start = instance.exports['__wbindgen_start']
  if (typeof start === 'function') start()
  return imports.SchemaEngine
}

/** Runs `use` with an engine on the given database and frees it afterwards. */
export async function withSchemaEngine<T>(
  provider: Provider,
  factory: SqlMigrationAwareDriverAdapterFactory,
  use: (engine: SchemaEngine) => Promise<T>,
): Promise<T> {
  loaded ??= load()
  const { path, content } = await schemaFor(provider)
  const Engine = await loaded
  const engine = await Engine.new(
    { datamodels: [[path, content]] },
    () => {},
    bindMigrationAwareSqlAdapterFactory(factory),
  )
  try {
    return await use(engine)
  } finally {
    engine.free()
  }
}
