// A group's room follows its record, also what is recorded while the platform is being asked.
import { expect, it } from 'vitest'
import { eachDatabase, storeFor } from '../support/databases.ts'
import { groupCast } from '../support/group-cast.ts'
import { recordedKeeper } from '../support/keeper.ts'

eachDatabase((make) => {
  const open = storeFor(make)

  it('puts out at the next look who left while the room was being brought in step', async () => {
    const inside = new Set<string>()
    let meanwhile = () => Promise.resolve()
    const { keeper } = recordedKeeper()
    const room = {
      ...keeper,
      people: () => Promise.resolve({ ok: true, value: [...inside] } as const),
      async letIn(...[workspace, where, user]: Parameters<typeof keeper.letIn>) {
        inside.add(user)
        const hook = meanwhile
        meanwhile = () => Promise.resolve()
        await hook()
        return keeper.letIn(workspace, where, user)
      },
      putOut(...[workspace, where, user]: Parameters<typeof keeper.putOut>) {
        inside.delete(user)
        return keeper.putOut(workspace, where, user)
      },
    }
    const store = await open()
    const here = await groupCast(store, () => room)
    const fay = await here.facilitator('fay')
    const group = await here.make(fay)
    const [ana, bo] = [await here.cast.member('ana'), await here.cast.member('bo')]
    for (const one of [ana, bo]) await here.sits(one, fay, group)
    meanwhile = async () => {
      await store.groups.take(
        (await here.person('ana')).programId,
        { ...(await seat('ana')), state: 'left', endedAt: here.cast.clock.now() },
        'in',
        12,
        { at: here.cast.clock.now() },
      )
    }
    const seat = async (user: string) => {
      const found = await store.groups.seat(await here.person(user), group)
      if (!found) throw new Error('no seat')
      return found
    }
    const look = async () => {
      const at = here.cast.clock.now()
      await here.app.rooms.run(at, (error) => {
        throw error
      })
      return at.getTime()
    }
    await look()
    expect([...inside].toSorted()).toEqual(['ana', 'bo', 'fay'])
    const last = await look()
    expect([...inside].toSorted()).toEqual(['bo', 'fay'])
    const next = await store.groups.nextDue(here.cast.clock.now())
    expect(next?.getTime()).toBe(last + 3_600_000)
  })
})
