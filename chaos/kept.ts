// What members wrote, read back from the store in their own name.
import { openStore, type StorePlace } from '../src/store/connect.ts'
import { castOn } from '../test/support/cast.ts'

const at = { platform: 'playground', workspace: 'w1' } as const

/** A program with these members. */
export async function addMembers(place: StorePlace, users: readonly string[]): Promise<void> {
  const store = await openStore(place)
  const cast = castOn(store)
  await cast.program()
  for (const user of users) await cast.member(user)
  await store.close()
}

/** Every note and every journal entry of these members, once for each time it is there. */
export async function wordsKept(place: StorePlace, users: readonly string[]): Promise<string[]> {
  const store = await openStore(place)
  const { app } = castOn(store).conversation
  const all: string[] = []
  for (const user of users) {
    const person = await app.directory.find({ ...at, user }, undefined, true)
    if (!person) throw new Error(`${user} is gone`)
    const checkIns = await app.checkIns.recent(person, 1_000_000)
    const entries = await app.journal.list(person, 1_000_000)
    all.push(
      ...checkIns.map(({ answers }) => String(answers['note'])),
      ...entries.map(({ body }) => body.text),
    )
  }
  await store.close()
  return all
}

/** What was told as saved and is not there, and what is there twice. */
export function compared(told: ReadonlySet<string>, kept: readonly string[]) {
  const there = new Set(kept)
  return {
    lost: [...told].filter((name) => !there.has(name)).length,
    doubled: kept.length - there.size,
  }
}
