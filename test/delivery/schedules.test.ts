import { assert, boolean, integer, property, record } from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { DueSchedule, DueSnooze, PersonTime } from '../../src/delivery/ports.ts'
import { decideSchedule, decideSnooze, ladder } from '../../src/delivery/schedules.ts'
import { newId } from '../support/delivery-rows.ts'

const at = (iso: string): Date => new Date(iso)
const nine = at('2026-03-05T14:00:00Z')

const person: PersonTime = {
  zone: 'America/New_York',
  aways: [],
  left: false,
  address: { platform: 'discord', workspace: 'guild', user: 'ana' },
}
const schedule: DueSchedule = {
  id: 'schedule',
  programId: 'program',
  personId: 'person',
  notice: 'check-in',
  cron: '0 9 * * *',
  zone: 'America/New_York',
  nextRunAt: nine,
  graceMin: 180,
  unanswered: 0,
  person,
}
const decide = (changes: Partial<DueSchedule>, now: Date) =>
  decideSchedule({ ...schedule, ...changes }, now, newId)
const states = (decision: ReturnType<typeof decide>) =>
  decision.occurrences.map(({ localDay, state }) => [localDay, state])

describe('a schedule that is due', () => {
  test('is queued for its local day and comes again the next', () => {
    const decision = decide({}, at('2026-03-05T14:00:00.400Z'))
    expect(states(decision)).toEqual([['2026-03-05', 'queued']])
    expect(decision.nextRunAt).toEqual(at('2026-03-06T14:00:00Z'))
    expect(decision.occurrences[0]?.notice).toMatchObject({
      dedupeKey: 'prompt:schedule:2026-03-05',
      dueAt: at('2026-03-05T14:00:00.400Z'),
      expiresAt: at('2026-03-05T17:00:00Z'),
      params: { schedule: 'schedule', occurrence: decision.occurrences[0]?.id },
    })
  })

  test('is sent late, once, while that is still of use', () => {
    expect(states(decide({}, at('2026-03-05T17:00:00Z')))).toEqual([['2026-03-05', 'queued']])
    expect(states(decide({}, at('2026-03-05T17:00:01Z')))).toEqual([['2026-03-05', 'missed']])
  })

  test('after an outage of days sends at most the newest and records the others as missed', () => {
    expect(states(decide({}, at('2026-03-08T13:30:00Z')))).toEqual([
      ['2026-03-08', 'queued'],
      ['2026-03-07', 'missed'],
      ['2026-03-06', 'missed'],
      ['2026-03-05', 'missed'],
    ])
  })

  test('after a jump of ten years records a month at most', () => {
    const decision = decide({}, at('2036-03-05T20:00:00Z'))
    expect(decision.occurrences.length).toBeLessThanOrEqual(32)
    expect(decision.nextRunAt).toEqual(at('2036-03-06T14:00:00Z'))
  })

  test('is not asked on days away, which are recorded as such', () => {
    const away = { ...person, aways: [{ fromDay: '2026-03-05', toDay: '2026-03-06' }] }
    expect(states(decide({ person: away }, at('2026-03-07T14:00:00Z')))).toEqual([
      ['2026-03-07', 'queued'],
      ['2026-03-06', 'away'],
      ['2026-03-05', 'away'],
    ])
  })

  test('inside quiet hours waits for their end and still stands for its own day', () => {
    const quiet = { ...person, quiet: { from: '21:30', to: '07:00' } }
    const ten = at('2026-03-06T03:00:00Z')
    const decision = decide({ cron: '0 22 * * *', nextRunAt: ten, person: quiet }, ten)
    expect(states(decision)).toEqual([['2026-03-05', 'queued']])
    expect(decision.occurrences[0]?.notice?.dueAt).toEqual(at('2026-03-06T12:00:00Z'))
  })

  test('is not sent late into quiet hours', () => {
    const quiet = { ...person, quiet: { from: '10:00', to: '20:00' } }
    expect(states(decide({ person: quiet }, at('2026-03-05T15:30:00Z')))).toEqual([['2026-03-05', 'missed']])
    const inTime = decide({ person: quiet }, at('2026-03-05T14:30:00Z'))
    expect(inTime.occurrences[0]?.notice?.expiresAt).toEqual(at('2026-03-05T15:00:00Z'))
  })

  test('rests after seven prompts that nobody answered, and the last one says so', () => {
    const sixth = decide({ unanswered: ladder - 2 }, nine)
    expect([sixth.rests, sixth.occurrences[0]?.notice?.params['last']]).toEqual([false, undefined])
    const seventh = decide({ unanswered: ladder - 1 }, nine)
    expect([seventh.rests, seventh.occurrences[0]?.notice?.params['last']]).toEqual([true, 'true'])
  })

  test('never rests when it asks nothing', () => {
    const shown = decide({ notice: 'before-session', unanswered: 40 }, nine)
    expect([shown.rests, shown.occurrences[0]?.notice?.params['last']]).toEqual([false, undefined])
  })

  test('does nothing for a person who has left, and ends', () => {
    const decision = decide({ person: { ...person, left: true } }, nine)
    expect([decision.occurrences, decision.nextRunAt]).toEqual([[], undefined])
  })

  test('that runs once has no next time', () => {
    const { cron: _cron, ...once } = schedule
    const decision = decideSchedule(once, nine, newId)
    expect([states(decision), decision.nextRunAt]).toEqual([[['2026-03-05', 'queued']], undefined])
  })

  test('whose zone changed its rules after it was stored comes at its own wall-clock time', () => {
    const early = decide({ nextRunAt: at('2026-03-05T13:00:00Z') }, at('2026-03-05T13:00:00Z'))
    expect([early.occurrences, early.nextRunAt]).toEqual([[], nine])
    const late = decide({ nextRunAt: at('2026-03-05T15:00:00Z') }, at('2026-03-05T15:00:00Z'))
    expect(states(late)).toEqual([['2026-03-05', 'queued']])
  })

  test('through any row of outages gives each local day one state and never two prompts at once', () => {
    const outage = record({ hours: integer({ min: 1, max: 100 }), quiet: boolean() })
    assert(
      property(outage, integer({ min: 0, max: 800 }), ({ hours, quiet }, start) => {
        let nextRunAt = new Date(nine.getTime() + start * 86_400_000)
        const quietPerson = { ...person, quiet: { from: '21:30', to: '09:30' } }
        const days = new Set<string>()
        let now = nextRunAt
        for (let turn = 0; turn < 10; turn += 1) {
          const decision = decide({ nextRunAt, ...(quiet && { person: quietPerson }) }, now)
          expect(decision.occurrences.filter((one) => one.state === 'queued').length).toBeLessThanOrEqual(1)
          for (const { localDay } of decision.occurrences) {
            expect(days.has(localDay)).toBe(false)
            days.add(localDay)
          }
          if (!decision.nextRunAt) throw new Error('a daily schedule goes on')
          nextRunAt = decision.nextRunAt
          expect(nextRunAt > now).toBe(true)
          now = new Date(Math.max(nextRunAt.getTime(), now.getTime() + hours * 3_600_000))
        }
        const sorted = [...days].toSorted()
        const span = Date.parse(sorted.at(-1) ?? '') - Date.parse(sorted.at(0) ?? '')
        expect(days.size).toBe(span / 86_400_000 + 1)
      }),
    )
  })
})

describe('a snooze that is due', () => {
  const snooze: DueSnooze = {
    id: 'snooze',
    programId: 'program',
    personId: 'person',
    scheduleId: 'schedule',
    occurrenceId: 'occurrence',
    notice: 'check-in',
    dueAt: nine,
    graceMin: 180,
    answered: false,
    person,
  }

  test('asks once more about the same day', () => {
    expect(decideSnooze(snooze, nine)).toMatchObject({
      dedupeKey: 'snooze:snooze',
      params: { schedule: 'schedule', occurrence: 'occurrence' },
    })
  })

  test('says nothing when the person has done it, has left, or it is far too late', () => {
    expect(decideSnooze({ ...snooze, answered: true }, nine)).toBeUndefined()
    expect(decideSnooze({ ...snooze, person: { ...person, left: true } }, nine)).toBeUndefined()
    expect(decideSnooze(snooze, at('2026-03-05T18:00:00Z'))).toBeUndefined()
  })
})
