// A database in trouble: the first answer to every interaction comes in time all the same, and the rest follows.
import { afterEach, describe, expect, it } from 'vitest'
import type { Store } from '../../src/store/connect.ts'
import { startWorld, ways, type World } from './world.ts'

const slowMs = 2000
let world: World | undefined
afterEach(async () => {
  await world?.stop()
  world = undefined
})

/** Every call of what people wait for takes two seconds longer once `slow` is set. */
function slowable(store: Store, state: { slow: boolean }): Store {
  const slow = <Port extends object>(port: Port): Port =>
    new Proxy(port, {
      get(target, name) {
        const call = Reflect.get(target, name) as (...args: unknown[]) => unknown
        return async (...args: unknown[]) => {
          if (state.slow) await new Promise((resolve) => setTimeout(resolve, slowMs))
          return call(...args)
        }
      },
    })
  const { people, programs, checkIns, readings, reminders, drafts } = store
  return {
    ...store,
    people: slow(people),
    programs: slow(programs),
    checkIns: slow(checkIns),
    readings: slow(readings),
    reminders: slow(reminders),
    drafts: slow(drafts),
  }
}

describe.each(ways)('with a database two seconds slow, on %s', (way) => {
  it('everything is acknowledged in time, answers arrive, and a form that is late opens from a button', async () => {
    const state = { slow: false }
    world = await startWorld(way, (store) => slowable(store, state))
    const { app } = world.bot.conversation
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

    state.slow = true
    const [place] = await world.bot.store.programs.places()
    const forget = () => app.directory.forgetProgram(place?.programId ?? '')
    forget()
    expect(await ana.command('checkin', '7 slowly', { mood: 7, note: 'slowly' })).toContain('Saved.')
    forget()
    const late = await ana.command('checkin')
    if (!ana.hasForm()) {
      expect(late).toContain('Ready when you are')
      expect(await ana.press('Continue')).toMatch(/^form: /)
    }
    expect(await ana.fill({ mood: ['Mood', 5], note: ['One line, if you like', 'kept'] })).toContain('kept')
    await ana.command('help-now')
    expect(ana.seen()).toContain('988')
    // The platforms give three seconds.
    expect(ana.longestWait()).toBeLessThan(2500)
  }, 180_000)
})
