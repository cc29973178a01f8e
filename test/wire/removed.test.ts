// The bot is put out of a server or workspace and hears it from the real platform's own events: silence, and after the
// grace not a byte is left; an outage and a return lose nothing (feature row 115).
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { programOn } from './program.ts'
import { startWorld, ways, type Way, type World } from './world.ts'

let world: World | undefined
afterEach(async () => {
  await world?.stop()
  world = undefined
})

const planted = 'group was good, then the blue kettle and tea'
const dayMs = 24 * 3_600_000
const sending = /POST \/channels\/\d+\/messages|chat\.post/

async function setUp(way: Way) {
  const made = (world = await startWorld(way))
  const program = await programOn(made, way)
  const ana = await program.join('ana')
  await ana.command('journal', planted, { words: planted })
  const { personId, programId } = await program.find(ana)
  const app = () => made.bot.conversation.app
  await app().reminders.add(
    await program.find(ana),
    { id: app().newId(), time: '10:00', days: [], words: 'tea' },
    program.now(),
  )
  const platform = way === 'Discord' ? 'discord' : 'slack'
  const removedAt = async () => {
    const [place] = await made.bot.store.removals.workspaces(platform)
    return place?.removedAt
  }
  return {
    made,
    program,
    ana,
    self: { personId, programId },
    removedAt,
    removed: () => expect.poll(removedAt, { timeout: 10_000 }).toBeDefined(),
    isBack: () => expect.poll(removedAt, { timeout: 10_000 }).toBeUndefined(),
    posts: () => made.sent().filter((one) => sending.test(one)).length,
    files: () =>
      readdirSync(made.dataDir)
        .map((file) => readFileSync(join(made.dataDir, file), 'latin1'))
        .join('\n'),
  }
}

describe.each(ways)('a bot that is removed on %s', (way) => {
  it('says nothing any more, and after 30 days nothing is left of the program', async () => {
    const { made, program, ana, self, removed, posts, files } = await setUp(way)
    const { store } = made.bot
    await program.tick(2 * dayMs)
    expect(ana.received().join('\n')).toContain('tea')
    await made.presence.remove()
    await removed()
    const before = posts()
    await program.tick(3 * dayMs)
    expect(posts()).toBe(before)
    expect(await store.people.byId(self)).toBeDefined()
    await program.tick(26 * dayMs)
    expect(await store.people.byId(self)).toBeDefined()
    await program.tick(2 * dayMs)
    expect(await store.people.byId(self)).toBeUndefined()
    expect(await store.programs.byId(self.programId)).toBeUndefined()
    expect(posts()).toBe(before)
    for (const trace of [planted, 'Evening program', made.workspace, ana.user, self.personId])
      expect(files()).not.toContain(trace)
    expect(readFileSync(join(made.dataDir, 'erasures.jsonl'), 'utf8')).toContain(self.programId)
  }, 120_000)

  it('and invited again has everything, and says what it says', async () => {
    const { made, program, ana, self, removed, isBack, posts } = await setUp(way)
    await made.presence.remove()
    await removed()
    await program.tick(20 * dayMs)
    const before = posts()
    await made.presence.invite()
    if (way !== 'Discord') await made.restart()
    await isBack()
    await program.tick(20 * dayMs)
    expect(posts()).toBeGreaterThan(before)
    await ana.command('journal')
    expect(await made.bot.store.entries.list(self, 'journal', { limit: 5 })).toHaveLength(1)
  }, 120_000)

  it('while it was not running, finds that out at its start', async () => {
    const { made, self, removedAt, removed } = await setUp(way)
    expect(await removedAt()).toBeUndefined()
    await made.restart(() => made.presence.remove().catch(() => undefined))
    await removed()
    expect(await made.bot.store.people.byId(self)).toBeDefined()
  }, 120_000)

  it('is not so for an outage of the platform, running or starting, however long', async () => {
    const { made, program, self, removedAt } = await setUp(way)
    await made.presence.outage()
    await program.tick(40 * dayMs)
    expect(await removedAt()).toBeUndefined()
    await made.restart(() => made.presence.outage())
    await program.tick(40 * dayMs)
    expect(await removedAt()).toBeUndefined()
    expect(await made.bot.store.people.byId(self)).toBeDefined()
  }, 120_000)
})
