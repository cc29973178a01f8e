// Meetings in the chat: planned by the group's clock, answered by name, moved and called off with notice, run part by part.
import { beforeEach, expect, it } from 'vitest'
import type { Store } from '../../src/store/connect.ts'
import type { Speaker } from '../support/cast.ts'
import { eachDatabase, storeFor } from '../support/databases.ts'
import { groupCast, type GroupCast } from '../support/group-cast.ts'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs
const gone = 'That is no longer here'

eachDatabase((make) => {
  const open = storeFor(make)
  let store: Store
  let here: GroupCast
  let fay: Speaker
  let ana: Speaker
  let bo: Speaker
  let group: string
  let programId: string
  let heard = 0

  async function told(): Promise<readonly { readonly to: string; readonly words: string }[]> {
    await here.delivered.delivery.settle()
    const { shown } = here.delivered.platform
    const words = here.delivered.words()
    const fresh = shown
      .slice(heard)
      .map((post, at) => ({ to: JSON.stringify(post.to), words: words[heard + at] ?? '' }))
    heard = shown.length
    return fresh
  }
  const said = async () => (await told()).map(({ words }) => words).join('\n')
  const moveTo = (at: string | number) => here.delivered.delivery.moveTo(new Date(at))
  const coming = async (user: string) =>
    (await here.app.meetings.list(await here.person(user), here.cast.clock.now(), { skip: 0, limit: 50 }))
      .rows
  const starts = async () => (await coming('ana')).map(({ meeting }) => meeting.startsAt.toISOString())
  const idOf = async (at: string) => {
    const row = (await coming('ana')).find(({ meeting }) => meeting.startsAt.toISOString() === at)
    if (!row) throw new Error(`no meeting at ${at}`)
    return row.meeting.id
  }
  async function plans(form: Readonly<Record<string, unknown>> = {}): Promise<string> {
    await here.press(fay, 'gr.see', group)
    await fay.press('Plan a meeting')
    return fay.fill({ day: '2026-03-07', time: '18:00', minutes: 60, often: 'weekly', ...form })
  }
  /** Saturday the 7th at six in the evening in New York; after it the clocks go forward. */
  const first = '2026-03-07T23:00:00.000Z'
  const second = '2026-03-14T22:00:00.000Z'

  beforeEach(async () => {
    store = await open()
    here = await groupCast(store)
    heard = 0
    fay = await here.facilitator('fay')
    group = await here.make(fay, { name: 'Harbour' })
    programId = (await here.person('fay')).programId
    await store.groups.change(
      programId,
      group,
      { room: 'room-1', roomState: 'made', syncAt: null },
      here.cast.clock.now(),
    )
    ana = await here.cast.member('ana')
    bo = await here.cast.member('bo')
    await here.sits(ana, fay, group)
    await here.sits(bo, fay, group)
    await told()
  })

  it('are planned every week by the clock of the group, over a change of clocks, and listed in own time', async () => {
    expect(await plans({ topic: 'Sleep' })).toContain('Planned for Harbour')
    expect(await starts()).toEqual([
      first,
      second,
      '2026-03-21T22:00:00.000Z',
      '2026-03-28T22:00:00.000Z',
      '2026-04-04T22:00:00.000Z',
    ])
    const list = await ana.slash('meetings')
    expect(list).toContain('Harbour')
    expect(list).toContain('Only you see this list')
    await moveTo(Date.parse(first) + 8 * dayMs)
    await here.app.meetings.keepUp(here.cast.clock.now())
    await here.app.meetings.keepUp(here.cast.clock.now())
    const later = await starts()
    expect(new Set(later).size).toBe(later.length)
    expect(later.at(-1)).toBe('2026-04-11T22:00:00.000Z')
  })

  it('tells of a time that has passed or is taken, and plans nothing then', async () => {
    expect(await plans({ day: '2026-03-05' })).toContain('That time has passed')
    await plans({ often: 'once' })
    expect(await plans({ often: 'once' })).toContain('has a meeting at that time already')
    expect(await starts()).toEqual([first])
  })

  it('are answered by name, and only who said yes hears of it an hour before, once', async () => {
    await plans()
    const id = await idOf(first)
    await here.press(ana, 'mt.see', id)
    expect(await ana.press('Yes, I come')).toContain('Yes: ana')
    await here.press(bo, 'mt.see', id)
    const both = await bo.press('Maybe')
    expect(both).toContain('Yes: ana')
    expect(both).toContain('Maybe: bo')
    await told()
    await moveTo(Date.parse(first) - 61 * minuteMs)
    expect(await told()).toEqual([])
    await moveTo(Date.parse(first) - 59 * minuteMs)
    const soon = await told()
    expect(soon).toHaveLength(1)
    expect(soon[0]?.to).toContain('ana')
    expect(soon[0]?.words).toContain('A meeting that you said yes to begins')
    expect(soon[0]?.words).not.toContain('Harbour')
    await moveTo(Date.parse(first) + 5 * minuteMs)
    expect(await told()).toEqual([])
  })

  it('moves one with its reminder and leaves the others where they are', async () => {
    await plans()
    const id = await idOf(first)
    await here.press(ana, 'mt.say', id, 'yes')
    await here.press(bo, 'mt.say', id, 'no')
    await here.press(fay, 'mt.edit', id, 'one')
    expect(fay.form().filled).toMatchObject({ day: '2026-03-07', time: '18:00' })
    await fay.fill({ time: '20:00', minutes: 60 })
    const news = await told()
    expect(news.map(({ to }) => /room-1|ana|bo/.exec(to)?.[0] ?? '').toSorted()).toEqual(['ana', 'room-1'])
    expect(news.every(({ words }) => words.includes('has changed'))).toBe(true)
    expect((await starts()).slice(0, 2)).toEqual(['2026-03-08T01:00:00.000Z', second])
    await moveTo(Date.parse(first) - 30 * minuteMs)
    expect(await told()).toEqual([])
    await moveTo(Date.parse(first) + 70 * minuteMs)
    expect((await told()).map(({ words }) => words.includes('said yes'))).toEqual([true])
  })

  it('gives this one and all that follow another day, or another length with the answers kept', async () => {
    await plans()
    await here.press(ana, 'mt.say', await idOf(second), 'yes')
    await here.press(fay, 'mt.edit', await idOf(second), 'all')
    await fay.fill({ minutes: 90 })
    expect(await said()).toContain('has changed')
    const rows = await coming('ana')
    expect(rows.map(({ meeting, answer }) => [meeting.minutes, answer])).toEqual([
      [60, undefined],
      [90, 'yes'],
      [90, undefined],
      [90, undefined],
      [90, undefined],
    ])
    await here.press(fay, 'mt.edit', await idOf(second), 'all')
    await fay.fill({ day: '2026-03-16', time: '19:30' })
    expect(await said()).toContain('have new times')
    const after = await starts()
    expect(after.slice(0, 3)).toEqual([first, '2026-03-16T23:30:00.000Z', '2026-03-23T23:30:00.000Z'])
    await here.app.meetings.keepUp(here.cast.clock.now())
    expect(await starts()).toEqual(after)
    const acts = (await store.audits.list(programId, { limit: 100 })).filter(({ why }) => why === 'meeting')
    expect(acts).toHaveLength(2)
  })

  it('calls one off with notice, and it does not come back', async () => {
    await plans()
    const id = await idOf(first)
    await here.press(ana, 'mt.say', id, 'yes')
    await here.press(fay, 'mt.see', id)
    expect(await fay.press('Call this one off')).toContain('Call it off?')
    expect(await starts()).toContain(first)
    await fay.press('Yes, call it off')
    const news = await told()
    expect(news.map(({ to }) => /room-1|ana|bo/.exec(to)?.[0] ?? '').toSorted()).toEqual(['ana', 'room-1'])
    await here.app.meetings.keepUp(here.cast.clock.now())
    expect(await starts()).not.toContain(first)
    await moveTo(Date.parse(first) - 30 * minuteMs)
    expect(await told()).toEqual([])
    expect(await here.press(ana, 'mt.see', id)).toContain('called off')
    expect(await here.press(ana, 'mt.say', id, 'yes')).toContain('was called off')
  })

  it('gives a neutral calendar file by the clock of the world, and a newer one after a change', async () => {
    await plans()
    const id = await idOf(first)
    const file = async () => {
      await here.press(ana, 'mt.ics', id)
      const { reply } = ana.shown()
      const message = reply.kind === 'update' ? reply.message : undefined
      const block = message?.blocks.find((one) => one.kind === 'file')
      if (block?.kind !== 'file') throw new Error('no file')
      return new TextDecoder().decode(block.bytes)
    }
    const one = await file()
    expect(one).toContain('DTSTART:20260307T230000Z')
    expect(one).toContain('SUMMARY:Group meeting')
    expect(one).not.toMatch(/Harbour|ana|support/i)
    const number = (text: string) => Number(/SEQUENCE:(\d+)/.exec(text)?.[1])
    await moveTo(here.cast.clock.now().getTime() + hourMs)
    await here.press(fay, 'mt.gone', id, 'one')
    const two = await file()
    expect(two).toContain('STATUS:CANCELLED')
    expect(number(two)).toBeGreaterThan(number(one))
  })

  it('goes through its parts in the room, pressed twice goes on once, and says when a part’s time is over', async () => {
    await plans()
    const id = await idOf(first)
    expect(await here.press(fay, 'mt.start', id)).toContain('too early')
    expect(await here.press(ana, 'mt.start', id)).toContain(gone)
    await moveTo(Date.parse(first) - 5 * minuteMs)
    await told()
    await here.press(fay, 'mt.see', id)
    expect(await fay.press('Start the meeting')).toContain('Harbour: Check-in')
    const opening = await told()
    expect(opening).toHaveLength(1)
    expect(opening[0]?.to).toContain('room-1')
    expect(opening[0]?.words).toContain('Everybody in this room sees this')
    await here.press(fay, 'mt.on', id, 'check-in')
    expect(await here.press(fay, 'mt.on', id, 'check-in')).toContain('Harbour: Topic')
    expect((await said()).match(/Topic/g)).toHaveLength(1)
    await moveTo(here.cast.clock.now().getTime() + 40 * minuteMs)
    expect(await said()).toContain('The time planned for this part is over')
    await here.press(fay, 'mt.more', id)
    await moveTo(here.cast.clock.now().getTime() + 6 * minuteMs)
    expect((await said()).match(/time planned for this part is over/g)).toHaveLength(1)
    await here.press(fay, 'mt.on', id, 'topic')
    await here.press(fay, 'mt.on', id, 'discussion')
    await told()
    expect(await here.press(fay, 'mt.on', id, 'closing')).toContain('The meeting is closed')
    expect(await said()).toContain('Thank you for being here')
  })

  it('has a go-round that names each once in the room, where passing counts, and asks those who were there afterwards', async () => {
    const cy = await here.cast.member('cy')
    await here.sits(cy, fay, group)
    await plans()
    const id = await idOf(first)
    await moveTo(Date.parse(first))
    await here.press(fay, 'mt.start', id)
    await told()
    await Promise.all([here.press(ana, 'mt.join', id), here.press(bo, 'mt.join', id)])
    expect(await here.press(ana, 'mt.join', id)).toContain('You are in the go-round')
    const turns = await told()
    expect(turns).toHaveLength(1)
    const [next, other] = /turn of ana/.test(turns[0]?.words ?? '') ? [ana, bo] : [bo, ana]
    expect(turns[0]?.words).toContain(`It is the turn of ${next.visitor.user}`)
    expect(await here.press(other, 'mt.turn', id, '0')).toContain('It is somebody else')
    await here.press(next, 'mt.turn', id, '0')
    await here.press(next, 'mt.turn', id, '0')
    expect(await said()).toContain(`It is the turn of ${other.visitor.user}`)
    expect(await here.press(cy, 'mt.pass', id)).toContain('Listening counts')
    await here.press(fay, 'mt.turn', id, '1')
    expect(await said()).toContain('The go-round is done')
    await here.press(fay, 'mt.end', id)
    const news = await told()
    const asked = news.filter(({ words }) => words.includes('write a few lines for yourself'))
    expect(asked.map(({ to }) => /ana|bo|cy/.exec(to)?.[0] ?? '').toSorted()).toEqual(['ana', 'bo', 'cy'])
    expect(await here.press(ana, 'mt.there', id)).toContain('for the facilitators')
    const list = await here.press(fay, 'mt.there', id)
    for (const name of ['ana', 'bo', 'cy']) expect(list).toContain(`- ${name}`)
    expect(await here.press(await here.facilitator('gil'), 'mt.there', id)).toContain(gone)
    const acts = (await store.audits.list(programId, { limit: 100 })).map(({ act }) => act)
    expect(acts.filter((act) => act === 'attendance')).toHaveLength(1)
  })

  it('is nobody’s who is not in the group, or who left it', async () => {
    await plans()
    const id = await idOf(first)
    await here.cast.member('dee')
    expect(await here.press(here.cast.as('dee'), 'mt.see', id)).toContain(gone)
    await here.press(ana, 'mt.say', id, 'yes')
    const { personId } = await here.person('ana')
    await here.app.groups.remove(await here.person('fay'), group, personId, 'asked', here.cast.clock.now())
    await told()
    expect(await here.press(ana, 'mt.see', id)).toContain(gone)
    await moveTo(Date.parse(first) - 30 * minuteMs)
    expect((await told()).filter(({ words }) => words.includes('said yes'))).toEqual([])
  })

  it('lets the people of a group without staff host in turn, and quiets a room that nobody hosted for a month', async () => {
    await plans()
    const seat = await store.groups.seats(programId, group, ['in'])
    const staff = seat.find((one) => one.seat === 'facilitator')
    if (!staff) throw new Error('no facilitator sits there')
    const now = here.cast.clock.now()
    await store.groups.change(programId, group, { hostedAt: new Date(now.getTime() - 31 * dayMs) }, now)
    await here.app.meetings.keepUp(here.cast.clock.now())
    expect((await store.groups.get(programId, group))?.state).toBe('open')
    await store.groups.take(programId, { ...staff, state: 'left', since: now, endedAt: now }, 'in', 99)
    await here.app.meetings.keepUp(here.cast.clock.now())
    expect((await store.groups.get(programId, group))?.state).toBe('quiet')
    expect(await said()).toContain('Nobody has hosted this group for 30 days')
  })
})
