import { beforeAll, beforeEach, expect, it } from 'vitest'
import type { CheckIn } from '../../src/care/checkins/ports.ts'
import type { Announcement, Audience, Person } from '../../src/care/members/ports.ts'
import type { Store } from '../../src/store/connect.ts'
import { eachDatabase, storeFor } from '../support/databases.ts'
import { morning, somebody, someId, someProgram } from '../support/people.ts'

eachDatabase((make) => {
  const open = storeFor(make)
  let store: Store
  let program: Awaited<ReturnType<typeof someProgram>>
  let ana: Person
  let bo: Person
  let stranger: Person
  let minute = 0

  beforeAll(async () => {
    store = await open()
    program = await someProgram(store)
    stranger = await somebody(store, await someProgram(store), 'Stranger', 'admin')
  })
  beforeEach(async () => {
    ana = await somebody(store, program, someId())
    bo = await somebody(store, program, someId())
  })

  const checkIn = (more: Partial<CheckIn> = {}): CheckIn => ({
    id: someId(),
    forDay: '2026-11-23',
    at: new Date(morning.getTime() + 60_000 * minute++),
    kind: 'answered',
    late: false,
    answers: { mood: 7, halt: ['tired', 'lonely'], note: 'slept badly' },
    audience: 'me',
    ...more,
  })
  const put = async (person: Person, row: CheckIn, announce: readonly Announcement[] = []) => {
    expect(await store.checkIns.put(person, row, { announce })).toBe(true)
    return row
  }

  it('gives back what was written, and only to its author', async () => {
    const row = await put(ana, checkIn())
    expect(await store.checkIns.get(ana, row.id)).toEqual(row)
    expect(await store.checkIns.get(bo, row.id)).toBeUndefined()
    expect(await store.checkIns.get(stranger, row.id)).toBeUndefined()
    expect(await store.checkIns.recent(bo, { limit: 10 })).toEqual([])
  })

  it('keeps a pass without answers', async () => {
    const row = await put(ana, checkIn({ kind: 'pass', answers: {} }))
    expect(await store.checkIns.get(ana, row.id)).toEqual(row)
  })

  it('is one check-in when it comes twice at once', async () => {
    const row = checkIn()
    const results = await Promise.all([1, 2, 3].map(() => store.checkIns.put(ana, row, { announce: [] })))
    expect(results).toEqual([true, true, true])
    expect(await store.checkIns.recent(ana, { limit: 10 })).toEqual([row])
  })

  it('replaces its own row, and refuses an id that is somebody else’s without touching it', async () => {
    const row = await put(ana, checkIn())
    const edited = await put(ana, {
      ...row,
      answers: { mood: 2 },
      editedAt: new Date(row.at.getTime() + 1000),
    })
    expect(await store.checkIns.get(ana, row.id)).toEqual(edited)
    for (const thief of [bo, stranger])
      expect(await store.checkIns.put(thief, { ...row, answers: { mood: 1 } }, { announce: [] })).toBe(false)
    expect(await store.checkIns.get(ana, row.id)).toEqual(edited)
  })

  it('lists days oldest first with both ends, and pages newest first', async () => {
    const days = ['2026-11-20', '2026-11-21', '2026-11-22', '2026-11-23']
    const rows: CheckIn[] = []
    for (const forDay of days) rows.push(await put(ana, checkIn({ forDay })))
    expect(await store.checkIns.between(ana, '2026-11-21', '2026-11-22')).toEqual(rows.slice(1, 3))
    const [first, second] = [
      await store.checkIns.recent(ana, { limit: 3 }),
      await store.checkIns.recent(ana, { limit: 3, before: rows[1]?.id ?? '' }),
    ]
    expect([...first, ...second]).toEqual(rows.toReversed())
    expect(await store.checkIns.recent(bo, { limit: 3, before: rows[1]?.id ?? '' })).toEqual([])
  })

  it('shows others what was shared and never anything else', async () => {
    const rows = new Map<Audience, CheckIn>()
    for (const audience of ['me', 'facilitator', 'group'] as const)
      rows.set(audience, await put(ana, checkIn({ audience })))
    const page = { sinceDay: '2026-11-01', personId: ana.personId, limit: 10 }
    const shared = await store.checkIns.shared(program.id, page)
    expect(shared.map(({ audience }) => audience)).toEqual(['group', 'facilitator'])
    expect(shared[0]).toEqual({ ...rows.get('group'), personId: ana.personId })
    expect(await store.checkIns.shared(program.id, { ...page, sinceDay: '2026-11-24' })).toEqual([])
    expect(await store.checkIns.shared(stranger.programId, page)).toEqual([])
    expect(await store.checkIns.shared(program.id, { ...page, before: shared[0]?.id ?? '' })).toEqual(
      shared.slice(1),
    )
    for (const [audience, { id }] of rows) {
      expect((await store.checkIns.sharedOne(program.id, id))?.id).toBe(audience === 'me' ? undefined : id)
      expect(await store.checkIns.sharedOne(stranger.programId, id)).toBeUndefined()
    }
    await store.checkIns.unshareAll(bo)
    expect(await store.checkIns.shared(program.id, page)).toHaveLength(2)
    await store.checkIns.unshareAll(ana)
    expect(await store.checkIns.shared(program.id, page)).toEqual([])
  })

  it('announces in the same transaction, once for the same fact, and nothing when it is refused', async () => {
    const room = {
      id: 'g',
      name: 'g',
      platform: 'discord',
      workspace: program.workspace,
      room: '77',
    } as const
    const announcement = (to: Announcement['to']): Announcement => ({
      id: someId(),
      notice: 'shared-check-in',
      params: { checkIn: 'x' },
      to,
      dedupeKey: someId(),
      dueAt: morning,
      priority: 1,
    })
    const toRoom = announcement({ kind: 'room', room })
    const toBo = announcement({ kind: 'person', personId: bo.personId })
    const toNobody = announcement({ kind: 'person', personId: stranger.personId })
    const row = await put(ana, checkIn(), [toRoom, toBo, toNobody])
    await put(ana, row, [{ ...toRoom, id: someId() }])
    const refused = announcement({ kind: 'room', room })
    expect(await store.checkIns.put(bo, row, { announce: [refused] })).toBe(false)
    const held = await store.outbox.claim({
      platform: 'discord',
      owner: 'me',
      now: morning,
      until: new Date(morning.getTime() + 1000),
      limit: 100,
      maxPriority: 2,
    })
    expect(new Set(held.map(({ id }) => id))).toEqual(new Set([toRoom.id, toBo.id]))
    expect(held.find(({ id }) => id === toRoom.id)?.to).toEqual({ kind: 'room', room: '77' })
  })

  it('records who read whose words, for the author to see, the newest first', async () => {
    const reading = (role: string, at: Date) => ({
      id: someId(),
      programId: program.id,
      readerId: bo.personId,
      readerRole: role,
      personId: ana.personId,
      what: 'check-in',
      rowId: someId(),
      at,
    })
    await store.readings.add(reading('facilitator', morning))
    await store.readings.add(reading('member', new Date(morning.getTime() + 1)))
    const read = await store.readings.of(ana, 10)
    expect(read.map(({ readerRole }) => readerRole)).toEqual(['member', 'facilitator'])
    expect(await store.readings.of({ ...ana, programId: stranger.programId }, 10)).toEqual([])
    await expect(
      store.readings.add({ ...reading('admin', morning), personId: stranger.personId }),
    ).rejects.toThrow()
    // What staff read stands in the audit; whose it is, unless it came without a name.
    await store.readings.add({ ...reading('admin', morning), what: 'question', nameless: true })
    const chain = await store.audits.list(program.id, { limit: 10 })
    expect(
      chain.map(({ act, objectKind, actorRole, personId }) => [act, objectKind, actorRole, personId]),
    ).toEqual([
      ['read', 'question', 'admin', undefined],
      ['read', 'check-in', 'facilitator', ana.personId],
    ])
    expect(await store.audits.verify(program.id)).toEqual({ ok: true, rows: 2 })
    expect((await store.readings.of(ana, 10)).length).toBe(3)
  })
})
