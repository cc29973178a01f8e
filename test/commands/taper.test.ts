// Being asked less often: chosen, offered on its date, taken or left, and more again in a hard week.
import { beforeAll, expect, it } from 'vitest'
import type { Store } from '../../src/store/connect.ts'
import { castOn, type Cast, type Speaker } from '../support/cast.ts'
import { deliverTo } from '../support/deliver.ts'
import { eachDatabase, storeFor } from '../support/databases.ts'

const dayMs = 86_400_000

eachDatabase((make) => {
  const open = storeFor(make)
  let store: Store
  let cast: Cast
  let ana: Speaker
  let delivered: ReturnType<typeof deliverTo>
  let heard = 0
  const later = (days: number) => cast.clock.moveTo(new Date(cast.clock.now().getTime() + days * dayMs))
  const told = async () => {
    await delivered.delivery.settle()
    const all = delivered.words()
    const fresh = all.slice(heard)
    heard = all.length
    return fresh.filter((one) => one.includes('You planned this day'))
  }
  const crons = async () => {
    const [person] = await store.people.byUser('playground', 'ana')
    if (!person) throw new Error('ana is not there')
    return (await store.reminders.list(person)).map(({ notice, cron }) => `${notice} ${cron}`)
  }

  beforeAll(async () => {
    store = await open()
    cast = castOn(store)
    delivered = deliverTo(cast, store)
    await cast.program()
    ana = await cast.member('ana')
    await ana.slash('reminders', { time: '8:00' })
    await ana.slash('reminders', { time: '20:00', words: 'water the plants' })
  })

  it('takes the place of the times there were, and shows the dates of the steps', async () => {
    await ana.slash('reminders')
    await ana.press('Less often, at your pace')
    await ana.press('Choose my rhythm')
    const page = await ana.fill({ rhythm: 'daily', time: '9:30', days: 14 })
    expect(page).toContain('I ask you every day')
    expect(page).toContain('once a month')
    expect(await crons()).toEqual(['reminder 0 20 * * *', 'check-in 30 9 * * *'])
    expect(await ana.slash('reminders')).toContain('I ask you every day.')
  })

  it('offers the step on its date and takes it with a yes', async () => {
    expect(await told()).toEqual([])
    later(14)
    const [offer] = await told()
    expect(offer).toContain('three times a week')
    expect(await crons()).toContain('check-in 30 9 * * *')
    await ana.slash('reminders')
    await ana.press('Less often, at your pace')
    expect(await ana.press('One step less')).toContain('three times a week')
    expect(await crons()).toEqual(['reminder 0 20 * * *', 'check-in 30 9 * * 1,3,5'])
  })

  it('steps back up with one tap, down to monthly, and off', async () => {
    expect(await ana.press('One step more')).toContain('every day')
    await ana.press('One step less')
    expect(await ana.press('One step less')).toContain('once a week')
    expect(await ana.press('One step less')).toContain('once a month')
    expect((await crons())[1]).toMatch(/^check-in 30 9 \d+ \* \*$/)
    expect(await ana.slash('reminders')).toContain('Every month on day')
    await ana.press('Less often, at your pace')
    expect(await ana.press('One step less')).toContain('I do not ask you by myself')
    expect(await crons()).toEqual(['reminder 0 20 * * *'])
    expect(await ana.press('One step more')).toContain('once a month')
  })

  it('says nothing more when the person changed the time by hand', async () => {
    const [person] = await store.people.byUser('playground', 'ana')
    if (!person) throw new Error('ana is not there')
    const one = (await store.reminders.list(person)).find(({ notice }) => notice === 'check-in')
    await store.reminders.remove(person, one?.id ?? '')
    later(40)
    expect(await told()).toEqual([])
    await ana.slash('reminders')
    expect(await ana.press('Less often, at your pace')).toContain('You choose the steps')
  })
})
