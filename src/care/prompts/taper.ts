// Being asked less often, a step at a time (C3): each step is offered on a date the person chose, and taken with their yes.
import { Temporal } from 'temporal-polyfill'
import { z } from 'zod'
import { Refusal } from '../../words/refusal.ts'
import { t } from '../../words/text.ts'
import type { WhenDue } from '../entries/due.ts'
import { keepingOf } from '../entries/keeping.ts'
import type { Entries, Entry } from '../entries/ports.ts'
import type { Person } from '../members/ports.ts'
import { cronOf, everyDay, type Pattern } from './cron.ts'
import type { Reminders } from './ports.ts'
import type { When } from './when.ts'

/** From often to never. */
export const rhythms = ['daily', 'three', 'weekly', 'monthly', 'off'] as const
export type Rhythm = (typeof rhythms)[number]

const shape = z.object({
  rhythm: z.enum(rhythms),
  /** Local time of the question. */
  time: z.string(),
  /** Days from one step to the next. */
  days: z.int().min(7).max(180),
  /** The check-in time that goes by it; none when the rhythm is off. */
  reminder: z.string().optional(),
})
export type Taper = Entry<z.output<typeof shape>>
export type Step = { readonly rhythm: Rhythm; readonly day: string }

type Parts = {
  readonly entries: Entries
  readonly reminders: Pick<Reminders, 'list' | 'get' | 'put' | 'remove' | 'aways'>
  readonly when: When
  readonly newId: () => string
}

const dayMs = 86_400_000
const add = (day: string, days: number): string => Temporal.PlainDate.from(day).add({ days }).toString()
export const lower = (rhythm: Rhythm): Rhythm | undefined => rhythms[rhythms.indexOf(rhythm) + 1]
export const higher = (rhythm: Rhythm): Rhythm | undefined => rhythms[rhythms.indexOf(rhythm) - 1]

/** Weekly and monthly keep the day on which they begin. */
function patternFor(rhythm: Exclude<Rhythm, 'off'>, time: string, today: string): Pattern {
  const { dayOfWeek, day } = Temporal.PlainDate.from(today)
  switch (rhythm) {
    case 'daily':
      return { time, days: everyDay }
    case 'three':
      return { time, days: [1, 3, 5] }
    case 'weekly':
      return { time, days: everyDay.filter((one) => one === dayOfWeek) }
    case 'monthly':
      // The 28th is in every month.
      return { time, days: everyDay, monthDay: Math.min(day, 28) }
  }
}

/** The steps still to come, the next one on `first`. */
export function stepsFrom(rhythm: Rhythm, first: string, days: number): readonly Step[] {
  return rhythms
    .slice(rhythms.indexOf(rhythm) + 1)
    .map((one, index) => ({ rhythm: one, day: add(first, index * days) }))
}

export function taperOf({ entries, reminders, when, newId }: Parts) {
  const kept = keepingOf('taper', shape, { entries, when })
  const at = (person: Person, day: string): Date =>
    when.afterQuiet(when.atLocal(day, '11:00', person.zone), person.zone, person.quiet)

  /** Undefined when the person has since changed the time by hand: then that is what they want. */
  async function current(person: Person): Promise<Taper | undefined> {
    const [found] = await kept.list(person, 1)
    if (!found || found.body.rhythm === 'off' || found.body.reminder === undefined) return found
    return (await reminders.get(person, found.body.reminder)) ? found : undefined
  }

  /** Takes the place of every check-in time there was. */
  async function apply(person: Person, rhythm: Rhythm, time: string, now: Date): Promise<string | undefined> {
    const before = (await reminders.list(person)).filter(
      ({ notice, cron }) => notice === 'check-in' && cron !== undefined,
    )
    const id = rhythm === 'off' ? undefined : newId()
    if (rhythm !== 'off' && id !== undefined) {
      const cron = cronOf(patternFor(rhythm, time, when.localDay(now, person.zone)))
      const next = when.nextRun(cron, person.zone, now)
      const { zone } = person
      const one = {
        id,
        notice: 'check-in',
        cron,
        zone,
        createdAt: now,
        ...(next && { nextRunAt: next }),
      } as const
      if (!(await reminders.put(person, one))) throw new Refusal(t('kit.stale'))
    }
    for (const one of before) await reminders.remove(person, one.id)
    return id
  }

  async function begin(
    person: Person,
    input: { readonly id: string; readonly rhythm: Rhythm; readonly time: string; readonly days: number },
    now: Date,
  ): Promise<Taper> {
    const { id, rhythm, time, days } = input
    for (const old of await kept.all(person)) if (old.id !== id) await kept.remove(person, old.id)
    const reminder = await apply(person, rhythm, time, now)
    const body = { rhythm, time, days, ...(reminder !== undefined && { reminder }) }
    const dueAt = rhythm === 'off' ? null : at(person, add(when.localDay(now, person.zone), days))
    return kept.save(person, { id, body, dueAt }, now)
  }

  async function own(person: Person, id: string): Promise<Taper> {
    await kept.own(person, id)
    const found = await current(person)
    if (found?.id !== id) throw new Refusal(t('kit.stale'))
    return found
  }

  const whenDue: WhenDue = async (person, entry, now) => {
    const found = await current(person)
    if (found?.id !== entry.id || lower(found.body.rhythm) === undefined) return { announce: [] }
    const today = when.localDay(now, person.zone)
    const isAway = (await reminders.aways(person, today)).some(({ fromDay }) => fromDay <= today)
    if (isAway) return { next: at(person, add(today, 1)), announce: [] }
    const offer = {
      id: newId(),
      notice: 'taper-step',
      params: { taper: entry.id },
      to: { kind: 'person', personId: person.personId },
      dedupeKey: `taper-step:${entry.id}:${today}`,
      dueAt: now,
      priority: 2,
      expiresAt: new Date(now.getTime() + 3 * dayMs),
    } as const
    return { next: at(person, add(today, found.body.days)), announce: [offer] }
  }

  return {
    whenDue,
    current,
    own,
    begin,

    /** The steps still to come, with the days on which they are offered. */
    steps(person: Person, { body, dueAt }: Taper): readonly Step[] {
      return dueAt ? stepsFrom(body.rhythm, when.localDay(dueAt, person.zone), body.days) : []
    },

    /** One step less, or one step more in a hard week; the next is offered as many days later as before. */
    async move(person: Person, id: string, way: 'less' | 'more', now: Date): Promise<Taper> {
      const { body } = await own(person, id)
      const rhythm = way === 'less' ? lower(body.rhythm) : higher(body.rhythm)
      if (rhythm === undefined) return own(person, id)
      return begin(person, { ...body, id, rhythm }, now)
    },

    /** The offer is for later, and the rhythm stays. */
    async stay(person: Person, id: string, now: Date): Promise<Taper> {
      const { body } = await own(person, id)
      const dueAt = at(person, add(when.localDay(now, person.zone), body.days))
      return kept.save(person, { id, body, dueAt }, now)
    },
  }
}
