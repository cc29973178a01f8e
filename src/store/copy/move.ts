// Moves the program from a SQLite file to PostgreSQL. Rounds carry over what differs while the bot goes on writing; the last
// one, and the look at every row of both, have the file to themselves. Killed anywhere, it goes on where it was.
import { access } from 'node:fs/promises'
import { resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { Client } from 'pg'
import { CannotStart, serverTrouble } from '../cannot-start.ts'
import { migratePostgres } from '../migrate.ts'
import { markMoved, markMoving, movedTo, movingFrom, unmarkMoving } from '../move-marks.ts'
import { assertNoneActs, lockForOneProcess } from '../one-process.ts'
import { committedMigrations } from '../schema-engine.ts'
import { differences, nameOf, type Difference } from './compare.ts'
import type { Progress } from './progress.ts'
import { isEmpty, postgresReader, readAll, type Reader, type Row } from './reader.ts'
import { NotWhole } from './sealed-file.ts'
import type { Table } from './tables.ts'
import { postgresChanger } from './writer.ts'

export type Move = {
  readonly progress: Progress
  /** The bot still writes to the file; the last round changed so many rows. Said once in a while. */
  readonly waiting: (changed: number) => void
}
export type Moved = {
  readonly rounds: number
  /** Compared value by value at the end, by table. */
  readonly rows: Readonly<Record<string, number>>
}

/** Any number, the same in every version: two moves into one database would undo each other. */
const moveLock = 7_205_902
/** Milliseconds until another round keeps the last one short, and between two looks whether the bot has stopped. */
const [untilNextRound, untilNextLook] = [30_000, 250]

/** `file:` to `postgresql:`. Throws `CannotStart`, and `NotWhole` where the two differ at the end. */
export async function moveDatabase(from: string, to: string, move: Move): Promise<Moved> {
  if (!from.startsWith('file:'))
    throw new CannotStart('DATABASE_URL names no SQLite file, and only from one can be moved.')
  if (!/^postgres(ql)?:/.test(to))
    throw new CannotStart('Where to move must begin with postgresql: (PostgreSQL).')
  const path = resolve(from.slice('file:'.length))
  await access(path).catch(() => {
    throw new CannotStart(`There is no database ${path} to move.`)
  })
  const client = new Client({ connectionString: to, connectionTimeoutMillis: 10_000 })
  // One that breaks fails its query, which is enough; unheard, this event would end the process.
  client.on('error', () => {})
  try {
    await client.connect()
    return await moveInto(client, { from, path, to }, move)
  } catch (error) {
    return serverTrouble(to, error)
  } finally {
    await client.end()
  }
}

type Places = { readonly from: string; readonly path: string; readonly to: string }

const withoutPassword = (url: string): string => {
  const { protocol, host, pathname } = new URL(url)
  return `${protocol}//${host}${pathname}`
}

async function moveInto(client: Client, places: Places, move: Move): Promise<Moved> {
  const lock = await client.query<{ mine: boolean }>('SELECT pg_try_advisory_lock($1) AS mine', [moveLock])
  if (lock.rows[0]?.mine !== true)
    throw new CannotStart('Another move into this PostgreSQL database is under way.')
  await assertNoneActs(client)
  await prepare(client, places)
  let rounds = 0
  const round = () => carryOver(places, client, move.progress, ++rounds)
  let changed = await round()
  const unlock = await lockedWhile(places.path, async () => {
    move.waiting(changed)
    changed = await round()
  })
  try {
    await round()
    const rows = await verifyMoved(places.from, places.to, move.progress)
    markMoved(places.path, withoutPassword(places.to))
    await unmarkMoving(client)
    return { rounds, rows }
  } finally {
    unlock()
  }
}

/** Empty, or begun by an earlier move of the same file. */
async function prepare(client: Client, { from, path, to }: Places): Promise<void> {
  const [begun, gone] = [await movingFrom(client), movedTo(path)]
  if (begun === undefined && gone !== undefined)
    throw new CannotStart(`The database ${path} was moved to ${gone} already. Nothing was changed.`)
  if (begun !== undefined && begun !== path)
    throw new CannotStart(`A move of another file, ${begun}, into this PostgreSQL database has not ended.`)
  if (begun === undefined && !(await isEmpty(await postgresReader(client))))
    throw new CannotStart('The PostgreSQL database is not empty, so nothing was put into it. Name a new one.')
  const migrations = await readAll(from, ({ migrations: known }) => Promise.resolve(known))
  if (migrations === undefined) throw new CannotStart(`There is nothing in ${path} to move.`)
  const { migrationDirectories } = await committedMigrations('postgresql')
  const newer = migrations.find((name) => !migrationDirectories.some((one) => one.path === name))
  if (newer !== undefined)
    throw new CannotStart(
      `A newer version of the program made ${path} (it knows ${newer}). Move it with that version.`,
    )
  await migratePostgres(to, migrations)
  await markMoving(client, path)
}

/** Waits until no bot uses the file; `meanwhile` is done from time to time. */
async function lockedWhile(path: string, meanwhile: () => Promise<void>): Promise<() => void> {
  for (let waited = 0; ; waited += untilNextLook) {
    try {
      return lockForOneProcess(path)
    } catch (error) {
      if (!(error instanceof CannotStart)) throw error
    }
    if (waited % untilNextRound === 0) await meanwhile()
    await wait(untilNextLook)
  }
}

/** How many rows of the second database were put or removed. */
async function carryOver(
  { from, to }: Places,
  client: Client,
  progress: Progress,
  round: number,
): Promise<number> {
  const changer = postgresChanger(client)
  const unique = await uniqueColumns(client)
  let changed = 0
  await readAll(from, async (source) => {
    // What a row leaves behind must be free before another row takes it, and children go before their parents.
    const takingOut = bothOf(source, to, source.tables.toReversed(), progress, `round ${round}: taking out`)
    for await (const [table, some] of takingOut) {
      const gone = some.flatMap((one) => (isInTheWay(table, one, unique(table)) ? present(one.found) : []))
      await changer.remove(table, gone)
      changed += gone.length
    }
    for await (const [table, some] of bothOf(
      source,
      to,
      source.tables,
      progress,
      `round ${round}: putting in`,
    )) {
      const wanted = some.flatMap((one) => present(one.wanted))
      await changer.put(table, wanted)
      changed += wanted.length
    }
  })
  return changed
}

const present = (row: Row | undefined) => (row === undefined ? [] : [row])

/** Gone from the first database, or standing where another row may have to stand. */
function isInTheWay(table: Table, { wanted, found }: Difference, unique: ReadonlySet<string>): boolean {
  if (found === undefined) return false
  return (
    wanted === undefined || table.columns.some(({ name }, at) => unique.has(name) && wanted[at] !== found[at])
  )
}

/** Of a table: columns that no two rows may share. Every column, where an index looks at some rows only. */
async function uniqueColumns(client: Client): Promise<(table: Table) => ReadonlySet<string>> {
  const { rows } = await client.query<{ table: string; column: string }>(`
    SELECT r.relname AS "table", a.attname AS "column" FROM pg_index i
    JOIN pg_class r ON r.oid = i.indrelid AND r.relnamespace = current_schema()::regnamespace
    JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0
      AND (a.attnum = ANY (i.indkey::int2[]) OR i.indpred IS NOT NULL OR i.indexprs IS NOT NULL)
    WHERE i.indisunique AND NOT i.indisprimary`)
  return ({ name }) => new Set(rows.filter(({ table }) => table === name).map(({ column }) => column))
}

/** The differences of some tables, as the first database stands for its reader and the second stands now. */
async function* bothOf(
  source: Reader,
  to: string,
  tables: readonly Table[],
  progress: Progress,
  what: string,
): AsyncGenerator<readonly [Table, readonly Difference[]]> {
  const client = new Client({ connectionString: to, connectionTimeoutMillis: 10_000 })
  client.on('error', () => {})
  await client.connect()
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
    const target = await postgresReader(client)
    if (JSON.stringify(target?.tables) !== JSON.stringify(source.tables) || target === undefined)
      throw new CannotStart(
        'The two databases do not have the same tables: another version was at work here.',
      )
    let [done, total] = [0, 0]
    for (const table of tables) total += (await source.count(table)) + (await target.count(table))
    const read = (rows: number, table: Table) => progress((done += rows), total, `${what} (${table.name})`)
    for (const table of tables)
      for await (const some of differences(table, source, target, (rows) => read(rows, table)))
        yield [table, some]
  } finally {
    await client.end()
  }
}

/** Every value of every row of both. Throws `NotWhole`, which names the first row that differs. */
export async function verifyMoved(
  from: string,
  to: string,
  progress: Progress,
): Promise<Readonly<Record<string, number>>> {
  const rows: Record<string, number> = {}
  await readAll(from, async (source) => {
    for await (const [table, [first]] of bothOf(source, to, source.tables, progress, 'comparing every row')) {
      const row = first?.wanted ?? first?.found
      if (row === undefined) continue
      const how =
        first?.found === undefined ? 'is missing' : first.wanted === undefined ? 'is left over' : 'differs'
      throw new NotWhole(`In the PostgreSQL database this row ${how}: ${nameOf(table, row)}.`)
    }
    for (const table of source.tables) rows[table.name] = await source.count(table)
  })
  return rows
}
