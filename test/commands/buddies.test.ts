// Buddies in the chat: open to it, asked, mutual or quietly not, how the week went for each, and the end.
import { beforeAll, expect, it } from 'vitest'
import type { Store } from '../../src/store/connect.ts'
import { shownInMessage, type Speaker } from '../support/cast.ts'
import { eachDatabase, storeFor } from '../support/databases.ts'
import { groupCast, type GroupCast } from '../support/group-cast.ts'

const sayings = {
  asked: 'a question for you about a buddy',
  on: 'It is mutual',
  both: 'both said how this week went',
  ended: 'have come to an end',
}

eachDatabase((make) => {
  const open = storeFor(make)
  let store: Store
  let here: GroupCast
  let fred: Speaker
  let group: string
  let programId: string
  let heard = 0
  const who: Record<string, Speaker> = {}
  const as = (user: string): Speaker => {
    const one = who[user]
    if (!one) throw new Error(`${user} is not there`)
    return one
  }
  const idOf = async (user: string) => (await here.person(user)).personId
  /** In short what was said about buddies since the last time, and to whom. */
  const told = async () => {
    await here.delivered.delivery.settle()
    const fresh = here.delivered.platform.shown.slice(heard)
    heard += fresh.length
    return fresh.flatMap(({ message, to }) => {
      const words = shownInMessage(message, 'en')
      const what = Object.entries(sayings).find(([, said]) => words.includes(said))
      return what && 'user' in to ? [`${what[0]} ${to.user}`] : []
    })
  }
  const states = async () =>
    (await store.pairs.ofGroup(programId, group)).map(({ state }) => state).toSorted()
  const ask = async (from: string, to: string) => as(from).pressCode(`h1:bu.who:${group}`, await idOf(to))

  beforeAll(async () => {
    store = await open()
    here = await groupCast(store)
    fred = await here.facilitator('fred')
    group = await here.make(fred, { name: 'Monday circle' })
    for (const user of ['ana', 'bo', 'cleo', 'dan']) {
      who[user] = await here.cast.member(user)
      await here.sits(as(user), fred, group)
    }
    programId = (await here.person('ana')).programId
    await told()
  })

  it('shows nobody who did not say that they are open to it', async () => {
    expect(await as('ana').slash('buddies')).toContain('not open to a buddy now')
    expect(await as('ana').press('I am open to a buddy in Monday circle')).toContain(
      'you are open to a buddy',
    )
    expect(await as('ana').press('Who is open to it in Monday circle')).toContain('Nobody else is open')
    expect(await ask('ana', 'bo')).toContain('no longer here')
    expect(await states()).toEqual([])
  })

  it('asks the other, who says no, and the asker hears the same words as ever', async () => {
    await here.press(as('bo'), 'bu.open', group, 'y')
    expect(await here.press(as('ana'), 'bu.look', group)).toContain('[Ask somebody: bo]')
    expect(await ask('ana', 'bo')).toContain('If it is mutual')
    expect(await told()).toEqual(['asked bo'])
    expect(await as('bo').slash('buddies')).toContain('buddies with ana, from Monday circle')
    expect(await as('bo').press('Not this time')).toContain('Nobody hears of it')
    expect(await told()).toEqual([])
    expect(await as('ana').slash('buddies')).not.toMatch(/\bbo\b/)
    // Never again with the same person, from either side.
    expect(await here.press(as('ana'), 'bu.look', group)).not.toMatch(/\bbo\b/)
    expect(await here.press(as('bo'), 'bu.look', group)).not.toMatch(/\bana\b/)
    await ask('bo', 'ana')
    expect(await states()).toEqual(['declined'])
  })

  it('is suggested by who leads the group, and each answers without knowing of the other', async () => {
    await here.press(as('cleo'), 'bu.open', group, 'y')
    expect(await here.press(fred, 'bu.group', group)).toContain('ana and cleo')
    expect(await fred.press('Ask them, each apart')).toContain('1 pair is asked')
    expect((await told()).toSorted()).toEqual(['asked ana', 'asked cleo'])
    await as('ana').slash('buddies')
    expect(await as('ana').press('Yes, with cleo')).toContain('If it is mutual')
    expect(await told()).toEqual([])
    await as('cleo').slash('buddies')
    expect(await as('cleo').press('Yes, with ana')).toContain('If it is mutual')
    expect((await told()).toSorted()).toEqual(['on ana', 'on cleo'])
    expect(await states()).toEqual(['declined', 'on'])
    expect(await store.audits.list(programId, { limit: 1 })).toMatchObject([
      { act: 'change-group', why: 'buddies' },
    ])
  })

  it('tells nobody who has a buddy, or may have no second one', async () => {
    expect(await here.press(as('bo'), 'bu.look', group)).not.toContain('cleo')
    expect(await ask('ana', 'dan')).toContain('One at a time')
  })

  it('shows that both answered, and of the rest what each chose', async () => {
    await as('ana').slash('buddies')
    await as('ana').press('Say how my week went')
    await as('ana').fill({ went: 'good', words: 'sang in the choir', share: 'all' })
    expect(await told()).toEqual([])
    expect(await as('cleo').slash('buddies')).toContain('You have not said yet')
    const [pair] = (await store.pairs.ofGroup(programId, group)).filter(({ state }) => state === 'on')
    expect(await here.press(as('cleo'), 'bu.read', pair?.id ?? '')).toContain('no longer here')
    await as('cleo').slash('buddies')
    await as('cleo').press('Say how my week went')
    const kept = await as('cleo').fill({ went: 'hard', words: 'quiet words', share: 'did' })
    expect(kept).toContain('You do not have to carry it')
    expect(kept).toContain('ana shares something')
    expect((await told()).toSorted()).toEqual(['both ana', 'both cleo'])
    expect(await as('cleo').press('Read what ana shares')).toContain('> sang in the choir')
    const mine = await as('ana').slash('buddies')
    expect(mine).toContain('stays with cleo')
    expect(mine).not.toContain('quiet words')
    expect(await here.press(as('ana'), 'bu.read', pair?.id ?? '')).toContain('no longer here')
    expect(await store.readings.of(await here.person('ana'), 5)).toMatchObject([{ what: 'buddy-check' }])
    for (const id of ['bu.see', 'bu.read', 'bu.end', 'bu.ended'])
      expect(await here.press(as('dan'), id, pair?.id ?? ''), id).toContain('no longer here')
  })

  it('ends at once and with no reason, and the other hears only that', async () => {
    await as('cleo').slash('buddies')
    await as('cleo').press('End it, no reason needed')
    expect(await as('cleo').press('Yes, end it')).toContain('Nobody is told a reason')
    expect(await told()).toEqual(['ended ana'])
    expect(await as('ana').slash('buddies')).toContain('You have no buddy now')
    expect(await here.press(fred, 'bu.group', group)).not.toContain('ana and cleo')
  })

  it('ends when one of the two leaves the group', async () => {
    await here.press(as('dan'), 'bu.open', group, 'y')
    await ask('dan', 'ana')
    await as('ana').slash('buddies')
    await as('ana').press('Yes, with dan')
    expect(await as('ana').slash('buddies')).toContain('You and dan are buddies')
    await here.press(as('dan'), 'gr.leave', group)
    await as('dan').press('Leave quietly')
    expect(await as('ana').slash('buddies')).toContain('You have no buddy now')
  })

  it('never joins an adult and a teen, in the store itself', async () => {
    const [bo, cleo] = [await here.person('bo'), await here.person('cleo')]
    await store.people.change(bo, { ageBand: 'teen' })
    const [oneId = '', otherId = ''] = [bo.personId, cleo.personId].toSorted()
    const pair = {
      id: 'teen-pair',
      programId,
      groupId: group,
      oneId,
      otherId,
      askedBy: oneId,
      since: new Date(),
    }
    expect(await store.pairs.add({ ...pair, state: 'asked' }, [], undefined, new Date())).toBe(false)
    await store.people.change(bo, { ageBand: 'adult' })
    expect(await store.pairs.add({ ...pair, state: 'asked' }, [], undefined, new Date())).toBe(true)
    await store.people.change(bo, { ageBand: 'teen' })
    const asked = await store.pairs.get(programId, 'teen-pair')
    if (!asked) throw new Error('the pair is not there')
    expect(await store.pairs.change({ ...asked, state: 'on' }, asked, [], new Date())).toBe(false)
  })
})
