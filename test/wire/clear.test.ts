// /clear over the wire: the bot's own direct messages are gone, and what was saved is not (C18).
import { afterEach, describe, expect, it } from 'vitest'
import { startWorld, ways, type World } from './world.ts'

let world: World | undefined
afterEach(async () => {
  await world?.stop()
  world = undefined
})

describe.each(ways)('on %s', (way) => {
  it('deletes what the bot wrote directly, keeps what was saved, and does no harm twice', async () => {
    world = await startWorld(way)
    const admin = world.someone('sam', { manages: true })
    await admin.command('setup')
    await admin.fill({
      name: ['Name of the program', 'Evening program'],
      country: ['Country', 'US'],
      law: ['Which law applies here', 'unsure'],
      language: ['Language', 'en'],
      zone: ['Time zone', 'America/New_York'],
      time: ['Usual time to ask members', '9:00'],
    })
    const ana = world.someone('ana')
    await ana.command('start')
    await ana.press('I agree, let me in')
    for (const time of ['18:00', '18:05', '18:10'])
      await ana.command('reminders', `${time} call my sister`, { time, words: 'call my sister' })
    await world.moveTo(new Date('2026-03-06T23:30:00Z'))
    const came = () => ana.received().filter((words) => words.includes('call my sister'))
    expect(came()).toHaveLength(3)

    expect(await ana.command('clear')).toMatch(/deleted \d+ messages of mine/)
    expect(came()).toEqual([])
    await ana.command('clear')
    expect(await ana.command('reminders')).toContain('call my sister')
  }, 60_000)
})
