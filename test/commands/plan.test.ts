// Plans, letter, hard dates and the word on one's own silence, as the member builds and meets them.
import { beforeAll, expect, it } from 'vitest'
import { eachDatabase, storeFor } from '../support/databases.ts'
import { buttonsOf, castOn, type Cast, type Speaker } from '../support/cast.ts'
import { deliverTo } from '../support/deliver.ts'
import type { Store } from '../../src/store/connect.ts'

const days = (from: Date, count: number) => new Date(from.getTime() + count * 86_400_000)

eachDatabase((make) => {
  const open = storeFor(make)
  let store: Store
  let cast: Cast
  let ana: Speaker
  let fred: Speaker

  beforeAll(async () => {
    store = await open()
    cast = castOn(store)
    await cast.program()
    ana = await cast.member('ana')
    fred = await cast.member('fred')
    const account = { platform: 'playground', workspace: 'w1', user: 'fred' } as const
    const person = await store.people.byAccount(account)
    if (!person) throw new Error('fred is not there')
    await store.people.grant(person, 'facilitator', undefined, cast.clock.now())
    cast.conversation.app.directory.forget(person)
  })

  it('is built step by step, with a way to skip and to go back, and opens from the help screen in one tap', async () => {
    expect(await ana.slash('plan')).toContain('0 of 7 parts written')
    await ana.press('Open: Safety plan')
    expect(await ana.press('Build it step by step')).toContain('part 1 of 7')
    await ana.press('Write')
    expect(await ana.fill({ words: 'I stop answering the phone' })).toContain('part 2 of 7')
    expect(await ana.press('Skip')).toContain('part 3 of 7')
    expect(await ana.press('Back')).toContain('part 2 of 7')
    await ana.slash('help-now')
    const seen = await ana.press('My safety plan')
    expect(seen).toContain('> I stop answering the phone')
    expect(seen).toContain('not yet reviewed by a clinician')
    expect(await ana.slash('plan', { which: 'safety' })).toContain('> I stop answering the phone')
  })

  it('keeps earlier words when a part is changed or cleared, and brings them back', async () => {
    await ana.slash('plan', { which: 'relapse' })
    await ana.press('Build it step by step')
    await ana.press('Write')
    await ana.fill({ words: 'Fridays' })
    await ana.press('Back')
    await ana.press('Change')
    await ana.fill({ words: 'Fridays and payday' })
    await ana.press('Back')
    await ana.press('Change')
    await ana.fill({ words: '' })
    await ana.press('See the whole plan')
    const earlier = await ana.press('Earlier words')
    expect(earlier).toContain('> Fridays and payday')
    expect(earlier).toContain('> Fridays\n')
    expect(await ana.press('Bring this back')).toContain('> Fridays and payday')
  })

  it('is shown to facilitators by choice, says that it was read, and is taken back', async () => {
    await ana.slash('plan', { which: 'safety' })
    expect(await ana.press('Show my facilitators')).toContain('facilitators of your program can see')
    await fred.slash('plan')
    await fred.press('Plans shown to facilitators')
    const [read] = buttonsOf(fred.shown())
    if (!read) throw new Error('nothing is shown')
    expect(await fred.pressCode(read.code)).toContain('I stop answering the phone')
    expect(await ana.pressCode(read.code)).not.toContain('ana can see')
    const account = { platform: 'playground', workspace: 'w1', user: 'ana' } as const
    const author = await store.people.byAccount(account)
    expect(author && (await store.readings.of(author, 5))).toMatchObject([
      { what: 'plan', readerRole: 'facilitator' },
    ])
    await ana.slash('plan', { which: 'safety' })
    await ana.press('Keep it to myself')
    expect(await fred.pressCode(read.code)).not.toContain('I stop answering the phone')
  })

  it('keeps a letter closed until its rule, a day or its writer opens it', async () => {
    const delivered = deliverTo(cast, store)
    await ana.slash('plan')
    await ana.press('Letter from my well self')
    await ana.press('Write a letter')
    await ana.fill({ text: 'You have been here before', rules: ['urge'], on: '2026-03-01' })
    expect(ana.shown().reply.kind).toBe('problems')
    await ana.press('Try again')
    await ana.fill({ text: 'You have been here before', rules: ['urge'], on: '2026-03-12' })
    expect(await ana.slash('urge', { strength: 5 })).not.toContain('Read my letter')
    expect(await ana.slash('urge', { strength: 8 })).toContain('Read my letter')
    expect(await ana.press('Read my letter')).toContain('> You have been here before')
    await delivered.delivery.moveTo(new Date('2026-03-13T12:00:00Z'))
    const said = delivered.words().filter((words) => words.includes('You left something for yourself'))
    expect(said).toHaveLength(1)
    expect(said[0]).not.toContain('been here before')
  })

  it('asks two days before a hard date and the day after, without naming it', async () => {
    const delivered = deliverTo(cast, store)
    await ana.slash('plan')
    await ana.press('Hard dates')
    await ana.press('Add a date')
    await ana.fill({ name: 'The wedding', date: '2026-03-20' })
    await delivered.delivery.moveTo(new Date('2026-03-25T12:00:00Z'))
    const said = delivered.words()
    expect(said.filter((words) => words.includes('In two days there is a day you marked'))).toHaveLength(1)
    expect(said.filter((words) => words.includes('is behind you'))).toHaveLength(1)
    expect(said.join()).not.toContain('wedding')
  })

  it('tells facilitators of silence only as agreed, once, in the member’s words, and not while they are away', async () => {
    const delivered = deliverTo(cast, store)
    const bea = await cast.member('bea')
    await bea.slash('plan')
    expect(await bea.press('If I go quiet')).toContain('nobody is told')
    await bea.press('Decide')
    await bea.fill({ days: '3', step: 'facilitator', words: 'Please call me, I may not pick up' })
    await bea.slash('checkin', { mood: 5 })
    const heard = () => delivered.words().filter((words) => words.includes('has been quiet')).length
    await delivered.delivery.moveTo(days(cast.clock.now(), 2))
    expect(heard()).toBe(0)
    await bea.slash('checkin', { mood: 5 })
    await delivered.delivery.moveTo(days(cast.clock.now(), 2))
    expect(heard()).toBe(0)
    await delivered.delivery.moveTo(days(cast.clock.now(), 6))
    expect(heard()).toBe(1)
    const notice = delivered.platform.shown.findLast(({ message }) =>
      JSON.stringify(message).includes('plans.silence.of'),
    )
    expect(JSON.stringify(notice)).not.toContain('Please call me')
    const pressed = notice?.message.blocks.flatMap((block) =>
      block.kind === 'buttons' ? block.buttons : [],
    )[0]
    if (pressed?.kind !== 'button') throw new Error('nothing to open')
    expect(await fred.pressCode(pressed.code)).toContain('> Please call me, I may not pick up')
    expect(await ana.pressCode(pressed.code)).not.toContain('Please call me')
    await bea.slash('plan')
    await bea.press('If I go quiet')
    expect(await bea.press('Take it back')).toContain('nobody is told')
    await delivered.delivery.moveTo(days(cast.clock.now(), 20))
    expect(heard()).toBe(1)
  })
})
