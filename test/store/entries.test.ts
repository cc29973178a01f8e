import { expect, it } from 'vitest'
import type { Entry } from '../../src/care/entries/ports.ts'
import { eachDatabase, storeFor } from '../support/databases.ts'
import { morning, somebody, someId, someProgram } from '../support/people.ts'

const later = (ms: number) => new Date(morning.getTime() + ms)
const written = (more: Partial<Entry> = {}): Entry => ({
  id: someId(),
  kind: 'journal',
  forDay: '2026-11-23',
  at: morning,
  body: { text: 'a line' },
  audience: 'me',
  ...more,
})

eachDatabase((make) => {
  const open = storeFor(make)

  it('keeps an entry as it was written, changes it in place, and removes it', async () => {
    const store = await open()
    const ana = await somebody(store, await someProgram(store), 'Ana')
    const entry = written({ dueAt: later(5000) })
    expect(await store.entries.put(ana, entry)).toBe(true)
    expect(await store.entries.get(ana, entry.id)).toEqual(entry)
    const changed = written({ id: entry.id, body: { text: 'another' }, editedAt: later(1000) })
    expect(await store.entries.put(ana, changed)).toBe(true)
    expect(await store.entries.get(ana, entry.id)).toEqual(changed)
    expect(await store.entries.remove(ana, entry.id)).toBe(true)
    expect(await store.entries.remove(ana, entry.id)).toBe(false)
    expect(await store.entries.get(ana, entry.id)).toBeUndefined()
  })

  it('lists a kind newest first, page by page, however many share an instant', async () => {
    const store = await open()
    const ana = await somebody(store, await someProgram(store), 'Ana')
    const all = Array.from({ length: 7 }, (_, i) => written({ at: later(Math.floor(i / 3)) }))
    for (const one of all) await store.entries.put(ana, one)
    await store.entries.put(ana, written({ kind: 'urge' }))
    const pages: string[] = []
    let before: string | undefined
    for (;;) {
      const page = await store.entries.list(ana, 'journal', { limit: 2, ...(before && { before }) })
      pages.push(...page.map(({ id }) => id))
      before = page.at(-1)?.id
      if (page.length < 2) break
    }
    expect([...pages].sort()).toEqual(all.map(({ id }) => id).sort())
    const each: string[] = []
    for await (const { id } of store.entries.each(ana, 'journal')) each.push(id)
    expect(each).toEqual(pages)
  })

  it('shows others only what is shared, and nothing once every share is taken back', async () => {
    const store = await open()
    const program = await someProgram(store)
    const ana = await somebody(store, program, 'Ana')
    const mine = written()
    const shared = written({ audience: 'facilitator' })
    for (const one of [mine, shared]) await store.entries.put(ana, one)
    const seen = await store.entries.shared(program.id, { kinds: ['journal'], limit: 10 })
    expect(seen.map(({ id, personId }) => [id, personId])).toEqual([[shared.id, ana.personId]])
    expect(await store.entries.sharedOne(program.id, mine.id)).toBeUndefined()
    await store.entries.unshareAll(ana)
    expect(await store.entries.sharedOne(program.id, shared.id)).toBeUndefined()
  })

  it('lets an hour come once, however many look at it, and writes what is to be said with it', async () => {
    const store = await open()
    const program = await someProgram(store)
    const ana = await somebody(store, program, 'Ana')
    const entry = written({ dueAt: later(1000) })
    await store.entries.put(ana, entry)
    expect(await store.entries.due(morning, 10)).toEqual([])
    expect(await store.entries.nextDue(morning)).toEqual(later(1000))
    const [due] = await store.entries.due(later(1000), 10)
    if (!due) throw new Error('nothing is due')
    expect(due).toEqual({ ...entry, personId: ana.personId, programId: program.id })
    const said = {
      id: someId(),
      notice: 'hard-date',
      params: { entry: entry.id },
      to: { kind: 'person', personId: ana.personId },
      dedupeKey: someId(),
      dueAt: later(1000),
      priority: 1,
    } as const
    const looked = await Promise.all(
      [1, 2, 3].map(() => store.entries.cameDue(due, undefined, [said], later(1000))),
    )
    expect(looked.filter(Boolean)).toHaveLength(1)
    expect(await store.announcements.stateOf(program.id, said.id)).toBe('waiting')
    expect(await store.entries.due(later(9000), 10)).toEqual([])
  })
})
