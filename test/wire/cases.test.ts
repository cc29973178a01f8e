// A report to its end, a question without a name, and a time-out that ends itself, on real clients.
import { afterEach, describe, expect, it, vi } from 'vitest'
import { programOn } from './program.ts'
import { startWorld, ways, type World } from './world.ts'

let world: World | undefined
afterEach(async () => {
  await world?.stop()
  world = undefined
})

const hour = 3_600_000
vi.setConfig({ testTimeout: 180_000 })

describe.each(ways.filter((way) => way !== 'Slack by HTTP'))('what is brought to staff on %s', (way) => {
  const platform = way === 'Discord' ? 'discord' : 'slack'
  async function setUp() {
    const made = await startWorld(way)
    world = made
    const { join, facilitator, group, tick } = await programOn(made, way)
    const fay = await facilitator('fay')
    const [ana, bo] = [await join('ana'), await join('bo')]
    const circle = await group(fay, 'Circle', [ana, bo])
    await tick()
    const room = made.rooms.of(circle) ?? ''
    return { made, fay, ana, bo, room, tick }
  }

  it('goes from the menu of a message to an outcome, and a time-out ends itself', async () => {
    const { made, fay, ana, bo, room, tick } = await setUp()
    await made.rooms.say(room, bo.user, 'what a silly thing to share')
    await ana.onMessage(room, ['Report to staff', 'report-message'])
    const thanks = await ana.fill({ why: ['What is it about?', 'unkind'], name: ['Your name', 'shown'] })
    expect(thanks).toContain('Staff can look at it now')
    await tick()
    expect(fay.received().at(-1)).not.toMatch(/ana|silly/)
    const seen = await fay.pressOnLast('Open it')
    expect(seen).toContain('what a silly thing to share')
    expect(seen).toMatch(/Why: Hurtful or unkind words/)
    await fay.press('I take this')
    await fay.press('Remove the message')
    const removed = await fay.press('Yes, remove it')
    if (platform === 'discord') expect(removed).toContain('The message is gone')
    else expect(removed).toContain('delete it by hand')
    expect(await fay.press('What can be done')).toContain('bo')
    await fay.press('Time-out')
    const done = await fay.fill({ hours: ['For how long?', '6'], why: ['Why?', 'unkind'] })
    expect(done).toContain('The time-out is on')
    if (platform === 'slack') expect(done).toContain('does not let a bot keep somebody from writing')
    await tick()
    expect(bo.received().join('\n')).toMatch(/stay out of the rooms until/)
    await tick(7 * hour)
    await tick()
    expect(bo.received().join('\n')).toContain('That is over now')
    if (platform === 'discord')
      expect(made.sent().filter((one) => one.includes('communication_disabled_until'))).toEqual([
        expect.stringContaining('2026'),
        expect.stringContaining('null'),
      ])
    await fay.press('Back to it')
    await fay.press('Finish it')
    await fay.press('staff looked and did something about it')
    await tick()
    expect(await ana.pressOnLast('Read it')).toContain('staff looked and did something about it')
    expect(made.logged.join('\n')).not.toContain('silly')
  })

  it('is asked without a name and answered, and nothing that goes to staff tells whose it is', async () => {
    const { made, fay, ana, tick } = await setUp()
    await ana.command('ask')
    await ana.press('Ask something')
    const words = 'Is it normal to feel flat after group?'
    expect(
      await ana.fill({ words: ['What would you like to ask or say?', words], name: ['Your name', 'hidden'] }),
    ).toContain('Staff see this without your name')
    await tick()
    const before = fay.seen().length
    expect(await fay.pressOnLast('Open it')).toContain('stay without a name')
    await fay.press('I take this')
    await fay.press('Answer')
    await fay.fill({ words: ['Your answer', 'Yes, many people do.'] })
    expect(fay.seen().slice(before)).not.toMatch(/\bana\b/i)
    await tick()
    expect(await ana.pressOnLast('Read it')).toContain('Yes, many people do.')
    expect(made.logged.join('\n')).not.toMatch(/feel flat|many people/)
  })
})
