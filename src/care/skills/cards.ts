// Coping cards: a person's own short words for a hard moment, to be read again in it (row 33).
import { z } from 'zod'
import { Refusal } from '../../words/refusal.ts'
import { t } from '../../words/text.ts'
import { keepingOf } from '../entries/keeping.ts'
import type { Entries, Entry } from '../entries/ports.ts'
import type { Person } from '../members/ports.ts'
import type { When } from '../prompts/when.ts'

const shape = z.object({ name: z.string(), words: z.string() })
export type CopingCard = Entry<z.output<typeof shape>>

const most = 50

export function cardsOf(parts: { readonly entries: Entries; readonly when: When }) {
  const kept = keepingOf('coping-card', shape, parts)
  return {
    own: kept.own,
    remove: kept.remove,
    list: (person: Person) => kept.list(person, most),
    /** Sent twice with one id, it is one; a known id changes that card. */
    async save(person: Person, id: string, body: CopingCard['body'], now: Date): Promise<void> {
      const all = await kept.list(person, most)
      if (all.length >= most && !all.some((one) => one.id === id))
        throw new Refusal(t('skills.cards.full', { most }))
      await kept.save(person, { id, body }, now)
    },
  }
}
