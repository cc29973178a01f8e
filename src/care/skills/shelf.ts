// What a person made of the skills for themselves: favourites, what is not for them, and whether I may count.
import { z } from 'zod'
import { keepingOf } from '../entries/keeping.ts'
import type { Entries } from '../entries/ports.ts'
import type { Person, Self } from '../members/ports.ts'
import type { When } from '../prompts/when.ts'

export const shape = z.object({
  mine: z.array(z.string()),
  notMine: z.array(z.string()),
  /** What helped comes first, and its counts are said. */
  counting: z.boolean(),
  /** Uses before it count no more. */
  since: z.iso.datetime().optional(),
})
export type Shelf = z.output<typeof shape>
export type Standing = 'mine' | 'not-mine' | 'neither'

type Parts = { readonly entries: Entries; readonly newId: () => string; readonly when: When }

const empty: Shelf = { mine: [], notMine: [], counting: true }
const without = (all: readonly string[], slug: string): string[] => all.filter((one) => one !== slug)

export function shelfOf({ entries, newId, when }: Parts) {
  const kept = keepingOf('favourite', shape, { entries, when })
  const entry = async (self: Self) => (await kept.list(self, 1))[0]

  async function change(person: Person, more: (before: Shelf) => Partial<Shelf>, now: Date): Promise<void> {
    const before = await entry(person)
    const body = before?.body ?? empty
    await kept.save(person, { id: before?.id ?? newId(), body: { ...body, ...more(body) } }, now)
  }

  return {
    of: async (self: Self): Promise<Shelf> => (await entry(self))?.body ?? empty,

    put: (person: Person, slug: string, standing: Standing, now: Date): Promise<void> =>
      change(
        person,
        ({ mine, notMine }) => ({
          mine: [...without(mine, slug), ...(standing === 'mine' ? [slug] : [])],
          notMine: [...without(notMine, slug), ...(standing === 'not-mine' ? [slug] : [])],
        }),
        now,
      ),
    count: (person: Person, counting: boolean, now: Date): Promise<void> =>
      change(person, () => ({ counting }), now),
    /** Counting begins anew; the notes themselves stay. */
    countAnew: (person: Person, now: Date): Promise<void> =>
      change(person, () => ({ since: now.toISOString() }), now),
  }
}
export type SkillShelf = ReturnType<typeof shelfOf>
