// Somebody else's ids are worth nothing: every port that speaks of a person is asked with a person of another program.
import { beforeAll, expect, it } from 'vitest'
import type { CheckIn } from '../../src/care/checkins/ports.ts'
import type { Entry } from '../../src/care/entries/ports.ts'
import type { Person, Self } from '../../src/care/members/ports.ts'
import type { Reminder } from '../../src/care/prompts/ports.ts'
import type { Session, SessionPrompt } from '../../src/care/sessions/ports.ts'
import type { Store } from '../../src/store/connect.ts'
import { eachDatabase, storeFor } from '../support/databases.ts'
import { morning, somebody, someId, someProgram } from '../support/people.ts'

const answer = 'nothing, or a refusal'

eachDatabase((make) => {
  const open = storeFor(make)
  let store: Store
  let ana: Person
  /** The id of a person of one program, in the name of another. */
  let mixed: Self
  const checkIn: CheckIn = {
    id: someId(),
    forDay: '2026-11-23',
    at: morning,
    kind: 'answered',
    late: false,
    answers: { note: 'mine' },
    audience: 'group',
  }
  const reminder: Reminder = {
    id: someId(),
    notice: 'check-in',
    zone: 'UTC',
    nextRunAt: morning,
    createdAt: morning,
  }
  const entry: Entry = {
    id: someId(),
    kind: 'journal',
    forDay: '2026-11-23',
    at: morning,
    body: { text: 'mine' },
    audience: 'group',
    dueAt: new Date(morning.getTime() + 3_600_000),
  }
  const session: Session = {
    id: someId(),
    name: 'Monday evening',
    kind: 'process',
    cron: '0 18 * * 1',
    zone: 'UTC',
    minutes: 90,
    createdAt: morning,
  }
  const later = { cron: '30 19 * * 1', nextRunAt: new Date(morning.getTime() + 7_200_000) }
  const times = { 'before-session': later, 'after-session': later }
  const askedAfter: SessionPrompt = {
    id: someId(),
    notice: 'after-session',
    sessionId: session.id,
    zone: 'UTC',
    createdAt: morning,
    ...later,
  }
  const away = { id: someId(), fromDay: '2026-11-24', toDay: '2026-11-24' }
  const occurrence = someId()
  const consent = {
    purpose: 'taking-part',
    version: '2',
    textHash: 'h',
    language: 'en',
    given: true,
    method: 'discord',
    at: morning,
  } as const

  beforeAll(async () => {
    store = await open()
    ana = await somebody(store, await someProgram(store), 'Ana')
    mixed = { personId: ana.personId, programId: (await someProgram(store)).id }
    await store.checkIns.put(ana, checkIn, { announce: [] })
    await store.entries.put(ana, entry)
    await store.reminders.put(ana, reminder)
    await store.reminders.addAway(ana, away)
    await store.sessions.put(ana.programId, session, times)
    await store.sessions.addPrompt(ana, askedAfter)
    await store.drafts.put(ana, 'h1:checkin', { note: 'mine' }, morning)
    await store.schedules.decide(morning, 10, (due) =>
      due.map((schedule) => ({
        schedule,
        occurrences: [{ id: occurrence, localDay: '2026-11-23', dueAt: morning, state: 'queued' }],
        rests: false,
      })),
    )
  })

  const everything = async () => ({
    person: await store.people.byId(ana),
    consents: await store.people.consents(ana),
    checkIns: await store.checkIns.recent(ana, { limit: 10 }),
    entry: await store.entries.get(ana, entry.id),
    reminders: await store.reminders.list(ana),
    occurrence: await store.reminders.occurrence(ana, occurrence),
    aways: await store.reminders.aways(ana, '2026-01-01'),
    session: await store.sessions.get(ana.programId, session.id),
    askedAfter: await store.sessions.promptsOf(ana),
    draft: await store.drafts.get(ana, 'h1:checkin', morning),
    readings: await store.readings.of(ana, 10),
  })

  it('gives nothing and changes nothing', async () => {
    const before = await everything()
    expect(before.occurrence).toBeDefined()
    const asked: Record<string, () => Promise<unknown>> = {
      'people.byId': () => store.people.byId(mixed),
      'people.change': () => store.people.change(mixed, { name: 'Stolen', zone: 'Asia/Tokyo' }),
      'people.change the zone': () => store.people.change(mixed, { zone: 'Asia/Tokyo' }),
      'people.grant': () => store.people.grant(mixed, 'admin', undefined, morning),
      'people.revoke': () => store.people.revoke(mixed, 'member', morning),
      'people.consent': () => store.people.consent(mixed, consent),
      'people.consents': () => store.people.consents(mixed),
      'people.list': () => store.people.list(mixed.programId, { limit: 10 }),
      'people.unreached': () => store.people.unreached(mixed.programId),
      'people.tellUnreached': () => store.people.tellUnreached(mixed, morning),
      'checkIns.put': () => store.checkIns.put(mixed, { ...checkIn, audience: 'me' }, { announce: [] }),
      'checkIns.put a pass': () =>
        store.checkIns.put(mixed, { ...checkIn, kind: 'pass', answers: {} }, { announce: [], occurrence }),
      'checkIns.get': () => store.checkIns.get(mixed, checkIn.id),
      'checkIns.between': () => store.checkIns.between(mixed, '2026-01-01', '2026-12-31'),
      'checkIns.recent': () => store.checkIns.recent(mixed, { limit: 10 }),
      'checkIns.shared': () =>
        store.checkIns.shared(mixed.programId, { sinceDay: '2026-01-01', personId: ana.personId, limit: 10 }),
      'checkIns.sharedOne': () => store.checkIns.sharedOne(mixed.programId, checkIn.id),
      'checkIns.unshareAll': () => store.checkIns.unshareAll(mixed),
      'entries.put': () => store.entries.put(mixed, { ...entry, body: { text: 'stolen' } }),
      'entries.get': () => store.entries.get(mixed, entry.id),
      'entries.list': () => store.entries.list(mixed, 'journal', { limit: 10 }),
      'entries.each': async () => {
        for await (const one of store.entries.each(mixed, 'journal')) return one
        return undefined
      },
      'entries.remove': () => store.entries.remove(mixed, entry.id),
      'entries.shared': () => store.entries.shared(mixed.programId, { kinds: ['journal'], limit: 10 }),
      'entries.sharedOne': () => store.entries.sharedOne(mixed.programId, entry.id),
      'entries.unshareAll': () => store.entries.unshareAll(mixed),
      'entries.cameDue': () =>
        store.entries.cameDue({ ...entry, ...mixed, dueAt: entry.dueAt ?? morning }, undefined, [], morning),
      'readings.add': () =>
        store.readings.add({
          id: someId(),
          ...mixed,
          readerId: ana.personId,
          readerRole: 'admin',
          what: 'check-in',
          rowId: checkIn.id,
          at: morning,
        }),
      'readings.of': () => store.readings.of(mixed, 10),
      'reminders.list': () => store.reminders.list(mixed),
      'reminders.get': () => store.reminders.get(mixed, reminder.id),
      'reminders.put': () => store.reminders.put(mixed, { ...reminder, zone: 'Asia/Tokyo' }),
      'reminders.remove': () => store.reminders.remove(mixed, reminder.id),
      'reminders.occurrence': () => store.reminders.occurrence(mixed, occurrence),
      'reminders.snooze': () => store.reminders.snooze(mixed, occurrence, morning, someId()),
      'reminders.skip': () => store.reminders.skip(mixed, occurrence, morning),
      'reminders.answer': () => store.reminders.answer(mixed, occurrence, morning),
      'reminders.aways': () => store.reminders.aways(mixed, '2026-01-01'),
      'reminders.addAway': () => store.reminders.addAway(mixed, { ...away, toDay: '2026-12-31' }),
      'reminders.removeAway': () => store.reminders.removeAway(mixed, away.id),
      'drafts.put': () => store.drafts.put(mixed, 'h1:checkin', { note: 'stolen' }, morning),
      'drafts.get': () => store.drafts.get(mixed, 'h1:checkin', morning),
      'drafts.drop': () => store.drafts.drop(mixed, 'h1:checkin'),
      'sessions.promptsOf': () => store.sessions.promptsOf(mixed),
      'sessions.addPrompt': () => store.sessions.addPrompt(mixed, askedAfter),
      'sessions.removePrompts': () => store.sessions.removePrompts(mixed, session.id, 'after-session'),
      'sessions.ofSchedule': () => store.sessions.ofSchedule(mixed, askedAfter.id),
      'sessions.list': () => store.sessions.list(mixed.programId),
      'sessions.get': () => store.sessions.get(mixed.programId, session.id),
      'sessions.put': () => store.sessions.put(mixed.programId, { ...session, name: 'Stolen' }, times),
      'sessions.end': () => store.sessions.end(mixed.programId, session.id, morning),
      'lineReviews.of': () => store.lineReviews.of(mixed.programId),
    }
    for (const port of [
      'people',
      'checkIns',
      'entries',
      'readings',
      'reminders',
      'sessions',
      'drafts',
    ] as const)
      for (const verb of Object.keys(store[port]))
        if (!['byAccount', 'byUser', 'join', 'due', 'nextDue'].includes(verb))
          expect(Object.keys(asked), 'every verb is asked').toContain(`${port}.${verb}`)

    for (const [name, ask] of Object.entries(asked)) {
      const said = await ask().then(
        (value) =>
          value === undefined || value === false || (Array.isArray(value) && value.length === 0)
            ? answer
            : value,
        () => answer,
      )
      expect({ [name]: said }).toEqual({ [name]: answer })
      expect({ [name]: await everything() }).toEqual({ [name]: before })
    }
  })
})
