// A program on real clients, set up through the chat, with its clock in the test's hands.
import type { Person } from '../../src/care/members/ports.ts'
import type { Someone, Way, World } from './world.ts'

export async function programOn(made: World, way: Way) {
  const { app } = made.bot.conversation
  const platform = way === 'Discord' ? 'discord' : 'slack'
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
  async function find({ user }: Pick<Someone, 'user'>): Promise<Person> {
    const person = await app.directory.find({ platform, workspace: made.workspace, user }, undefined, true)
    if (!person) throw new Error(`${user} is not known`)
    return person
  }
  async function join(name: string): Promise<Someone> {
    const one = made.someone(name)
    await one.command('start')
    await one.press('I agree, let me in')
    return one
  }
  return {
    app,
    admin,
    now,
    find,
    join,
    async tick(ms = 1000): Promise<void> {
      ahead += ms
      await made.moveTo(now())
    },
    async facilitator(name: string): Promise<Someone> {
      const one = await join(name)
      await app.members.grant(await find(one), 'facilitator', await find(admin), now())
      return one
    },
    /** Of that facilitator, with those people inside. */
    async group(
      by: Someone,
      name: string,
      inside: readonly Someone[],
      phase: 'program' | 'alumni' = 'program',
    ) {
      const lead = await find(by)
      const id = app.newId()
      const place = { platform, workspace: made.workspace } as const
      const plain = { kind: 'support', openness: 'open', capacity: 12, ageBand: 'adult' } as const
      await app.groups.make(lead, { ...place, ...plain, id, name, phase, facilitators: [] }, now())
      for (const one of inside) {
        const person = await find(one)
        await app.groups.ask(person, id, 'member', now())
        await app.groups.letIn(lead, id, person.personId, now())
        await app.groups.agree(person, id, 1, now())
      }
      return id
    },
  }
}
