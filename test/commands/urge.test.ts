// An urge noted, ridden out and looked back on, as the member lives it.
import { beforeAll, expect, it } from 'vitest'
import { eachDatabase, storeFor } from '../support/databases.ts'
import { castOn, type Cast, type Speaker } from '../support/cast.ts'
import { deliverTo } from '../support/deliver.ts'
import type { Store } from '../../src/store/connect.ts'

const minutes = (from: Date, count: number) => new Date(from.getTime() + count * 60_000)

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

  it('is noted in one line, with acting kept apart from strength and allowed at nothing', async () => {
    expect(await ana.slash('urge', { strength: 0, acted: 'yes' })).toContain('Acted on it: Yes')
    expect(ana.shown().reply).toMatchObject({ audience: 'private' })
  })

  it('opens a form without a strength, keeps what was typed, and is one note however often it is sent', async () => {
    await ana.slash('urge', { note: 'the corner shop' })
    const form = ana.form()
    expect(form.filled).toMatchObject({ note: 'the corner shop' })
    await ana.submit(form.code, { ...form.filled, strength: 11 })
    expect(ana.shown().reply.kind).not.toBe('message')
    const said = { ...form.filled, strength: '6', triggers: ['place', 'tired'], deeds: ['left'] }
    expect(await ana.submit(form.code, said)).toContain('Before it: A place and Tired')
    await ana.submit(form.code, said)
    const notes = await ana.press('My notes')
    expect(notes.match(/6 of 10/g)).toHaveLength(1)
  })

  it('asks again in 20 minutes, once, and keeps the answer', async () => {
    const delivered = deliverTo(cast, store)
    expect(await ana.slash('urge', { strength: 9 })).toContain('That is a strong one')
    await ana.press('Ask me again in 20 minutes')
    await delivered.delivery.moveTo(minutes(cast.clock.now(), 60))
    const asked = delivered.platform.shown.filter(({ message }) =>
      JSON.stringify(message).includes('urges.again.ask'),
    )
    expect(asked).toHaveLength(1)
    const code = asked[0]?.message.blocks.flatMap((block) =>
      block.kind === 'buttons' ? block.buttons : [],
    )[4]
    if (code?.kind !== 'button') throw new Error('there is nothing to press')
    expect(await ana.pressCode(code.code)).toContain('From 9 to 4')
    expect(await ana.pressCode(code.code)).toContain('From 9 to 4')
  })

  it('says nothing about patterns while there is too little, and counts when there is enough', async () => {
    const bea = await cast.member('bea')
    await bea.slash('urge', { strength: 5 })
    expect(await bea.press('What I notice')).toContain('too few notes')
    for (const strength of [4, 6, 8, 2]) await bea.slash('urge', { strength, acted: 'no' })
    const seen = await bea.press('What I notice')
    expect(seen).toContain('5 notes, 5 of 10 on average')
    expect(seen).toContain('acted on 0 of 4')
    expect(seen).toContain('do not have to cause')
  })

  it('deletes a note after asking, and only the own', async () => {
    await ana.slash('urge', { strength: 3 })
    await ana.press('My notes')
    const { render } = await import('../../src/words/render.ts')
    const { reply } = ana.shown()
    const blocks = reply.kind === 'update' ? reply.message.blocks : []
    const see = blocks
      .flatMap((block) => (block.kind === 'buttons' ? block.buttons : []))
      .find((one) => one.kind === 'button' && render(one.label, 'en').startsWith('See'))
    if (see?.kind !== 'button') throw new Error('nothing to see')
    const bea = cast.as('bea')
    expect(await bea.pressCode(see.code)).not.toContain('Strength')
    await ana.pressCode(see.code)
    await ana.press('Delete')
    expect(await ana.press('Yes, delete it')).toContain('Deleted')
    expect(await ana.pressCode(see.code)).not.toContain('Strength')
  })
})
