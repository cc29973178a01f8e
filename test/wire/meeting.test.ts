// A meeting on real clients: planned, answered, reminded of, moved, run through all its parts in the room, and thought about after.
import { afterEach, describe, expect, it, vi } from 'vitest'
import { programOn } from './program.ts'
import { startWorld, ways, type World } from './world.ts'

let world: World | undefined
afterEach(async () => {
  await world?.stop()
  world = undefined
})
vi.setConfig({ testTimeout: 300_000 })
const minute = 60_000

describe.each(ways)('a meeting on %s', (way) => {
  it('goes from its plan to the question afterwards', async () => {
    const made = (world = await startWorld(way))
    const { join, facilitator, group, tick, now } = await programOn(made, way)
    const fay = await facilitator('fay')
    const [ana, bo] = [await join('ana'), await join('bo')]
    const harbour = await group(fay, 'Harbour', [ana, bo])
    await tick()
    const room = made.rooms.of(harbour) ?? ''
    const inRoom = (from: number) =>
      made
        .sent()
        .slice(from)
        .filter((one) => one.includes(room) && /messages|postMessage/.test(one))
        .join('\n')

    await fay.command('group')
    await fay.press('Open Harbour')
    await fay.press('Plan a meeting')
    expect(
      await fay.fill({
        day: ['Day', '2026-03-06'],
        time: ['Time, by the clock of the group', '12:00'],
        minutes: ['Minutes', 60],
        topic: ['Topic', 'Sleep'],
        often: ['How often', 'once'],
      }),
    ).toContain('Planned for Harbour')

    const opens = async (one: typeof ana, time = '12:00') => {
      expect(await one.command('meetings')).toContain('Harbour')
      return one.press(`Fri, Mar 6, ${time} PM`)
    }
    await opens(ana)
    expect(await ana.press('Yes, I come')).toContain('Yes: ana')
    await opens(bo)
    expect(await bo.press('Not this time')).toContain('You said no')
    await tick(62 * minute)
    expect(ana.received().join('\n')).toContain('A meeting that you said yes to begins')
    expect(bo.received().join('\n')).not.toContain('A meeting that you said yes to')

    await opens(fay)
    await fay.press('Change this one')
    let sent = made.sent().length
    const later = await fay.fill({ time: ['Time, by the clock of the group', '12:30'] })
    expect(later).toContain('Changed')
    await tick()
    expect(inRoom(sent)).toContain('has changed')
    expect(ana.received().at(-1)).toContain('has changed')

    await tick(Date.UTC(2026, 2, 6, 17, 30) - now().getTime())
    sent = made.sent().length
    await opens(fay, '12:30')
    expect(await fay.press('Start the meeting')).toContain('Harbour: Check-in')
    await tick()
    expect(inRoom(sent)).toContain('Everybody in this room sees this')
    for (const one of [ana, bo]) {
      await opens(one, '12:30')
      await one.press('It is going on now.')
      const answer = await one.press(one === ana ? 'Join the go-round' : 'I am here and pass')
      expect(answer).toContain(one === ana ? 'You are in the go-round' : 'Listening counts')
    }
    await tick()
    expect(inRoom(sent)).toContain('It is the turn of ana')
    for (const part of ['Topic', 'Open discussion', 'Closing reflection'])
      expect(await fay.press('Next part')).toContain(`Harbour: ${part}`)
    expect(await fay.press('Close the meeting')).toContain('The meeting is closed')
    await tick()
    const said = inRoom(sent)
    expect(said).toContain('Thank you for being here')
    expect(said).not.toContain('passed')
    for (const one of [ana, bo]) expect(one.received().at(-1)).toContain('write a few lines for yourself')
    await fay.press('Back to the meeting')
    const there = await fay.press('Who was there')
    expect(there).toContain('ana')
    expect(there).toContain('bo')
    expect(made.logged.join('\n')).not.toMatch(/Harbour|Sleep/)
  })
})
