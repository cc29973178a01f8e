// Ten thousand prompts drain at the platform's pace; a sentence that needs a person does not stand in that line (CR-9).
import { afterEach, expect, it, vi } from 'vitest'
import type { Announcement, Person } from '../../src/care/members/ports.ts'
import type { Store } from '../../src/store/connect.ts'
import { newId } from '../../src/store/ids.ts'
import { startWorld, ways, type World } from './world.ts'

let world: World | undefined
afterEach(async () => {
  await world?.stop()
  world = undefined
})
vi.setConfig({ testTimeout: 300_000 })

const people = 250
const prompts = 10_000
/** What Discord lets a bot send in five seconds; on Slack less goes out, so that less can stand before the page. */
const fiveSeconds = 250

it.each(ways.filter((way) => way !== 'Slack by HTTP'))(
  'reaches staff on %s before five seconds’ worth of prompts',
  async (way) => {
    let store: Store | undefined
    const made = (world = await startWorld(way, (one) => (store = one)))
    if (!store) throw new Error('the store was not opened')
    const { app } = made.bot.conversation
    const platform = way === 'Discord' ? 'discord' : 'slack'
    const now = new Date(Date.UTC(2026, 2, 6, 15))
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
    const [fay, ana] = [made.someone('fay'), made.someone('ana')]
    for (const one of [fay, ana]) {
      await one.command('start')
      await one.press('I agree, let me in')
    }
    await app.members.grant(await find(fay.user), 'facilitator', await find(admin.user), now)
    const { programId } = await find(ana.user)
    const members: string[] = []
    for (let index = 0; index < people; index++) {
      const personId = newId()
      await store.people.join({
        personId,
        programId,
        account: { platform, workspace: made.workspace, user: made.someone(`m${index}`).user },
        name: `m${index}`,
        zone: 'America/New_York',
        roles: ['member'],
        welcomeStep: 'done',
        at: now,
      })
      members.push(personId)
    }
    for (let from = 0; from < prompts; from += 500) {
      const some = Array.from({ length: 500 }, (_, index): Announcement => {
        const id = newId()
        const personId = members[(from + index) % people] ?? ''
        return {
          id,
          notice: 'test-message',
          params: {},
          to: { kind: 'person', personId },
          dedupeKey: `drain:${id}`,
          dueAt: now,
          priority: 2,
        }
      })
      await store.announcements.put(programId, some, now)
    }
    const messages = () =>
      made.sent().filter((one) => /^POST \S*messages|^chat\.postMessage/.test(one)).length
    await vi.waitUntil(() => messages() > 20, { timeout: 60_000, interval: 100 })

    await ana.command('ask')
    await ana.press('Ask something')
    const words = 'I am going to kill myself tonight'
    const before = messages()
    await ana.fill({ words: ['What would you like to ask or say?', words], name: ['Your name', 'shown'] })
    const paged = () => fay.received().some((one) => one.includes('Somebody may need a person'))
    await vi.waitUntil(paged, { timeout: 60_000, interval: 100 })
    expect(messages() - before).toBeLessThan(fiveSeconds)
    expect(messages()).toBeLessThan(prompts / 2)
  },
)
