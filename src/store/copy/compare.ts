// What one database has and another has not, row by row, in one pass over both: each gives its rows in the order of their keys.
import { rowsAtOnce, type Reader, type Row, type Value } from './reader.ts'
import type { Table } from './tables.ts'

/** `wanted` stands in the first database only, `found` in the second only; where both are, they differ. */
export type Difference = { readonly wanted?: Row; readonly found?: Row }

/** As both engines order keys: texts by their bytes. */
function compareValues(a: Value, b: Value): number {
  if (a === b) return 0
  if (typeof a === 'string' && typeof b === 'string') return Buffer.compare(Buffer.from(a), Buffer.from(b))
  return Number(a) - Number(b)
}

const placesOf = ({ columns }: Table, names: readonly string[]) =>
  names.map((name) => columns.findIndex((column) => column.name === name))

const same = (a: Row, b: Row) => a.every((value, at) => value === b[at])

/** The key of a row, as a sentence can name it. */
export const nameOf = (table: Table, row: Row): string =>
  `${table.name} ${placesOf(table, table.key)
    .map((at) => String(row[at]))
    .join(', ')}`

async function* oneByOne(batches: AsyncGenerator<readonly Row[]>): AsyncGenerator<Row> {
  for await (const batch of batches) yield* batch
}

/** The differences of a table, some at a time; `read` hears how many rows of both were read since it last did. */
export async function* differences(
  table: Table,
  from: Reader,
  to: Reader,
  read: (rows: number) => void,
): AsyncGenerator<readonly Difference[]> {
  const key = placesOf(table, table.key)
  const order = (a: Row, b: Row) => {
    for (const at of key) {
      const between = compareValues(a[at] ?? null, b[at] ?? null)
      if (between !== 0) return between
    }
    return 0
  }
  const [wanting, finding] = [oneByOne(from.rows(table)), oneByOne(to.rows(table))]
  try {
    let [wanted, found] = [await wanting.next(), await finding.next()]
    let [batch, rows]: [Difference[], number] = [[], 0]
    while (wanted.done !== true || found.done !== true) {
      const between = wanted.done === true ? 1 : found.done === true ? -1 : order(wanted.value, found.value)
      if (between < 0) batch.push({ wanted: wanted.value as Row })
      else if (between > 0) batch.push({ found: found.value as Row })
      else if (!same(wanted.value as Row, found.value as Row))
        batch.push({ wanted: wanted.value as Row, found: found.value as Row })
      rows += between === 0 ? 2 : 1
      if (between <= 0) wanted = await wanting.next()
      if (between >= 0) found = await finding.next()
      if (batch.length >= rowsAtOnce) {
        yield batch
        batch = []
      }
      if (rows >= rowsAtOnce) {
        read(rows)
        rows = 0
      }
    }
    if (batch.length > 0) yield batch
    read(rows)
  } finally {
    // Left before its end, an engine would still be busy with them.
    await wanting.return(undefined)
    await finding.return(undefined)
  }
}
