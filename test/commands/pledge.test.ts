// The next 24 hours of a group: anyone joins any day, the room hears of it once, and nobody can be found missing.
import { beforeEach, expect, it } from 'vitest'
import type { Store } from '../../src/store/connect.ts'
import type { Speaker } from '../support/cast.ts'
import { eachDatabase, storeFor } from '../support/databases.ts'
import { groupCast, type GroupCast } from '../support/group-cast.ts'

const hourMs = 3_600_000

eachDatabase((make) => {
  const open = storeFor(make)
  let store: Store
  let here: GroupCast
  let [fay, ana, bo, cy]: Speaker[] = []
  let group: string
  let heard = 0

  const who = (one: Speaker | undefined): Speaker => {
    if (!one) throw new Error('nobody')
    return one
  }
  async function told(): Promise<readonly { readonly to: string; readonly words: string }[]> {
    await here.delivered.delivery.settle()
    const { shown } = here.delivered.platform
    const words = here.delivered.words()
    const fresh = shown.slice(heard).map((post, at) => ({
      to: JSON.stringify(post.to),
      words: words[heard + at] ?? '',
    }))
    heard = shown.length
    return fresh
  }
  const later = (hours: number) =>
    here.delivered.delivery.moveTo(new Date(here.cast.clock.now().getTime() + hours * hourMs))
  const rows = async () => {
    const { programId } = await here.person('fay')
    const of = async (day: string) => (await store.pledges.list(programId, group, day, 50, 0)).length
    return Promise.all(['2026-03-06', '2026-03-07', '2026-03-08'].map(of))
  }

  beforeEach(async () => {
    store = await open()
    here = await groupCast(store)
    heard = 0
    fay = await here.facilitator('fay')
    group = await here.make(fay, { name: 'Harbour' })
    const { programId } = await here.person('fay')
    const now = here.cast.clock.now()
    await store.groups.change(programId, group, { room: 'room-1', roomState: 'made', syncAt: null }, now)
    ana = await here.cast.member('ana')
    bo = await here.cast.member('bo')
    cy = await here.cast.member('cy')
    for (const one of [ana, bo]) await here.sits(one, fay, group)
    await told()
  })

  it('brings one card without a name into the room, and its group joins from there', async () => {
    const seen = await who(ana).slash('pledge')
    expect(seen).toContain('Harbour')
    expect(seen).toContain('Nobody has joined today yet')
    expect(await who(ana).press('I am in for today')).toMatch(/You are in for today[^]*ana/)
    const [card, ...more] = await told()
    expect(more).toEqual([])
    expect(card?.to).toContain('room-1')
    expect(card?.words).toContain('Somebody here is in for today')
    expect(card?.words).not.toContain('ana')
    const joined = await here.press(who(bo), 'pg.card', group)
    expect(joined).toMatch(/- ana[^]*- bo/)
    await here.press(who(bo), 'pg.card', group)
    await here.press(who(ana), 'pg.in', group)
    expect(await told()).toEqual([])
    expect(await rows()).toEqual([2, 0, 0])
    expect(await here.press(who(fay), 'pg.who', group)).toContain('- bo')
  })

  it('is for people of the group, and not while nobody meets there', async () => {
    expect(await who(cy).slash('pledge')).toContain('You are in no group yet')
    expect(await here.press(who(cy), 'pg.card', group)).not.toContain('Harbour')
    expect(await here.press(who(cy), 'pg.who', group)).not.toContain('In for today')
    expect(await rows()).toEqual([0, 0, 0])

    const { programId } = await here.person('fay')
    await store.groups.change(programId, group, { state: 'paused' }, here.cast.clock.now())
    expect(await here.press(who(ana), 'pg.see', group)).toContain('paused, quiet or over')
    expect(await here.press(who(ana), 'pg.card', group)).toContain('paused, quiet or over')
    expect(await rows()).toEqual([0, 0, 0])
  })

  it('starts anew each day, can be taken back, and forgets within days who was there and who was not', async () => {
    await here.press(who(ana), 'pg.in', group)
    expect(await here.press(who(ana), 'pg.out', group)).toContain('Nobody has joined today yet')
    await here.press(who(ana), 'pg.in', group)
    await told()
    await later(24)
    await told()
    expect(await here.press(who(bo), 'pg.see', group)).toContain('Nobody has joined today yet')
    await here.press(who(bo), 'pg.in', group)
    expect((await told()).map(({ to }) => to)).toEqual([expect.stringContaining('room-1')])
    expect(await rows()).toEqual([1, 1, 0])
    await later(25)
    await later(48)
    expect(await rows()).toEqual([0, 0, 0])
  })

  it('pages when many are in', async () => {
    const now = here.cast.clock.now()
    const { day } = await here.app.pledges.today(await here.person('ana'), group, 1, 0, now)
    for (let n = 0; n < 22; n++) {
      await here.cast.member(`p${n}`)
      const one = await here.person(`p${n}`)
      await store.pledges.join(one, { id: `pledge-${n}`, groupId: group, day, at: now }, [])
    }
    const first = await here.press(who(ana), 'pg.see', group)
    expect(first.match(/^- p\d+$/gm)).toHaveLength(20)
    expect((await who(ana).press('More')).match(/^- p\d+$/gm)).toHaveLength(2)
  })
})
