import { existsSync } from 'node:fs'
import Database from 'better-sqlite3'
import { Client } from 'pg'
import { expect, it } from 'vitest'
import { migratePostgres, migrateSqlite } from '../../src/store/migrate.ts'
import { migrationScript } from '../../src/store/schema-difference.ts'
import { eachDatabase } from '../support/databases.ts'

eachDatabase((make, name) => {
  const migrate = (url: string) =>
    name === 'SQLite' ? migrateSqlite(url.slice('file:'.length)) : migratePostgres(url)

  async function run(url: string, sql: string): Promise<readonly Record<string, unknown>[]> {
    if (name === 'SQLite') {
      const db = new Database(url.slice('file:'.length))
      try {
        const statement = db.prepare(sql)
        return statement.reader ? (statement.all() as Record<string, unknown>[]) : (statement.run(), [])
      } finally {
        db.close()
      }
    }
    const client = new Client({ connectionString: url })
    await client.connect()
    try {
      return (await client.query<Record<string, unknown>>(sql)).rows
    } finally {
      await client.end()
    }
  }

  it('has a migration for everything that schema.prisma says', async () => {
    const { url } = await make()
    const missing = await migrationScript(
      name === 'SQLite' ? { provider: 'sqlite' } : { provider: 'postgresql', url },
    )
    expect(missing).toBeUndefined()
  })

  it('applies every migration once, and nothing at the next start', async () => {
    const { url } = await make()
    expect((await migrate(url)).length).toBeGreaterThan(0)
    expect(await migrate(url)).toEqual([])
    expect(await run(url, 'SELECT * FROM "Program"')).toEqual([])
  })

  it('migrates once when several processes start together', async () => {
    const { url } = await make()
    const applied =
      name === 'SQLite'
        ? [await migrate(url), await migrate(url)]
        : await Promise.all([migrate(url), migrate(url), migrate(url)])
    expect(applied.filter((names) => names.length > 0)).toHaveLength(1)
  })

  it('refuses a database that a newer version has used, and says what to do', async () => {
    const { url } = await make()
    await migrate(url)
    await run(
      url,
      `UPDATE _prisma_migrations SET migration_name = '29990101000000_from_the_future' WHERE migration_name LIKE '%first'`,
    )
    await expect(migrate(url)).rejects.toThrow(/newer version.*29990101000000_from_the_future.*backup/)
  })

  it('leaves the database as it was when a migration fails half way', async () => {
    const { url } = await make()
    // The last table of the first migration is in the way, so that everything before it has run.
    await run(url, 'CREATE TABLE "Lease" (name text)')
    await expect(migrate(url)).rejects.toThrow()
    await expect(run(url, 'SELECT * FROM "Program"')).rejects.toThrow()
    if (name === 'SQLite') expect(existsSync(`${url.slice('file:'.length)}-wal`)).toBe(false)
    await run(url, 'DROP TABLE "Lease"')
    expect((await migrate(url)).length).toBeGreaterThan(0)
  })
})
