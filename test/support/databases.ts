// Runs a suite on SQLite and on a real PostgreSQL: `eachDatabase('check-ins', (open) => { it(...) })`.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { randomBytes } from 'node:crypto'
import { Client } from 'pg'
import { afterAll, describe, inject } from 'vitest'
import { openStore, type Store } from '../../src/store/connect.ts'
import { connect, type Connection } from '../../src/store/connection.ts'

export type DatabaseName = 'SQLite' | 'PostgreSQL'
export type TestDatabase = { readonly url: string; readonly dataDir: string }

/** Makes an empty database, gone after the suite. */
export type MakeDatabase = () => Promise<TestDatabase>

/** The suite is described once for each database. */
export function eachDatabase(suite: (make: MakeDatabase, name: DatabaseName) => void): void {
  for (const name of ['SQLite', 'PostgreSQL'] as const)
    describe(`on ${name}`, () => suite(databasesOn(name), name))
}

export function databasesOn(name: DatabaseName): MakeDatabase {
  const made: (() => Promise<void>)[] = []
  afterAll(async () => {
    for (const drop of made) await drop()
  })
  return async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'handrail-test-'))
    made.push(() => rm(dataDir, { recursive: true, force: true }))
    if (name === 'SQLite') return { url: `file:${join(dataDir, 'handrail.db')}`, dataDir }
    const database = `t_${randomBytes(8).toString('hex')}`
    await asAdmin(`CREATE DATABASE ${database}`)
    made.push(() => asAdmin(`DROP DATABASE ${database} WITH (FORCE)`))
    const url = new URL(await adminUrl())
    url.pathname = `/${database}`
    return { url: url.href, dataDir }
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
  const client = new Client({ connectionString: await adminUrl() })
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

/** A whole store of the suite's own, closed after it. */
export function storeFor(make: MakeDatabase): () => Promise<Store> {
  const opened: Store[] = []
  afterAll(async () => {
    for (const store of opened) await store.close()
  })
  return async () => {
    const { url, dataDir } = await make()
    const store = await openStore({ dataDir, databaseUrl: url })
    opened.push(store)
    return store
  }
}

type Call = (...args: never[]) => unknown

/** The same store, every call of whose ports takes `ms` longer, as from a database in trouble. */
export function slowly<Ports extends object>(ports: Ports, ms: number): Ports {
  const slow =
    (call: Call): Call =>
    async (...args) => {
      await new Promise((resolve) => setTimeout(resolve, ms))
      return call(...args)
    }
  const slowed = Object.entries(ports).map(([name, port]: [string, unknown]) => {
    if (typeof port !== 'object' || port === null || Array.isArray(port)) return [name, port]
    const calls = Object.entries(port as Record<string, Call>)
    return [name, Object.fromEntries(calls.map(([verb, call]) => [verb, slow(call)]))]
  })
  return Object.fromEntries(slowed) as Ports
}
