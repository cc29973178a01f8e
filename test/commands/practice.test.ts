// Practice given by a facilitator: told at a good time, answered in one tap, counted without names.
import { beforeAll, expect, it } from 'vitest'
import type { Store } from '../../src/store/connect.ts'
import { castOn, type Cast, type Speaker } from '../support/cast.ts'
import { eachDatabase, storeFor } from '../support/databases.ts'
import { deliverTo } from '../support/deliver.ts'

eachDatabase((make) => {
  const open = storeFor(make)
  let store: Store
  let cast: Cast
  let fred: Speaker
  const members: Record<string, Speaker> = {}
  const who = (user: string): Speaker => {
    const one = members[user]
    if (!one) throw new Error(`${user} is not there`)
    return one
  }

  beforeAll(async () => {
    store = await open()
    cast = castOn(store)
    await cast.program()
    for (const user of ['ana', 'bo', 'cleo', 'dan', 'eve']) members[user] = await cast.member(user)
    await cast.member('fred')
    const person = await store.people.byAccount({ platform: 'playground', workspace: 'w1', user: 'fred' })
    if (!person) throw new Error('nobody is there')
    await store.people.grant(person, 'facilitator', undefined, cast.clock.now())
    await store.people.revoke(person, 'member', cast.clock.now())
    cast.conversation.app.directory.forget(person)
    fred = cast.as('fred')
  })

  it('is given by name, until a day that is not over, to somebody who takes part', async () => {
    await fred.slash('practice')
    await fred.press('Give practice')
    expect(fred.form().filled['until']).toBe('2026-03-13')
    expect(await fred.fill({ what: 'zzz' })).toContain('I know none by that name')
    await fred.press('Try again')
    expect(await fred.fill({ what: 'breathing' })).toContain('Several fit')
    await fred.press('Try again')
    expect(await fred.fill({ what: 'box breathing', until: '2026-03-01' })).toContain('That day is over')
    await fred.press('Try again')
    const until = '2026-03-13'
    expect(await fred.fill({ what: 'box breathing', until, person: 'admin' })).toContain('does not take part')
  })

  it('tells each person in neutral words, once', async () => {
    const delivered = deliverTo(cast, store)
    await fred.press('Try again')
    const code = fred.form().code
    expect(await fred.fill({ person: '' })).toContain('5 people are told')
    await fred.submit(code, { what: 'box breathing', until: '2026-03-13' })
    await delivered.delivery.settle()
    const told = delivered.words().filter((words) => words.includes('something new in your practice'))
    expect(told).toHaveLength(5)
    expect(told.join()).not.toMatch(/breath|fred/i)
  })

  it('waits for the end of quiet hours', async () => {
    const { app } = cast.conversation
    const account = { platform: 'playground', workspace: 'w1', user: 'cleo' } as const
    const cleo = await store.people.byAccount(account)
    const giver = await store.people.byAccount({ ...account, user: 'fred' })
    if (!cleo || !giver) throw new Error('nobody is there')
    await store.people.change(cleo, { quiet: { from: '00:00', to: '23:00' } })
    const delivered = deliverTo(cast, store)
    const id = app.newId()
    await app.practice.give(
      giver,
      { id, what: 'phq-2', to: account, untilDay: '2026-03-13' },
      cast.clock.now(),
    )
    await delivered.delivery.settle()
    expect(delivered.words()).toEqual([])
    await app.practice.end(giver, id, cast.clock.now())
  })

  it('is answered in one tap, and a second tap on the same button changes nothing', async () => {
    const ana = who('ana')
    const shown = await ana.slash('practice')
    expect(shown).toContain('until Mar 13, 2026')
    const did = ana.codeOf('I did it: Box breathing')
    expect(await ana.pressCode(did)).toContain('Thank you for saying so')
    await ana.pressCode(did)
    expect(await ana.slash('practice')).toContain('You did it once.')
  })

  const counted = async (): Promise<string> => {
    await fred.slash('practice')
    await fred.press('Practice I gave')
    const program = await store.programs.byWorkspace('playground', 'w1')
    const [first] = await store.assignments.open(program?.id ?? '', '2026-03-06')
    return fred.pressCode('h1:pr.see', first?.id)
  }

  it('gives facilitators counts of people only when there are enough of them, and no names', async () => {
    expect(await counted()).toContain('Fewer than 5 people')
    for (const user of ['bo', 'cleo', 'dan', 'eve']) {
      await who(user).slash('practice')
      await who(user).press('Not this week: Box breathing')
    }
    const said = await counted()
    expect(said).toContain('One person did it. 4 people said not this week.')
    expect(said).not.toMatch(/ana|bo\b|cleo/)
    expect(await who('bo').slash('practice')).toContain('That is an answer too')
  })

  it('shows a facilitator what a person chose to show, who sees that it was opened, until it is taken back', async () => {
    const ana = who('ana')
    await ana.slash('practice')
    await ana.press('My answer: Box breathing')
    await ana.press('Write how it went')
    await ana.fill({ note: 'Easier on the bus' })
    expect(await ana.press('Show my facilitators')).toContain('facilitators of your program see this')
    expect(await counted()).toContain('Read what ana shows')
    const code = fred.codeOf('Read what ana shows, Mar 6, 2026')
    expect(await fred.pressCode(code)).toContain('> Easier on the bus')
    const person = await store.people.byAccount({ platform: 'playground', workspace: 'w1', user: 'ana' })
    expect(person && (await store.readings.of(person, 5))).toMatchObject([{ what: 'practice' }])
    await ana.press('Keep it to myself')
    expect(await fred.pressCode(code)).not.toContain('bus')
    expect(await counted()).toContain('Nobody has shown anything yet')
    expect(await who('bo').pressCode(code)).not.toContain('bus')
  })

  it('can be ended, and then takes no answer', async () => {
    const bo = who('bo')
    await bo.slash('practice')
    const again = bo.codeOf('I did it: Box breathing')
    await counted()
    expect(await fred.press('End it now')).toContain('Ended')
    expect(await bo.pressCode(again)).toContain('is over or was ended')
    expect(await bo.slash('practice')).toContain('Nothing to practice')
  })
})
