// When a person wants to be asked, in their own hands: list, add, edit, pause, delete, snooze, skip, away.
import { Temporal } from 'temporal-polyfill'
import { Refusal } from '../../words/refusal.ts'
import { t } from '../../words/text.ts'
import type { Person } from '../members/ports.ts'
import { cronOf, type Pattern } from './cron.ts'
import type { AwayDays, Occurrence, Reminder, Reminders } from './ports.ts'
import type { When } from './when.ts'

type Parts = { readonly reminders: Reminders; readonly newId: () => string; readonly when: When }

export type Later = '20m' | '1h' | 'tonight'

const most = 20
const longestAway = 90
const notFound = () => new Refusal(t('kit.stale'))
const later = (at: Date, minutes: number): Date => new Date(at.getTime() + minutes * 60_000)

const isAroundSession = ({ notice }: Reminder): boolean =>
  notice === 'before-session' || notice === 'after-session'

export function remindersOf({ reminders, newId, when }: Parts) {
  const own = async (person: Person, id: string): Promise<Reminder> => {
    const found = await reminders.get(person, id)
    if (!found) throw notFound()
    return found
  }

  /** With the next instant worked out, and nothing left of an earlier rest. */
  const running = (
    { pausedAt: _at, pausedBy: _by, nextRunAt: _next, ...rest }: Reminder,
    cron: string,
    zone: string,
    now: Date,
  ): Reminder => {
    const next = when.nextRun(cron, zone, now)
    return { ...rest, cron, zone, ...(next && { nextRunAt: next }) }
  }

  const save = async (person: Person, reminder: Reminder): Promise<Reminder> => {
    if (!(await reminders.put(person, reminder))) throw notFound()
    return reminder
  }

  const roomForOne = async (person: Person): Promise<void> => {
    if ((await reminders.list(person)).length >= most) throw new Refusal(t('reminders.too-many', { most }))
  }

  return {
    list: (person: Person) => reminders.list(person),
    own,

    async add(
      person: Person,
      input: Pattern & { readonly id: string; readonly words?: string | undefined },
      now: Date,
    ): Promise<Reminder> {
      const before = await reminders.get(person, input.id)
      if (!before) await roomForOne(person)
      const base: Reminder = {
        id: input.id,
        notice: input.words === undefined ? 'check-in' : 'reminder',
        ...(input.words !== undefined && { words: input.words }),
        zone: person.zone,
        createdAt: before?.createdAt ?? now,
      }
      return save(person, running(base, cronOf(input), person.zone, now))
    },

    /** The person's own words, once. */
    async once(
      person: Person,
      input: { readonly id: string; readonly words: string; readonly at: Date },
      now: Date,
    ): Promise<Reminder> {
      const before = await reminders.get(person, input.id)
      if (before) return before
      if (input.at <= now) throw new Refusal(t('reminders.past'), 'time')
      await roomForOne(person)
      return save(person, {
        id: input.id,
        notice: 'reminder',
        words: input.words,
        zone: person.zone,
        nextRunAt: input.at,
        createdAt: now,
      })
    },

    /** One check-in prompt, once. */
    async askOnce(person: Person, id: string, at: Date, now: Date): Promise<void> {
      await roomForOne(person)
      await save(person, { id, notice: 'check-in', zone: person.zone, nextRunAt: at, createdAt: now })
    },

    /** "At 15:00": today when that is still ahead, else tomorrow. */
    soonest(person: Person, time: string, now: Date): Date {
      const today = when.localDay(now, person.zone)
      const at = when.atLocal(today, time, person.zone)
      return at > now
        ? at
        : when.atLocal(Temporal.PlainDate.from(today).add({ days: 1 }).toString(), time, person.zone)
    },

    /** A new one takes the place of the old: a schedule speaks once a day, and after this it may speak again today. */
    async edit(
      person: Person,
      id: string,
      pattern: Pattern,
      words: string | undefined,
      now: Date,
    ): Promise<Reminder> {
      const { words: before, ...rest } = await own(person, id)
      const kept = rest.notice === 'reminder' ? (words ?? before) : undefined
      const made = { ...rest, id: newId(), ...(kept !== undefined && { words: kept }) }
      const saved = await save(person, running(made, cronOf(pattern), person.zone, now))
      await reminders.remove(person, id)
      return saved
    },

    async pause(person: Person, id: string, now: Date): Promise<Reminder> {
      const { nextRunAt: _next, ...rest } = await own(person, id)
      return save(person, { ...rest, pausedAt: now, pausedBy: 'person' })
    },

    async pauseAll(person: Person, now: Date): Promise<void> {
      for (const { nextRunAt, ...rest } of await reminders.list(person)) {
        if (nextRunAt !== undefined) await save(person, { ...rest, pausedAt: now, pausedBy: 'person' })
      }
    },

    async resume(person: Person, id: string, now: Date): Promise<Reminder> {
      const before = await own(person, id)
      if (before.cron === undefined) throw notFound()
      return save(person, running(before, before.cron, before.zone, now))
    },

    async remove(person: Person, id: string): Promise<void> {
      if (!(await reminders.remove(person, id))) throw notFound()
    },

    /** Moves this one prompt; the schedule stays. "Tonight" is 20:00, or in an hour when it is later than that. */
    async snooze(person: Person, occurrenceId: string, how: Later, now: Date): Promise<Date> {
      const tonight = when.atLocal(when.localDay(now, person.zone), '20:00', person.zone)
      const until = how === '20m' ? later(now, 20) : how === '1h' || tonight <= now ? later(now, 60) : tonight
      if (!(await reminders.snooze(person, occurrenceId, until, newId()))) throw notFound()
      return until
    },

    async skip(person: Person, occurrenceId: string, now: Date): Promise<void> {
      if (!(await reminders.skip(person, occurrenceId, now))) throw notFound()
    },

    async occurrence(person: Person, id: string): Promise<Occurrence> {
      const found = await reminders.occurrence(person, id)
      if (!found) throw notFound()
      return found
    },

    aways: (person: Person, now: Date): Promise<readonly AwayDays[]> =>
      reminders.aways(person, when.localDay(now, person.zone)),

    async goAway(
      person: Person,
      input: { readonly id: string; readonly from?: string | undefined; readonly to: string },
      now: Date,
    ): Promise<AwayDays> {
      const today = when.localDay(now, person.zone)
      const away = { id: input.id, fromDay: input.from ?? today, toDay: input.to }
      if (away.toDay < away.fromDay) throw new Refusal(t('reminders.away.backwards'), 'to')
      if (away.toDay < today) throw new Refusal(t('reminders.away.over'), 'to')
      const days = Temporal.PlainDate.from(away.fromDay).until(away.toDay).days + 1
      if (days > longestAway) throw new Refusal(t('reminders.away.long', { most: longestAway }), 'to')
      if (!(await reminders.addAway(person, away))) throw notFound()
      return away
    },
    async comeBack(person: Person, id: string): Promise<void> {
      if (!(await reminders.removeAway(person, id))) throw notFound()
    },

    /** The same wall-clock times in another zone. */
    async move(person: Person, zone: string, now: Date): Promise<void> {
      for (const one of await reminders.list(person)) {
        // A session meets in the program's zone, wherever the person is.
        if (one.cron === undefined || isAroundSession(one)) continue
        const moved = one.pausedAt ? { ...one, zone } : running(one, one.cron, zone, now)
        await save(person, moved)
      }
    },
  }
}
