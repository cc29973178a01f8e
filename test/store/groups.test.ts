// Seats of groups: the last one goes to one person, who waits moves up in turn, and an adult and a teen never meet.
import { beforeAll, beforeEach, expect, it } from 'vitest'
import type { Group, Seat, SeatState } from '../../src/care/groups/ports.ts'
import type { Announcement, Person, Program } from '../../src/care/members/ports.ts'
import type { Store } from '../../src/store/connect.ts'
import { eachDatabase, storeFor } from '../support/databases.ts'
import { morning, somebody, someId, someProgram } from '../support/people.ts'

const minutes = (count: number) => new Date(morning.getTime() + count * 60_000)
const groupIn = (
  program: Program & { readonly workspace: string },
  more: Partial<Group> = {},
): Group & Required<Pick<Group, 'id'>> => ({
  id: someId(),
  programId: program.id,
  platform: 'discord',
  workspace: program.workspace,
  name: 'Monday',
  kind: 'support',
  phase: 'program',
  openness: 'open',
  capacity: 12,
  ageBand: 'adult',
  agreementVersion: 1,
  premoderated: false,
  anonymousPosts: false,
  state: 'open',
  roomState: 'wanted',
  syncAt: morning,
  ...more,
})
const seatFor = (group: Group, person: Person, state: SeatState, more: Partial<Seat> = {}): Seat => ({
  id: someId(),
  groupId: group.id,
  personId: person.personId,
  seat: 'member',
  state,
  since: morning,
  ahead: false,
  ...more,
})
const noWords = () => []

eachDatabase((make) => {
  const open = storeFor(make)
  let store: Store
  let program: Program & { readonly workspace: string }
  let group: Group

  const people = (count: number) =>
    Promise.all(Array.from({ length: count }, () => somebody(store, program, someId())))
  const someone = async () => {
    const [person] = await people(1)
    if (!person) throw new Error('nobody came')
    return person
  }

  beforeAll(async () => {
    store = await open()
  })
  beforeEach(async () => {
    program = await someProgram(store)
    group = groupIn(program)
    await store.groups.add(group, morning)
  })

  it('gives 12 seats to 20 people who come at once to exactly 12', async () => {
    const all = await people(20)
    const took = await Promise.all(
      all.map((one) =>
        store.groups.take(program.id, seatFor(group, one, 'agreeing'), undefined, group.capacity - 1),
      ),
    )
    expect(took.filter(Boolean)).toHaveLength(12)
    expect(await store.groups.seats(program.id, group.id, ['agreeing', 'in'])).toHaveLength(12)
  })

  it('moves up those who wait in turn, once, however many look at the same time', async () => {
    const all = await people(5)
    for (const [index, one] of all.entries())
      await store.groups.take(
        program.id,
        seatFor(group, one, 'waiting', { since: minutes(index), ahead: index === 4 }),
        undefined,
        Infinity,
      )
    await store.groups.change(program.id, group.id, { capacity: 2 }, morning)
    const told = ({ personId }: Seat): readonly Announcement[] => [
      {
        id: someId(),
        notice: 'test-message',
        params: { group: group.id },
        to: { kind: 'person', personId },
        dedupeKey: `place:${group.id}:${personId}`,
        dueAt: morning,
        priority: 1,
      },
    ]
    const rounds = await Promise.all(
      Array.from({ length: 8 }, () => store.groups.promote(program.id, group.id, minutes(9), told)),
    )
    const given = rounds.flat().map(({ personId }) => personId)
    expect(given).toEqual([all[4]?.personId, all[0]?.personId])
    const waiting = await store.groups.seats(program.id, group.id, ['waiting'])
    expect(waiting.map(({ personId }) => personId)).toEqual([1, 2, 3].map((at) => all[at]?.personId))
    expect(await store.outbox.depth('discord', minutes(10))).toMatchObject({ due: 2 })
  })

  it('moves nobody up in a group that is paused', async () => {
    const one = await someone()
    await store.groups.take(program.id, seatFor(group, one, 'waiting'), undefined, Infinity)
    await store.groups.change(program.id, group.id, { state: 'paused' }, morning)
    expect(await store.groups.promote(program.id, group.id, minutes(1), noWords)).toEqual([])
    await store.groups.change(program.id, group.id, { state: 'open' }, morning)
    expect(await store.groups.promote(program.id, group.id, minutes(2), noWords)).toMatchObject([
      { personId: one.personId, state: 'agreeing', since: minutes(2) },
    ])
  })

  it('writes nothing over a seat that is not as it was read', async () => {
    const one = await someone()
    const seat = seatFor(group, one, 'asked')
    expect(await store.groups.take(program.id, seat, undefined, Infinity)).toBe(true)
    expect(await store.groups.take(program.id, { ...seat, state: 'in' }, 'waiting', Infinity)).toBe(false)
    expect(await store.groups.take(program.id, { ...seat, state: 'in' }, undefined, Infinity)).toBe(false)
    expect(await store.groups.seat(one, group.id)).toMatchObject({ state: 'asked' })
  })

  it('lets nobody sit among people of another age, not even from the waiting list, but for staff', async () => {
    const teens = groupIn(program, { ageBand: 'teen' })
    await store.groups.add(teens, morning)
    const adult = await someone()
    const grew = await someone()
    await store.people.change(grew, { ageBand: 'teen' })
    const take = (of: Group, person: Person, state: SeatState, more: Partial<Seat> = {}) =>
      store.groups.take(program.id, seatFor(of, person, state, more), undefined, Infinity)
    expect(await take(teens, adult, 'agreeing')).toBe(false)
    expect(await take(group, grew, 'asked')).toBe(false)
    expect(await take(group, grew, 'in', { seat: 'host' })).toBe(false)
    expect(await take(teens, adult, 'in', { seat: 'facilitator' })).toBe(true)
    expect(await take(teens, grew, 'waiting')).toBe(true)
    await store.people.change(grew, { ageBand: 'adult' })
    expect(await store.groups.promote(program.id, teens.id, minutes(1), noWords)).toEqual([])
    const mixed = groupIn(program)
    expect(await store.groups.add(mixed, morning, { seats: [seatFor(mixed, adult, 'agreeing')] })).toBe(true)
    const wrong = groupIn(program, { ageBand: 'teen' })
    expect(await store.groups.add(wrong, morning, { seats: [seatFor(wrong, adult, 'agreeing')] })).toBe(false)
    expect(await store.groups.get(program.id, wrong.id)).toBeUndefined()
  })

  it('knows nothing of a group in another program', async () => {
    const one = await someone()
    const other = await someProgram(store)
    const stranger = await somebody(store, other, someId())
    expect(await store.groups.get(other.id, group.id)).toBeUndefined()
    expect(await store.groups.take(other.id, seatFor(group, stranger, 'in'), undefined, Infinity)).toBe(false)
    expect(await store.groups.take(program.id, seatFor(group, stranger, 'in'), undefined, Infinity)).toBe(
      false,
    )
    expect(await store.groups.take(program.id, seatFor(group, one, 'in'), undefined, Infinity)).toBe(true)
    expect(await store.groups.promote(other.id, group.id, minutes(1), noWords)).toEqual([])
  })

  it('counts each change of the agreement, at once or not, as a new version', async () => {
    await Promise.all(
      ['One', 'Two', 'Three'].map((agreement) =>
        store.groups.change(program.id, group.id, { agreement }, minutes(1)),
      ),
    )
    await store.groups.change(program.id, group.id, { name: 'Tuesday' }, minutes(2))
    expect(await store.groups.get(program.id, group.id)).toMatchObject({
      agreementVersion: 4,
      name: 'Tuesday',
    })
  })
})
