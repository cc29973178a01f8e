// No way through the bot puts an adult and a teen in one room or one line (PR-6): random days of a program, through the
// same presses and forms as everybody's.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { AgeBand } from '../../src/care/groups/ports.ts'
import type { Person } from '../../src/care/members/ports.ts'
import { newId } from '../../src/store/ids.ts'
import { eachDatabase, storeFor } from '../support/databases.ts'
import { groupCast } from '../support/group-cast.ts'

const users = ['ana', 'bo', 'cleo', 'dan', 'eli', 'fin'] as const
const user = fc.constantFrom(...users)
const nth = fc.nat({ max: 1 })
const act = fc.oneof(
  { weight: 6, arbitrary: fc.record({ what: fc.constant('sit' as const), user, nth }) },
  { weight: 3, arbitrary: fc.record({ what: fc.constant('ask' as const), user, nth }) },
  { weight: 3, arbitrary: fc.record({ what: fc.constant('let-in' as const), user, nth }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('bring' as const), user, nth }) },
  { weight: 3, arbitrary: fc.record({ what: fc.constant('agree' as const), user, nth }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('host' as const), user, nth }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('leave' as const), user, nth }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('teen' as const), user, nth }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('adult' as const), user, nth }) },
)

/** A day that holds both, whatever the others hold: somebody sits, and somebody asks across the line. */
const both = [
  { what: 'teen', user: 'ana', nth: 0 },
  { what: 'ask', user: 'ana', nth: 0 },
  { what: 'sit', user: 'bo', nth: 0 },
] as const

eachDatabase((make, database) => {
  const open = storeFor(make)

  it('joins nobody of one age band with somebody of the other, whatever is pressed', async () => {
    const store = await open()
    const { cast, app, person, facilitator, make: makeGroup, press } = await groupCast(store)
    const fay = await facilitator('fay')
    for (const name of users) await cast.member(name)
    const { programId } = await person('ana')
    let refused = 0
    let joined = 0
    const setAge = async (name: string, band: AgeBand) => {
      await press(fay, 'ms.pick')
      await fay.pressCode(`h1:age:${(await person(name)).personId}`)
      await fay.fill({ band, basis: 'guardian' })
    }
    const holdsApart = async (groups: readonly string[]) => {
      for (const id of groups) {
        const group = await store.groups.get(programId, id)
        const seats = await store.groups.seats(programId, id, ['in', 'agreeing'])
        for (const seat of seats.filter((one) => one.seat !== 'facilitator')) {
          const sitting = await store.people.byId({ programId, personId: seat.personId })
          expect(sitting?.ageBand, `a seat in a group for ${group?.ageBand}`).toBe(group?.ageBand)
          joined += 1
        }
      }
    }
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 10, maxLength: 30 }), async (day) => {
        const groups = [
          await makeGroup(fay, { name: newId(), openness: 'open', capacity: 3 }),
          await makeGroup(fay, { name: newId(), openness: 'open', capacity: 3, age: 'teen' }),
        ]
        for (const { what, user: name, nth: which } of day) {
          const one = cast.as(name)
          const group = groups[which] ?? ''
          const { personId } = await person(name)
          if (what === 'ask' || what === 'sit') await press(one, 'gr.ask', group, 'member')
          if (what === 'let-in' || what === 'sit') await press(fay, 'gr.in', group, personId)
          if (what === 'bring') await fay.submit(`h1:gr.bring:${group}`, { person: name, seat: 'member' })
          if (what === 'agree' || what === 'sit') await press(one, 'gr.agree', group, '1')
          if (what === 'host') await press(fay, 'gr.host', group, personId, 'host')
          if (what === 'leave') await press(one, 'gr.left', group)
          if (what === 'teen' || what === 'adult') await setAge(name, what)
          if (what === 'ask' && (await person(name)).ageBand !== (which === 1 ? 'teen' : 'adult'))
            refused += 1
          await holdsApart(groups)
        }
        for (const id of groups) await app.groups.archive(await person('fay'), id, cast.clock.now())
      }),
      { numRuns: database === 'SQLite' ? 25 : 5, endOnFailure: true, examples: [[[...both]]] },
    )
    expect(joined).toBeGreaterThan(0)
    expect(refused).toBeGreaterThan(0)
  }, 300_000)

  it('lets neither read what the other shares with everybody, while a facilitator reads both', async () => {
    const store = await open()
    const { cast, app, admin, person, facilitator, press } = await groupCast(store)
    await admin.slash('setup')
    await admin.press('Program room')
    await admin.fill({ room: 'room-1' })
    const fay = await facilitator('fay')
    const [ana, bo] = [await cast.member('ana'), await cast.member('bo')]
    const write = async (who: Person, note: string) => {
      const id = newId()
      await app.checkIns.record(who, { id, answers: { note }, audience: 'group' }, cast.clock.now())
      const entry = {
        id: newId(),
        kind: 'journal',
        forDay: '2026-03-06',
        at: cast.clock.now(),
        audience: 'group',
      } as const
      await store.entries.put(who, { ...entry, body: { text: note, win: false } })
      return { id, entry: entry.id }
    }
    await press(fay, 'ms.pick')
    await fay.pressCode(`h1:age:${(await person('bo')).personId}`)
    expect(await fay.fill({ band: 'teen' })).toContain('whose consent the program holds')
    await fay.pressCode(`h1:age:${(await person('bo')).personId}`)
    expect(await fay.fill({ band: 'teen', basis: 'guardian' })).toContain('Saved')
    const [hers, his] = [
      await write(await person('ana'), 'a day of mine'),
      await write(await person('bo'), 'school was long'),
    ]
    for (const [reader, { id, entry }, words] of [
      [ana, his, 'school'],
      [bo, hers, 'of mine'],
    ] as const) {
      expect(await press(reader, 'ci.read', id)).not.toContain(words)
      expect(await press(reader, 'jo.open', entry)).not.toContain(words)
      expect(await press(fay, 'ci.read', id)).toContain(words)
      expect(await press(fay, 'jo.open', entry)).toContain(words)
    }
    const acts = (await store.audits.list((await person('ana')).programId, { limit: 10 })).map(
      ({ act, why }) => [act, why],
    )
    expect(acts).toContainEqual(['set-age', 'teen'])
    const consents = await store.people.consents(await person('bo'))
    expect(consents.filter(({ purpose }) => purpose === 'minor')).toMatchObject([{ given: true }])
  })
})
