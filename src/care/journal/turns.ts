// Whose turn it is among prompts: the same one all day, none twice until all have been, by chance but the same chance each time.
import { createHash } from 'node:crypto'

/** What one person has been shown in this round, and the one of today. */
export type Turns = {
  readonly round: number
  readonly shown: readonly string[]
  readonly today?: { readonly day: string; readonly id: string } | undefined
  /** Themes put aside for now. */
  readonly notThemes: readonly string[]
}
export type Turn = { readonly id: string; readonly theme?: string | undefined }

export const noTurns: Turns = { round: 0, shown: [], notThemes: [] }

const order = (seed: string, id: string): string => createHash('sha256').update(`${seed} ${id}`).digest('hex')

/** The next one that was not shown in this round, of those that go first while there are any; when all were, a new round begins. Undefined when there is none at all. */
export function nextTurn<T extends Turn>(
  pool: readonly T[],
  turns: Turns,
  person: string,
  day: string,
  goesFirst: (one: T) => boolean = () => false,
): { readonly prompt: T; readonly turns: Turns } | undefined {
  const open = pool.filter(({ theme }) => theme === undefined || !turns.notThemes.includes(theme))
  if (open.length === 0) return undefined
  const fresh = open.filter(({ id }) => !turns.shown.includes(id))
  const round = fresh.length === 0 ? turns.round + 1 : turns.round
  const last = turns.today?.id
  // A new round does not begin with the one that the old round ended on.
  const candidates = fresh.length > 0 ? fresh : open.length > 1 ? open.filter(({ id }) => id !== last) : open
  const first = candidates.filter(goesFirst)
  const [prompt] = (first.length > 0 ? first : candidates).toSorted((a, b) =>
    order(`${person} ${round}`, a.id) < order(`${person} ${round}`, b.id) ? -1 : 1,
  )
  if (!prompt) return undefined
  const shown = fresh.length === 0 ? [prompt.id] : [...turns.shown, prompt.id]
  return { prompt, turns: { ...turns, round, shown, today: { day, id: prompt.id } } }
}
