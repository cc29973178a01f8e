// A program that is entered by a code, over the wire: the real clients, the real store, the platforms of our own.
import { afterEach, describe, expect, it } from 'vitest'
import { startWorld, ways, type World } from './world.ts'

let world: World | undefined
afterEach(async () => {
  await world?.stop()
  world = undefined
})

describe.each(ways)('a program that is entered by a code, on %s', (way) => {
  it('lets in who has the code and nobody else', async () => {
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
    await admin.command('invitations')
    expect(await admin.press('Only by code or invitation')).toContain('Only people with a code')
    expect(await admin.press('New code')).toMatch(/^form: /)
    const made = await admin.fill({ uses: ['For how many people', 1], days: ['For how many days', 7] })
    const code = /[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(made)?.[0] ?? 'none'

    const robin = world.someone('robin')
    expect(await robin.command('checkin')).toContain('by a code, or when its staff invite them')
    expect(await robin.press('Enter a code')).toMatch(/^form: /)
    expect(await robin.fill({ code: ['Code', code.toLowerCase()] })).toContain('Welcome to Evening program')
    expect(await robin.press('I agree, let me in')).toContain('Step 1 of 4')

    const kim = world.someone('kim')
    expect(await kim.command('start', code, { code })).toContain('used up')
    expect(await kim.command('checkin')).not.toContain('I agree')
  })
})
