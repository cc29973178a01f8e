// What to write about today: shipped prompts, the program's, and one's own, in turn.
import { z } from 'zod'
import { Refusal } from '../../words/refusal.ts'
import { t } from '../../words/text.ts'
import { keepingOf, notFound } from '../entries/keeping.ts'
import type { Entries, Entry } from '../entries/ports.ts'
import type { Library } from '../library/ports.ts'
import type { Person } from '../members/ports.ts'
import type { When } from '../prompts/when.ts'
import { groupKinds, shippedPrompts, type GroupKind, type ShippedPrompt } from './content.ts'
import { nextTurn, noTurns, type Turns } from './turns.ts'

const words = z.object({ en: z.string(), es: z.string() })
export const ownShape = z.object({ text: z.string() })
const turnsShape = z.object({
  round: z.int(),
  shown: z.array(z.string()),
  today: z.object({ day: z.string(), id: z.string() }).optional(),
  notThemes: z.array(z.string()),
})
const programShape = z.object({
  text: words,
  /** Which kinds of group it suits. */
  kinds: z.array(z.enum(groupKinds)),
  /** The topic of the week it goes with. */
  topic: z.string().optional(),
})

export type Prompt = {
  readonly id: string
  readonly words: { readonly en: string; readonly es: string }
  readonly theme?: string
  readonly from: 'shipped' | 'program' | 'own'
}
export type OwnPrompt = Entry<z.output<typeof ownShape>>
export type ProgramPrompt = z.output<typeof programShape> & { readonly id: string }

type Parts = {
  readonly entries: Entries
  readonly library: Library
  readonly newId: () => string
  readonly when: When
}

const most = 200

const shipped = ({ id, text, theme }: ShippedPrompt): Prompt => ({ id, words: text, theme, from: 'shipped' })
const ofProgram = ({ id, text }: ProgramPrompt): Prompt => ({ id, words: text, from: 'program' })

const momentOf = (id: string) => shippedPrompts.find((one) => one.id === id)?.moment ?? 'any'
const suits = (moment: string, hour: number): boolean =>
  moment === 'morning' ? hour >= 4 && hour < 12 : moment === 'evening' ? hour >= 17 || hour < 4 : true

export function journalPromptsOf({ entries, library, newId, when }: Parts) {
  const own = keepingOf('own-prompt', ownShape, { entries, when })
  const seen = keepingOf('prompt-seen', turnsShape, { entries, when })

  const programPrompts = async (programId: string): Promise<readonly ProgramPrompt[]> =>
    (await library.list(programId, 'prompt')).map(({ id, body }) => ({ id, ...programShape.parse(body) }))

  async function pool(person: Person): Promise<readonly Prompt[]> {
    const [mine, program] = await Promise.all([own.all(person), programPrompts(person.programId)])
    return [
      ...mine.map(({ id, body }): Prompt => ({ id, words: { en: body.text, es: body.text }, from: 'own' })),
      ...program.map(ofProgram),
      ...shippedPrompts.filter(({ moment }) => moment !== 'after-session').map(shipped),
    ]
  }

  const state = async (person: Person) => (await seen.list(person, 1))[0]
  const keep = async (person: Person, id: string | undefined, turns: Turns, now: Date) => {
    const body = {
      round: turns.round,
      shown: [...turns.shown],
      notThemes: [...turns.notThemes],
      ...(turns.today && { today: turns.today }),
    }
    await seen.save(person, { id: id ?? newId(), body }, now)
  }

  /** `again` asks for another one than today's. */
  async function today(person: Person, again: boolean, now: Date): Promise<Prompt | undefined> {
    const [all, before] = await Promise.all([pool(person), state(person)])
    const turns = before?.body ?? noTurns
    const day = when.localDay(now, person.zone)
    const same = turns.today?.day === day ? all.find(({ id }) => id === turns.today?.id) : undefined
    if (same && !again) return same
    // A question for the morning is not asked at night. The one of today stays, whatever the hour.
    const hour = when.localHour(now, person.zone)
    const fitting = all.filter(({ id }) => suits(momentOf(id), hour))
    const next = nextTurn(fitting, turns, person.personId, day, ({ from }) => from === 'program')
    if (!next) return undefined
    await keep(person, before?.id, next.turns, now)
    return next.prompt
  }

  return {
    today: (person: Person, now: Date) => today(person, false, now),
    another: (person: Person, now: Date) => today(person, true, now),

    async named(person: Person, id: string): Promise<Prompt | undefined> {
      const known = shippedPrompts.find((one) => one.id === id)
      return known ? shipped(known) : (await pool(person)).find((one) => one.id === id)
    },

    /** One for the time after a session of that kind: the program's own for its topic or kind first. */
    async afterSession(
      person: Person,
      session: { readonly kind: GroupKind; readonly topic?: string | undefined },
      now: Date,
    ): Promise<Prompt | undefined> {
      const { kind, topic } = session
      const program = await programPrompts(person.programId)
      const fitting = [
        program.filter((one) => topic !== undefined && one.topic === topic).map(ofProgram),
        program.filter((one) => one.topic === undefined && one.kinds.includes(kind)).map(ofProgram),
        shippedPrompts
          .filter(({ moment, kinds }) => moment === 'after-session' && kinds.includes(kind))
          .map(shipped),
      ].find((some) => some.length > 0)
      const day = when.localDay(now, person.zone)
      return nextTurn(fitting ?? [], noTurns, `${person.personId} ${day}`, day)?.prompt
    },

    /** Puts a theme aside, and gives another prompt. */
    async notTheme(person: Person, theme: string, now: Date): Promise<Prompt | undefined> {
      const before = await state(person)
      const turns = before?.body ?? noTurns
      const notThemes = [...new Set([...turns.notThemes, theme])]
      await keep(person, before?.id, { ...turns, notThemes }, now)
      return today(person, true, now)
    },
    async themesAside(person: Person): Promise<readonly string[]> {
      return (await state(person))?.body.notThemes ?? []
    },
    async bringBack(person: Person, theme: string, now: Date): Promise<void> {
      const before = await state(person)
      if (!before) return
      const notThemes = before.body.notThemes.filter((one) => one !== theme)
      await keep(person, before.id, { ...before.body, notThemes }, now)
    },

    own: (person: Person) => own.all(person),
    removeOwn: own.remove,
    async addOwn(person: Person, id: string, text: string, now: Date): Promise<OwnPrompt> {
      if ((await own.all(person)).length >= most) throw new Refusal(t('journal.prompts.many', { most }))
      return own.save(person, { id, body: { text } }, now)
    },

    program: (person: Person) => programPrompts(person.programId),
    async addProgram(
      facilitator: Person,
      input: {
        readonly id: string
        readonly en: string
        readonly es: string
        readonly kinds: readonly GroupKind[]
        readonly topic?: string | undefined
      },
      now: Date,
    ): Promise<void> {
      const { id, en, es, kinds, topic } = input
      if ((await programPrompts(facilitator.programId)).length >= most)
        throw new Refusal(t('journal.prompts.many', { most }))
      const body = { text: { en, es }, kinds: [...kinds], ...(topic !== undefined && { topic }) }
      const item = { id, kind: 'prompt', body, addedBy: facilitator.personId, addedAt: now } as const
      if (!(await library.put(facilitator.programId, item))) throw notFound()
    },
    async retireProgram(facilitator: Person, id: string, now: Date): Promise<void> {
      if (!(await library.retire(facilitator.programId, id, now))) throw notFound()
    },
  }
}
