// What is kept beside people and their words: what was typed and not sent, and an admin's word on crisis lines.
import { beforeAll, expect, it } from 'vitest'
import type { Person } from '../../src/care/members/ports.ts'
import type { Store } from '../../src/store/connect.ts'
import { eachDatabase, slowly, storeFor } from '../support/databases.ts'
import { morning, somebody, someId, someProgram } from '../support/people.ts'

const day = 24 * 3_600_000

eachDatabase((make) => {
  const open = storeFor(make)
  let store: Store
  let ana: Person
  let bo: Person
  let stranger: Person

  beforeAll(async () => {
    store = await open()
    const program = await someProgram(store)
    ana = await somebody(store, program, 'Ana')
    bo = await somebody(store, program, 'Bo')
    stranger = await somebody(store, await someProgram(store), 'Stranger')
  })

  it('keeps the newest draft of each form for a day, for its author alone', async () => {
    await store.drafts.put(ana, 'h1:checkin', { mood: '7' }, morning)
    await store.drafts.put(ana, 'h1:checkin', { mood: '8', note: 'tired', halt: ['a'] }, morning)
    await store.drafts.put(bo, 'h1:checkin', { mood: '1' }, morning)
    const draft = { mood: '8', note: 'tired', halt: ['a'] }
    expect(await store.drafts.get(ana, 'h1:checkin', morning)).toEqual(draft)
    expect(await store.drafts.get(ana, 'h1:settings', morning)).toBeUndefined()
    const lateEnough = (ms: number) => new Date(morning.getTime() + day + ms)
    expect(await store.drafts.get(ana, 'h1:checkin', lateEnough(-1))).toEqual(draft)
    expect(await store.drafts.get(ana, 'h1:checkin', lateEnough(0))).toBeUndefined()
    const elsewhere = { programId: stranger.programId, personId: ana.personId }
    expect(await store.drafts.get(elsewhere, 'h1:checkin', morning)).toBeUndefined()
    await store.drafts.drop(ana, 'h1:checkin')
    expect(await store.drafts.get(ana, 'h1:checkin', morning)).toBeUndefined()
    expect(await store.drafts.get(bo, 'h1:checkin', morning)).toEqual({ mood: '1' })
  })

  it('keeps the last word on a crisis line, for the program that said it', async () => {
    const review = { country: 'US', line: '988', verifiedBy: ana.personId, verifiedAt: morning }
    await store.lineReviews.put(ana.programId, { id: someId(), ...review, replacement: '{"name":"x"}' })
    await store.lineReviews.put(ana.programId, { id: someId(), ...review })
    expect(await store.lineReviews.of(ana.programId)).toEqual([review])
    expect(await store.lineReviews.of(stranger.programId)).toEqual([])
  })

  it('answers when asked whether it is well, and can be made slow for tests', async () => {
    await expect(store.health()).resolves.toBeUndefined()
    const slow = slowly(store, 120)
    const before = performance.now()
    expect(await slow.people.byId(ana)).toEqual(ana)
    expect(performance.now() - before).toBeGreaterThan(100)
  })
})
