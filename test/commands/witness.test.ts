// After urgent words in a group's room: everybody who could read them is asked how they are, in private (C15).
import { beforeEach, expect, it } from 'vitest'
import type { Store } from '../../src/store/connect.ts'
import type { Speaker } from '../support/cast.ts'
import { eachDatabase, storeFor } from '../support/databases.ts'
import { groupCast, type GroupCast } from '../support/group-cast.ts'

eachDatabase((make) => {
  const open = storeFor(make)
  let here: GroupCast
  let fay: Speaker
  const asked = () => {
    const words = here.delivered.words()
    return here.delivered.platform.shown
      .flatMap(({ to }, at) =>
        words[at]?.includes('Something hard was said')
          ? [/ana|bo|cat|dee|fay/.exec(JSON.stringify(to))?.[0] ?? '']
          : [],
      )
      .toSorted()
  }
  /** Ana's words in the room; an alert that Fay takes and finishes. */
  async function finished(ending: 'safe' | 'not-a-concern', source: 'room' | 'direct'): Promise<void> {
    const { app, cast, delivered } = here
    const [ana, lead] = [await here.person('ana'), await here.person('fay')]
    const groupId = (await app.groups.listFor(ana)).mine[0]?.group.id ?? ''
    const now = cast.clock.now()
    await app.screening.take(
      ana,
      { texts: ['i am going to kill myself tonight'], hearer: 'group', source, groupId },
      now,
    )
    const [alert] = await app.cases.waiting(lead, {}, 1)
    if (!alert) throw new Error('no alert')
    await app.alerts.take(lead, alert.id, now)
    await app.alerts.resolve(lead, alert.id, ending, now)
    await delivered.delivery.moveTo(new Date(now.getTime() + 2 * 3_600_000))
    await delivered.delivery.settle()
  }

  beforeEach(async () => {
    const store: Store = await open()
    here = await groupCast(store)
    fay = await here.facilitator('fay')
    const group = await here.make(fay, { name: 'Harbour' })
    for (const user of ['ana', 'bo', 'cat']) await here.sits(await here.cast.member(user), fay, group)
    await here.cast.member('dee')
  })

  it('reaches the others of the group, not the writer, whoever helped, or people elsewhere', async () => {
    await finished('safe', 'room')
    expect(asked()).toEqual(['bo', 'cat'])
  })
  it('asks nobody after a false alarm', async () => {
    await finished('not-a-concern', 'room')
    expect(asked()).toEqual([])
  })
  it('asks nobody about what the group could not read', async () => {
    await finished('safe', 'direct')
    expect(asked()).toEqual([])
  })
})
