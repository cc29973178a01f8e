// A made-up urgent sentence through the safety screen, again and again: one that sees it no more is not well (CR-19). It
// opens no case and reaches nobody; the way from a case to a person is walked by /drill.
import type { Screen } from '../care/safety/screening.ts'

const sentence = 'i am going to kill myself tonight'
const everyMs = 15 * 60_000

export function createHeartbeat(screen: Screen, every = everyMs) {
  let sees = false
  let seenAt: number | undefined
  async function beat(): Promise<void> {
    const found = await screen(sentence).catch(() => undefined)
    sees = found?.level === 'urgent'
    if (sees) seenAt = performance.now()
  }
  const timer = setInterval(() => void beat(), every).unref()
  return {
    beat,
    /** Not well when the last sentence was missed, and when none came through for two beats. */
    health() {
      const ageMs = seenAt === undefined ? undefined : performance.now() - seenAt
      return { ok: sees && ageMs !== undefined && ageMs < 2 * every, ...(ageMs !== undefined && { ageMs }) }
    },
    stop: () => clearInterval(timer),
  }
}
