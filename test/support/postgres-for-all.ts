// One PostgreSQL server for the whole test run, started when the first suite asks for it.
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { startPostgres, type Postgres } from './postgres.ts'

declare module 'vitest' {
  // oxlint-disable-next-line typescript/consistent-type-definitions -- only an interface can be added to
  export interface ProvidedContext {
    /** Answers with the address of the server's administration database. */
    postgresAsk: string
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'handrail-postgres-'))
  let started: Promise<Postgres> | undefined
  const ask = createServer((_request, response) => {
    started ??= startPostgres(folder)
    started.then(
      (server) => response.end(server.url('postgres')),
      (error: unknown) => response.writeHead(500).end(String(error)),
    )
  })
  ask.listen(0, '127.0.0.1')
  await once(ask, 'listening')
  const address = ask.address()
  if (address === null || typeof address === 'string') throw new Error('no port is free')
  project.provide('postgresAsk', `http://127.0.0.1:${address.port}/`)
  return async () => {
    ask.close()
    await (await started)?.stop()
    await rm(folder, { recursive: true, force: true })
  }
}
