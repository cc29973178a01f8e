// From the program to alumni in the chat: proposed, taken back, stayed, agreed; and leading with peers for a time.
import { beforeAll, expect, it } from 'vitest'
import type { Store } from '../../src/store/connect.ts'
import type { Speaker } from '../support/cast.ts'
import { eachDatabase, storeFor } from '../support/databases.ts'
import { groupCast, type GroupCast } from '../support/group-cast.ts'

const dayMs = 86_400_000

eachDatabase((make) => {
  const open = storeFor(make)
  let store: Store
  let here: GroupCast
  let fred: Speaker
  let ana: Speaker
  let program: string
  let after: string
  let programId: string
  let heard = 0
  const idOf = async (user: string) => (await here.person(user)).personId
  const told = async () => {
    await here.delivered.delivery.settle()
    const all = here.delivered.words()
    const fresh = all.slice(heard)
    heard = all.length
    return fresh
  }
  const later = (days: number) =>
    here.cast.clock.moveTo(new Date(here.cast.clock.now().getTime() + days * dayMs))
  const acts = async () =>
    (await store.audits.list(programId, { limit: 100 }))
      .filter(({ act }) => act === 'graduate' || act === 'grant-role' || act === 'revoke-role')
      .map(({ act, why }) => `${act} ${why}`)
  const roles = async (user: string) => (await here.person(user)).roles.toSorted()

  beforeAll(async () => {
    store = await open()
    here = await groupCast(store)
    fred = await here.facilitator('fred')
    ana = await here.cast.member('ana')
    await here.cast.member('bo')
    programId = (await here.person('ana')).programId
    program = await here.make(fred, { name: 'Monday circle' })
    after = await here.make(fred, { name: 'After <b>all</b>', phase: 'alumni', capacity: 2 })
    await here.sits(ana, fred, program)
    await here.sits(here.cast.as('bo'), fred, program)
    await told()
  })

  it('is proposed by who leads the group, with a group for alumni, and nothing moves', async () => {
    await fred.slash('alumni')
    expect(await fred.press('Finishing: Monday circle')).toContain('ana: nothing proposed')
    await fred.pressCode(`h1:gd.pick:${program}:0`, await idOf('ana'))
    expect(await fred.pressCode(`h1:gd.to:${program}:${await idOf('ana')}`, after)).toContain('ana is asked')
    expect(await told()).toEqual([expect.stringContaining('You decide, in your own time')])
    expect(await ana.slash('alumni')).toContain('You can go on as an alum')
    expect(await roles('ana')).toEqual(['member'])
    expect(await acts()).toEqual(['graduate asked'])
  })

  it('is taken back by the facilitator while nobody has answered, and an old button does nothing', async () => {
    const yes = ana.codeOf('Yes, I agree to that')
    await here.press(fred, 'gd.who', program, await idOf('ana'))
    expect(await fred.press('Take the proposal back')).toContain('Nothing has changed for ana')
    expect(await ana.pressCode(yes)).toContain('Something changed')
    expect(await roles('ana')).toEqual(['member'])
    expect(await here.press(fred, 'gd.undo', program, await idOf('ana'))).toContain('no open proposal')
  })

  it('costs nothing to refuse', async () => {
    await here.press(fred, 'gd.bare', program, await idOf('ana'))
    await told()
    await ana.slash('alumni')
    expect(await ana.press('Stay in the program for now')).toContain('Nothing has changed')
    const words = await told()
    expect(words).toEqual([expect.stringContaining('Somebody in Monday circle answered')])
    expect(words.join()).not.toContain('ana')
    expect((await store.groups.seat(await here.person('ana'), program))?.state).toBe('in')
    expect(await here.press(fred, 'gd.group', program)).toContain('ana: stays in the program for now')
  })

  it('moves role, consent and seats at once when the person says yes', async () => {
    await here.press(fred, 'gd.to', program, await idOf('ana'))
    await fred.pressCode(`h1:gd.to:${program}:${await idOf('ana')}`, after)
    expect(await ana.slash('alumni')).toContain('After <b>all</b>: you get a place')
    expect(await ana.press('Yes, I agree to that')).toContain('You go on as an alum')
    const person = await here.person('ana')
    expect(person.roles).toEqual(['alum'])
    expect(await store.consents.given(person, 'alumni')).toBe(true)
    expect((await store.groups.seat(person, program))?.state).toBe('left')
    expect((await store.groups.seat(person, after))?.state).toBe('agreeing')
    expect((await store.groups.toSync(here.cast.clock.now(), 10)).map(({ id }) => id).toSorted()).toEqual(
      [program, after].toSorted(),
    )
    expect((await acts()).slice(0, 2)).toEqual(['graduate yes', 'graduate asked'])
    expect((await told()).join()).toContain('A place in After')
    await here.press(ana, 'gr.see', after)
    await ana.press('I agree')
  })

  it('leaves an alum without sight of the program, and of a second yes', async () => {
    expect(await ana.slash('group')).not.toContain('Ask to join')
    expect(await here.press(ana, 'gr.ask', program, 'member')).toContain('for people who are in the program')
    const [one] = await store.entries.list(await here.person('ana'), 'graduation', { limit: 1 })
    expect(await here.press(ana, 'gd.yes', one?.id ?? '')).toContain('Something changed')
  })

  it('is for those who lead the group alone', async () => {
    const gil = await here.facilitator('gil')
    for (const id of ['gd.who', 'gd.bare', 'gd.undo', 'gd.end'])
      expect(await here.press(gil, id, program, await idOf('bo')), id).toContain('no longer here')
    expect(await here.press(here.cast.as('bo'), 'gd.bare', program, await idOf('ana'))).not.toContain('asked')
    // Nobody joins a group of the other age, whoever proposes it.
    const teens = await here.make(fred, { name: 'Teens', phase: 'alumni', age: 'teen' })
    await fred.pressCode(`h1:gd.to:${program}:${await idOf('bo')}`, teens)
    expect(await roles('bo')).toEqual(['member'])
    expect((await store.entries.list(await here.person('bo'), 'graduation', { limit: 1 })).length).toBe(0)
  })

  it('lets an alum lead with peers, with powers that are listed and others that stay refused', async () => {
    await here.press(fred, 'gd.who', after, await idOf('ana'))
    expect(await fred.pressCode(`h1:gd.lead:${after}:${await idOf('ana')}`, '30')).toContain(
      'asked for 30 days',
    )
    expect((await told()).join()).toContain('lead with peers for a time')
    expect(await ana.slash('alumni')).toContain('letting people in, ending a seat')
    expect(await ana.press('Yes, I lead with peers')).toContain('Thank you')
    expect(await roles('ana')).toEqual(['alum', 'peer-lead'])
    expect((await store.groups.seat(await here.person('ana'), after))?.seat).toBe('host')
    for (const id of ['gr.people', 'gr.change', 'gr.pause', 'gd.group'])
      expect(await here.press(ana, id, after), id).toContain('facilitator')
    await told()
  })

  it('says a week before that it ends, can be renewed, and ends by itself on its date', async () => {
    later(24)
    expect((await told()).filter((one) => one.includes('with peers ends on'))).toHaveLength(2)
    await fred.pressCode(`h1:gd.lead:${after}:${await idOf('ana')}`, '30')
    await ana.slash('alumni')
    await ana.press('Yes, I lead with peers')
    await told()
    later(12)
    await told()
    expect(await roles('ana')).toContain('peer-lead')
    later(19)
    await told()
    expect(await roles('ana')).toEqual(['alum'])
    expect((await store.groups.seat(await here.person('ana'), after))?.seat).toBe('member')
    expect((await acts())[0]).toBe('revoke-role expired')
    expect(await here.press(fred, 'gd.group', after)).toContain('ana: led before')
  })

  it('is laid down at any time', async () => {
    await fred.pressCode(`h1:gd.lead:${after}:${await idOf('ana')}`, '90')
    await ana.slash('alumni')
    await ana.press('Yes, I lead with peers')
    await ana.slash('alumni')
    expect(await ana.press('Stop leading')).toContain('You lead no more')
    expect(await roles('ana')).toEqual(['alum'])
    expect((await acts())[0]).toBe('revoke-role stepped-down')
    expect(await store.audits.verify(programId)).toMatchObject({ ok: true })
  })

  it('brings who stopped taking part back as an alum, and never into the program', async () => {
    await ana.slash('alumni')
    await ana.press('Stop taking part')
    await ana.pressCode('h1:help.stop-yes')
    expect(await roles('ana')).toEqual([])
    expect((await store.groups.seat(await here.person('ana'), after))?.state).toBe('left')
    await ana.slash('start')
    await ana.press('I agree, let me in')
    expect(await roles('ana')).toEqual(['alum'])
  })

  it('is either agreed to or taken back when both come at once, and twice yes is one', async () => {
    const bo = here.cast.as('bo')
    await fred.pressCode(`h1:gd.to:${program}:${await idOf('bo')}`, after)
    await bo.slash('alumni')
    const yes = bo.codeOf('Yes, I agree to that')
    await Promise.all([
      bo.pressCode(yes),
      here.cast.as('bo').pressCode(yes),
      here.press(fred, 'gd.undo', program, await idOf('bo')),
    ])
    const person = await here.person('bo')
    const isAlum = person.roles.includes('alum')
    expect(person.roles).toEqual([isAlum ? 'alum' : 'member'])
    expect((await store.groups.seat(person, program))?.state).toBe(isAlum ? 'left' : 'in')
    expect((await store.groups.seat(person, after))?.state).toBe(isAlum ? 'agreeing' : undefined)
    expect((await acts()).filter((one) => one === 'graduate yes')).toHaveLength(isAlum ? 2 : 1)
  })
})
