// A database with people who wrote something, and all of its rows as one comparable thing.
import { join } from 'node:path'
import { openStore, type Store } from '../../src/store/connect.ts'
import { readAll } from '../../src/store/copy/reader.ts'
import type { Person } from '../../src/care/members/ports.ts'
import type { TestDatabase } from './databases.ts'
import { morning, someId, somebody, someProgram } from './people.ts'

export const placeOf = ({ url, dataDir }: TestDatabase) => ({
  databaseUrl: url,
  dataDir,
  keyFile: join(dataDir, 'handrail.key'),
})

/** Writes a journal entry, a check-in, a reminder and a half-filled form, and says which words stand in them. */
export async function writes(store: Store, person: Person): Promise<readonly string[]> {
  const words = Array.from({ length: 4 }, () => `planted-${someId()} – ünï 🌱`)
  const [journal, note, reminder, draft] = words
  const at = { forDay: '2026-11-23', at: morning } as const
  await store.entries.put(person, {
    id: someId(),
    kind: 'journal',
    ...at,
    body: { text: journal },
    audience: 'me',
  })
  await store.checkIns.put(
    person,
    { id: someId(), ...at, kind: 'answered', late: true, answers: { note: note ?? '' }, audience: 'group' },
    { announce: [] },
  )
  await store.reminders.put(person, {
    id: someId(),
    notice: 'reminder',
    ...(reminder !== undefined && { words: reminder }),
    zone: 'UTC',
    createdAt: new Date('2026-11-23T09:00:00.123Z'),
  })
  await store.drafts.put(person, 'h1:x', { note: draft }, morning)
  return words
}

/** Ana and Bea, each with words of her own; the store is closed again. */
export async function filled(database: TestDatabase, more = 0) {
  const store = await openStore(placeOf(database))
  const program = await someProgram(store)
  const [ana, bea] = [await somebody(store, program, 'Ana'), await somebody(store, program, 'Bea')]
  const [hers, others] = [await writes(store, ana), await writes(store, bea)]
  for (let n = 0; n < more; n++) await writes(store, bea)
  await store.close()
  return { program, ana, bea, hers, others }
}

/** Every row of every table, and nothing of how the engine keeps them. */
export const allRows = (url: string) =>
  readAll(url, async (reader) => {
    const found: Record<string, readonly unknown[]> = {}
    for (const table of reader.tables) {
      const rows: unknown[] = []
      for await (const some of reader.rows(table)) rows.push(...some)
      found[table.name] = rows
    }
    return found
  })
