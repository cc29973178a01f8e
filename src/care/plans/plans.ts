// A person's plans, written part by part. Every change keeps the words that stood there before.
import { z } from 'zod'
import type { Readings } from '../checkins/ports.ts'
import { keepingOf, notFound } from '../entries/keeping.ts'
import type { Entries, Entry } from '../entries/ports.ts'
import type { Audience, Person } from '../members/ports.ts'
import type { When } from '../prompts/when.ts'
import { planNamed, planSlugs, type Plan, type PlanSlug } from './content.ts'

export const shape = z.object({
  plan: z.enum(planSlugs),
  parts: z.record(z.string(), z.string()),
  /** What stood in a part until then, oldest first. */
  earlier: z.array(z.object({ part: z.string(), words: z.string(), until: z.string() })),
})
type Kept = Entry<z.output<typeof shape>>
export type WrittenPlan = { readonly plan: Plan; readonly entry: Kept | undefined }
export type Change = Kept['body']['earlier'][number]

type Parts = {
  readonly entries: Entries
  readonly readings: Readings
  readonly newId: () => string
  readonly when: When
}

export function plansOf({ entries, readings, newId, when }: Parts) {
  const kept = keepingOf('plan', shape, { entries, when })

  const find = async (person: Person, slug: PlanSlug): Promise<Kept | undefined> =>
    (await kept.all(person)).find(({ body }) => body.plan === slug)
  const written = async (person: Person, slug: PlanSlug): Promise<Kept> => {
    const found = await find(person, slug)
    if (!found) throw notFound()
    return found
  }
  const open = async (person: Person, slug: PlanSlug): Promise<WrittenPlan> => ({
    plan: planNamed(slug),
    entry: await find(person, slug),
  })

  async function write(person: Person, slug: PlanSlug, part: string, words: string, now: Date) {
    const plan = planNamed(slug)
    if (!plan.parts.some(({ id }) => id === part)) throw notFound()
    const before = await find(person, slug)
    const body = before?.body ?? { plan: slug, parts: {}, earlier: [] }
    const was = body.parts[part]
    if (was === words) return { plan, entry: before }
    const { [part]: _was, ...others } = body.parts
    const entry = await kept.save(
      person,
      {
        id: before?.id ?? newId(),
        body: {
          plan: slug,
          parts: words === '' ? others : { ...others, [part]: words },
          earlier:
            was === undefined
              ? body.earlier
              : [...body.earlier, { part, words: was, until: now.toISOString() }],
        },
      },
      now,
    )
    return { plan, entry }
  }

  return {
    open,
    all: (person: Person) => Promise.all(planSlugs.map((slug) => open(person, slug))),
    /** Empty words leave the part open again. The words before are kept. */
    write,

    /** The latest first. */
    async changes(person: Person, slug: PlanSlug): Promise<readonly Change[]> {
      return (await find(person, slug))?.body.earlier.toReversed() ?? []
    },

    /** Puts back what stood there; what stands there now is kept among the earlier ones. */
    async bringBack(person: Person, slug: PlanSlug, until: string, now: Date): Promise<WrittenPlan> {
      const { body } = await written(person, slug)
      const found = body.earlier.find((one) => Date.parse(one.until) === Number(until))
      if (!found) throw notFound()
      return write(person, slug, found.part, found.words, now)
    },

    async share(person: Person, slug: PlanSlug, audience: Audience, now: Date): Promise<WrittenPlan> {
      const { id, body } = await written(person, slug)
      return { plan: planNamed(slug), entry: await kept.save(person, { id, body, audience }, now) }
    },

    async remove(person: Person, slug: PlanSlug): Promise<void> {
      await kept.remove(person, (await written(person, slug)).id)
    },

    shared: (facilitator: Person, limit: number, before?: string) =>
      kept.shared(facilitator.programId, { limit, ...(before !== undefined && { before }) }),

    /** One shared plan in a facilitator's eyes; its author can see that it was opened. */
    async read(reader: Person, id: string, now: Date): Promise<WrittenPlan & { readonly personId: string }> {
      const found = await kept.sharedOne(reader.programId, id)
      if (!found || found.audience !== 'facilitator') throw notFound()
      const { programId, personId: readerId } = reader
      const { personId } = found
      if (readerId !== personId)
        await readings.add({
          id: newId(),
          programId,
          readerId,
          readerRole: 'facilitator',
          personId,
          what: 'plan',
          rowId: id,
          at: now,
        })
      return { plan: planNamed(found.body.plan), entry: found, personId }
    },
  }
}
