import { beforeAll, expect, it } from 'vitest'
import type { Person } from '../../src/care/members/ports.ts'
import type { Store } from '../../src/store/connect.ts'
import { eachDatabase, storeFor } from '../support/databases.ts'
import { accountOf, morning, newcomer, somebody, someId, someProgram } from '../support/people.ts'

const later = new Date('2026-11-24T09:00:00Z')
const consent = (given: boolean, at: Date) =>
  ({
    purpose: 'taking-part',
    version: '1',
    textHash: 'h',
    language: 'en',
    given,
    method: 'discord',
    at,
  }) as const

eachDatabase((make) => {
  const open = storeFor(make)
  let store: Store
  let program: Awaited<ReturnType<typeof someProgram>>
  let other: Awaited<ReturnType<typeof someProgram>>
  let ana: Person

  beforeAll(async () => {
    store = await open()
    program = await someProgram(store)
    other = await someProgram(store)
    ana = await somebody(store, program, 'Ana')
  })

  it('knows a person by account, by id and by platform user, with what their program says', async () => {
    expect(ana).toMatchObject({
      name: 'Ana',
      roles: ['member'],
      language: 'en',
      country: 'US',
      consented: null,
    })
    expect(await store.people.byAccount(accountOf(program, 'Ana'))).toEqual(ana)
    expect(await store.people.byId(ana)).toEqual(ana)
    expect(await store.people.byUser('discord', 'user-Ana')).toEqual([ana])
  })

  it('knows nobody from another program, whatever id is asked for', async () => {
    expect(await store.people.byId({ programId: other.id, personId: ana.personId })).toBeUndefined()
    expect(await store.people.byAccount(accountOf(other, 'Ana'))).toBeUndefined()
    expect(await store.people.list(other.id, { limit: 10 })).toEqual([])
    await expect(
      store.people.grant({ programId: other.id, personId: ana.personId }, 'admin', undefined, later),
    ).rejects.toThrow()
    await store.people.change({ programId: other.id, personId: ana.personId }, { zone: 'Asia/Tokyo' })
    expect((await store.people.byId(ana))?.zone).toBe('America/New_York')
  })

  it('lists the programs of one platform user, the newest first', async () => {
    const there = await store.people.join(
      newcomer(other, 'Twice', { account: accountOf(other, 'T'), at: later }),
    )
    const here = await store.people.join(newcomer(program, 'Twice', { account: accountOf(program, 'T') }))
    const found = await store.people.byUser('discord', 'user-T')
    expect(found.map(({ personId }) => personId)).toEqual([there.personId, here.personId])
  })

  it('makes one person of somebody who joins from two windows at once', async () => {
    const joined = await Promise.all(
      [1, 2, 3, 4].map(() => store.people.join(newcomer(program, 'Bo', { consent: consent(true, morning) }))),
    )
    expect(new Set(joined.map(({ personId }) => personId)).size).toBe(1)
    expect(joined[0]).toMatchObject({ roles: ['member'], consented: '1' })
  })

  it('adds roles and consent when an account that is known joins, and a name when it had none', async () => {
    const named = await store.people.join(
      newcomer(program, '', { account: accountOf(program, 'Fay'), roles: ['facilitator'] }),
    )
    expect(named).toMatchObject({ name: '', roles: ['facilitator'] })
    const joined = await store.people.join(newcomer(program, 'Fay', { consent: consent(true, later) }))
    expect(joined.personId).toBe(named.personId)
    expect(joined).toMatchObject({ name: 'Fay', consented: '1' })
    expect([...joined.roles].toSorted()).toEqual(['facilitator', 'member'])
    expect(
      (await store.people.join(newcomer(program, 'Somebody else', { account: accountOf(program, 'Fay') })))
        .name,
    ).toBe('Fay')
  })

  it('changes what is named and leaves the rest, and null goes back to the program', async () => {
    const cy = await somebody(store, program, 'Cy')
    await store.people.change(cy, {
      name: 'Cyrus',
      language: 'es',
      country: 'MX',
      quiet: { from: '21:30', to: '07:00' },
    })
    expect(await store.people.byId(cy)).toMatchObject({
      name: 'Cyrus',
      language: 'es',
      country: 'MX',
      zone: 'America/New_York',
      quiet: { from: '21:30', to: '07:00' },
    })
    await store.people.change(cy, {
      language: null,
      country: null,
      quiet: null,
      defaultAudience: 'group',
      welcomeStep: 'done',
    })
    const changed = await store.people.byId(cy)
    expect(changed).toMatchObject({
      language: 'en',
      country: 'US',
      defaultAudience: 'group',
      welcomeStep: 'done',
    })
    expect(changed?.quiet).toBeUndefined()
  })

  it('grants a role once and takes it back, keeping its history', async () => {
    const di = await somebody(store, program, 'Di')
    await store.people.grant(di, 'alum', ana.personId, later)
    await store.people.grant(di, 'alum', ana.personId, later)
    expect((await store.people.byId(di))?.roles).toEqual(['member', 'alum'])
    await store.people.revoke(di, 'member', later)
    expect((await store.people.byId(di))?.roles).toEqual(['alum'])
    await store.people.revoke({ programId: other.id, personId: di.personId }, 'alum', later)
    expect((await store.people.byId(di))?.roles).toEqual(['alum'])
  })

  it('lists a page of people with a role at a time, everybody once', async () => {
    const everybody: string[] = []
    for (let after: string | undefined; ;) {
      const page = await store.people.list(program.id, {
        role: 'member',
        limit: 2,
        ...(after !== undefined && { after }),
      })
      everybody.push(...page.map(({ personId }) => personId))
      after = page.at(-1)?.personId
      if (page.length < 2) break
    }
    const all = await store.people.list(program.id, { role: 'member', limit: 100 })
    expect(everybody).toEqual(all.map(({ personId }) => personId))
    expect(everybody.length).toBeGreaterThan(3)
  })

  it('keeps every consent, and the newest decides', async () => {
    const ed = await somebody(store, program, 'Ed')
    await store.people.consent(ed, consent(true, morning))
    expect((await store.people.byId(ed))?.consented).toBe('1')
    await store.people.consent(ed, consent(false, later))
    expect((await store.people.byId(ed))?.consented).toBeNull()
    const kept = await store.people.consents(ed)
    expect(kept.map(({ given, at }) => [given, at])).toEqual([
      [true, morning],
      [false, later],
    ])
    expect(await store.people.consents({ programId: other.id, personId: ed.personId })).toEqual([])
  })

  it('says whom messages do not reach, and tells that person once', async () => {
    const gil = await somebody(store, program, 'Gil')
    await store.outbox.put(
      [
        {
          programId: program.id,
          personId: gil.personId,
          platform: 'discord',
          workspace: program.workspace,
          to: { user: 'user-Gil' },
          notice: 'check-in',
          params: {},
          dedupeKey: someId(),
          priority: 2,
          dueAt: morning,
        },
      ],
      morning,
    )
    const until = new Date(later.getTime() + 60_000)
    const held = await store.outbox.claim({
      platform: 'discord',
      owner: 'me',
      now: later,
      until,
      limit: 5,
      maxPriority: 2,
    })
    await store.outbox.settle(
      'me',
      held.map(({ id }) => ({ id, status: 'unreached', failure: 'closed', at: later })),
    )
    expect(await store.people.unreached(program.id)).toEqual([
      { personId: gil.personId, since: later, platform: 'discord' },
    ])
    expect(await store.people.unreached(other.id)).toEqual([])
    const told = await Promise.all([
      store.people.tellUnreached(gil, later),
      store.people.tellUnreached(gil, later),
    ])
    expect(told.flat()).toEqual([{ since: later }])
  })
})
