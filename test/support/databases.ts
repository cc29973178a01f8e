// Runs a suite on SQLite and on a real PostgreSQL: `eachDatabase('check-ins', (open) => { it(...) })`.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { afterAll, describe, inject } from 'vitest'
import type {} from './postgres-for-all.ts'
import { connect, type Connection } from '../../src/store/connection.ts'

export type DatabaseName = 'SQLite' | 'PostgreSQL'
export type TestDatabase = { readonly url: string; readonly dataDir: string }

/** Makes an empty database, gone after the suite. */
export type MakeDatabase = () => Promise<TestDatabase>

/** The suite is described once for each database. */
export function eachDatabase(suite: (make: MakeDatabase, name: DatabaseName) => void): void {
  for (const name of ['SQLite', 'PostgreSQL'] as const) {
    describe(`on ${name}`, () => {
      const made: (() => Promise<void>)[] = []
      afterAll(async () => {
        for (const drop of made) await drop()
      })
      suite(async () => {
        const dataDir = await mkdtemp(join(tmpdir(), 'handrail-test-'))
        made.push(() => rm(dataDir, { recursive: true, force: true }))
        if (name === 'SQLite') return { url: `file:${join(dataDir, 'handrail.db')}`, dataDir }
        const database = `t_${randomBytes(8).toString('hex')}`
        await asAdmin(`CREATE DATABASE ${database}`)
        made.push(() => asAdmin(`DROP DATABASE ${database} WITH (FORCE)`))
        const url = new URL(await adminUrl())
        url.pathname = `/${database}`
        return { url: url.href, dataDir }
      }, name)
    })
  }
}

let asked: Promise<string> | undefined
function adminUrl(): Promise<string> {
  asked ??= fetch(inject('postgresAsk')).then(async (answer) => {
    const said = await answer.text()
    if (!answer.ok) throw new Error(said)
    return said
  })
  return asked
}

async function asAdmin(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: await adminUrl() })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}

/** A migrated connection of the suite's own, closed after it. */
export function connectionFor(make: MakeDatabase): () => Promise<Connection> {
  const opened: Connection[] = []
  afterAll(async () => {
    for (const connection of opened) await connection.close()
  })
  return async () => {
    const { url } = await make()
    const connection = await connect(url)
    opened.push(connection)
    return connection
  }
}
