// B5: taking rows from the outbox and marking each as sent, against raw SQL that does the same hundred at a time.
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { connect, type Connection } from '../../src/store/connection.ts'
import { deliveryStore } from '../../src/store/delivery/delivery.ts'
import { newId } from '../../src/store/ids.ts'
import { startPostgres } from '../../test/support/postgres.ts'
import { addPeople, addProgram } from '../../test/support/delivery-rows.ts'
import { timed, type Case } from '../case.ts'

const batch = 100

async function fill(connection: Connection, count: number) {
  await connection.prisma.outbox.deleteMany({})
  const program = (await connection.prisma.program.findFirst()) ?? (await addProgram(connection.prisma))
  const programId = program.id
  const workspace = await connection.prisma.workspace.findFirstOrThrow()
  const person = await connection.prisma.person.findFirst()
  if (!person)
    await addPeople(
      connection.prisma,
      { id: programId, workspace: { ...workspace, platform: 'discord' } },
      1,
      [],
    )
  const { id: personId } = await connection.prisma.person.findFirstOrThrow()
  const dueAt = new Date(Date.now() - 60_000)
  for (let at = 0; at < count; at += 1000)
    await connection.prisma.outbox.createMany({
      data: Array.from({ length: Math.min(1000, count - at) }, () => {
        const id = newId()
        return {
          id,
          programId,
          personId,
          platform: 'discord',
          workspace: 'w',
          toUser: 'u',
          notice: 'check-in',
          params: '{"occurrence":"x"}',
          dedupeKey: id,
          dueAt,
          createdAt: dueAt,
        }
      }),
    })
}

async function ours(connection: Connection, count: number): Promise<number> {
  const { outbox } = deliveryStore(connection, newId)
  const owner = randomUUID()
  return timed(async () => {
    for (let done = 0; done < count;) {
      const now = new Date()
      const until = new Date(now.getTime() + 30_000)
      const held = await outbox.claim({
        platform: 'discord',
        owner,
        now,
        until,
        limit: batch,
        maxPriority: 2,
      })
      if (held.length === 0) throw new Error(`only ${done} of ${count} rows were there`)
      await outbox.settle(
        owner,
        held.map(({ id }) => ({ id, status: 'sent', messageId: 'm', at: now })),
      )
      done += held.length
    }
  })
}

/** The least that keeps a row safe: taken in one commit, because a send comes next, and marked in another. */
async function limit(connection: Connection, count: number): Promise<number> {
  const due = `"platform" = 'discord' AND "status" = 'waiting' AND "leaseOwner" IS NULL LIMIT ${batch}`
  const take = (until: string, lock: string) =>
    `UPDATE "Outbox" SET "leaseOwner" = 'raw', "leaseUntil" = ${until} WHERE "id" IN (SELECT "id" FROM "Outbox" WHERE ${due} ${lock}) RETURNING "id"`
  return timed(async () => {
    for (let done = 0; done < count; done += batch) {
      if (connection.kind === 'sqlite') {
        const { sqlite } = connection
        const rows = await sqlite.write(
          (db) => db.prepare(take(`'2100-01-01'`, '')).all() as { id: string }[],
        )
        await sqlite.write((db) => {
          const mark = db.prepare(`UPDATE "Outbox" SET "status" = 'sent', "messageId" = 'm' WHERE "id" = ?`)
          for (const { id } of rows) mark.run(id)
        })
      } else {
        const { rows } = await connection.pool.query<{ id: string }>(take('now()', 'FOR UPDATE SKIP LOCKED'))
        const ids = rows.map(({ id }) => id)
        await connection.pool.query(
          `UPDATE "Outbox" SET "status" = 'sent', "messageId" = 'm' WHERE "id" = ANY($1)`,
          [ids],
        )
      }
    }
  })
}

const caseOn = (name: 'SQLite' | 'PostgreSQL', target: string): Case => ({
  id: `B5 ${name}`,
  what: `outbox: claim and complete, a hundred at a time, on ${name}`,
  target,
  ratios: { 'ours / raw batch': ({ ours: mine = 0, raw = 0 }) => mine / raw },
  async start(quick) {
    const count = quick ? 1_000 : 20_000
    const folder = await mkdtemp(join(tmpdir(), 'handrail-bench-'))
    const postgres = name === 'PostgreSQL' ? await startPostgres(folder) : undefined
    if (postgres) {
      const admin = new pg.Client({ connectionString: postgres.url('postgres') })
      await admin.connect()
      await admin.query('CREATE DATABASE bench')
      await admin.end()
    }
    const connection = await connect(postgres?.url('bench') ?? `file:${join(folder, 'bench.db')}`)
    return {
      async round() {
        await fill(connection, count)
        const raw = (count / (await limit(connection, count))) * 1000
        await fill(connection, count)
        const mine = (count / (await ours(connection, count))) * 1000
        return { raw, ours: mine }
      },
      async stop() {
        await connection.close()
        await postgres?.stop()
        await rm(folder, { recursive: true, force: true })
      },
    }
  },
})

export const outbox = [caseOn('SQLite', 'at least 1.0'), caseOn('PostgreSQL', 'at least 0.7')]
