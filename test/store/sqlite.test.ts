import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { connect, type Connection } from '../../src/store/connection.ts'
import { lease } from '../support/rows.ts'

describe('SQLite', () => {
  let folder: string
  let path: string
  let connection: Extract<Connection, { kind: 'sqlite' }>

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'handrail-sqlite-'))
    path = join(folder, 'handrail.db')
    const opened = await connect(`file:${path}`)
    if (opened.kind !== 'sqlite') throw new Error('not SQLite')
    connection = opened
  })
  afterEach(async () => {
    await connection.close().catch(() => {})
    await rm(folder, { recursive: true, force: true })
  })

  /** What another process would see: only what is committed. */
  function committed(): string[] {
    const db = new Database(path, { readonly: true })
    try {
      return db.prepare('SELECT name FROM "Lease" ORDER BY name').pluck().all() as string[]
    } finally {
      db.close()
    }
  }

  it('lets a plain write wait for another request’s open transaction, and keeps it when that one rolls back', async () => {
    const { prisma } = connection
    let plain: Promise<unknown> | undefined
    await expect(
      prisma.$transaction(async (tx) => {
        await tx.lease.create({ data: lease('theirs') })
        plain = prisma.lease.create({ data: lease('ours') })
        plain.catch(() => {})
        await new Promise((resolve) => setTimeout(resolve, 50))
        throw new Error('their request fails')
      }),
    ).rejects.toThrow('their request fails')
    await plain
    expect(committed()).toEqual(['ours'])
  })

  it('does not show a plain read what an open transaction has not committed', async () => {
    const { prisma, sqlite } = connection
    let reads: Promise<[number, unknown]> | undefined
    await expect(
      prisma.$transaction(async (tx) => {
        await tx.lease.create({ data: lease('theirs') })
        reads = Promise.all([
          prisma.lease.count(),
          sqlite.read((db) => db.prepare('SELECT count(*) FROM "Lease"').pluck().get()),
        ])
        await new Promise((resolve) => setTimeout(resolve, 50))
        throw new Error('their request fails')
      }),
    ).rejects.toThrow('their request fails')
    expect((await reads)?.map(Number)).toEqual([0, 0])
  })

  it('rolls back a transaction whose COMMIT fails, and later writes are durable', async () => {
    const { prisma } = connection
    await expect(
      prisma.$transaction(async (tx) => {
        await tx.$executeRaw`PRAGMA defer_foreign_keys = ON`
        await tx.$executeRaw`INSERT INTO "PersonKey" ("personId", "kekId", "wrapped") VALUES ('nobody', 'k', 'w')`
      }),
    ).rejects.toThrow()
    await prisma.lease.create({ data: lease('later') })
    await prisma.$transaction([prisma.lease.create({ data: lease('later still') })])
    expect(committed()).toEqual(['later', 'later still'])
    expect(await prisma.personKey.count()).toBe(0)
  })

  it('recovers from a file that another process holds too long', async () => {
    const { prisma, sqlite } = connection
    await sqlite.read((db) => db.pragma('busy_timeout = 20'))
    const other = new Database(path)
    other.exec('BEGIN IMMEDIATE')
    await expect(prisma.lease.create({ data: lease('refused') })).rejects.toThrow()
    await expect(
      prisma.$transaction(async (tx) => tx.lease.create({ data: lease('refused too') })),
    ).rejects.toThrow()
    await expect(sqlite.write((db) => db.exec(`DELETE FROM "Lease"`))).rejects.toThrow()
    other.exec('ROLLBACK')
    other.close()
    await prisma.lease.create({ data: lease('a') })
    await prisma.$transaction(async (tx) => tx.lease.create({ data: lease('b') }))
    expect(committed()).toEqual(['a', 'b'])
  })

  it('goes on after a transaction that took too long', async () => {
    const { prisma } = connection
    await expect(
      prisma.$transaction(
        async (tx) => {
          await tx.lease.create({ data: lease('slow') })
          await new Promise((resolve) => setTimeout(resolve, 120))
          await tx.lease.create({ data: lease('slower') })
        },
        { timeout: 40 },
      ),
    ).rejects.toThrow()
    await prisma.lease.create({ data: lease('next') })
    expect(committed()).toEqual(['next'])
  })

  it('gives up waiting for its turn without leaving a transaction behind', async () => {
    const { prisma } = connection
    const first = prisma.$transaction(async (tx) => {
      await tx.lease.create({ data: lease('first') })
      await new Promise((resolve) => setTimeout(resolve, 150))
    })
    await expect(
      prisma.$transaction(async (tx) => tx.lease.create({ data: lease('second') }), { maxWait: 20 }),
    ).rejects.toThrow()
    await first
    await prisma.lease.create({ data: lease('third') })
    expect(committed()).toEqual(['first', 'third'])
  })

  it('writes nested rows and batches all or nothing', async () => {
    const { prisma } = connection
    const program = {
      id: 'p',
      name: 'n',
      country: 'US',
      language: 'en',
      zone: 'UTC',
      promptTime: '09:00',
      law: 'unsure',
      createdAt: new Date(),
    }
    const place = { id: 'w', platform: 'discord', externalId: '1' }
    await prisma.program.create({ data: { ...program, workspaces: { create: place } } })
    await expect(
      prisma.program.create({ data: { ...program, id: 'q', workspaces: { create: place } } }),
    ).rejects.toThrow()
    await expect(
      prisma.$transaction([
        prisma.lease.create({ data: lease('a') }),
        prisma.lease.create({ data: lease('a') }),
      ]),
    ).rejects.toThrow()
    await prisma.$transaction([
      prisma.lease.create({ data: lease('a') }),
      prisma.lease.create({ data: lease('b') }),
    ])
    expect(committed()).toEqual(['a', 'b'])
    expect(await prisma.program.count()).toBe(1)
  })

  it('commits raw writes asked for together at once, each all or nothing', async () => {
    const { sqlite } = connection
    const insert = (name: string, fails = false) =>
      sqlite.write((db) => {
        db.prepare(`INSERT INTO "Lease" VALUES (?, 'o', 1, 0)`).run(name)
        if (fails) throw new Error(`${name} fails`)
        return name
      })
    const results = await Promise.allSettled([insert('a'), insert('b', true), insert('c'), insert('a')])
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'rejected'])
    expect(committed()).toEqual(['a', 'c'])
  })

  it('leaves no write-ahead log behind when it is closed', async () => {
    await connection.prisma.lease.create({ data: lease('kept') })
    await connection.close()
    const db = new Database(path)
    expect(db.pragma('wal_checkpoint', { simple: true })).toBe(0)
    expect(db.prepare('SELECT count(*) FROM "Lease"').pluck().get()).toBe(1)
    db.close()
  })

  it('refuses a second process with the same file, until the first is gone', async () => {
    await expect(connect(`file:${path}`)).rejects.toThrow(/Another process already uses the database/)
    await connection.close()
    const again = await connect(`file:${path}`)
    await again.close()
  })

  it('refuses to start on a connection that would not keep what it is told', async () => {
    const { assertDurableSqlite } = await import('../../src/store/durable.ts')
    for (const pragma of [
      'synchronous = NORMAL',
      'foreign_keys = OFF',
      'secure_delete = OFF',
      'busy_timeout = 100',
    ]) {
      const db = new Database(path)
      for (const good of [
        'synchronous = FULL',
        'foreign_keys = ON',
        'secure_delete = ON',
        'busy_timeout = 5000',
      ])
        db.pragma(good)
      expect(() => assertDurableSqlite(db)).not.toThrow()
      db.pragma(pragma)
      expect(() => assertDurableSqlite(db)).toThrow(pragma.split(' ')[0])
      db.close()
    }
  })

  it('loses no acknowledged row to kill -9, however often', async () => {
    await connection.close()
    const acknowledged: string[] = []
    for (let round = 0; round < 4; round++) {
      const child = spawn(
        process.execPath,
        ['--import', 'tsx', 'test/support/write-until-killed.ts', path, String(round)],
        { stdio: ['ignore', 'pipe', 'inherit'] },
      )
      const exited = once(child, 'exit')
      let heard = 0
      for await (const line of createInterface(child.stdout)) {
        acknowledged.push(line)
        if (++heard === 40 + round * 13) child.kill('SIGKILL')
      }
      await exited
    }
    const kept = new Set(committed())
    expect(acknowledged.length).toBeGreaterThan(200)
    expect(acknowledged.filter((name) => !kept.has(name))).toEqual([])
    const db = new Database(path)
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
    db.close()
  })
})
