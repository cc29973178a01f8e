// What staff do about somebody: said with who and why, ended by itself, appealed to somebody else, and honest about a platform's limits.
import { beforeEach, describe, expect, it } from 'vitest'
import { choresOf } from '../../src/chores.ts'
import type { Store } from '../../src/store/connect.ts'
import { castOn, type Speaker } from '../support/cast.ts'
import { eachDatabase, storeFor } from '../support/databases.ts'
import { groupCast, type GroupCast } from '../support/group-cast.ts'
import { recordedKeeper } from '../support/keeper.ts'

const gone = 'That is no longer here'
const hourMs = 3_600_000

eachDatabase((make) => {
  const open = storeFor(make)
  let store: Store
  let here: GroupCast
  let keeper: ReturnType<typeof recordedKeeper>
  let fay: Speaker
  let gus: Speaker
  let bo: Speaker
  let heard = 0

  const idOf = async (user: string) => (await here.person(user)).personId
  const programId = async () => (await here.person('admin')).programId
  async function told(user: string): Promise<string> {
    await here.delivered.delivery.settle()
    const words = here.delivered.words()
    const fresh = here.delivered.platform.shown
      .map(({ to }, at) => ({ to: JSON.stringify(to), words: words[at] ?? '' }))
      .slice(heard)
    heard = words.length
    return fresh
      .filter(({ to }) => to.includes(`"${user}"`))
      .map((one) => one.words)
      .join('\n')
  }
  const newest = async () => {
    const [one] = await store.measures.of(await here.person('bo'), 1)
    if (!one) throw new Error('no measure')
    return one
  }
  const does = async (staff: Speaker, label: string, raw: Readonly<Record<string, unknown>>) => {
    await here.press(staff, 'mp', await idOf('bo'))
    await staff.press(label)
    return staff.fill({ why: 'unkind', ...raw })
  }
  const room = async (group: string) =>
    store.groups.change(
      await programId(),
      group,
      { room: 'r1', roomState: 'made', syncAt: null },
      here.cast.clock.now(),
    )

  beforeEach(async () => {
    store = await open()
    keeper = recordedKeeper()
    here = await groupCast(store, keeper.keepers)
    heard = 0
    fay = await here.facilitator('fay')
    gus = await here.facilitator('gus')
    bo = await here.cast.member('bo')
  })

  describe('private words', () => {
    it('reach the person alone, by a pointer, with who and why, and are on record', async () => {
      await fay.slash('roster')
      expect(await fay.pressCode('h1:ms.pick', await idOf('bo'))).toContain('bo')
      await fay.press('Write to them in private')
      expect(await fay.fill({ why: 'unkind', words: 'That joke hurt people.' })).toContain('Sent')
      const notice = await told('bo')
      expect(notice).toContain('**fay** wrote to you in private')
      expect(notice).toContain('Why: Hurtful or unkind words')
      expect(notice).toContain('[Ask for a second look]')
      expect(notice).not.toContain('joke')
      const { id } = await newest()
      expect(await here.press(bo, 'ms.see', id)).toContain('> That joke hurt people.')
      const ana = await here.cast.member('ana')
      expect(await here.press(ana, 'ms.see', id)).toContain(gone)
      expect(await here.press(gus, 'mp', await idOf('bo'))).not.toContain('joke')
      const [row] = await store.audits.list(await programId(), { limit: 1 })
      expect(row).toMatchObject({ act: 'warn', objectId: id, why: 'unkind', personId: await idOf('bo') })
    })

    it('are sent once, whoever presses twice', async () => {
      await here.press(fay, 'mp', await idOf('bo'))
      await fay.press('Write to them in private')
      const { code } = fay.form()
      await fay.submit(code, { why: 'unkind', words: 'One.' })
      await fay.submit(code, { why: 'unkind', words: 'One.' })
      expect(await store.measures.of(await here.person('bo'), 9)).toHaveLength(1)
    })

    it('are for those who take part: not for staff, not for oneself, not for strangers', async () => {
      for (const who of [await idOf('gus'), await idOf('fay'), 'nobody-of-this-program'])
        expect(await here.press(fay, 'mp', who)).toContain(gone)
      expect(await here.press(bo, 'mp', await idOf('bo'))).toContain('facilitators and admins')
    })
  })

  describe('a time-out', () => {
    it('is told, kept on the platform, and ends by itself, across a restart', async () => {
      expect(await does(fay, 'Time-out', { hours: '6' })).toContain('The time-out is on')
      expect(keeper.calls).toEqual(['timeOut bo on'])
      expect(await told('bo')).toMatch(/stay out of the rooms until/)
      const now = here.cast.clock.now()
      const anyGroup = { programId: await programId(), id: 'any-group' }
      expect(await here.app.measures.quieted(anyGroup, now)).toEqual(new Set([await idOf('bo')]))
      await here.delivered.delivery.stop()

      // Another process on the same database, seven hours later.
      const again = castOn(store, undefined, undefined, keeper.keepers)
      const errors: unknown[] = []
      const later = new Date(now.getTime() + 7 * hourMs)
      const chores = choresOf(again.conversation.app, (error) => errors.push(error))
      expect(await again.conversation.app.measures.next(now)).toEqual((await newest()).until)
      for (const { run } of chores) await run(later)
      for (const { run } of chores) await run(later)
      expect(errors).toEqual([])
      expect(keeper.calls).toEqual(['timeOut bo on', 'timeOut bo over'])
      expect(await newest()).toMatchObject({ endedAt: later })
      expect(await newest()).not.toHaveProperty('endedBy')
      expect(await again.conversation.app.measures.quieted(anyGroup, later)).toEqual(new Set())
      const rows = await store.audits.list(await programId(), { limit: 9 })
      expect(rows.filter(({ act }) => act === 'end-measure')).toMatchObject([{ actorId: null, why: 'time' }])
    })

    it('can be ended before, once, by somebody of the staff', async () => {
      await does(fay, 'Time-out', { hours: '24' })
      await here.press(gus, 'mp', await idOf('bo'))
      expect(await gus.press('End number 1 now')).toContain('Ended. They are told.')
      expect(await here.press(fay, 'ms.end', (await newest()).id)).toContain('over already')
      expect(keeper.calls).toEqual(['timeOut bo on', 'timeOut bo over'])
      expect(await told('bo')).toContain('That is over now')
    })

    it('says plainly what the platform leaves to people', async () => {
      keeper.troubles.set('timeOut', 'not-possible')
      const said = await does(fay, 'Time-out', { hours: '1' })
      expect(said).toContain('does not let a bot keep somebody from writing')
      expect(said).toContain('By hand:')
      expect(await told('bo')).toContain('stay out of the rooms')
      keeper.troubles.set('timeOut', 'no-right')
      expect(await does(fay, 'Time-out', { hours: '1' })).toContain('I have no right to do it here')
    })
  })

  describe('in a group', () => {
    it('a pause from posting quiets the person in its room until it is over', async () => {
      const group = await here.make(fay, { name: 'Circle' })
      await here.sits(bo, fay, group)
      await room(group)
      await does(fay, 'Pause their posts', { minutes: 30 })
      expect(keeper.calls).toEqual(['mayWrite r1 bo false'])
      const now = here.cast.clock.now()
      const one = { programId: await programId(), id: group }
      expect(await here.app.measures.quieted(one, now)).toEqual(new Set([await idOf('bo')]))
      const later = new Date(now.getTime() + hourMs)
      expect(await here.app.measures.quieted(one, later)).toEqual(new Set())
      await here.app.measures.run(later, () => {})
      expect((await store.groups.get(await programId(), group))?.syncAt).toEqual(later)
    })

    it('the end of a seat is for whoever leads it, with a way to appeal', async () => {
      const group = await here.make(fay, { name: 'Circle' })
      await here.sits(bo, fay, group)
      await told('bo')
      expect(await here.press(gus, 'mp', await idOf('bo'))).not.toContain('End their seat')
      await here.press(gus, 'mo', await idOf('bo'), group, 'made-up')
      expect(await gus.fill({ why: 'safety' })).toContain(gone)
      await here.press(fay, 'mp', await idOf('bo'))
      await fay.press('End their seat in Circle')
      expect(await fay.fill({ why: 'safety' })).toContain('Their seat has ended')
      expect((await store.groups.seat(await here.person('bo'), group))?.state).toBe('removed')
      const notice = await told('bo')
      expect(notice).toContain('[Ask for a second look]')
      expect(await here.press(bo, 'ms.see', (await newest()).id)).toContain('ended your seat in a group')
    })
  })

  describe('an appeal', () => {
    it('goes to somebody other than who decided, who can end it; the person hears how it went', async () => {
      await does(fay, 'Time-out', { hours: '24', words: 'Please rest a day.' })
      await told('bo')
      await here.press(bo, 'ms.see', (await newest()).id)
      await bo.press('Ask for a second look')
      expect(await bo.fill({ words: 'It was a misunderstanding.' })).toContain('It is with staff')
      const [appeal] = await store.cases.raised(await here.person('bo'), { limit: 1 })
      const id = appeal?.id ?? ''
      expect(appeal).toMatchObject({ kind: 'appeal', pointer: { by: await idOf('fay') } })
      await here.delivered.delivery.settle()
      const to = here.delivered.platform.shown.slice(heard).map((post) => JSON.stringify(post.to))
      expect(to).toEqual([expect.stringContaining('gus')])
      expect(await here.press(fay, 'ca', id)).toContain(gone)
      const seen = await here.press(gus, 'ca', id)
      expect(seen).toContain('> It was a misunderstanding.')
      expect(seen).toContain('> Please rest a day.')
      await gus.press('I take this')
      await gus.press('What can be done')
      await gus.press('End number 1 now')
      await here.press(gus, 'ca.end', id)
      expect(await gus.press('staff looked again and changed it')).toContain('Finished by **gus**')
      expect(await told('bo')).toMatch(/over now[^]*finished looking/)
      expect(await here.press(bo, 'as.see', id)).toContain('staff looked again and changed it')
    })

    it('asked for twice is one, and only by the person it is about', async () => {
      await does(fay, 'Time-out', { hours: '24' })
      const { id } = await newest()
      for (const words of ['It was not me.', 'Really not.']) {
        await here.press(bo, 'ms.see', id)
        await bo.press('Ask for a second look')
        await bo.fill({ words })
      }
      expect(await store.cases.raised(await here.person('bo'), { limit: 9 })).toHaveLength(1)
      const ana = await here.cast.member('ana')
      await here.press(ana, 'ms.again', id, 'another')
      expect(await ana.fill({ words: 'let me see' })).toContain(gone)
    })

    it('reaches who decided when there is nobody else', async () => {
      await here.grant('gus', 'member', 'facilitator')
      const admin = await here.person('admin')
      await does(fay, 'Time-out', { hours: '24' })
      await store.people.revoke(admin, 'admin', here.cast.clock.now())
      await here.press(bo, 'ms.again', (await newest()).id, 'appeal-of-bo')
      await bo.fill({ words: 'It was a misunderstanding.' })
      expect(await here.press(fay, 'ca', 'appeal-of-bo')).toContain('> It was a misunderstanding.')
    })
  })
})
