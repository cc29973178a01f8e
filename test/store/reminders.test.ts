import { beforeAll, beforeEach, expect, it } from 'vitest'
import type { Person } from '../../src/care/members/ports.ts'
import type { Reminder } from '../../src/care/prompts/ports.ts'
import type { Store } from '../../src/store/connect.ts'
import { eachDatabase, storeFor } from '../support/databases.ts'
import { morning, somebody, someId, someProgram } from '../support/people.ts'

const soon = new Date(morning.getTime() + 20 * 60_000)

eachDatabase((make) => {
  const open = storeFor(make)
  let store: Store
  let program: Awaited<ReturnType<typeof someProgram>>
  let ana: Person
  let bo: Person
  let stranger: Person
  let made = 0

  beforeAll(async () => {
    store = await open()
    program = await someProgram(store)
    stranger = await somebody(store, await someProgram(store), 'Stranger', 'admin')
  })
  beforeEach(async () => {
    ana = await somebody(store, program, someId())
    bo = await somebody(store, program, someId())
  })

  const reminder = (more: Partial<Reminder> = {}): Reminder => ({
    id: someId(),
    notice: 'check-in',
    cron: '0 9 * * *',
    zone: 'America/New_York',
    nextRunAt: morning,
    createdAt: new Date(morning.getTime() + made++),
    ...more,
  })

  /** A prompt that came, as the tick makes it. */
  async function prompted(person: Person, kept: Reminder): Promise<string> {
    const id = someId()
    await store.schedules.decide(morning, 10, (due) =>
      due.map((schedule) => ({
        schedule,
        occurrences:
          schedule.id === kept.id
            ? [{ id, localDay: '2026-11-23', dueAt: morning, state: 'queued' as const }]
            : [],
        rests: false,
      })),
    )
    expect(await store.reminders.occurrence(person, id)).toMatchObject({
      localDay: '2026-11-23',
      state: 'queued',
    })
    return id
  }
  const snoozesDue = async (now: Date) => {
    const due: string[] = []
    await store.schedules.decideSnoozes(now, 100, (snoozes) => {
      due.push(...snoozes.filter(({ answered }) => !answered).map(({ id }) => id))
      return snoozes.map(() => undefined)
    })
    return due
  }

  it('gives back what was asked for in the order it was made, and only to its owner', async () => {
    const rows = [
      reminder(),
      reminder({ notice: 'reminder', words: 'call Sam' }),
      reminder({ pausedAt: morning, pausedBy: 'person' }),
    ]
    for (const row of rows.toReversed()) expect(await store.reminders.put(ana, row)).toBe(true)
    expect(await store.reminders.list(ana)).toEqual(rows)
    expect(await store.reminders.list(bo)).toEqual([])
    for (const { id } of rows) {
      expect(await store.reminders.get(bo, id)).toBeUndefined()
      expect(await store.reminders.get(stranger, id)).toBeUndefined()
    }
  })

  it('replaces a reminder, forgetting what is left out', async () => {
    const row = reminder({ notice: 'reminder', words: 'call Sam' })
    await store.reminders.put(ana, row)
    const { nextRunAt: _next, words: _words, ...rest } = row
    const resting: Reminder = { ...rest, pausedAt: soon, pausedBy: 'person' }
    await store.reminders.put(ana, resting)
    expect(await store.reminders.get(ana, row.id)).toEqual(resting)
  })

  it('takes an answer to a prompt from the person asked, and from nobody else', async () => {
    const row = reminder({ notice: 'after-session' })
    await store.reminders.put(ana, row)
    const id = await prompted(ana, row)
    const again = (minutes: number) => new Date(soon.getTime() + minutes * 60_000)
    await store.reminders.snooze(ana, id, again(1), someId())
    for (const other of [bo, stranger]) await store.reminders.answer(other, id, morning)
    await store.reminders.answer(ana, someId(), morning)
    expect(await snoozesDue(again(1))).toHaveLength(1)
    await store.reminders.snooze(ana, id, again(2), someId())
    await store.reminders.answer(ana, id, again(1))
    expect(await snoozesDue(again(2))).toEqual([])
  })

  it('neither changes nor removes what is somebody else’s', async () => {
    const row = reminder()
    await store.reminders.put(ana, row)
    for (const thief of [bo, stranger]) {
      expect(await store.reminders.put(thief, { ...row, zone: 'Asia/Tokyo' })).toBe(false)
      expect(await store.reminders.remove(thief, row.id)).toBe(false)
    }
    expect(await store.reminders.list(ana)).toEqual([row])
    expect(await store.reminders.remove(ana, row.id)).toBe(true)
    expect(await store.reminders.remove(ana, row.id)).toBe(false)
    expect(await store.reminders.list(ana)).toEqual([])
  })

  it('shows one prompt only to whom it came', async () => {
    const row = reminder()
    await store.reminders.put(ana, row)
    const id = await prompted(ana, row)
    for (const other of [bo, stranger]) {
      expect(await store.reminders.occurrence(other, id)).toBeUndefined()
      expect(await store.reminders.snooze(other, id, soon, someId())).toBe(false)
      expect(await store.reminders.skip(other, id, soon)).toBe(false)
    }
  })

  it('asks again once, however often the same snooze is pressed', async () => {
    const row = reminder()
    await store.reminders.put(ana, row)
    const occurrence = await prompted(ana, row)
    const pressed = await Promise.all(
      [1, 2, 3].map(() => store.reminders.snooze(ana, occurrence, soon, someId())),
    )
    expect(pressed).toEqual([true, true, true])
    expect(await snoozesDue(morning)).toHaveLength(0)
    expect(await snoozesDue(soon)).toHaveLength(1)
    expect(await snoozesDue(soon)).toHaveLength(0)
  })

  it('does not ask again about a day the person skipped', async () => {
    const row = reminder()
    await store.reminders.put(ana, row)
    const occurrence = await prompted(ana, row)
    await store.reminders.snooze(ana, occurrence, soon, someId())
    expect(await store.reminders.skip(ana, occurrence, soon)).toBe(true)
    expect((await store.reminders.occurrence(ana, occurrence))?.state).toBe('skipped')
    expect(await snoozesDue(soon)).toEqual([])
  })

  it('removes with a reminder its prompts and snoozes', async () => {
    const row = reminder()
    await store.reminders.put(ana, row)
    const occurrence = await prompted(ana, row)
    await store.reminders.snooze(ana, occurrence, soon, someId())
    await store.reminders.remove(ana, row.id)
    expect(await store.reminders.occurrence(ana, occurrence)).toBeUndefined()
    expect(await snoozesDue(soon)).toEqual([])
  })

  it('remembers days away that are not over, for their owner alone', async () => {
    const away = { id: someId(), fromDay: '2026-11-24', toDay: '2026-11-26' }
    await store.reminders.addAway(ana, away)
    await store.reminders.addAway(ana, { id: someId(), fromDay: '2026-10-01', toDay: '2026-10-02' })
    expect(await store.reminders.aways(ana, '2026-11-23')).toEqual([away])
    expect(await store.reminders.aways(ana, '2026-11-26')).toEqual([away])
    expect(await store.reminders.aways(ana, '2026-11-27')).toEqual([])
    expect(await store.reminders.aways(bo, '2026-11-23')).toEqual([])
    expect(await store.reminders.removeAway(bo, away.id)).toBe(false)
    expect(await store.reminders.addAway(bo, away)).toBe(false)
    expect(await store.reminders.addAway(ana, away)).toBe(true)
    expect(await store.reminders.removeAway(ana, away.id)).toBe(true)
    expect(await store.reminders.aways(ana, '2026-11-23')).toEqual([])
  })
})
