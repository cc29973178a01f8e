// Answers that a program's staff keep ready: chosen with a case in hand, read and changed before they go (feature row 74).
import { z } from 'zod'
import { Refusal } from '../../words/refusal.ts'
import { t } from '../../words/text.ts'
import { notFound } from '../entries/keeping.ts'
import type { Library } from '../library/ports.ts'
import type { Person } from '../members/ports.ts'

const shape = z.object({ name: z.string(), words: z.string() })
export type ReadyAnswer = z.output<typeof shape> & { readonly id: string }

/** More than that nobody finds their way in. */
const most = 100

export function readyAnswersOf({ library }: { readonly library: Library }) {
  async function list({ programId }: Person): Promise<readonly ReadyAnswer[]> {
    const items = await library.list(programId, 'answer')
    return items
      .map(({ id, body }) => ({ id, ...shape.parse(body) }))
      .toSorted((a, b) => a.name.localeCompare(b.name))
  }

  return {
    list,

    async one({ programId }: Person, id: string): Promise<ReadyAnswer> {
      const item = await library.get(programId, id)
      if (item?.kind !== 'answer') throw notFound()
      return { id, ...shape.parse(item.body) }
    },

    /** Sent twice with one id, it is one. */
    async save(staff: Person, { id, ...body }: ReadyAnswer, now: Date): Promise<void> {
      const all = await list(staff)
      if (all.length >= most && all.every((one) => one.id !== id))
        throw new Refusal(t('cases.ready.most', { most }))
      const item = { id, kind: 'answer', body, addedBy: staff.personId, addedAt: now } as const
      if (!(await library.put(staff.programId, item))) throw notFound()
    },

    async remove({ programId }: Person, id: string, now: Date): Promise<void> {
      if (!(await library.retire(programId, id, now))) throw notFound()
    },
  }
}
