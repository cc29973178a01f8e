// Escalations by the thousand, on stores that crash before and after they write, with clocks that jump, messages that
// are lost, staff who sleep and two who press at once: none is lost, none gets stuck, none is taken by two (CR-9, CR-10).
// SIMULATED_ALERTS=100000 runs the long form.
import { expect, it } from 'vitest'
import type { Case, Cases, Way, Ways } from '../../../src/care/cases/ports.ts'
import type { Announcement, Person } from '../../../src/care/members/ports.ts'
import { standardLadder, type Duty } from '../../../src/care/safety/duty.ts'
import { waysOf } from '../../../src/care/safety/ways.ts'

const alerts = Number(process.env['SIMULATED_ALERTS'] ?? 2000)
const minute = 60_000

/** Mulberry32: the same seed gives the same world. */
function chance(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

class Crash extends Error {}
const missing = (): never => {
  throw new Error('not part of the simulation')
}

type World = {
  readonly cases: Cases
  readonly ways: Ways
  readonly sent: Announcement[]
  readonly steps: string[]
  way(): Way | undefined
}

function worldOf(random: () => number): World {
  let one: Case | undefined
  let way: Way | undefined
  const sent: Announcement[] = []
  const steps: string[] = []
  /** A process may die before its transaction is written, and after. */
  const written = <T>(write: () => T): Promise<T> => {
    if (random() < 0.05) return Promise.reject(new Crash())
    const result = write()
    return random() < 0.05 ? Promise.reject(new Crash()) : Promise.resolve(result)
  }
  const put = (announce: readonly Announcement[] | undefined) => {
    for (const each of announce ?? [])
      if (!sent.some(({ dedupeKey }) => dedupeKey === each.dedupeKey)) sent.push(each)
  }
  const cases: Cases = {
    open: (_program, given, more = {}) =>
      written(() => {
        if (one) return false
        one = given
        if (more.way)
          way = {
            id: more.way.id,
            programId: 'p',
            caseId: given.id,
            state: 'notifying',
            rung: 0,
            round: 0,
            startedAt: given.createdAt,
            version: 0,
            ...defined(more.way.change),
          }
        put(more.announce)
        return true
      }),
    get: () => Promise.resolve(one),
    due: () => Promise.resolve([]),
    nextDue: () => Promise.resolve(undefined),
    change: missing,
    waiting: missing,
    about: missing,
    ofKind: missing,
    countAlerts: missing,
    raised: missing,
    add: missing,
    lines: () => Promise.resolve([]),
  }
  const ways: Ways = {
    of: () => Promise.resolve(way),
    steps: () => Promise.resolve([]),
    due: (now) => Promise.resolve(way?.dueAt && way.state !== 'resolved' && way.dueAt <= now ? [way] : []),
    nextDue: () => Promise.resolve(undefined),
    change: (before, change, added, more) =>
      written(() => {
        if (way?.version !== before.version) return false
        way = { ...way, ...defined(change), version: before.version + 1 }
        if (one && more.case) one = { ...one, ...defined(more.case) } as Case
        for (const { what } of added) steps.push(what)
        put(more.announce)
        return true
      }),
  }
  return { cases, ways, sent, steps, way: () => way }
}
/** Without what a change sets to null. */
const defined = <T extends object>(change: T): { [K in keyof T]?: Exclude<T[K], null> } =>
  Object.fromEntries(
    Object.entries(change).filter(([, value]) => value !== undefined && value !== null),
  ) as never

const staff = ['a', 'b', 'c', 'd']
const person = (personId: string): Person =>
  ({
    personId,
    programId: 'p',
    name: personId,
    roles: personId === 'd' ? ['admin'] : ['facilitator'],
  }) as unknown as Person
const duty = (personId: string, rung: number, from: string, to: string): Duty => ({
  id: personId,
  personId,
  rung,
  days: [1, 2, 3, 4, 5, 6, 7],
  from,
  to,
  zone: 'Europe/Madrid',
})

/** One alert from its first word to its end; says what went wrong. */
async function simulate(seed: number): Promise<string | undefined> {
  const random = chance(seed)
  const world = worldOf(random)
  let ids = 0
  const roster = random() < 0.2 ? [] : [duty('a', 0, '00:00', '12:00'), duty('b', 1, '08:00', '20:00')]
  const alertsOf = waysOf({
    cases: world.cases,
    ways: world.ways,
    readings: { add: () => Promise.resolve() },
    groups: { seats: () => Promise.resolve([]) },
    when: { afterQuiet: (at) => at },
    duties: {
      of: () => Promise.resolve(roster),
      ladder: () => Promise.resolve(standardLadder),
      add: missing,
      end: missing,
      setLadder: missing,
    },
    people: {
      byId: ({ personId }) => Promise.resolve(person(personId)),
      list: (_program, { role }) =>
        Promise.resolve(staff.map(person).filter(({ roles }) => roles.some((one) => one === role))),
    },
    newId: () => String(++ids),
  })
  let now = Date.UTC(2026, 2, 28, Math.floor(random() * 24))
  const one: Case = {
    id: 'case',
    kind: 'alert',
    level: 'urgent',
    personId: 'm',
    anonymous: false,
    source: 'direct',
    state: 'open',
    pointer: {},
    createdAt: new Date(now),
  }
  // A crash while it is opened is tried again by whoever wrote it: the words were not answered.
  for (;;) {
    try {
      const { way, announce } = await alertsOf.begin('p', one)
      await world.cases.open('p', one, { way, announce })
      break
    } catch (error) {
      if (!(error instanceof Crash)) throw error
    }
  }
  if (!world.way()) return 'lost at the beginning'
  const reads = 0.02 + random() * 0.2
  const seen = new Set<string>()
  let winners = 0
  let quietSince = now
  for (let beat = 0; beat < 4000; beat += 1) {
    // Clocks stand still, run, and jump back and forth.
    const jump = random()
    now += jump < 0.02 ? 90 * minute : jump < 0.04 ? -20 * minute : minute
    const asked = world.sent.length
    await alertsOf.run(new Date(now), (error) => {
      if (!(error instanceof Crash)) throw error
    })
    if (world.sent.length > asked) quietSince = now
    const way = world.way()
    if (!way) return 'lost'
    if (way.state !== 'resolved' && !way.dueAt) return 'stuck: nothing will come of it'
    if (way.state !== 'resolved' && now - quietSince > 6 * 60 * minute)
      return 'stuck: nobody was asked for hours'
    for (const each of world.sent)
      if (each.notice.startsWith('page') && each.to.kind === 'person' && random() < reads * 0.3)
        seen.add(each.to.personId)
    const awake = [...seen].filter(() => random() < 0.1).map(person)
    const before = world.steps.filter((what) => what === 'acknowledged').length
    const presses = await Promise.allSettled(
      [...awake, ...awake].map((each) => alertsOf.take(each, 'case', new Date(now))),
    )
    const after = world.steps.filter((what) => what === 'acknowledged').length
    if (after - before > 1) return 'taken twice at once'
    winners += after - before
    for (const press of presses)
      if (
        press.status === 'rejected' &&
        !(press.reason instanceof Crash) &&
        !String(press.reason).includes('safety')
      )
        return `a press failed: ${String(press.reason)}`
    const holder = world.way()
    if (holder?.state === 'acknowledged' && random() < 0.05)
      await alertsOf
        .resolve(person(holder.ackBy ?? ''), 'case', 'safe', new Date(now))
        .catch((error: unknown) => {
          if (!(error instanceof Crash)) throw error
        })
    if (world.way()?.state === 'resolved') {
      const resolved = world.steps.filter((what) => what === 'resolved').length
      if (resolved !== 1) return 'resolved more than once'
      return winners > 0 ? undefined : 'resolved by nobody'
    }
  }
  return 'never came to an end'
}

it('loses none, leaves none stuck, and gives none to two people', async () => {
  const wrong = new Map<string, number[]>()
  for (let seed = 1; seed <= alerts; seed += 1) {
    const found = await simulate(seed)
    if (found !== undefined) wrong.set(found, [...(wrong.get(found) ?? []), seed])
  }
  expect(Object.fromEntries(wrong)).toEqual({})
})
