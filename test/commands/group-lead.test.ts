// Leading a group from the chat: who may, who may not any more, and what comes of each decision. Everything is on record.
import { beforeAll, expect, it } from 'vitest'
import type { Store } from '../../src/store/connect.ts'
import type { Speaker } from '../support/cast.ts'
import { eachDatabase, storeFor } from '../support/databases.ts'
import { groupCast, type GroupCast } from '../support/group-cast.ts'

const gone = 'no longer here'

eachDatabase((make, database) => {
  const open = storeFor(make)
  let store: Store
  let here: GroupCast
  let fred: Speaker
  let fay: Speaker
  let programId: string
  let heard = 0

  const idOf = async (user: string) => (await here.person(user)).personId
  const seatOf = async (user: string, group: string) => store.groups.seat(await here.person(user), group)
  const groupNow = (group: string) => store.groups.get(programId, group)
  const told = async () => {
    await here.delivered.delivery.settle()
    const all = here.delivered.words()
    const fresh = all.slice(heard)
    heard = all.length
    return fresh
  }

  beforeAll(async () => {
    store = await open()
    here = await groupCast(store)
    fred = await here.facilitator('fred')
    fay = await here.facilitator('fay')
    programId = (await here.person('fred')).programId
  })

  it('lets 20 people in at once into 12 seats: 12 have a place, 8 a number on the list', async () => {
    const group = await here.make(fred, { name: 'Big' })
    const users = Array.from({ length: 20 }, (_, index) => `m${index}`)
    const all: Speaker[] = []
    for (const user of users) all.push(await here.cast.member(user))
    await Promise.all(all.map((one) => here.press(one, 'gr.ask', group, 'member')))
    const ids = await Promise.all(users.map(idOf))
    const said = await Promise.all(ids.map((id) => here.press(fred, 'gr.in', group, id)))
    expect(said.filter((words) => words.includes('went wrong'))).toEqual([])
    expect(await store.groups.seats(programId, group, ['agreeing'])).toHaveLength(12)
    const waiting = await store.groups.seats(programId, group, ['waiting'])
    expect(waiting).toHaveLength(8)
    // Everybody who has a place leaves at once: the 8 move up, and nobody is left on the list.
    const sitting = await store.groups.seats(programId, group, ['agreeing'])
    await Promise.all(
      users
        .filter((_, index) => sitting.some(({ personId }) => personId === ids[index]))
        .map((user) => here.press(here.cast.as(user), 'gr.unask', group)),
    )
    expect(await store.groups.seats(programId, group, ['waiting'])).toEqual([])
    expect(await store.groups.seats(programId, group, ['agreeing'])).toHaveLength(8)
    expect(await store.audits.verify(programId)).toMatchObject({ ok: true, rows: 21 })
  })

  if (database === 'PostgreSQL') return

  it('answers two who decide at once, or twice, with what became of it', async () => {
    const group = await here.make(fred, { name: 'Twice' })
    await here.cast.member('tia')
    await here.press(here.cast.as('tia'), 'gr.ask', group, 'member')
    const id = await idOf('tia')
    await Promise.all([here.press(fred, 'gr.in', group, id), here.press(fred, 'gr.in', group, id)])
    expect(await seatOf('tia', group)).toMatchObject({ state: 'agreeing' })
    expect(await here.press(fred, 'gr.no', group, id)).toContain('has a place')
    expect(await seatOf('tia', group)).toMatchObject({ state: 'agreeing' })
  })

  it('keeps a closed group to itself: a facilitator brings people in by name', async () => {
    const group = await here.make(fred, { name: 'Closed circle', openness: 'closed', capacity: 2 })
    const ned = await here.cast.member('ned')
    expect(await ned.slash('group')).not.toContain('Closed circle')
    expect(await here.press(ned, 'gr.see', group)).toContain(gone)
    expect(await here.press(ned, 'gr.ask', group, 'member')).toContain(gone)
    await here.press(fred, 'gr.people', group)
    await fred.press('Bring somebody in')
    expect(await fred.fill({ person: 'nobody-known', seat: 'member' })).toContain('do not know this person')
    await fred.press('Try again')
    expect(await fred.fill({ person: 'ned', seat: 'member' })).toContain('ned has a place')
    await here.press(ned, 'gr.see', group)
    await ned.press('I agree')
    await here.press(fred, 'gr.people', group)
    await fred.press('Bring somebody in')
    expect(await fred.fill({ person: 'ned', seat: 'member' })).toContain('has a seat in the group already')
    // Who left a closed group may ask to come back; who never was in it may not.
    await here.press(ned, 'gr.left', group)
    expect(await here.press(ned, 'gr.ask', group, 'member')).toContain('You asked')
  })

  it('gives the seat of the host, beside the number of seats, and takes it back', async () => {
    const group = await here.make(fred, { name: 'Hosted', host: 'ned', facilitators: ['fay'] })
    expect(await seatOf('ned', group)).toMatchObject({ seat: 'host', state: 'agreeing' })
    expect(await seatOf('fay', group)).toMatchObject({ seat: 'facilitator', state: 'in' })
    expect(await here.press(fay, 'gr.people', group)).toContain('ned: has a place')
    await here.press(here.cast.as('ned'), 'gr.agree', group, '1')
    const id = await idOf('ned')
    await here.press(fay, 'gr.host', group, id, 'member')
    expect(await seatOf('ned', group)).toMatchObject({ seat: 'member', state: 'in' })
    await here.press(fay, 'gr.host', group, id, 'host')
    expect(await here.press(fay, 'gr.people', group)).toContain('ned: hosts')
  })

  it('refuses an adult among teens and a teen among adults, in a clear sentence', async () => {
    const teens = await here.make(fred, { name: 'Teens', age: 'teen' })
    const adults = await here.make(fred, { name: 'Adults' })
    const kim = await here.cast.member('kim')
    await store.people.change(await here.person('kim'), { ageBand: 'teen' })
    here.app.directory.forget(await here.person('kim'))
    const ned = here.cast.as('ned')
    expect(await kim.slash('group')).toContain('Teens')
    expect(await kim.slash('group')).not.toContain('Adults')
    expect(await ned.slash('group')).not.toContain('Teens')
    expect(await here.press(kim, 'gr.ask', adults, 'member')).toContain('This group is for adults')
    expect(await here.press(ned, 'gr.ask', teens, 'reading')).toContain('This group is for teens')
    await here.press(fred, 'gr.people', teens)
    await fred.press('Bring somebody in')
    expect(await fred.fill({ person: 'ned', seat: 'host' })).toContain('This group is for teens')
    await fred.slash('group')
    await fred.press('Make a group')
    const mixed = { name: 'Mixed', kind: 'skills', openness: 'open', age: 'adult', phase: 'program' }
    expect(await fred.fill({ ...mixed, capacity: 8, host: 'kim' })).toContain('This group is for adults')
    // Let in while a teen, and an adult by the time it is decided.
    await here.press(kim, 'gr.ask', teens, 'member')
    await store.people.change(await here.person('kim'), { ageBand: 'adult' })
    expect(await here.press(fred, 'gr.in', teens, await idOf('kim'))).toContain('This group is for teens')
    expect(await seatOf('kim', teens)).toMatchObject({ state: 'asked' })
    await store.people.change(await here.person('kim'), { ageBand: 'teen' })
  })

  it('keeps those who finished and those who did not in groups of their own', async () => {
    const after = await here.make(fred, { name: 'After', phase: 'alumni' })
    const olga = await here.cast.member('olga')
    await here.grant('olga', 'alum', 'member')
    expect(await olga.slash('group')).toContain('After')
    expect(await olga.slash('group')).not.toContain('Hosted')
    expect(await here.cast.as('ned').slash('group')).not.toContain('After')
    expect(await here.press(here.cast.as('ned'), 'gr.ask', after, 'member')).toContain('who finished')
    expect(await here.press(olga, 'gr.ask', after, 'member')).toContain('You asked to join After')
  })

  it('ends a seat with a reason of the closed set, tells the person, and keeps it on record', async () => {
    const group = await here.make(fred, { name: 'Ending' })
    const rob = await here.cast.member('rob')
    await here.sits(rob, fred, group)
    await told()
    const id = await idOf('rob')
    await here.press(fred, 'gr.out', group, id)
    expect(await fred.pressCode(`h1:gr.gone:${group}:${id}`, 'because')).toContain('pick one of the choices')
    expect(await fred.pressCode(`h1:gr.gone:${group}:${id}`, 'agreement')).toContain(
      'The seat of rob is ended',
    )
    expect((await told()).join()).toContain('The reason they gave: the agreement was not kept')
    expect(await here.press(rob, 'gr.ask', group, 'member')).toContain('A facilitator ended your seat')
    const [row] = await store.audits.list(programId, { limit: 1 })
    expect(row).toMatchObject({
      act: 'remove-member',
      actorRole: 'facilitator',
      objectId: group,
      personId: id,
      why: 'agreement',
    })
    // They can be brought in again.
    await here.press(fred, 'gr.people', group)
    await fred.press('Bring somebody in')
    expect(await fred.fill({ person: 'rob', seat: 'reading' })).toContain('rob has a place')
  })

  it('is not for a facilitator of other groups, a member, or somebody of another program', async () => {
    const group = await here.make(fred, { name: 'Fred’s own' })
    const ida = await idOf('ned')
    await here.cast.program('w2')
    await here.cast.member('zoe', { workspace: 'w2' })
    const zoe = await here.person('zoe', 'w2')
    await store.people.grant(zoe, 'facilitator', undefined, here.cast.clock.now())
    await store.people.grant(zoe, 'admin', undefined, here.cast.clock.now())
    const before = JSON.stringify([await groupNow(group), await store.groups.seats(programId, group)])
    const others = [fay, here.cast.as('ned'), here.cast.as('zoe', { workspace: 'w2' })]
    const codes = [
      `gr.people:${group}`,
      `gr.in:${group}:${ida}`,
      `gr.no:${group}:${ida}`,
      `gr.first:${group}:${ida}`,
      `gr.host:${group}:${ida}:host`,
      `gr.out:${group}:${ida}`,
      `gr.edit:${group}`,
      `gr.reword:${group}`,
      `gr.pause:${group}`,
      `gr.paused:${group}`,
      `gr.reopen:${group}`,
      `gr.end:${group}`,
      `gr.ended:${group}`,
    ]
    for (const one of others) {
      for (const code of codes)
        expect(await one.pressCode(`h1:${code}`), code).toMatch(/no longer here|for the facilitators/)
      expect(await one.pressCode(`h1:gr.gone:${group}:${ida}`, 'safety')).toMatch(
        /no longer here|for the fac/,
      )
      const settings = { name: 'Mine', kind: 'support', openness: 'open', capacity: 30 }
      for (const [form, raw] of [
        ['gr.change', settings],
        ['gr.terms', { agreement: 'Mine' }],
        ['gr.bring', { person: 'ned', seat: 'member' }],
        ['gr.lead', { person: 'fay' }],
        ['gr.make', { ...settings, age: 'adult', phase: 'program' }],
      ] as const)
        expect(await one.submit(`h1:${form}:${group}`, raw), form).toMatch(
          /no longer here|for the facilitators/,
        )
    }
    expect(JSON.stringify([await groupNow(group), await store.groups.seats(programId, group)])).toBe(before)
    // An admin of this program may.
    expect(await here.press(here.admin, 'gr.people', group)).toContain('People of Fred’s own')
  })

  it('is over at the next click for a facilitator whose role was taken, though the page is still open', async () => {
    const group = await here.make(fred, { name: 'Handed on', facilitators: ['fay'] })
    await here.press(here.cast.as('ned'), 'gr.ask', group, 'member')
    const id = await idOf('ned')
    await fay.pressCode(`h1:gr.who:${group}:0`, id)
    await store.people.revoke(await here.person('fay'), 'facilitator', here.cast.clock.now())
    expect(await fay.press('Let ned in')).toMatch(/facilitators|agree|join/i)
    expect(await seatOf('ned', group)).toMatchObject({ state: 'asked' })
    await told()
    // Who has the seat but not the role any more is not told either.
    await here.press(here.cast.as('rob'), 'gr.ask', group, 'member')
    expect((await told()).filter((words) => words.includes('asks to join'))).toHaveLength(1)
    // And who has the role, but whose seat was ended.
    await here.grant('fay', 'facilitator')
    await fred.pressCode(`h1:gr.gone:${group}:${await idOf('fay')}`, 'finished')
    expect(await here.press(fay, 'gr.in', group, id)).toContain(gone)
    expect(await here.press(fred, 'gr.in', group, id)).toContain('ned has a place')
  })

  it('ends the seats that rested on a role, when the role is taken', async () => {
    const group = await here.make(fred, { name: 'Rested on', facilitators: ['fay'] })
    const vic = await here.cast.member('vic')
    await here.sits(vic, fred, group)
    const [admin, account] = [
      await here.person('admin'),
      { platform: 'playground', workspace: 'w1' } as const,
    ]
    const now = here.cast.clock.now()
    await here.app.programs.setRole(admin, { ...account, user: 'fay' }, 'facilitator', 'take', now)
    expect(await seatOf('fay', group)).toMatchObject({ state: 'left' })
    await here.app.members.grant(await here.person('vic'), 'alum', admin, now)
    expect(await seatOf('vic', group)).toMatchObject({ state: 'in' })
    await store.people.revoke(await here.person('vic'), 'member', now)
    await here.app.groups.putRight(await here.person('vic'), now)
    expect(await seatOf('vic', group)).toMatchObject({ state: 'left' })
    await here.grant('fay', 'facilitator')
  })

  it('changes its settings, and more seats go to those who wait', async () => {
    const group = await here.make(fred, { name: 'Small', capacity: 2 })
    for (const user of ['p1', 'p2', 'p3']) {
      const one = await here.cast.member(user)
      await here.press(one, 'gr.ask', group, 'member')
      await here.press(fred, 'gr.in', group, await idOf(user))
    }
    expect(await seatOf('p3', group)).toMatchObject({ state: 'waiting' })
    await here.press(fred, 'gr.edit', group)
    expect(fred.form().filled).toMatchObject({ name: 'Small', capacity: 2, openness: 'open' })
    expect(await fred.fill({ capacity: 3, zone: 'nowhere at all' })).toContain('nowhere at all')
    await fred.press('Try again')
    expect(await fred.fill({ capacity: 3, zone: 'Europe/Madrid' })).toContain('Changed')
    expect(await seatOf('p3', group)).toMatchObject({ state: 'agreeing' })
    expect(await groupNow(group)).toMatchObject({ capacity: 3, zone: 'Europe/Madrid', agreementVersion: 1 })
  })

  it('is paused and opened again with a word in its room, and ended with a word to everybody', async () => {
    const group = await here.make(fred, { name: 'Ebb and flow' })
    await here.sits(here.cast.as('p1'), fred, group)
    await store.groups.change(
      programId,
      group,
      { room: 'room-7', roomState: 'made', syncAt: null },
      here.cast.clock.now(),
    )
    await told()
    await here.press(fred, 'gr.pause', group)
    expect(await fred.press('Yes, pause it')).toContain('Ebb and flow is paused')
    expect(await groupNow(group)).toMatchObject({ state: 'paused' })
    expect((await groupNow(group))?.syncAt).toBeDefined()
    expect((await told()).join()).toContain('Nobody writes here until a facilitator')
    expect(await here.press(here.cast.as('p2'), 'gr.ask', group, 'member')).toContain(
      'You can ask when it opens',
    )
    await here.press(fred, 'gr.see', group)
    expect(await fred.press('Open it again')).toContain('is open again')
    expect((await told()).join()).toContain('open again')
    await here.press(fred, 'gr.end', group)
    expect(await fred.press('Yes, end it')).toContain('Ebb and flow has ended')
    // The member and the facilitator.
    expect((await told()).filter((words) => words.includes('its room is closed'))).toHaveLength(2)
    expect(await here.press(fred, 'gr.paused', group)).toContain('This group has ended')
    expect(await here.press(here.cast.as('p1'), 'gr.see', group)).toContain('This group has ended')
    expect(await here.press(here.cast.as('p2'), 'gr.see', group)).toContain(gone)
    const rows = await store.audits.list(programId, { limit: 3 })
    expect(rows.map(({ act, why }) => [act, why])).toEqual([
      ['archive-group', undefined],
      ['pause-group', 'reopened'],
      ['pause-group', 'paused'],
    ])
  })
})
