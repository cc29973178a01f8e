// From a group of the program to one for alumni, on real clients: proposed, agreed to, and the rooms follow; then a buddy there.
import { afterEach, describe, expect, it, vi } from 'vitest'
import { programOn } from './program.ts'
import { startWorld, ways, type World } from './world.ts'

let world: World | undefined
afterEach(async () => {
  await world?.stop()
  world = undefined
})
vi.setConfig({ testTimeout: 180_000 })

describe.each(ways)('after the program on %s', (way) => {
  it('moves somebody and their rooms with their yes, and lets them find a buddy there', async () => {
    const made = await startWorld(way)
    world = made
    const { find, join, facilitator, group, tick } = await programOn(made, way)
    const fay = await facilitator('fay')
    const [ana, bo] = [await join('ana'), await join('bo')]
    const circle = await group(fay, 'Circle', [ana, bo])
    const after = await group(fay, 'Onward', [], 'alumni')
    await tick()
    const inRoom = (id: string) => made.rooms.members(made.rooms.of(id) ?? '')
    expect(inRoom(circle)).toEqual(expect.arrayContaining([ana.user, bo.user]))
    expect(inRoom(after)).not.toContain(ana.user)

    for (const one of [ana, bo]) {
      const { name } = await find(one)
      await fay.command('alumni')
      await fay.press('Finishing: Circle')
      await fay.pick('Choose a person', name)
      expect(await fay.pick('Propose, with a group for alumni', 'Onward')).toContain('is asked and decides')
      await tick()
      expect(await one.pressOnLast('Look at it')).toContain('What changes when you say yes')
      expect(inRoom(circle)).toContain(one.user)
      expect(await one.press('Yes, I agree to that')).toContain('You go on as an alum')
      await tick()
      expect(await one.pressOnLast('Read the agreement')).toContain('Onward')
      await one.press('I agree')
      await tick()
      expect(inRoom(circle)).not.toContain(one.user)
      expect(inRoom(after)).toContain(one.user)
    }
    expect(fay.received().at(-1)).toContain('Somebody in Circle answered')

    for (const one of [ana, bo]) {
      await one.command('buddies')
      expect(await one.press('I am open to a buddy in Onward')).toContain('you are open to a buddy')
    }
    await ana.press('Who is open to it in Onward')
    const { name } = await find(bo)
    await ana.pick('Ask somebody', name)
    await tick()
    await bo.pressOnLast('Look at it')
    await bo.press(`Yes, with ${(await find(ana)).name}`)
    await tick()
    expect(ana.received().at(-1)).toContain('It is mutual')
    await bo.command('buddies')
    await bo.press('Say how my week went')
    expect(
      await bo.fill({
        went: ['How did this week go', 'good'],
        share: ['What does your buddy see', 'did'],
      }),
    ).toContain('Kept')
    expect(made.logged.join('\n')).not.toContain('Something went wrong')
  })
})
