// Recovery time and slips as the member meets them: nothing is reset, nobody is told, numbers wait.
import { beforeAll, expect, it } from 'vitest'
import { eachDatabase, storeFor } from '../support/databases.ts'
import { castOn, type Cast, type Speaker } from '../support/cast.ts'
import { deliverTo } from '../support/deliver.ts'
import type { Store } from '../../src/store/connect.ts'

const days = (from: Date, count: number) => new Date(from.getTime() + count * 86_400_000)

eachDatabase((make) => {
  const open = storeFor(make)
  let store: Store
  let cast: Cast
  let ana: Speaker

  beforeAll(async () => {
    store = await open()
    cast = castOn(store)
    await cast.program()
    ana = await cast.member('ana')
  })

  it('counts from a day in the past, and refuses one that has not come, with what was typed kept', async () => {
    expect(await ana.slash('recovery')).toContain('no counter')
    await ana.press('New counter')
    await ana.fill({ name: 'Evenings', since: '2030-01-01' })
    const { reply } = ana.shown()
    expect(reply.kind).toBe('problems')
    await ana.slash('recovery')
    await ana.press('New counter')
    const said = await ana.fill({ name: 'Evenings', since: '2026-01-05' })
    expect(said).toContain('Now: 60 days')
    expect(said).toContain('60 of the last 60 days')
  })

  it('hides and shows a counter', async () => {
    await ana.slash('recovery')
    expect(await ana.press('Hide Evenings')).not.toContain('60')
    expect(await ana.press('Show Evenings')).toContain('60 days')
  })

  it('takes a slip with a warm line and no number for a day, unless asked, and loses no day before it', async () => {
    await ana.slash('slip', { note: 'the party' })
    const said = await ana.press('It belongs to Evenings')
    expect(said).toContain('Every day before it still counts')
    expect(said).not.toMatch(/\d/)
    const rested = await ana.slash('recovery')
    expect(rested).not.toMatch(/\d/)
    expect(await ana.press('Show my days')).toContain('60 of the last 60 days')
    cast.clock.moveTo(days(cast.clock.now(), 2))
    expect(await ana.slash('recovery')).toContain('Longest: 60 days')
    expect(await ana.press('What I noted before')).toContain('> the party')
  })

  it('asks once, a day later, only when the person wanted it', async () => {
    const delivered = deliverTo(cast, store)
    await ana.slash('slip', { day: '2026-03-07' })
    await ana.press('Ask me tomorrow how I am')
    await delivered.delivery.moveTo(days(cast.clock.now(), 3))
    expect(delivered.words().filter((words) => words.includes('You asked me to look in'))).toHaveLength(1)
    expect(delivered.words().join()).not.toMatch(/slip|relapse/i)
    await ana.slash('slip', { day: '2026-03-08' })
    await ana.press('Ask me tomorrow how I am')
    await ana.press('Do not ask')
    await delivered.delivery.moveTo(days(cast.clock.now(), 3))
    expect(delivered.words().filter((words) => words.includes('You asked me to look in'))).toHaveLength(1)
  })

  it('says a milestone only to whom the person chose, in the words shown before, and never after a slip', async () => {
    const bea = await cast.member('bea')
    const delivered = deliverTo(cast, store)
    await bea.slash('recovery')
    await bea.press('New counter')
    await bea.fill({ name: 'My secret name' })
    await bea.press('Change My secret name')
    expect(await bea.press('Milestones')).toContain('“bea asked me to tell you: 30 days.”')
    await bea.press('Me and my facilitators')
    await cast.member('fred')
    const fred = await store.people.byAccount({ platform: 'playground', workspace: 'w1', user: 'fred' })
    if (!fred) throw new Error('fred is not there')
    await store.people.grant(fred, 'facilitator', undefined, cast.clock.now())
    await delivered.delivery.moveTo(days(cast.clock.now(), 8))
    const said = delivered.words().filter((words) => words.includes('asked me to tell you'))
    expect(said.map((words) => words.split('\n')[0])).toEqual([
      'bea asked me to tell you: 1 day.',
      'bea asked me to tell you: 7 days.',
    ])
    expect(delivered.words().join()).not.toContain('secret')
    await bea.slash('slip')
    await bea.fill({})
    await bea.press('It belongs to My secret name')
    await delivered.delivery.moveTo(days(cast.clock.now(), 7))
    expect(delivered.words().filter((words) => words.includes(': 14 days'))).toHaveLength(0)
  })

  it('adds and removes stretches of days, and nobody hears of it', async () => {
    const delivered = deliverTo(cast, store)
    const cleo = await cast.member('cleo')
    await cleo.slash('recovery')
    await cleo.press('New counter')
    await cleo.fill({ name: 'Cards', since: '2026-03-01' })
    await cleo.press('Change Cards')
    await cleo.press('Add a stretch')
    await cleo.fill({ from: '2025-01-01', to: '2024-01-01' })
    expect(cleo.shown().reply.kind).toBe('problems')
    await cleo.slash('recovery')
    await cleo.press('Change Cards')
    await cleo.press('Add a stretch')
    await cleo.fill({ from: '2025-01-01', to: '2025-04-11' })
    expect(await cleo.press('Back to my counters')).toContain('Longest: 100 days')
    await cleo.press('Change Cards')
    await cleo.press('Delete this counter')
    expect(await cleo.press('Yes, delete it')).toContain('no counter')
    await delivered.delivery.settle()
    expect(delivered.words()).toEqual([])
  })
})
