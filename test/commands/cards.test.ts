// Coping cards: written, read again, changed and deleted by their owner, and nobody else’s.
import { expect, it } from 'vitest'
import { castOn } from '../support/cast.ts'
import { eachDatabase, storeFor } from '../support/databases.ts'

eachDatabase((make) => {
  const open = storeFor(make)
  it('holds one’s own words, two taps from My skills', async () => {
    const cast = castOn(await open())
    await cast.program()
    const ana = await cast.member('ana')
    await ana.slash('skill')
    await ana.press('My skills')
    expect(await ana.press('My coping cards')).toContain('There is none yet')
    await ana.press('Write a card')
    const { code } = ana.form()
    const card = { name: 'When I cannot sleep', words: 'Water. The blue blanket. It passes.' }
    expect(await ana.submit(code, card)).toContain('Saved')
    expect((await ana.submit(code, card)).match(/When I cannot sleep/g)).toHaveLength(1)
    expect(await ana.press('When I cannot sleep')).toContain('> Water. The blue blanket.')
    const see = `h1:cc.see:${code.split(':')[2] ?? ''}`
    await ana.press('Change it')
    expect(ana.form().filled).toMatchObject(card)
    await ana.fill({ words: 'Call Jo.' })
    expect(await ana.press('When I cannot sleep')).toContain('> Call Jo.')
    const bo = await cast.member('bo')
    expect(await bo.pressCode(see)).not.toContain('Jo')
    expect(await bo.submit(code, card)).not.toContain('Saved')
    expect(await ana.press('Delete it')).toContain('gone for good')
    expect(await ana.press('Yes, delete it')).toContain('It is deleted')
    expect(await ana.pressCode(see)).toContain('no longer here')
  })
})
