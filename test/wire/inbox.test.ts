// The process dies between taking what somebody sent and finishing it; the next one finishes it, once (RE-1, RE-2).
import { afterEach, describe, expect, it } from 'vitest'
import type { Store } from '../../src/store/connect.ts'
import { startWorld, ways, type Way, type World } from './world.ts'

let world: World | undefined
afterEach(async () => {
  await world?.stop()
  world = undefined
})

type Death = 'no' | 'before the write' | 'after the write'
const never = new Promise<never>(() => {})

/** From the moment of death on nothing of this process reaches the database. */
function mortal(store: Store, state: { death: Death; died?: () => void }): Store {
  const { put } = store.entries
  let dead = false
  return {
    ...store,
    entries: {
      ...store.entries,
      async put(...args: Parameters<typeof put>) {
        if (state.death === 'no') return put(...args)
        if (state.death === 'after the write') await put(...args)
        dead = true
        state.died?.()
        return never
      },
    },
    received: { ...store.received, done: (key) => (dead ? never : store.received.done(key)) },
  }
}

const begin = Date.UTC(2026, 2, 6, 15)
const words = 'I stayed and it passed'

async function withAna(way: Way, state: { death: Death; died?: () => void }) {
  return peopleOf((world = await startWorld(way, (store) => mortal(store, state))), way)
}
async function peopleOf(made: World, way: Way) {
  const admin = made.someone('sam', { manages: true })
  await admin.command('setup')
  await admin.fill({
    name: ['Name of the program', 'Evening program'],
    country: ['Country', 'US'],
    law: ['Which law applies here', 'unsure'],
    language: ['Language', 'en'],
    zone: ['Time zone', 'America/New_York'],
    time: ['Usual time to ask members', '9:00'],
  })
  const ana = made.someone('ana')
  await ana.command('start')
  await ana.press('I agree, let me in')
  const kept = async () => {
    const { app } = made.bot.conversation
    const account = {
      platform: way === 'Discord' ? ('discord' as const) : ('slack' as const),
      workspace: made.workspace,
      user: ana.user,
    }
    const person = await app.directory.find(account, undefined, true)
    if (!person) throw new Error('ana is not known')
    return (await app.journal.search(person, 'stayed', 10, new Date(begin))).hits.length
  }
  return { made, ana, kept }
}

describe.each(ways)('a process that dies on %s', (way) => {
  it.each(['before the write', 'after the write'] as const)(
    '%s has lost and doubled nothing',
    async (death) => {
      const state: { death: Death; died?: () => void } = { death: 'no' }
      const { made, ana, kept } = await withAna(way, state)
      state.death = death
      const died = new Promise<void>((resolve) => (state.died = resolve))
      void ana.command('journal', words, { words }).catch(() => undefined)
      await died
      state.death = 'no'
      await made.restart()
      expect(await kept()).toBe(death === 'after the write' ? 1 : 0)
      const before = ana.received().length

      await made.moveTo(new Date(begin + 60 * 60_000))
      expect(await kept()).toBe(1)
      const told = ana.received().slice(before)
      expect(told).toHaveLength(1)
      expect(told[0]).toContain('here is my answer')

      await made.restart()
      await made.moveTo(new Date(begin + 2 * 60 * 60_000))
      expect(await kept()).toBe(1)
      expect(ana.received().slice(before)).toHaveLength(1)
    },
    180_000,
  )
})

describe.each(ways)('a clock that jumps on %s', (way) => {
  it('takes nothing out of the hands of the process that works on it', async () => {
    let slow = false
    const waiting: (() => void)[] = []
    world = await startWorld(way, (store) => ({
      ...store,
      received: {
        ...store.received,
        async done(key) {
          if (slow) await new Promise<void>((resolve) => waiting.push(resolve))
          await store.received.done(key)
        },
      },
    }))
    const { ana, kept, made } = await peopleOf(world, way)
    slow = true
    await ana.command('journal', words, { words })
    await expect.poll(() => waiting.length).toBeGreaterThan(0)
    const before = ana.received().length
    await made.moveTo(new Date(begin + 60 * 60_000))
    expect([await kept(), ana.received().length]).toEqual([1, before])
    slow = false
    for (const go of waiting) go()
  }, 180_000)
})

describe.each(ways.filter((way) => way !== 'Discord'))('a delivery that %s repeats', (way) => {
  it('after a restart does nothing', async () => {
    const { made, ana, kept } = await withAna(way, { death: 'no' })
    await ana.dm(`journal ${words}`)
    expect(await kept()).toBe(1)
    const before = ana.received().length
    await made.restart()
    await ana.again?.()
    expect(await kept()).toBe(1)
    expect(ana.received()).toHaveLength(before)
  }, 300_000)
})
