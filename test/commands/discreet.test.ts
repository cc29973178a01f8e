// Nothing on a locked screen says what a message is about; one tap by the same person does (C18).
import { expect, it } from 'vitest'
import { castOn } from '../support/cast.ts'
import { deliverTo } from '../support/deliver.ts'
import { eachDatabase, storeFor } from '../support/databases.ts'

eachDatabase((make) => {
  const open = storeFor(make)

  it('a notice comes in neutral words and opens for its person alone', async () => {
    const store = await open()
    const cast = castOn(store)
    await cast.program()
    const ana = await cast.member('ana')
    const bea = await cast.member('bea')
    await ana.slash('reminders', { time: '18:00', words: 'call my sister' })
    expect(await ana.slash('settings')).toContain('say what they are about')
    expect(await ana.press('Make notifications neutral')).toContain('neutral words until you open them')
    const { delivery, platform, words } = deliverTo(cast, store)
    await delivery.moveTo(new Date('2026-03-06T23:30:00Z'))
    expect(words()).toEqual(['There is a new message for you.\n[Open]'])
    const [code = ''] = /h1:dn:[\w-]+@[\w-]+/.exec(JSON.stringify(platform.shown)) ?? []
    expect(await bea.pressCode(code)).toContain('no longer here')
    expect(await ana.pressCode(code)).toContain('> call my sister')

    await ana.slash('settings')
    await ana.press('Let notifications say what they are')
    await delivery.moveTo(new Date('2026-03-07T23:30:00Z'))
    expect(words().at(-1)).toContain('> call my sister')
    await delivery.stop()
  })

  it('says so when the direct messages cannot be reached', async () => {
    const cast = castOn(await open())
    await cast.program()
    expect(await (await cast.member('ana')).slash('clear')).toContain('try again in a moment')
  })
})
