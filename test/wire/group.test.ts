// A group of twelve on real clients, from its creation to a goodbye, with somebody on the waiting list.
import { afterEach, describe, expect, it, vi } from 'vitest'
import { programOn } from './program.ts'
import { startWorld, ways, type Someone, type World } from './world.ts'

let world: World | undefined
afterEach(async () => {
  await world?.stop()
  world = undefined
})
vi.setConfig({ testTimeout: 300_000 })

describe.each(ways)('a group of twelve on %s', (way) => {
  it('is made, asked for, filled, waited for, left in kind words, and moved up in', async () => {
    const made = (world = await startWorld(way))
    const { app, find, join, facilitator, tick } = await programOn(made, way)
    const fay = await facilitator('fay')
    await fay.command('group')
    await fay.press('Make a group')
    const said = await fay.fill({
      name: ['Name', 'Harbour'],
      kind: ['Kind of group', 'support'],
      openness: ['How people come in', 'open'],
      capacity: ['How many seats', 12],
      age: ['Age', 'adult'],
      phase: ['For whom', 'program'],
    })
    expect(said).toContain('Harbour')
    const names = Array.from({ length: 13 }, (_, index) => `m${index + 1}`)
    const members: Someone[] = []
    for (const name of names) {
      const one = await join(name)
      members.push(one)
      await one.command('group')
      await one.press('Open Harbour')
      expect(await one.press('Ask to join')).toContain('You asked to join Harbour')
    }
    await tick()
    expect(fay.received().join('\n')).toContain('Somebody asks to join Harbour')
    for (const name of names) {
      await fay.command('group')
      await fay.press('Open Harbour')
      await fay.press('People and asks')
      await fay.pick('Choose a person', name)
      const answer = await fay.press(`Let ${name} in`)
      expect(answer).toContain(name === 'm13' ? 'm13 is on the list' : `${name} has a place`)
    }
    await tick()
    const twelve = members.slice(0, 12)
    for (const one of twelve) {
      await one.command('group')
      await one.press('Open Harbour')
      expect(await one.press('I agree')).toContain('Reading along is taking part')
    }
    await tick(3000)
    const groups = await app.groups.listFor(await find(fay))
    const id = JSON.stringify(groups).match(/"id":"([^"]+)"/)?.[1] ?? ''
    await vi.waitUntil(
      async () => {
        await tick(2000)
        return made.rooms.members(made.rooms.of(id) ?? '').length === 13
      },
      { timeout: 60_000, interval: 200 },
    )
    const room = made.rooms.of(id) ?? ''
    const last = members.at(-1)
    const leaving = members[4]
    if (!last || !leaving) throw new Error('they are not there')
    expect(made.rooms.members(room)).not.toContain(last.user)
    expect(last.received().join('\n')).toContain('number 1 on the list')

    const [first, second] = twelve
    await first?.command('pledge')
    expect(await first?.press('I am in for today')).toContain('You are in for today')
    expect(await second?.command('pledge')).toMatch(/In for today:[^]*m1/)
    expect(await second?.press('I am in for today')).toMatch(/m1[^]*m2/)
    await tick(3000)
    const cards = () => made.sent().filter((one) => one.includes('Somebody here is in for today'))
    await vi.waitUntil(() => cards().length > 0, { timeout: 30_000, interval: 200 })
    expect(cards()).toEqual([expect.stringContaining(room)])

    await leaving.command('group')
    await leaving.press('Open Harbour')
    await leaving.press('Leave the group')
    await leaving.press('Leave with a few words')
    expect(
      await leaving.fill({ words: ['What you want to say to the group', 'Thank you all, be well.'] }),
    ).toContain('Thank you all')
    expect(await leaving.press('Send it and leave')).toContain('You left Harbour')
    await tick(3000)
    expect(last.received().join('\n')).toContain('A place in Harbour is yours')
    await last.command('group')
    await last.press('Open Harbour')
    await last.press('I agree')
    await vi.waitUntil(
      async () => {
        await tick(2000)
        const there = made.rooms.members(room)
        return there.includes(last.user) && !there.includes(leaving.user)
      },
      { timeout: 60_000, interval: 200 },
    )
    expect(
      made
        .sent()
        .filter((one) => one.includes(room))
        .join('\n'),
    ).not.toContain('be well')
    expect(made.logged.join('\n')).not.toMatch(/be well|Harbour/)
  })
})
