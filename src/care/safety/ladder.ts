// The next step on the way to a human, decided from what is known now: who is asked, and when to look again (CR-9).
import type { Step, Way, WayChange } from '../cases/ports.ts'
import type { Ladder } from './duty.ts'

export type Staff = {
  /** Who is on duty now, by rung. */
  readonly rungs: readonly (readonly string[])[]
  /** Everybody who facilitates, on duty or not. */
  readonly everyone: readonly string[]
  /** Told when nobody answered: the contact of the last resort, or the admins. */
  readonly contacts: readonly string[]
}
export type NextStep = {
  readonly change: WayChange
  readonly what: Step['what']
  readonly ask: readonly string[]
}
type Where = Pick<Way, 'state' | 'rung' | 'round'>

const minuteMs = 60_000
/** How often the contact and everybody else are told again while nobody answers. */
const loudMinutes = 30

const after = (now: Date, minutes: number): Date => new Date(now.getTime() + minutes * minuteMs)

/** Those on duty in their order, and then everybody else who facilitates. */
function asksOf({ rungs, everyone }: Staff): readonly (readonly string[])[] {
  const onDuty = new Set(rungs.flat())
  const rest = everyone.filter((person) => !onDuty.has(person))
  return rest.length > 0 ? [...rungs, rest] : rungs
}

/** For a way whose hour has come; `ask` is never empty unless the program has nobody at all. */
export function nextStep(way: Where, staff: Staff, ladder: Ladder, now: Date): NextStep {
  const asks = asksOf(staff)
  const isFresh = way.state === 'acknowledged'
  const rung = isFresh ? 0 : way.rung
  const round = isFresh ? 0 : way.round
  const loud: NextStep = {
    change: { state: 'exhausted', rung: 0, round: ladder.rounds, dueAt: after(now, loudMinutes) },
    what: 'contact',
    ask: [...new Set([...staff.contacts, ...staff.everyone])],
  }
  if (way.state === 'exhausted' || asks.length === 0) return loud
  const [first = []] = asks
  const next = (at: number, turn: number, ask: readonly string[], what: Step['what']): NextStep => ({
    change: { state: 'notifying', rung: at + 1, round: turn, dueAt: after(now, ladder.rungMinutes) },
    what,
    ask,
  })
  if (isFresh) return next(0, 0, first, 'again')
  const here = asks[rung]
  if (here) return next(rung, round, here, 'notified')
  return round + 1 < ladder.rounds ? next(0, round + 1, first, 'round') : loud
}
