// A group from creation to goodbye, in the chat: asking, the agreement, the waiting list, listening, leaving and coming back.
import { beforeAll, expect, it } from 'vitest'
import { mayPost } from '../../src/care/groups/rules.ts'
import type { Store } from '../../src/store/connect.ts'
import type { Speaker } from '../support/cast.ts'
import { eachDatabase, storeFor } from '../support/databases.ts'
import { groupCast, type GroupCast } from '../support/group-cast.ts'

eachDatabase((make) => {
  const open = storeFor(make)
  let store: Store
  let here: GroupCast
  let fred: Speaker
  let group: string
  const members: Record<string, Speaker> = {}
  const who = (user: string): Speaker => {
    const one = members[user]
    if (!one) throw new Error(`${user} is not there`)
    return one
  }
  const idOf = async (user: string) => (await here.person(user)).personId
  const told = async () => {
    await here.delivered.delivery.settle()
    const all = here.delivered.words()
    const fresh = all.slice(heard)
    heard = all.length
    return fresh
  }
  const acts = async () =>
    (await store.audits.list(programId, { limit: 100 })).map(({ act, why }) => [act, why])
  let programId: string
  let heard = 0

  beforeAll(async () => {
    store = await open()
    here = await groupCast(store)
    fred = await here.facilitator('fred')
    for (const user of ['ana', 'bo', 'cleo', 'dan']) members[user] = await here.cast.member(user)
    programId = (await here.person('ana')).programId
  })

  it('is made by a facilitator with a form, once, and its room is asked for', async () => {
    group = await here.make(fred, { capacity: 2, name: 'Monday circle' })
    expect(await here.press(fred, 'gr.see', group)).toContain('Its room is on the way')
    expect(await store.groups.get(programId, group)).toMatchObject({
      name: 'Monday circle',
      roomState: 'wanted',
      capacity: 2,
      agreementVersion: 1,
    })
    expect(await store.groups.toSync(here.cast.clock.now(), 10)).toHaveLength(1)
    expect(await fred.slash('group')).toContain('Monday circle** (Support group): you lead it')
    expect(await acts()).toEqual([['make-group', undefined]])
  })

  it('is found from /home by a member, who asks; its facilitator hears that somebody does, and not who', async () => {
    const ana = who('ana')
    await ana.slash('home')
    expect(await ana.press('Groups')).toContain('Open to ask')
    expect(await ana.press('Open Monday circle')).toContain('0 seats of 2 taken')
    expect(await ana.press('Ask to join')).toContain('You asked to join Monday circle')
    await ana.press('Back to the group')
    expect(await here.press(ana, 'gr.ask', group, 'member')).toContain('You asked')
    const words = (await told()).filter((one) => one.includes('asks to join'))
    expect(words).toHaveLength(1)
    expect(words.join()).not.toContain('ana')
  })

  it('is not seen by somebody who was let in until they agree to the words', async () => {
    const ana = who('ana')
    await here.press(fred, 'gr.people', group)
    expect(await here.press(fred, 'gr.people', group)).toContain('ana: asks to join')
    await fred.pressCode(`h1:gr.who:${group}:0`, await idOf('ana'))
    expect(await fred.press('Let ana in')).toContain('ana has a place')
    expect((await told()).join()).toContain('A place in Monday circle is yours')
    expect(await here.press(ana, 'gr.see', group)).toContain('What others say stays here')
    const person = await here.person('ana')
    expect((await store.groups.seat(person, group))?.state).toBe('agreeing')
    expect(await here.press(ana, 'gr.agree', group, '7')).toContain('changed while you were reading')
    await here.press(ana, 'gr.see', group)
    expect(await ana.press('I agree')).toContain('Reading along is taking part')
    expect(await store.groups.seat(person, group)).toMatchObject({ state: 'in', agreedVersion: 1 })
  })

  it('puts who comes to a full group on a list, tells them their turn, and moves up in order', async () => {
    await here.sits(who('bo'), fred, group)
    for (const user of ['cleo', 'dan']) {
      await here.press(who(user), 'gr.ask', group, 'member')
      expect(await here.press(fred, 'gr.in', group, await idOf(user))).toContain(`${user} is on the list`)
    }
    expect((await told()).filter((one) => one.includes('number 2 on the list'))).toHaveLength(1)
    expect(await here.press(who('dan'), 'gr.see', group)).toContain('number 2 on the list')
    await here.press(fred, 'gr.first', group, await idOf('dan'))
    expect(await here.press(who('cleo'), 'gr.see', group)).toContain('number 2 on the list')
    await here.press(who('bo'), 'gr.leave', group)
    expect(await who('bo').press('Leave quietly')).toContain('Thank you for the time')
    const words = await told()
    expect(words.filter((one) => one.includes('A place in Monday circle is yours'))).toHaveLength(1)
    expect(words.filter((one) => one.includes('A seat in Monday circle is free'))).toHaveLength(1)
    expect((await store.groups.seat(await here.person('dan'), group))?.state).toBe('agreeing')
    expect((await store.groups.seat(await here.person('cleo'), group))?.state).toBe('waiting')
  })

  it('gives a place that somebody does not want now to the next', async () => {
    await here.press(who('dan'), 'gr.see', group)
    expect(await who('dan').press('Not now, give my place away')).toContain('You can ask again')
    expect((await store.groups.seat(await here.person('cleo'), group))?.state).toBe('agreeing')
    await here.press(who('cleo'), 'gr.see', group)
    await who('cleo').press('I agree')
    // An old button does not put out somebody who sits.
    expect(await here.press(who('cleo'), 'gr.unask', group)).toContain('Something changed')
  })

  it('shows new words to everybody in it, who agree again before they post', async () => {
    await here.press(fred, 'gr.reword', group)
    expect(await fred.fill({ agreement: 'We begin on time.' })).toContain('The agreement is saved')
    expect((await told()).filter((one) => one.includes('has changed'))).toHaveLength(2)
    const seen = async () => {
      const one = await store.groups.get(programId, group)
      const seat = await store.groups.seat(await here.person('ana'), group)
      return one && mayPost(one, seat)
    }
    expect(await seen()).toBe(false)
    expect(await here.press(who('ana'), 'gr.see', group)).toContain('> We begin on time.')
    await who('ana').press('I agree')
    expect(await seen()).toBe(true)
    // The same words again are no new version.
    await here.press(fred, 'gr.reword', group)
    await fred.fill({ agreement: 'We begin on time.' })
    expect(await seen()).toBe(true)
  })

  it('lets a member only listen, and take part again', async () => {
    await here.press(who('ana'), 'gr.see', group)
    expect(await who('ana').press('Only listen')).toContain('Nobody asks you for anything')
    expect((await store.groups.seat(await here.person('ana'), group))?.seat).toBe('reading')
    await here.press(who('ana'), 'gr.see', group)
    expect(await who('ana').press('Take part again')).toContain('You take part')
  })

  it('says goodbye in words seen before they go; the room gets a pointer, and only the group can read', async () => {
    const ana = who('ana')
    await store.groups.change(programId, group, { room: 'room-1', roomState: 'made' }, here.cast.clock.now())
    await here.press(ana, 'gr.leave', group)
    expect(await ana.press('Leave with a few words')).toContain('form: A few words')
    expect(await ana.fill({ words: 'Thank you all, moving on to the coast.' })).toContain('> Thank you all')
    await ana.press('Change the words')
    expect(ana.form().filled['words']).toContain('coast')
    await ana.fill({ words: 'Thank you all, be well.' })
    expect(await told()).toEqual([])
    const [, , , bye = ''] = ana.codeOf('Send it and leave').split(':')
    expect(await ana.press('Send it and leave')).toContain('You left Monday circle')
    const words = await told()
    const card = words.find((one) => one.includes('left a few words'))
    expect(card).toBeDefined()
    expect(card).not.toMatch(/be well|ana/)
    const read = (user: string) => here.press(who(user), 'gr.byes', group, bye.replace(/@.*$/, ''))
    expect(await here.press(who('cleo'), 'gr.see', group)).toContain('agreement')
    expect(await read('cleo')).not.toContain('be well')
    await here.press(who('cleo'), 'gr.see', group)
    await who('cleo').press('I agree')
    expect(await read('cleo')).toContain('> Thank you all, be well.')
    expect(await read('dan')).not.toContain('be well')
    expect(await here.press(fred, 'gr.byes', group, bye.replace(/@.*$/, ''))).toContain('be well')
    expect((await acts())[0]).toEqual(['read', undefined])
    expect(await ana.slash('privacy')).toContain('2')
  })

  it('has a way back', async () => {
    const ana = who('ana')
    expect(await here.press(ana, 'gr.see', group)).toContain('The way back is open')
    expect(await ana.press('Ask to come back')).toContain('You asked to join')
    expect(await here.press(fred, 'gr.no', group, await idOf('ana'))).toContain('in kind words')
    expect((await told()).join()).toContain('That says nothing about you')
    expect(await here.press(ana, 'gr.ask', group, 'member')).toContain('a week after that')
  })

  it('ends every seat of somebody who stops taking part, and gives it to the next', async () => {
    await here.press(who('dan'), 'gr.ask', group, 'reading')
    await store.groups.change(programId, group, { capacity: 1 }, here.cast.clock.now())
    expect(await here.press(fred, 'gr.in', group, await idOf('dan'))).toContain('on the list')
    await here.press(who('cleo'), 'help.stop-yes')
    expect((await store.groups.seat(await here.person('cleo'), group))?.state).toBe('left')
    expect(await store.groups.seat(await here.person('dan'), group)).toMatchObject({
      state: 'agreeing',
      seat: 'reading',
    })
  })
})
