// A newcomer's first days over the wire: the real clients, the real store, the platforms of our own.
import { afterEach, describe, expect, it } from 'vitest'
import { startWorld, ways, type World } from './world.ts'

let world: World | undefined
afterEach(async () => {
  await world?.stop()
  world = undefined
})

describe.each(ways)('the first days, on %s', (way) => {
  it('lead from setting up to two mornings across the change of clocks, and to a share that is read', async () => {
    world = await startWorld(way)
    const admin = world.someone('sam', { manages: true })
    expect(await admin.command('setup')).toContain('form:')
    expect(
      await admin.fill({
        name: ['Name of the program', 'Evening program'],
        country: ['Country', 'US'],
        law: ['Which law applies here', 'unsure'],
        language: ['Language', 'en'],
        zone: ['Time zone', 'America/New_York'],
        time: ['Usual time to ask members', '9:00'],
      }),
    ).toContain('The program is set up')

    const robin = world.someone('robin')
    expect(await robin.command('checkin')).toContain('Welcome to Evening program')
    expect(await robin.press('I agree, let me in')).toContain('Step 1 of 4')
    expect(await robin.press('Yes, that is right')).toContain('Step 2 of 4')
    expect(await robin.press('English')).toContain('Step 3 of 4')
    expect(await robin.press('Yes, at 09:00')).toContain('Step 4 of 4')
    expect(await robin.press('Only me')).toContain('That is all')

    expect(await robin.command('checkin')).toMatch(/^form: .*Check-in/)
    const saved = await robin.fill({
      mood: ['Mood', 6],
      note: ['One line, if you like', 'a long walk helped'],
    })
    expect(saved).toContain('Mood: 6 of 10')
    expect(saved).toContain('a long walk helped')
    expect(saved).toContain('Only you can see this')
    expect(await robin.press('Edit')).toMatch(/^form: .*Check-in/)
    expect(await robin.fill({ note: ['One line, if you like', 'a longer walk helped'] })).toContain(
      'Changed and saved',
    )

    await robin.command('progress')
    await expect.poll(() => robin.seen(), { timeout: 20_000 }).toContain('You took part on 1 of 7 days')
    await expect.poll(() => robin.pictures().join()).toContain('Took part on 1 of 7 days')

    await world.moveTo(new Date('2026-03-08T20:00:00Z'))
    // Beside the prompts, an answer may have come as a direct message: it was sent in before Slack had said which form it opened.
    const prompts = () => robin.received().filter((words) => words.includes('A quiet minute'))
    expect(prompts()).toHaveLength(2)
    const before = robin.received().length
    expect(await robin.pressOnLast('In 20 minutes')).toContain('Later, then')
    await world.moveTo(new Date('2026-03-08T20:40:00Z'))
    expect(robin.received()).toHaveLength(before + 1)
    expect(await robin.pressOnLast('Skip today')).toContain('Skipped for today')

    const words = '7 slept badly'
    expect(await robin.command('checkin', words, { mood: 7, note: 'slept badly' })).toContain('slept badly')
    await robin.press('Share with facilitators')
    await admin.command('setup')
    await admin.press('Roles')
    const maya = world.someone('maya')
    await maya.command('start')
    await maya.press('I agree, let me in')
    await admin.fill({
      person: ['Whose', maya.user],
      role: ['Which role', 'facilitator'],
      change: ['Give or take', 'give'],
    })
    expect(await maya.command('roster')).toContain('shared a check-in')
    expect(await maya.press('Read robin’s').catch(() => maya.press('Read Robin’s'))).toContain('slept badly')
    expect(await robin.command('privacy')).toContain('Opened 1 time')
    expect(await robin.dm('help now')).toContain('988')
  }, 120_000)
})
