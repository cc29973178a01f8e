// A child that writes rows through Prisma, through a transaction and raw, and says each name once it is acknowledged.
import { connect } from '../../src/store/connection.ts'
import { lease } from './rows.ts'

const [, , path, round] = process.argv
const connection = await connect(`file:${path}`)
if (connection.kind !== 'sqlite') throw new Error('not SQLite')
const { prisma, sqlite } = connection
const ways: readonly ((name: string) => Promise<unknown>)[] = [
  (name) => prisma.lease.create({ data: lease(name) }),
  (name) => prisma.$transaction(async (tx) => tx.lease.create({ data: lease(name) })),
  (name) => sqlite.write((db) => void db.prepare(`INSERT INTO "Lease" VALUES (?, 'o', 1, 0)`).run(name)),
]
for (let n = 0; ; n++) {
  await Promise.all(
    ways.map(async (write, way) => {
      const name = `${round}-${n}-${way}`
      await write(name)
      process.stdout.write(`${name}\n`)
    }),
  )
}
