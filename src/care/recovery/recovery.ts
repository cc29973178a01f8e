// Recovery time, slips and milestones. A changed date tells nobody anything; a number is shown when it helps.
import { z } from 'zod'
import { Refusal } from '../../words/refusal.ts'
import { t } from '../../words/text.ts'
import type { WhenDue } from '../entries/due.ts'
import { keepingOf } from '../entries/keeping.ts'
import type { Entries, Entry } from '../entries/ports.ts'
import type { Announcement, Audience, People, Person } from '../members/ports.ts'
import type { When } from '../prompts/when.ts'
import { addDays, joined, milestoneAfter, slippedOn, timeOf, type Time } from './days.ts'

const day = z.iso.date()
export const shape = z.object({
  /** The person's own name for it. */
  name: z.string(),
  episodes: z.array(z.object({ from: day, to: day.optional() })),
  hidden: z.boolean(),
  /** Who is told of milestones; absent is nobody. */
  milestones: z.enum(['me', 'facilitator', 'group']).optional(),
})
export const slipShape = z.object({ day, counter: z.string().optional(), note: z.string().optional() })

export type Counter = Entry<z.output<typeof shape>>
export type Slip = Entry<z.output<typeof slipShape>>
export type CounterNow = {
  readonly counter: Counter
  readonly time: Time
  /** A slip was reported less than a day ago: numbers wait until they are asked for. */
  readonly resting: boolean
}

type Parts = {
  readonly entries: Entries
  readonly people: Pick<People, 'list'>
  readonly newId: () => string
  readonly when: When
}

const hourMs = 3_600_000
const dayMs = 24 * hourMs
const most = 8
/** The hour at which a milestone is said. */
const morning = '10:00'

export function recoveryOf({ entries, people, newId, when }: Parts) {
  const kept = keepingOf('recovery', shape, { entries, when })
  const slips = keepingOf('slip', slipShape, { entries, when })
  const today = (person: Person, now: Date) => when.localDay(now, person.zone)

  const dayUpTo = (person: Person, said: string | undefined, now: Date, field: string): string => {
    const latest = today(person, now)
    const chosen = said ?? latest
    if (chosen > latest) throw new Refusal(t('recovery.day.future'), field)
    if (chosen < '1930-01-01') throw new Refusal(t('recovery.day.old'), field)
    return chosen
  }

  /** The morning of the next milestone; null when there is none to wait for. */
  const nextMilestone = (person: Person, body: Counter['body'], now: Date): Date | null => {
    const { current } = timeOf(body.episodes, today(person, now))
    if (body.milestones === undefined || current === undefined) return null
    const on = addDays(today(person, now), milestoneAfter(current) - current)
    return when.afterQuiet(when.atLocal(on, morning, person.zone), person.zone, person.quiet)
  }

  const save = (person: Person, id: string, body: Counter['body'], now: Date): Promise<Counter> =>
    kept.save(
      person,
      {
        id,
        body: { ...body, episodes: [...joined(body.episodes)] },
        dueAt: nextMilestone(person, body, now),
      },
      now,
    )

  const restingSince = async (person: Person, now: Date): Promise<boolean> => {
    const [last] = await slips.list(person, 1)
    return last !== undefined && now.getTime() - last.at.getTime() < dayMs
  }

  async function toFacilitators(person: Person, params: Announcement['params'], key: string, now: Date) {
    const found = await people.list(person.programId, { role: 'facilitator', limit: 50 })
    return found
      .filter(({ personId }) => personId !== person.personId)
      .map(({ personId }) =>
        announcement(params, { kind: 'person', personId }, `${key}:${personId}`, 'milestone-of', now),
      )
  }
  const announcement = (
    params: Announcement['params'],
    to: Announcement['to'],
    dedupeKey: string,
    notice: string,
    now: Date,
  ): Announcement => ({
    id: newId(),
    notice,
    params,
    to,
    dedupeKey,
    dueAt: now,
    priority: 2,
    expiresAt: new Date(now.getTime() + 12 * hourMs),
  })

  const whenDue: WhenDue = async (person, due, now) => {
    const body = shape.parse(due.body)
    const next = nextMilestone(person, body, now) ?? undefined
    const { current } = timeOf(body.episodes, today(person, now))
    // The date was changed meanwhile, or the day is over: nothing is said late.
    const reached = current !== undefined && current > 0 && milestoneAfter(current - 1) === current
    if (!reached || body.milestones === undefined || body.hidden) return { next, announce: [] }
    const params = { counter: due.id, days: String(current) }
    const key = `milestone:${due.id}:${today(person, now)}`
    const own = announcement(params, { kind: 'person', personId: person.personId }, key, 'milestone', now)
    const others =
      body.milestones === 'facilitator'
        ? await toFacilitators(person, { ...params, person: person.personId }, key, now)
        : body.milestones === 'group' && person.program.group
          ? [
              announcement(
                { ...params, person: person.personId },
                { kind: 'room', room: person.program.group },
                `${key}:room`,
                'milestone-in-room',
                now,
              ),
            ]
          : []
    return { next, announce: [own, ...others] }
  }

  const slipDue: WhenDue = (person, due, now) =>
    Promise.resolve({
      announce: [
        announcement(
          { slip: due.id },
          { kind: 'person', personId: person.personId },
          `slip-after:${due.id}`,
          'slip-after',
          now,
        ),
      ],
    })

  return {
    own: kept.own,

    async list(person: Person, now: Date): Promise<readonly CounterNow[]> {
      const [all, resting] = await Promise.all([kept.all(person), restingSince(person, now)])
      return all
        .toReversed()
        .map((counter) => ({ counter, time: timeOf(counter.body.episodes, today(person, now)), resting }))
    },

    async start(
      person: Person,
      input: { readonly id: string; readonly name: string; readonly since?: string | undefined },
      now: Date,
    ): Promise<Counter> {
      const from = dayUpTo(person, input.since, now, 'since')
      const before = await kept.get(person, input.id)
      if (!before && (await kept.all(person)).length >= most)
        throw new Refusal(t('recovery.too-many', { most }))
      return save(person, input.id, { name: input.name, episodes: [{ from }], hidden: false }, now)
    },

    rename: async (person: Person, id: string, name: string, now: Date): Promise<Counter> => {
      const { body } = await kept.own(person, id)
      return save(person, id, { ...body, name }, now)
    },

    /** Adds a stretch of days, back-dated or open. */
    async addEpisode(
      person: Person,
      id: string,
      input: { readonly from: string; readonly to?: string | undefined },
      now: Date,
    ): Promise<Counter> {
      const { body } = await kept.own(person, id)
      const from = dayUpTo(person, input.from, now, 'from')
      const to = input.to === undefined ? undefined : dayUpTo(person, input.to, now, 'to')
      if (to !== undefined && to <= from) throw new Refusal(t('recovery.day.backwards'), 'to')
      const episodes = [...body.episodes, { from, ...(to !== undefined && { to }) }]
      return save(person, id, { ...body, episodes }, now)
    },

    async removeEpisode(person: Person, id: string, from: string, now: Date): Promise<Counter> {
      const { body } = await kept.own(person, id)
      return save(person, id, { ...body, episodes: body.episodes.filter((one) => one.from !== from) }, now)
    },

    async hide(person: Person, id: string, hidden: boolean, now: Date): Promise<Counter> {
      const { body } = await kept.own(person, id)
      return save(person, id, { ...body, hidden }, now)
    },

    async milestones(
      person: Person,
      id: string,
      audience: Audience | undefined,
      now: Date,
    ): Promise<Counter> {
      const { milestones: _before, ...body } = (await kept.own(person, id)).body
      if (audience === 'group' && !person.program.group) throw new Refusal(t('checkins.audience.no-group'))
      // The card there says a name, and anybody in the room reads it.
      if (audience === 'group' && person.ageBand === 'teen') throw new Refusal(t('people.age.no-room'))
      return save(person, id, { ...body, ...(audience && { milestones: audience }) }, now)
    },

    remove: kept.remove,

    /** Kept for the person alone. On every counter they name, or on none. */
    async slip(
      person: Person,
      input: {
        readonly id: string
        readonly day?: string | undefined
        readonly counter?: string | undefined
        readonly note?: string | undefined
      },
      now: Date,
    ): Promise<Slip> {
      const on = dayUpTo(person, input.day, now, 'day')
      const counter = input.counter === undefined ? undefined : await kept.own(person, input.counter)
      if (counter) {
        const episodes = [...slippedOn(counter.body.episodes, on)]
        await save(person, counter.id, { ...counter.body, episodes }, now)
      }
      const body = {
        day: on,
        ...(counter && { counter: counter.id }),
        ...(input.note !== undefined && { note: input.note }),
      }
      return slips.save(person, { id: input.id, body, forDay: on }, now)
    },

    async slipNote(person: Person, id: string, note: string | undefined, now: Date): Promise<Slip> {
      const { note: _before, ...body } = (await slips.own(person, id)).body
      return slips.save(person, { id, body: { ...body, ...(note !== undefined && { note }) } }, now)
    },

    ownSlip: slips.own,
    slips: (person: Person, limit: number, before?: string) => slips.list(person, limit, before),
    removeSlip: slips.remove,

    /** One message a day later, by choice; outside quiet hours. */
    async followUp(person: Person, id: string, wanted: boolean, now: Date): Promise<Date | undefined> {
      const { body, at } = await slips.own(person, id)
      const dueAt = wanted
        ? when.afterQuiet(new Date(Math.max(at.getTime() + dayMs, now.getTime())), person.zone, person.quiet)
        : undefined
      await slips.save(person, { id, body, dueAt: dueAt ?? null }, now)
      return dueAt
    },

    whenDue,
    slipDue,
  }
}
