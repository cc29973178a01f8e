// All that the database holds at one moment, in one sealed file (RE-13); the same lines whichever engine it came from.
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { CannotStart } from '../cannot-start.ts'
import { erased, type Erased, type ErasureLedger } from '../erasure-ledger.ts'
import { masterKeys, type MasterKeys } from '../key-file.ts'
import { opensKey } from '../vault.ts'
import type { Progress } from './progress.ts'
import { readAll, type Reader, type Row } from './reader.ts'
import { NotWhole, readSealed, writeSealed } from './sealed-file.ts'
import type { Table } from './tables.ts'

const table = z.object({
  name: z.string(),
  columns: z.array(z.object({ name: z.string(), kind: z.enum(['text', 'integer', 'boolean', 'instant']) })),
  key: z.array(z.string()),
})
const beginning = z.object({
  madeAt: z.coerce.date(),
  migrations: z.array(z.string()),
  tables: z.array(table),
  /** Rows in all, for whoever waits. */
  rows: z.number(),
  erased: z.array(erased),
})
const end = z.object({ end: z.literal(true), rows: z.record(z.string(), z.number()), digest: z.string() })

export type Beginning = z.output<typeof beginning>
export type Whole = {
  readonly madeAt: Date
  readonly rows: Readonly<Record<string, number>>
  readonly bytes: number
  /** SHA-256 of everything in it, as it was before sealing. */
  readonly digest: string
}

/** While the bot runs. Throws `CannotStart` where an operator can help. */
export async function writeBackup(
  from: { readonly databaseUrl: string; readonly keyFile: string; readonly ledger: ErasureLedger },
  path: string,
  progress: Progress,
): Promise<Whole> {
  const [current] = await masterKeys(from.keyFile, true)
  const whole = await readAll(from.databaseUrl, async (reader): Promise<Whole> => {
    const madeAt = new Date()
    let total = 0
    for (const one of reader.tables) total += await reader.count(one)
    const rows: Record<string, number> = {}
    const digest = createHash('sha256')
    let done = ''
    const lines = async function* () {
      for await (const line of linesOf(reader, madeAt, total, await from.ledger.all(), rows, progress)) {
        digest.update(`${line}\n`)
        yield line
      }
      done = digest.digest('hex')
      yield JSON.stringify({ end: true, rows, digest: done })
    }
    const bytes = await writeSealed(path, current, lines())
    return { madeAt, rows, bytes, digest: done }
  })
  if (whole === undefined) throw new CannotStart('There is no database yet, so there is nothing to back up.')
  return whole
}

async function* linesOf(
  reader: Reader,
  madeAt: Date,
  total: number,
  erasures: readonly Erased[],
  counts: Record<string, number>,
  progress: Progress,
): AsyncGenerator<string> {
  const { migrations, tables } = reader
  yield JSON.stringify({ madeAt, migrations, tables, rows: total, erased: erasures })
  let done = 0
  for (const one of tables) {
    counts[one.name] = 0
    yield JSON.stringify(one.name)
    for await (const batch of reader.rows(one)) {
      for (const row of batch) yield JSON.stringify(row)
      counts[one.name] = (counts[one.name] ?? 0) + batch.length
      progress((done += batch.length), total, one.name)
    }
  }
}

/** What is told of a backup as it is read: first its beginning, then rows, some of one table at a time. */
export type Taker = {
  begin?(beginning: Beginning): Promise<void>
  rows?(table: Table, rows: readonly Row[]): Promise<void>
}

const rowsAtOnce = 1000

/** Opens every part, every row and every person's key. Throws `NotWhole` unless all of it is as it was written. */
export async function readBackup(
  path: string,
  keyFile: string,
  taker: Taker,
  progress: Progress,
): Promise<Whole> {
  const keys = await masterKeys(keyFile, true)
  let bytes = 0
  const lines = readSealed(path, keys, (more) => (bytes += more))
  const first = await lines.next()
  if (first.done === true) throw new NotWhole('There is nothing in this backup.')
  const head = beginning.parse(JSON.parse(first.value))
  await taker.begin?.(head)
  const checkKeys = personKeyCheck(keys)
  const digest = createHash('sha256').update(`${first.value}\n`)
  const rows: Record<string, number> = {}
  let [current, batch, done]: [Table | undefined, Row[], number] = [undefined, [], 0]
  let said: z.output<typeof end> | undefined
  const flush = async () => {
    if (current === undefined || batch.length === 0) return
    checkKeys(current, batch)
    await taker.rows?.(current, batch)
    rows[current.name] = (rows[current.name] ?? 0) + batch.length
    progress((done += batch.length), head.rows, current.name)
    batch = []
  }
  for await (const line of lines) {
    const value: unknown = JSON.parse(line)
    if (Array.isArray(value)) {
      if (value.length !== current?.columns.length)
        throw new NotWhole('A row of this backup has not the columns of its table.')
      batch.push(value as Row)
      if (batch.length === rowsAtOnce) await flush()
    } else {
      await flush()
      if (typeof value === 'string') {
        current = head.tables.find(({ name }) => name === value)
        rows[value] = 0
      } else {
        said = end.parse(value)
        continue
      }
    }
    digest.update(`${line}\n`)
  }
  const found = digest.digest('hex')
  if (said?.digest !== found || JSON.stringify(said.rows) !== JSON.stringify(rows))
    throw new NotWhole('This backup does not hold the rows that it says it holds.')
  return { madeAt: head.madeAt, rows, bytes, digest: found }
}

/** Every person's key must open with the key file at hand, or what they wrote would never open again. */
function personKeyCheck(keys: MasterKeys): (table: Table, rows: readonly Row[]) => void {
  const programs = new Map<string, string>()
  return ({ name, columns }, rows) => {
    if (name !== 'Person' && name !== 'PersonKey') return
    const at = (column: string) => columns.findIndex((one) => one.name === column)
    const text = (row: Row, column: string) => String(row[at(column)])
    for (const row of rows)
      if (name === 'Person') programs.set(text(row, 'id'), text(row, 'programId'))
      else {
        const personId = text(row, 'personId')
        const self = { personId, programId: programs.get(personId) ?? '' }
        if (!opensKey(keys, self, { kekId: text(row, 'kekId'), wrapped: text(row, 'wrapped') }))
          throw new NotWhole(
            `The key of the person ${personId} in this backup does not open with the key file.`,
          )
      }
  }
}
