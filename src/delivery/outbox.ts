// What becomes of a row before it is sent and after: the rules of RE-4 to RE-6 and RE-10, without a clock or a database.
import type { Held, Outcome, Platform, Settled } from './ports.ts'

const secondMs = 1000
const minuteMs = 60 * secondMs

/** How long after the first try a repeat cannot be seen twice: Discord remembers a nonce for minutes; the others are looked up. */
const repeatableMs: Readonly<Record<Platform, number>> = {
  discord: 2 * minuteMs,
  slack: Infinity,
  playground: Infinity,
}

/** With the waits below that is about two hours. */
const mostTries = 30
const longestWaitMs = 5 * minuteMs
/** When it may have been sent already, the answer has to come while the platform still remembers. */
const longestUnsureWaitMs = 15 * secondMs

const later = (at: Date, ms: number): Date => new Date(at.getTime() + ms)

/** A person in danger is told twice rather than not at all; for anything else it is the other way round (RE-6). */
const mayRepeat = (held: Held): boolean => held.priority === 0

const isForgotten = (held: Held, firstTryAt: Date | undefined, at: Date): boolean =>
  firstTryAt !== undefined && at.getTime() - firstTryAt.getTime() > repeatableMs[held.platform]

function tooLate(held: Held, maybeSent: boolean): Settled {
  if (maybeSent) return { id: held.id, status: 'dead', failure: 'unknown' }
  const { occurrence } = held.params
  return { id: held.id, status: 'expired', failure: 'late', ...(occurrence !== undefined && { occurrence }) }
}

/** The bot may be invited again: what can wait for that waits, and a prompt is missed. */
function removed(held: Held, now: Date): Settled {
  const { id, firstTryAt, expiresAt } = held
  const { occurrence } = held.params
  if (!mayRepeat(held) && (occurrence !== undefined || (expiresAt && expiresAt < now)))
    return { id, status: 'expired', failure: 'removed', ...(occurrence !== undefined && { occurrence }) }
  const dueAt = later(now, longestWaitMs)
  return { id, status: 'released', dueAt, failure: 'removed', ...(firstTryAt && { firstTryAt }) }
}

/** The end of a row that must not be sent any more, or undefined when it may. */
export function beforeSending(held: Held, now: Date): Settled | undefined {
  const { id, firstTryAt, expiresAt } = held
  if (held.left) return { id, status: 'expired', failure: 'left' }
  if (held.removed) return removed(held, now)
  if (mayRepeat(held)) return undefined
  if (isForgotten(held, firstTryAt, now)) return { id, status: 'dead', failure: 'unknown' }
  if (expiresAt && expiresAt < now) return tooLate(held, firstTryAt !== undefined)
  return undefined
}

export const released = ({ id, firstTryAt }: Held): Settled => ({
  id,
  status: 'released',
  ...(firstTryAt && { firstTryAt }),
})

/** Doubles from 2 s. */
function waitMs(attempt: number, unsure: boolean): number {
  const doubled = 2 * secondMs * 2 ** Math.min(attempt - 1, 20)
  return Math.min(doubled, unsure ? longestUnsureWaitMs : longestWaitMs)
}

function retried(held: Held, outcome: Outcome & { kind: 'retry' }, claimedAt: Date, now: Date): Settled {
  const { id, attempt, expiresAt } = held
  const firstTryAt = held.firstTryAt ?? (outcome.ambiguous ? claimedAt : undefined)
  const unsure = firstTryAt !== undefined
  const dueAt = later(now, Math.max(outcome.afterMs ?? 0, waitMs(attempt, unsure)))
  if (!mayRepeat(held)) {
    if (isForgotten(held, firstTryAt, dueAt)) return { id, status: 'dead', failure: 'unknown' }
    if (expiresAt && expiresAt < dueAt) return tooLate(held, unsure)
    if (attempt >= mostTries) return { id, status: 'dead', failure: unsure ? 'unknown' : 'gave-up' }
  }
  return { id, status: 'waiting', dueAt, failure: 'retrying', ...(unsure && { firstTryAt }) }
}

/** What is kept of a try that was claimed at `claimedAt` and ended at `now`. */
export function afterSending(held: Held, outcome: Outcome, claimedAt: Date, now: Date): Settled {
  const { id, to } = held
  switch (outcome.kind) {
    case 'sent': {
      const isNews = to.kind === 'person' && (to.room !== outcome.room || held.unreachable)
      return {
        id,
        status: 'sent',
        messageId: outcome.messageId,
        at: now,
        ...(isNews && { room: outcome.room }),
      }
    }
    case 'retry':
      return retried(held, outcome, claimedAt, now)
    case 'unreachable':
      return { id, status: 'unreached', failure: outcome.why, at: now }
    case 'stop':
      return released(held)
  }
}

const mostRenders = 5

/** A row that cannot even be drawn steps aside, and after a few tries for good. */
export function unreadable(held: Held, now: Date): Settled {
  const { id, attempt, firstTryAt } = held
  if (attempt >= mostRenders && !mayRepeat(held)) return { id, status: 'dead', failure: 'unreadable' }
  const dueAt = later(now, waitMs(attempt, false))
  return { id, status: 'waiting', dueAt, failure: 'unreadable', ...(firstTryAt && { firstTryAt }) }
}
