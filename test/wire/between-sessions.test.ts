// What a member does alone, over the wire: write, find, share, take back; a skill for a feeling; a plan from the help screen;
// everything taken along and erased without a byte left.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { startWorld, ways, type Someone, type World } from './world.ts'

let world: World | undefined
afterEach(async () => {
  await world?.stop()
  world = undefined
})

async function program(): Promise<Someone> {
  if (!world) throw new Error('no world')
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
  return admin
}
async function member(name: string): Promise<Someone> {
  if (!world) throw new Error('no world')
  const person = world.someone(name)
  await person.command('start')
  await person.press('I agree, let me in')
  return person
}
async function facilitator(admin: Someone, name: string): Promise<Someone> {
  const person = await member(name)
  await admin.command('setup')
  await admin.press('Roles')
  await admin.fill({
    person: ['Whose', person.user],
    role: ['Which role', 'facilitator'],
    change: ['Give or take', 'give'],
  })
  return person
}
const planted = 'group was good, then the blue kettle and tea'

describe.each(ways)('between sessions, on %s', (way) => {
  it('a page is written, found, shown to facilitators, and taken back', async () => {
    world = await startWorld(way)
    const maya = await facilitator(await program(), 'maya')
    const robin = await member('robin')
    expect(await robin.command('journal', planted, { words: planted })).toContain(planted)
    await robin.command('journal', 'search:KETTLE', { search: 'KETTLE' })
    await expect.poll(() => robin.seen()).toContain('Entries with “KETTLE”')
    await robin.press('Read Mar 6, 2026')
    expect(await robin.press('Show my facilitators')).toContain('can see this one entry')
    await maya.command('journal')
    await expect.poll(() => maya.seen(), { timeout: 10_000 }).toContain('My journal')
    expect(await maya.press('Entries shown to facilitators')).toContain('Mar 6, 2026')
    expect(
      await maya.press('Read robin, Mar 6, 2026').catch(() => maya.press('Read Robin, Mar 6, 2026')),
    ).toContain(planted)
    await robin.command('mydata')
    await expect.poll(() => robin.seen(), { timeout: 10_000 }).toContain('Journal entries: 1')
    expect(await robin.press('Who looked')).toContain('a journal entry')
    expect(await robin.press('Back to my data')).toContain('My data')
    await robin.press('What I agreed to')
    expect(await robin.press('Take every share back')).toContain('yours alone')
    await maya.command('journal')
    await expect.poll(() => maya.press('Entries shown to facilitators')).toContain('Nobody is showing')
  }, 120_000)

  it('a skill is found by a feeling, walked, rated, and comes first the next time', async () => {
    world = await startWorld(way)
    await program()
    const robin = await member('robin')
    const feeling = 'cant stop thinking about a drink'
    await robin.command('skill', feeling, { words: feeling })
    await expect.poll(() => robin.seen(), { timeout: 20_000 }).toContain('Start: ')
    const [, name = ''] = /Start: ([^\n]+)/.exec(robin.seen()) ?? []
    expect(await robin.press(`Start: ${name}`)).toContain('from 0 to 10')
    let said = await robin.press('8')
    expect(said).toContain('step 1 of')
    for (let step = 0; step < 12 && /step (\d+) of (?!\1\b)/.test(said); step++)
      said = await robin.press('Next')
    await robin.press('Done')
    expect(await robin.press('3')).toContain('Did it help')
    await robin.press('Yes')
    await robin.command('skill', feeling, { words: feeling })
    await expect
      .poll(() => robin.seen().slice(robin.seen().lastIndexOf('This may fit')), { timeout: 20_000 })
      .toMatch(/1 time/)
    const again = robin.seen().slice(robin.seen().lastIndexOf('This may fit'))
    const first = again
      .split('\n')
      .find((line) => /^\W*(?:1\.\s)?\W*[A-Z]/.test(line) && !line.includes('This may fit'))
    expect(first).toContain(name)
  }, 120_000)

  it('a plan is built and opens from the help screen', async () => {
    world = await startWorld(way)
    await program()
    const robin = await member('robin')
    await robin.command('plan', 'safety', { which: 'safety' })
    await expect.poll(() => robin.seen(), { timeout: 10_000 }).toContain('Safety plan')
    await robin.press('Build it step by step')
    expect(await robin.press('Write')).toContain('form:')
    expect(await robin.fill({ words: ['My warning signs', planted] })).toContain('part 2 of 7')
    await robin.command('help-now')
    expect(await robin.press('My safety plan')).toContain(planted)
  }, 120_000)

  it('everything is taken along as a file, and erased so that no byte of it is left', async () => {
    world = await startWorld(way)
    await program()
    const robin = await member('robin')
    await robin.command('journal', planted, { words: planted })
    await expect.poll(() => robin.seen()).toContain(planted)
    await robin.command('mydata')
    await expect.poll(() => robin.seen(), { timeout: 10_000 }).toContain('Journal entries: 1')
    await robin.press('Take my data along')
    await expect.poll(() => robin.seen(), { timeout: 20_000 }).toContain('everything you gave')
    await robin.command('mydata')
    await expect.poll(() => robin.seen(), { timeout: 10_000 }).toContain('Erase everything')
    await robin.press('Erase everything')
    await robin.press('Erase at once')
    expect(await robin.fill({ word: ['Type the word erase', 'erase'] })).toContain('Your receipt: number')
    const { dataDir } = world
    const kept = () =>
      readdirSync(dataDir)
        .map((file) => readFileSync(join(dataDir, file), 'latin1'))
        .join('\n')
    expect(kept()).not.toContain(planted)
    expect(kept()).not.toContain(robin.user)
    expect(world.logged.join('\n')).not.toContain(planted)
    expect(await robin.command('journal')).toMatch(/Welcome|join/i)
  }, 120_000)
})
