import { beforeAll, expect, it } from 'vitest'
import type { LibraryItem } from '../../src/care/library/ports.ts'
import type { Person } from '../../src/care/members/ports.ts'
import type { Store } from '../../src/store/connect.ts'
import { eachDatabase, storeFor } from '../support/databases.ts'
import { morning, somebody, someId, someProgram } from '../support/people.ts'

eachDatabase((make) => {
  const open = storeFor(make)
  let store: Store
  let maya: Person
  let stranger: Person

  beforeAll(async () => {
    store = await open()
    maya = await somebody(store, await someProgram(store), 'Maya', 'facilitator')
    stranger = await somebody(store, await someProgram(store), 'Stranger', 'admin')
  })

  const item = (more: Partial<LibraryItem> = {}): LibraryItem => ({
    id: someId(),
    kind: 'prompt',
    body: { text: { en: 'What helped?', es: '¿Qué ayudó?' } },
    addedBy: maya.personId,
    addedAt: morning,
    ...more,
  })

  it('keeps what a program added, by kind and in order, until it is retired', async () => {
    const first = item()
    const second = item({ addedAt: new Date(morning.getTime() + 1) })
    const skill = item({ kind: 'skill', writtenBy: 'Ana' })
    for (const one of [second, skill, first]) await store.library.put(maya.programId, one)
    expect(await store.library.list(maya.programId, 'prompt')).toEqual([first, second])
    expect(await store.library.list(maya.programId, 'skill')).toEqual([skill])
    await store.library.put(maya.programId, { ...first, body: 'other words' })
    expect(await store.library.get(maya.programId, first.id)).toEqual({ ...first, body: 'other words' })
    expect(await store.library.retire(maya.programId, first.id, morning)).toBe(true)
    expect(await store.library.retire(maya.programId, first.id, morning)).toBe(false)
    expect(await store.library.list(maya.programId, 'prompt')).toEqual([second])
    expect(await store.library.get(maya.programId, first.id)).toBeUndefined()
  })

  it('is worth nothing to another program', async () => {
    const mine = item()
    await store.library.put(maya.programId, mine)
    expect(await store.library.put(stranger.programId, { ...mine, body: 'taken over' })).toBe(false)
    expect(await store.library.get(stranger.programId, mine.id)).toBeUndefined()
    expect(await store.library.retire(stranger.programId, mine.id, morning)).toBe(false)
    expect(await store.library.list(stranger.programId, 'prompt')).toEqual([])
    expect(await store.library.get(maya.programId, mine.id)).toEqual(mine)
  })
})
