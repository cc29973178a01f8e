import { beforeAll, beforeEach, expect, it } from 'vitest'
import type { Person } from '../../src/care/members/ports.ts'
import type { Session, SessionPrompt } from '../../src/care/sessions/ports.ts'
import type { Store } from '../../src/store/connect.ts'
import { eachDatabase, storeFor } from '../support/databases.ts'
import { morning, somebody, someId, someProgram } from '../support/people.ts'

const zone = 'America/New_York'
const later = new Date(morning.getTime() + 3_600_000)
const times = {
  'before-session': { cron: '0 17 * * 1', nextRunAt: morning },
  'after-session': { cron: '30 19 * * 1', nextRunAt: morning },
} as const

eachDatabase((make) => {
  const open = storeFor(make)
  let store: Store
  let ana: Person
  let stranger: Person
  let session: Session

  beforeAll(async () => {
    store = await open()
    stranger = await somebody(store, await someProgram(store), 'Stranger', 'admin')
  })
  beforeEach(async () => {
    ana = await somebody(store, await someProgram(store), someId())
    session = {
      id: someId(),
      name: 'Monday evening',
      kind: 'process',
      cron: '0 18 * * 1',
      zone,
      minutes: 90,
      createdAt: morning,
    }
    await store.sessions.put(ana.programId, session, times)
  })

  const prompt = (notice: SessionPrompt['notice']): SessionPrompt => ({
    id: someId(),
    notice,
    sessionId: session.id,
    zone,
    createdAt: morning,
    ...times[notice],
  })

  it('keeps a session, with a topic that comes and goes', async () => {
    expect(await store.sessions.list(ana.programId)).toEqual([session])
    await store.sessions.put(ana.programId, { ...session, topic: 'sleep' }, times)
    expect(await store.sessions.get(ana.programId, session.id)).toEqual({ ...session, topic: 'sleep' })
    await store.sessions.put(ana.programId, session, times)
    expect(await store.sessions.get(ana.programId, session.id)).toEqual(session)
  })

  it('asks once, however often that was pressed, and stops when told to', async () => {
    const pressed = prompt('after-session')
    await Promise.all([1, 2, 3].map(() => store.sessions.addPrompt(ana, pressed)))
    await store.sessions.addPrompt(ana, prompt('before-session'))
    const asked = await store.sessions.promptsOf(ana)
    expect(asked.map(({ notice }) => notice).toSorted()).toEqual(['after-session', 'before-session'])
    expect(await store.sessions.ofSchedule(ana, asked[0]?.id ?? '')).toBeDefined()
    await store.sessions.removePrompts(ana, session.id, 'after-session')
    expect((await store.sessions.promptsOf(ana)).map(({ notice }) => notice)).toEqual(['before-session'])
  })

  it('moves what was asked for with it, and wakes nothing that rests', async () => {
    await store.sessions.addPrompt(ana, prompt('after-session'))
    await store.sessions.addPrompt(ana, prompt('before-session'))
    const rests = (await store.reminders.list(ana)).find(({ notice }) => notice === 'before-session')
    if (!rests) throw new Error('it was not listed')
    const { nextRunAt: _next, ...paused } = rests
    await store.reminders.put(ana, { ...paused, pausedAt: morning, pausedBy: 'person' })
    const moved = {
      'before-session': { cron: '0 8 * * 2', nextRunAt: later },
      'after-session': { cron: '30 10 * * 2', nextRunAt: later },
    }
    await store.sessions.put(ana.programId, { ...session, cron: '0 9 * * 2', zone: 'UTC' }, moved)
    const found = await store.reminders.list(ana)
    expect(found.find(({ notice }) => notice === 'after-session')).toMatchObject({
      cron: '30 10 * * 2',
      zone: 'UTC',
      nextRunAt: later,
    })
    const resting = found.find(({ notice }) => notice === 'before-session')
    expect(resting).toMatchObject({ cron: '0 8 * * 2', zone: 'UTC', pausedBy: 'person' })
    expect(resting?.nextRunAt).toBeUndefined()
  })

  it('takes what was asked for along when it ends', async () => {
    await store.sessions.addPrompt(ana, prompt('after-session'))
    const [asked] = await store.sessions.promptsOf(ana)
    expect(await store.sessions.end(ana.programId, session.id, morning)).toBe(true)
    expect(await store.sessions.end(ana.programId, session.id, morning)).toBe(false)
    expect(await store.sessions.list(ana.programId)).toEqual([])
    expect(await store.reminders.list(ana)).toEqual([])
    expect(await store.sessions.ofSchedule(ana, asked?.id ?? '')).toBeUndefined()
    await store.sessions.addPrompt(ana, prompt('after-session'))
    expect(await store.sessions.promptsOf(ana)).toEqual([])
  })

  it('is worth nothing to another program', async () => {
    await store.sessions.addPrompt(ana, prompt('after-session'))
    const [asked] = await store.sessions.promptsOf(ana)
    const theirs = { ...session, name: 'taken over' }
    expect(await store.sessions.put(stranger.programId, theirs, times)).toBe(false)
    expect(await store.sessions.get(stranger.programId, session.id)).toBeUndefined()
    expect(await store.sessions.end(stranger.programId, session.id, morning)).toBe(false)
    await store.sessions.addPrompt(stranger, prompt('after-session'))
    expect(await store.sessions.promptsOf(stranger)).toEqual([])
    await store.sessions.removePrompts(stranger, session.id, 'after-session')
    expect(await store.sessions.ofSchedule(stranger, asked?.id ?? '')).toBeUndefined()
    expect(await store.sessions.promptsOf(ana)).toEqual([asked])
    expect(await store.sessions.get(ana.programId, session.id)).toEqual(session)
  })
})
