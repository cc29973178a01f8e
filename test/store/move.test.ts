// From a SQLite file to PostgreSQL while the bot writes: killed on the way, every row and every sealed word arrives.
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { Client } from 'pg'
import { expect, it } from 'vitest'
import type { Person } from '../../src/care/members/ports.ts'
import { openStore } from '../../src/store/connect.ts'
import { moveDatabase, verifyMoved } from '../../src/store/copy/move.ts'
import { markMoving } from '../../src/store/move-marks.ts'
import { allRows, filled, placeOf, writes } from '../support/copies.ts'
import { databasesOn, type TestDatabase } from '../support/databases.ts'
import { newcomer } from '../support/people.ts'

const file = databasesOn('SQLite')
const server = databasesOn('PostgreSQL')
const quiet = { progress: () => {}, waiting: () => {} }
const root = fileURLToPath(new URL('../..', import.meta.url))

type Said = { readonly person?: Person; readonly words?: readonly string[]; readonly erased?: string }

/** Somebody who writes all the time, and what was acknowledged to them. */
function busyBot({ url, dataDir }: TestDatabase) {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', 'test/support/write-and-erase.ts', url, dataDir],
    {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  const said: Said[] = []
  createInterface(child.stdout).on('line', (line) => said.push(JSON.parse(line) as Said))
  return {
    said,
    async stop() {
      child.kill('SIGTERM')
      await once(child, 'exit')
    },
  }
}

function moving({ url, dataDir }: TestDatabase, to: string) {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', 'src/operate/cli.ts', 'migrate-database', '--json', '--to', to],
    {
      cwd: root,
      env: { PATH: process.env['PATH'], DATA_DIR: dataDir, DATABASE_URL: url },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  return { child, out: text(child.stdout), ...heard(child) }
}

function heard(child: ChildProcess) {
  let all = ''
  child.stderr?.setEncoding('utf8').on('data', (more: string) => (all += more))
  return {
    says: (words: RegExp) => expect.poll(() => all, { timeout: 30_000, interval: 2 }).toMatch(words),
    all: () => all,
  }
}

async function killed({ child }: ReturnType<typeof moving>): Promise<void> {
  child.kill('SIGKILL')
  await once(child, 'exit')
}

it('carries every row and every sealed word over while the bot writes and erases, killed twice on the way', async () => {
  const [from, to] = [await file(), await server()]
  const { ana, hers } = await filled(from, 400)
  const bot = busyBot(from)
  await expect.poll(() => bot.said.length, { timeout: 30_000 }).toBeGreaterThan(3)

  const first = moving(from, to.url)
  await first.says(/round 1: putting in/)
  await killed(first)
  await expect(openStore({ ...placeOf(from), databaseUrl: to.url })).rejects.toThrow(/only a part/)

  const second = moving(from, to.url)
  await second.says(/the bot goes on writing/)
  const before = bot.said.length
  await expect.poll(() => bot.said.length, { timeout: 30_000 }).toBeGreaterThan(before + 3)
  await killed(second)

  const third = moving(from, to.url)
  await third.says(/the bot goes on writing/)
  await bot.stop()
  const code = third.child.exitCode ?? (await once(third.child, 'exit'))[0]
  expect(code, third.all()).toBe(0)
  const { ok, rows } = JSON.parse(await third.out) as { ok: boolean; rows: Record<string, number> }
  expect(ok).toBe(true)

  const moved = await allRows(to.url)
  expect(moved).toEqual(await allRows(from.url))
  expect(rows['Entry']).toBe(moved?.['Entry']?.length)
  const store = await openStore({ ...placeOf(from), databaseUrl: to.url })
  expect(JSON.stringify(await store.wholePerson.tell(ana))).toContain(hers[0])
  expect(bot.said.filter(({ erased }) => erased).length).toBeGreaterThan(0)
  for (const { person, words = [], erased } of bot.said) {
    if (person) {
      const told = JSON.stringify(await store.wholePerson.tell(person))
      for (const one of words) expect(told).toContain(one)
    }
    if (erased !== undefined) expect(JSON.stringify(moved?.['Person'])).not.toContain(erased)
  }
  await store.close()
  await expect(openStore(placeOf(from))).rejects.toThrow(/was moved to postgresql:\/\/127/)
  await expect(moveDatabase(from.url, to.url, quiet)).rejects.toThrow(/moved .* already/)
  await expect(openStore(placeOf(from))).rejects.not.toThrow(/handrail:handrail/)
})

it('names a row that differs, is missing or is left over', async () => {
  const [from, to] = [await file(), await server()]
  const { bea } = await filled(from)
  const { rows } = await moveDatabase(from.url, to.url, quiet)
  expect(rows['PersonKey']).toBe(2)
  expect(await verifyMoved(from.url, to.url, quiet.progress)).toEqual(rows)
  const client = new Client({ connectionString: to.url })
  await client.connect()
  const wrapped = `SELECT "wrapped" FROM "PersonKey" WHERE "personId" = $1`
  const { rows: keys } = await client.query<{ wrapped: string }>(wrapped, [bea.personId])
  const whole = keys[0]?.wrapped ?? ''
  const flipped = whole.slice(0, 9) + (whole[9] === 'A' ? 'B' : 'A') + whole.slice(10)
  const put = (value: string) =>
    client.query(`UPDATE "PersonKey" SET "wrapped" = $1 WHERE "personId" = $2`, [value, bea.personId])
  const differs = (how: string) =>
    expect(verifyMoved(from.url, to.url, quiet.progress)).rejects.toThrow(
      new RegExp(`${how}: PersonKey .*${bea.personId}`),
    )
  await put(flipped)
  await differs('differs')
  await put(whole)
  await verifyMoved(from.url, to.url, quiet.progress)
  await client.query(`DELETE FROM "PersonKey" WHERE "personId" = $1`, [bea.personId])
  await differs('is missing')
  await client.end()
})

it('takes up what changed since an earlier round, also where a row took the place of another', async () => {
  const [from, to] = [await file(), await server()]
  const { program, ana } = await filled(from)
  const bot = await openStore(placeOf(from))
  let rounds = 0
  const moved = moveDatabase(from.url, to.url, { progress: () => {}, waiting: () => rounds++ })
  await expect.poll(() => rounds).toBe(1)
  await bot.wholePerson.erase(ana, { id: 'e1', askedAt: new Date(0) }, new Date(0))
  const again = await bot.people.join(newcomer(program, 'Ana'))
  const words = await writes(bot, again)
  await bot.close()
  expect((await moved).rounds).toBeGreaterThan(1)
  expect(await allRows(to.url)).toEqual(await allRows(from.url))
  const store = await openStore({ ...placeOf(from), databaseUrl: to.url })
  expect(JSON.stringify(await store.wholePerson.tell(again))).toContain(words[0])
  await store.close()
})

it('goes only from a file of ours into an empty database that nobody uses', async () => {
  const [from, other, to, used] = [await file(), await file(), await server(), await server()]
  await expect(moveDatabase(from.url, to.url, quiet)).rejects.toThrow(/no database/)
  await filled(from)
  await filled(other)
  await expect(moveDatabase(to.url, to.url, quiet)).rejects.toThrow(/no SQLite file/)
  await expect(moveDatabase(from.url, 'mysql://x', quiet)).rejects.toThrow(/must begin with postgresql/)
  const bot = await openStore({ ...placeOf(from), databaseUrl: used.url })
  await expect(moveDatabase(from.url, used.url, quiet)).rejects.toThrow(/bot is using/)
  await bot.close()
  await filled(used)
  await expect(moveDatabase(from.url, used.url, quiet)).rejects.toThrow(/not empty/)
  const client = new Client({ connectionString: to.url })
  await client.connect()
  await markMoving(client, '/elsewhere/handrail.db')
  await client.end()
  await expect(moveDatabase(other.url, to.url, quiet)).rejects.toThrow(/another file, \/elsewhere/)
  expect(await allRows(from.url)).toBeDefined()
  await (await openStore(placeOf(from))).close()
})
