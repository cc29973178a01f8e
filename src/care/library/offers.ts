// A skill that a member offers, and what a facilitator makes of it for the program's own library.
import { z } from 'zod'
import { Refusal } from '../../words/refusal.ts'
import { t, type Text } from '../../words/text.ts'
import type { Readings } from '../checkins/ports.ts'
import { keepingOf, notFound } from '../entries/keeping.ts'
import type { Entries, Entry, OwnedEntry } from '../entries/ports.ts'
import type { Person } from '../members/ports.ts'
import type { When } from '../prompts/when.ts'
import type { Library, LibraryItem } from './ports.ts'

const words = z.object({
  name: z.string().min(1),
  for: z.string().min(1),
  steps: z.array(z.string().min(1)).min(1),
  minutes: z.int().positive(),
  /** Who should take care with it. */
  care: z.string().optional(),
})
const shape = z.object({
  ...words.shape,
  /** Whether others may know who it came from. */
  named: z.boolean(),
  state: z.enum(['offered', 'accepted', 'declined']),
  /** What a facilitator wrote back. */
  answer: z.string().optional(),
})
export type SkillWords = z.output<typeof words>
export type Offer = Entry<z.output<typeof shape>>
export type OwnedOffer = OwnedEntry<z.output<typeof shape>>

/** A skill of the program's own, in the parts that a shipped one has. */
export type ProgramSkill = {
  readonly slug: string
  readonly name: Text
  readonly for: Text
  readonly notFor: Text | undefined
  readonly minutes: number
  readonly steps: readonly { readonly text: Text; readonly seconds: number }[]
  /** As written, for finding it. */
  readonly words: SkillWords
  readonly writtenBy: string | undefined
}

type Parts = {
  readonly entries: Entries
  readonly library: Library
  readonly readings: Readings
  readonly newId: () => string
  readonly when: When
}

const mostSteps = 12
const mostWords = 300

/** One step a line, as people type lists. */
export function stepsIn(typed: string): readonly string[] {
  const steps = typed
    .split('\n')
    .map((line) => line.replace(/^\s*(?:[-*•]|\d+[.)])\s*/, '').trim())
    .filter((line) => line !== '')
  if (steps.length === 0) throw new Refusal(t('library.steps.none'), 'steps')
  if (steps.length > mostSteps) throw new Refusal(t('library.steps.many', { most: mostSteps }), 'steps')
  if (steps.some((step) => step.length > mostWords))
    throw new Refusal(t('library.steps.long', { most: mostWords }), 'steps')
  return steps
}

const asWritten = (said: string): Text => t('library.words', { words: said })

/** `body` is what a library item or an offer holds. */
export function programSkillOf(id: string, body: unknown, writtenBy?: string): ProgramSkill {
  const said = words.parse(body)
  return {
    slug: id,
    name: asWritten(said.name),
    for: asWritten(said.for),
    notFor: said.care === undefined ? undefined : asWritten(said.care),
    minutes: said.minutes,
    steps: said.steps.map((step) => ({ text: asWritten(step), seconds: 0 })),
    words: said,
    writtenBy,
  }
}

const skillIn = ({ id, body, writtenBy }: LibraryItem): ProgramSkill => programSkillOf(id, body, writtenBy)

export function offersOf({ entries, library, readings, newId, when }: Parts) {
  const kept = keepingOf('skill-offer', shape, { entries, when })

  const waiting = async (facilitator: Person, id: string): Promise<OwnedOffer> => {
    const found = await kept.sharedOne(facilitator.programId, id)
    if (found?.body.state !== 'offered') throw notFound()
    return found
  }

  /** Writes what was decided into the author's own entry, which facilitators see no more, and tells the author. */
  async function decide(
    { programId }: Person,
    { personId, ...offer }: OwnedOffer,
    decided: Pick<Offer['body'], 'state' | 'answer'>,
    now: Date,
  ): Promise<void> {
    const entry: Entry = { ...offer, body: { ...offer.body, ...decided }, audience: 'me', editedAt: now }
    const told = await entries.put({ programId, personId }, entry, [
      {
        id: newId(),
        notice: 'skill-offer',
        params: { offer: offer.id },
        to: { kind: 'person', personId },
        dedupeKey: `skill-offer:${offer.id}`,
        dueAt: now,
        priority: 2,
      },
    ])
    if (!told) throw notFound()
  }

  const put = async (facilitator: Person, item: Omit<LibraryItem, 'kind' | 'addedBy'>): Promise<void> => {
    const kind = 'skill'
    if (!(await library.put(facilitator.programId, { ...item, kind, addedBy: facilitator.personId })))
      throw notFound()
  }
  const skill = async (programId: string, id: string): Promise<LibraryItem> => {
    const found = await library.get(programId, id)
    if (found?.kind !== 'skill') throw notFound()
    return found
  }

  return {
    own: kept.own,
    mine: kept.list,
    remove: kept.remove,

    /** Only while nobody decided: then its words are the program's. */
    async offer(person: Person, id: string, said: SkillWords, now: Date): Promise<Offer> {
      const before = await kept.get(person, id)
      if (before && before.body.state !== 'offered') throw new Refusal(t('library.offer.decided'))
      const body = { ...said, named: before?.body.named ?? false, state: 'offered' as const }
      return kept.save(person, { id, body, audience: 'facilitator' }, now)
    },

    /** Also of a skill that is in the library by now. */
    async name(person: Person, id: string, named: boolean, now: Date): Promise<Offer> {
      const { body, audience } = await kept.own(person, id)
      const saved = await kept.save(person, { id, body: { ...body, named }, audience }, now)
      const item = body.state === 'accepted' ? await library.get(person.programId, id) : undefined
      if (item) {
        const { writtenBy: _before, ...rest } = item
        await library.put(person.programId, { ...rest, ...(named && { writtenBy: person.personId }) })
      }
      return saved
    },

    /** For facilitators, the newest first: what waits for them. */
    queue: (facilitator: Person, limit: number, before?: string) =>
      kept.shared(facilitator.programId, { limit, ...(before !== undefined && { before }) }),

    /** One offer in a facilitator's eyes; its author can see that it was opened. */
    async read(reader: Person, id: string, now: Date): Promise<OwnedOffer> {
      const found = await waiting(reader, id)
      if (found.personId !== reader.personId)
        await readings.add({
          id: newId(),
          programId: reader.programId,
          readerId: reader.personId,
          readerRole: 'facilitator',
          personId: found.personId,
          what: 'skill-offer',
          rowId: id,
          at: now,
        })
      return found
    },

    waiting,

    /** Into the program's library, in the author's words or in those a facilitator made of them. */
    async accept(facilitator: Person, id: string, edited: SkillWords | undefined, now: Date): Promise<void> {
      const offer = await waiting(facilitator, id)
      const body = edited ?? words.parse(offer.body)
      await put(facilitator, {
        id,
        body,
        addedAt: now,
        ...(offer.body.named && { writtenBy: offer.personId }),
      })
      await decide(facilitator, offer, { state: 'accepted' }, now)
    },

    async decline(facilitator: Person, id: string, answer: string, now: Date): Promise<void> {
      await decide(facilitator, await waiting(facilitator, id), { state: 'declined', answer }, now)
    },

    /** Who changes the words stands for them from then on. */
    async change(facilitator: Person, id: string, said: SkillWords, now: Date): Promise<void> {
      const { writtenBy } = await skill(facilitator.programId, id)
      await put(facilitator, { id, body: said, addedAt: now, ...(writtenBy !== undefined && { writtenBy }) })
    },
    /** A facilitator's own; sent twice, it is one. */
    add: (facilitator: Person, id: string, said: SkillWords, now: Date): Promise<void> =>
      put(facilitator, { id, body: said, addedAt: now }),

    one: async (programId: string, id: string): Promise<ProgramSkill> => skillIn(await skill(programId, id)),

    async retire(facilitator: Person, id: string, now: Date): Promise<void> {
      await skill(facilitator.programId, id)
      await library.retire(facilitator.programId, id, now)
    },

    async skillsOf(programId: string): Promise<readonly ProgramSkill[]> {
      return (await library.list(programId, 'skill')).map(skillIn)
    },
    async skillOf(programId: string, id: string): Promise<ProgramSkill | undefined> {
      const found = await library.get(programId, id)
      return found?.kind === 'skill' ? skillIn(found) : undefined
    },
  }
}
