// Answering a questionnaire, one item at a time; each answer is kept before the next is asked (SC-3, SC-6).
import { z } from 'zod'
import type { Readings } from '../checkins/ports.ts'
import { keepingOf, notFound } from '../entries/keeping.ts'
import type { Entries, Entry } from '../entries/ports.ts'
import type { Announcement, Audience, People, Person } from '../members/ports.ts'
import type { When } from '../prompts/when.ts'
import { scaleNamed, scales, type Scale } from './content.ts'
import { isChoice, scoreOf, type Score } from './scoring.ts'

export const shape = z.object({
  scale: z.string(),
  version: z.string(),
  language: z.enum(['en', 'es']),
  answers: z.record(z.string(), z.number()),
  /** Whether facilitators may be told when an answer may mean danger; said for this one questionnaire. */
  tell: z.boolean(),
  /** What the person said when asked whether they are safe today. */
  safe: z.enum(['yes', 'no']).optional(),
  /** What facilitators were given to open, when they were told. */
  alert: z.string().optional(),
  doneAt: z.string().optional(),
})
/** What facilitators are given: never an answer, a score or a reason. */
const alertShape = z.object({ safe: z.enum(['yes', 'no']).optional() })
const adultShape = z.object({ adult: z.boolean() })

export type ScaleBody = z.output<typeof shape>
export type ScaleEntry = Entry<ScaleBody>
export type Result = { readonly entry: ScaleEntry; readonly scale: Scale; readonly score: Score | undefined }

type Parts = {
  readonly entries: Entries
  readonly readings: Readings
  readonly people: Pick<People, 'list'>
  readonly newId: () => string
  readonly when: When
  /** Asks staff until one of them answers. */
  readonly notSafe: (person: Person, id: string, now: Date) => Promise<void>
}

export type Answer = {
  readonly id: string
  readonly scale: string
  readonly item: string
  readonly value: number
  readonly tell: boolean
}

/** What an answer means for the next minute: nothing, ask whether they are safe, or a person is needed now. */
export type Alert = 'none' | 'ask' | 'now'

export const alertOf = (scale: Scale, item: string, value: number): Alert =>
  scale.safetyItem !== item || value < 1 ? 'none' : value === 1 ? 'ask' : 'now'

export function scalesOf({ entries, readings, people, newId, when, notSafe }: Parts) {
  const kept = keepingOf('scale', shape, { entries, when })
  const alerts = keepingOf('scale-alert', alertShape, { entries, when })
  const ages = keepingOf('age', adultShape, { entries, when })

  const known = (slug: string): Scale => {
    const found = scaleNamed(slug)
    if (!found) throw notFound()
    return found
  }
  const resultOf = (entry: ScaleEntry): Result => {
    const scale = known(entry.body.scale)
    return { entry, scale, score: scoreOf(scale, entry.body.answers) }
  }

  /** A pointer to each facilitator of the program: no score, no reason, no name (CR-11). Once. */
  async function pointers(person: Person, id: string, now: Date) {
    const found: Announcement[] = []
    let after: string | undefined
    for (;;) {
      const page = await people.list(person.programId, {
        role: 'facilitator',
        limit: 50,
        ...(after !== undefined && { after }),
      })
      for (const { personId } of page)
        if (personId !== person.personId)
          found.push({
            id: newId(),
            notice: 'scale-alert',
            params: { alert: id },
            to: { kind: 'person', personId },
            dedupeKey: `scale-alert:${id}:${personId}`,
            dueAt: now,
            priority: 1,
          })
      after = page.at(-1)?.personId
      if (page.length < 50) return found
    }
  }

  /** Returns how many are being told. Kept and queued in one transaction; the same level twice is once. */
  async function tellFacilitators(
    person: Person,
    id: string,
    level: 'ask' | 'now',
    safe: 'yes' | 'no' | undefined,
    now: Date,
  ): Promise<number> {
    // Somebody who is not safe is on the way to a human that does not end before one has answered.
    if (level === 'now') await notSafe(person, id, now)
    const announce = level === 'now' ? [] : await pointers(person, id, now)
    const body = safe === undefined ? {} : { safe }
    await alerts.save(person, { id, body, audience: 'facilitator', announce }, now)
    return level === 'now' ? 1 : announce.length
  }

  return {
    all: scales,
    named: known,
    own: async (person: Person, id: string): Promise<Result> => resultOf(await kept.own(person, id)),
    /** Undefined when nobody asked yet. Adult wording is for adults (SC-7). */
    adult: async (person: Person): Promise<boolean | undefined> =>
      (await ages.list(person, 1))[0]?.body.adult,
    setAdult: async (person: Person, id: string, adult: boolean, now: Date): Promise<void> => {
      await ages.save(person, { id, body: { adult } }, now)
    },

    /**
     * Keeps one answer and, when it may mean danger and the person agreed, queues the word to facilitators with it.
     * Returns how many are being told.
     */
    async answer(
      person: Person,
      { id, scale: slug, item, value, tell }: Answer,
      now: Date,
    ): Promise<Result & { readonly alert: Alert; readonly told: number }> {
      const scale = known(slug)
      if (!scale.items.some((one) => one.id === item) || !isChoice(scale, value)) throw notFound()
      const before = await kept.get(person, id)
      if (before && before.body.scale !== slug) throw notFound()
      const alert = alertOf(scale, item, value)
      const pointer = before?.body.alert ?? (tell && alert !== 'none' ? newId() : undefined)
      const told =
        tell && alert !== 'none' && pointer !== undefined
          ? await tellFacilitators(person, pointer, alert, before?.body.safe, now)
          : 0
      const body: ScaleBody = {
        scale: slug,
        version: scale.version,
        language: person.language,
        ...before?.body,
        tell,
        ...(pointer !== undefined && { alert: pointer }),
        answers: { ...before?.body.answers, [item]: value },
      }
      const entry = await kept.save(person, { id, body }, now)
      return { ...resultOf(entry), alert, told }
    },

    /**
     * What they said when asked whether they are safe today. A no is urgent when they agreed that others are told, at the
     * beginning or now. Returns how many are being told.
     */
    async safe(
      person: Person,
      id: string,
      safe: 'yes' | 'no',
      tell: boolean,
      now: Date,
    ): Promise<{ readonly told: number }> {
      const { body } = await kept.own(person, id)
      const pointer = body.alert ?? (tell && safe === 'no' ? newId() : undefined)
      const told =
        pointer === undefined
          ? 0
          : await tellFacilitators(person, pointer, safe === 'no' ? 'now' : 'ask', safe, now)
      const changed = {
        ...body,
        safe,
        tell: body.tell || tell,
        ...(pointer !== undefined && { alert: pointer }),
      }
      await kept.save(person, { id, body: changed }, now)
      return { told }
    },

    async finish(person: Person, id: string, now: Date): Promise<Result> {
      const { body } = await kept.own(person, id)
      return resultOf(await kept.save(person, { id, body: { ...body, doneAt: now.toISOString() } }, now))
    },

    /** Newest first. */
    async results(person: Person, limit: number, before?: string): Promise<readonly Result[]> {
      return (await kept.list(person, limit, before)).map(resultOf)
    },
    remove: (person: Person, id: string) => kept.remove(person, id),

    async share(
      person: Person,
      id: string,
      audience: Exclude<Audience, 'group'>,
      now: Date,
    ): Promise<Result> {
      const { body } = await kept.own(person, id)
      return resultOf(await kept.save(person, { id, body, audience }, now))
    },

    /** For facilitators: what members chose to show them. */
    async shared(facilitator: Person, limit: number, before?: string) {
      const found = await kept.shared(facilitator.programId, {
        limit,
        ...(before !== undefined && { before }),
      })
      return found.map((entry) => ({ ...resultOf(entry), personId: entry.personId }))
    },

    /** One shared result in a facilitator's eyes; its author can see that it was opened. */
    async read(reader: Person, id: string, now: Date): Promise<Result & { readonly personId: string }> {
      const found = await kept.sharedOne(reader.programId, id)
      if (!found || found.audience !== 'facilitator') throw notFound()
      await noteReading(reader, found.personId, id, 'scale', now)
      return { ...resultOf(found), personId: found.personId }
    },

    /** Whose alert it is: the name and what they agreed to, never the answers. */
    async openAlert(
      reader: Person,
      id: string,
      now: Date,
    ): Promise<{ readonly personId: string; readonly safe: 'yes' | 'no' | undefined }> {
      const found = await alerts.sharedOne(reader.programId, id)
      if (!found) throw notFound()
      await noteReading(reader, found.personId, id, 'scale-alert', now)
      return { personId: found.personId, safe: found.body.safe }
    },
  }

  async function noteReading(reader: Person, personId: string, rowId: string, what: string, at: Date) {
    if (personId === reader.personId) return
    await readings.add({
      id: newId(),
      programId: reader.programId,
      readerId: reader.personId,
      readerRole: 'facilitator',
      personId,
      what,
      rowId,
      at,
    })
  }
}
