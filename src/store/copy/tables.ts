// Which tables a database has, from its own catalog and the same for both engines: no copy forgets a table that was added later.

export type Kind = 'text' | 'integer' | 'boolean' | 'instant'
export type Column = { readonly name: string; readonly kind: Kind }
export type Table = {
  readonly name: string
  readonly columns: readonly Column[]
  readonly key: readonly string[]
}

/** One row for every column, with the names of the tables that its table refers to. */
export type CatalogRow = {
  readonly table: string
  readonly column: string
  readonly type: string
  /** Place in the primary key from 1; 0 outside it. */
  readonly key: number
}
export type Reference = { readonly table: string; readonly to: string }

const kinds: Readonly<Record<string, Kind>> = {
  TEXT: 'text',
  INTEGER: 'integer',
  BOOLEAN: 'boolean',
  DATETIME: 'instant',
  'TIMESTAMP WITHOUT TIME ZONE': 'instant',
}

function kindOf({ table, column, type }: CatalogRow): Kind {
  const kind = kinds[type.toUpperCase()]
  if (kind === undefined)
    throw new Error(`the column ${table}.${column} is of a type that is not copied: ${type}`)
  return kind
}

const byName = (a: { readonly name: string }, b: { readonly name: string }) => (a.name < b.name ? -1 : 1)

/** Parents before children; tables and columns by name otherwise, whatever order the engine has them in. */
export function tablesOf(rows: readonly CatalogRow[], references: readonly Reference[]): readonly Table[] {
  const tables = [...new Set(rows.map(({ table }) => table))].map((name): Table => {
    const own = rows.filter(({ table }) => table === name)
    const key = own.filter((row) => row.key > 0).toSorted((a, b) => a.key - b.key)
    if (key.length === 0) throw new Error(`the table ${name} has no primary key`)
    return {
      name,
      columns: own.map((row) => ({ name: row.column, kind: kindOf(row) })).toSorted(byName),
      key: key.map(({ column }) => column),
    }
  })
  const ordered: Table[] = []
  let left = tables.toSorted(byName)
  while (left.length > 0) {
    const waiting = new Set(left.map(({ name }) => name))
    const free = left.filter(
      ({ name }) => !references.some(({ table, to }) => table === name && to !== name && waiting.has(to)),
    )
    if (free.length === 0) throw new Error('the tables refer to one another in a circle')
    ordered.push(...free)
    left = left.filter((table) => !free.includes(table))
  }
  return ordered
}

export const quoted = (name: string): string => `"${name}"`
