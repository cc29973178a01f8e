// A facilitator's letter before days away: to each person of their groups once, in private, and to nobody else.
import { beforeEach, expect, it } from 'vitest'
import type { Store } from '../../src/store/connect.ts'
import type { Speaker } from '../support/cast.ts'
import { eachDatabase, storeFor } from '../support/databases.ts'
import { groupCast, type GroupCast } from '../support/group-cast.ts'

const letter = {
  from: '2026-03-09',
  to: '2026-03-13',
  cover: 'Gil',
  words: 'I rest for a week and think of you.',
}

eachDatabase((make) => {
  const open = storeFor(make)
  let here: GroupCast
  let store: Store
  let fay: Speaker

  const told = async () => {
    await here.delivered.delivery.settle()
    const words = here.delivered.words()
    return here.delivered.platform.shown.flatMap(({ to }, at) =>
      words[at]?.includes('writes to the group') ? [{ to: JSON.stringify(to), words: words[at] ?? '' }] : [],
    )
  }
  const writes = async (more = {}) => {
    await fay.slash('duty')
    await fay.press('Before I am away: a letter')
    await fay.press('Write a letter')
    return fay.fill({ ...letter, ...more })
  }

  beforeEach(async () => {
    store = await open()
    here = await groupCast(store)
    fay = await here.facilitator('fay')
    const groups = [await here.make(fay, { name: 'Harbour' }), await here.make(fay, { name: 'Anchor' })]
    await here.cast.member('cat')
    for (const user of ['ana', 'bo']) {
      await here.cast.member(user)
      for (const group of groups) await here.sits(here.cast.as(user), fay, group)
    }
  })

  it('reaches everybody inside once, with who covers', async () => {
    expect(await writes()).toContain('goes to 2 people')
    const all = await told()
    expect(all.map(({ to }) => /ana|bo|cat|fay/.exec(to)?.[0] ?? '').toSorted()).toEqual(['ana', 'bo'])
    for (const { words } of all) {
      expect(words).toContain('fay is away from Mar 9, 2026 to Mar 13, 2026')
      expect(words).toContain('Meanwhile there is: Gil')
      expect(words).toContain(`> ${letter.words}`)
    }
  })

  it('asks again when the days make no sense, and keeps the words', async () => {
    expect(await writes({ to: '2026-03-08' })).toContain('The last day is before the first')
    expect(fay.shown().reply.kind).not.toBe('message')
    expect(await writes({ from: '2026-03-01', to: '2026-03-02' })).toContain('That day has passed')
    expect(await told()).toEqual([])
  })

  it('taken back before it goes out, it does not go out; and nobody outside the groups reads it', async () => {
    const { app } = here
    const person = await here.person('fay')
    const id = app.newId()
    const now = here.cast.clock.now()
    await app.awayLetters.write(person, id, letter, now)
    const cat = await here.person('cat')
    await expect(app.awayLetters.read(cat, person.personId, id, now)).rejects.toThrow()
    const ana = await here.person('ana')
    expect((await app.awayLetters.read(ana, person.personId, id, now)).letter.body.words).toBe(letter.words)
    const later = new Date(Date.UTC(2026, 2, 15))
    await expect(app.awayLetters.read(ana, person.personId, id, later)).rejects.toThrow()
    await fay.slash('duty')
    await fay.press('Before I am away: a letter')
    expect(await fay.press('Take back the letter from Mar 9, 2026')).toContain('It is taken back')
    expect(await told()).toEqual([])
  })
})
