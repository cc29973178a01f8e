// A group's room on real clients: made, kept in step in both directions, screened, lost and repaired, never leaked.
import { afterEach, describe, expect, it } from 'vitest'
import type { Person } from '../../src/care/members/ports.ts'
import { startWorld, ways, type World } from './world.ts'

let world: World | undefined
afterEach(async () => {
  await world?.stop()
  world = undefined
})

const minute = 60_000

describe.each(ways)('the room of a group on %s', (way) => {
  const platform = way === 'Discord' ? 'discord' : 'slack'
  async function setUp() {
    const made = await startWorld(way)
    world = made
    const { app } = made.bot.conversation
    const began = performance.now()
    let ahead = Date.UTC(2026, 2, 6, 15)
    const now = () => new Date(ahead + performance.now() - began)
    const admin = made.someone('admin', { manages: true })
    await admin.command('setup')
    await admin.fill({
      name: ['Name of the program', 'Evening program'],
      country: ['Country', 'US'],
      law: ['Which law applies here', 'unsure'],
      language: ['Language', 'en'],
      zone: ['Time zone', 'America/New_York'],
      time: ['Usual time to ask members', '9:00'],
    })
    const find = async (user: string): Promise<Person> => {
      const person = await app.directory.find({ platform, workspace: made.workspace, user }, undefined, true)
      if (!person) throw new Error(`${user} is not known`)
      return person
    }
    const person = async (name: string) => {
      const one = made.someone(name)
      await one.command('start')
      await one.press('I agree, let me in')
      return { one, self: await find(one.user) }
    }
    const steward = await find(admin.user)
    const fay = await person('fay')
    await app.members.grant(fay.self, 'facilitator', steward, now())
    const [ana, bo, eve] = [await person('ana'), await person('bo'), await person('eve')]
    const group = app.newId()
    const lead = await find(fay.one.user)
    const tick = async (ms = 1000) => {
      ahead += ms
      await made.moveTo(now())
    }
    return { made, app, now, lead, fay, ana, bo, eve, group, tick, find }
  }

  it('is made once, holds who agreed, and puts out whom somebody else let in', async () => {
    const { made, app, now, lead, fay, ana, bo, eve, group, tick } = await setUp()
    await make(app, lead, { id: group, platform, workspace: made.workspace }, now())
    for (const one of [ana, bo]) {
      await app.groups.ask(one.self, group, 'member', now())
      await app.groups.letIn(lead, group, one.self.personId, now())
      await app.groups.agree(one.self, group, 1, now())
    }
    await tick()
    const room = made.rooms.of(group)
    if (room === undefined) throw new Error('no room was made')
    expect(new Set(made.rooms.members(room))).toEqual(new Set([fay.one.user, ana.one.user, bo.one.user]))
    made.rooms.letIn(room, eve.one.user)
    await tick(61 * minute)
    expect(made.rooms.members(room)).not.toContain(eve.one.user)
    await app.groups.leave(bo.self, group, undefined, now())
    await tick()
    expect(new Set(made.rooms.members(room))).toEqual(new Set([fay.one.user, ana.one.user]))
    // One that is deleted is made again, and whoever leads hears of it.
    await made.rooms.remove(room)
    await until(async () => {
      await tick(2000)
      return made.rooms.of(group) !== undefined && made.rooms.of(group) !== room
    })
    await tick(2000)
    const again = made.rooms.of(group)
    expect(again).toBeDefined()
    expect(again).not.toBe(room)
    expect(new Set(made.rooms.members(again ?? ''))).toEqual(new Set([fay.one.user, ana.one.user]))
    expect(fay.one.received().join('\n')).toContain('was deleted')
    // The bot is kicked: said once; invited again: repaired.
    made.rooms.putBotOut(again ?? '')
    await tick(61 * minute)
    const said = fay.one.received().join('\n')
    expect(said).toMatch(/not in the room of|was deleted/)
  })

  it('passes what is said there through the screen: help to its author alone, a page to staff, nothing in the room', async () => {
    const { made, app, now, lead, fay, ana, group, tick } = await setUp()
    await make(app, lead, { id: group, platform, workspace: made.workspace }, now())
    await app.groups.ask(ana.self, group, 'member', now())
    await app.groups.letIn(lead, group, ana.self.personId, now())
    await app.groups.agree(ana.self, group, 1, now())
    await tick()
    const room = made.rooms.of(group) ?? ''
    const before = made.sent().length
    await made.rooms.say(room, ana.one.user, 'i am going to kill myself tonight')
    await until(async () => (await app.cases.waiting(lead, {}, 5)).length > 0)
    await until(async () => {
      await tick()
      return ana.one.received().length > 0 && fay.one.received().join().includes('Somebody')
    })
    expect(ana.one.received().join('\n')).toContain('Please talk to a person now')
    expect(fay.one.received().join('\n')).toContain('Somebody may need a person')
    const sentSince = made.sent().slice(before).join('\n')
    expect(sentSince).not.toContain('kill myself')
    expect(
      made
        .sent()
        .slice(before)
        .filter((one) => one.includes(room) && /messages|postMessage/.test(one)),
    ).toEqual([])
    const [alert] = await app.cases.waiting(lead, {}, 5)
    expect(alert).toMatchObject({ level: 'urgent', source: 'room', groupId: group })
    expect(made.logged.join('\n')).not.toContain('kill')
  })
})

async function until(holds: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + 15_000
  while (!(await holds())) {
    if (performance.now() > end) throw new Error('what the test waited for did not happen')
    await new Promise((done) => setTimeout(done, 50))
  }
}
type App = World['bot']['conversation']['app']
async function make(
  app: App,
  lead: Person,
  place: { readonly id: string; readonly platform: 'discord' | 'slack'; readonly workspace: string },
  now: Date,
): Promise<void> {
  await app.groups.make(
    lead,
    {
      ...place,
      name: 'Monday',
      kind: 'support',
      openness: 'open',
      capacity: 12,
      phase: 'program',
      ageBand: 'adult',
      facilitators: [],
    },
    now,
  )
}
