// Writes the migrations that take both databases from the committed ones to schema.prisma. For contributors:
//   npx tsx prisma/make-migration.ts short-name
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { lockfileOf, migrationsFolder, type Provider } from '../src/store/schema-engine.ts'
import { migrationScript } from '../src/store/schema-difference.ts'
import { startPostgres } from '../test/support/postgres.ts'

const name = process.argv[2]
if (name === undefined || !/^[a-z][a-z0-9-]*$/.test(name)) {
  process.stderr.write('Say what the migration does in a few words, like: make-migration.ts add-journal\n')
  process.exit(64)
}

async function write(provider: Provider, script: string, folderName: string): Promise<void> {
  const folder = new URL(`${folderName}/`, migrationsFolder(provider))
  await mkdir(folder, { recursive: true })
  await writeFile(new URL('migration.sql', folder), script)
  await writeFile(new URL('migration_lock.toml', migrationsFolder(provider)), lockfileOf(provider))
  process.stdout.write(`${folder.pathname}migration.sql\n`)
}

const folderName = `${new Date().toISOString().replaceAll(/\D/g, '').slice(0, 14)}_${name.replaceAll('-', '_')}`
const scratch = await mkdtemp(join(tmpdir(), 'handrail-migration-'))
const postgres = await startPostgres(scratch)
try {
  const scripts = {
    sqlite: await migrationScript({ provider: 'sqlite' }),
    postgresql: await migrationScript({ provider: 'postgresql', url: postgres.url('postgres') }),
  }
  for (const provider of ['sqlite', 'postgresql'] as const) {
    const script = scripts[provider]
    if (script === undefined) process.stdout.write(`Nothing to change for ${provider}.\n`)
    else await write(provider, script, folderName)
  }
} finally {
  await postgres.stop()
  await rm(scratch, { recursive: true, force: true })
}
