// What is written while the bot is down reaches people after its start, once, and says how late it was seen (CR-18).
import { afterEach, describe, expect, it } from 'vitest'
import { programOn } from './program.ts'
import { startWorld, ways, type Someone, type Way, type World } from './world.ts'

let world: World | undefined
afterEach(async () => {
  await world?.stop()
  world = undefined
})

const minute = 60_000
const urgent = 'i am going to kill myself tonight'
const patience = { timeout: 30_000, interval: 200 }

async function setUp(way: Way) {
  const made = (world = await startWorld(way))
  const program = await programOn(made, way)
  const fay = await program.facilitator('fay')
  const ana = await program.join('ana')
  const group = await program.group(fay, 'Monday', [ana])
  await program.tick()
  await expect.poll(() => made.rooms.of(group), patience).toBeDefined()
  const room = made.rooms.of(group) ?? ''
  const person = await program.find(ana)
  const cases = () => made.bot.store.cases.waiting(person.programId, { limit: 20 })
  const kept = async () => (await made.bot.store.entries.list(person, 'journal', { limit: 20 })).length
  const quietly = (work: Promise<unknown>) => work.then(() => undefined).catch(() => undefined)
  return {
    made,
    fay,
    ana,
    person,
    cases,
    kept,
    inRoom: (words: string) => quietly(made.rooms.say(room, ana.user, words)),
    inDirect: (who: Someone, words: string) => quietly(who.dm(words)),
    mayPage: () =>
      made.bot.store.people.consent(person, {
        purpose: 'private-alert',
        version: '1',
        textHash: 'h',
        language: 'en',
        given: true,
        method: way === 'Discord' ? 'discord' : 'slack',
        at: new Date(Date.UTC(2026, 2, 6, 15)),
      }),
    /** Beats go on; long enough for anything that comes to have come. */
    settled: () => new Promise((done) => setTimeout(done, 4000)),
  }
}

describe.each(ways)('words that are written while the bot is down on %s', (way) => {
  it('in a group’s room reach staff after the start, once, and say how late they were seen', async () => {
    const { made, fay, ana, cases, inRoom, settled } = await setUp(way)
    await inRoom('hello all')
    await made.restart(() => inRoom(urgent), 37 * minute)
    await expect.poll(async () => (await cases()).length, patience).toBe(1)
    const [alert] = await cases()
    expect(alert).toMatchObject({ level: 'urgent', source: 'room', pointer: { late: '37' } })
    await expect.poll(() => fay.received().join('\n'), patience).toContain('Seen late: 37 min')
    await expect.poll(() => ana.received().join('\n'), patience).toContain('Please talk to a person now')
    expect(await fay.pressOnLast('Open it')).toContain('Seen late: 37 min')
    const pages = fay.received().length
    await made.restart()
    await settled()
    expect(await cases()).toHaveLength(1)
    expect(fay.received()).toHaveLength(pages)
  }, 120_000)

  it('in a direct message are answered when they are recent, and only screened when they are not', async () => {
    const { made, ana, cases, kept, inDirect, mayPage, settled } = await setUp(way)
    await mayPage()
    await ana.dm('journal I stayed')
    expect(await kept()).toBe(1)
    await made.restart(() => inDirect(ana, 'journal and it passed'), 20 * minute)
    await expect.poll(kept, patience).toBe(2)
    await expect.poll(() => ana.received().join('\n'), patience).toContain('here is my answer')

    const before = ana.received().length
    await made.restart(async () => {
      await inDirect(ana, 'journal the third')
      await inDirect(ana, urgent)
      await inDirect(ana, 'journal the fourth')
    }, 90 * minute)
    await expect.poll(async () => (await cases()).length, patience).toBe(1)
    expect((await cases())[0]).toMatchObject({ level: 'urgent', source: 'direct' })
    expect(Number((await cases())[0]?.pointer['late'])).toBeGreaterThanOrEqual(89)
    await expect.poll(() => ana.received().length, patience).toBe(before + 2)
    expect(ana.received().slice(before).join('\n')).toContain('I was not running when you wrote')
    expect(ana.received().slice(before).join('\n')).toContain('Please talk to a person now')
    await made.restart()
    await settled()
    expect(await kept()).toBe(2)
    expect(await cases()).toHaveLength(1)
    expect(ana.received()).toHaveLength(before + 2)
  }, 120_000)
})
