// How much waits, for the operator's monitor: counts and ages, nobody's name.
import type { Outbox, Platform } from '../delivery/ports.ts'
import type { Client } from './connection.ts'

export type Figures = {
  readonly outbox: Readonly<
    Partial<Record<Platform, { readonly due: number; readonly dead: number; readonly oldestSeconds: number }>>
  >
  readonly inboxWaiting: number
  readonly escalationsOpen: number
  /** 0 when somebody has each of them. */
  readonly oldestUnacknowledgedSeconds: number
}

const ageOf = (at: Date | null | undefined, now: Date): number =>
  at ? Math.max(0, (now.getTime() - at.getTime()) / 1000) : 0

export const figuresIn =
  (prisma: Client, outbox: Outbox) =>
  async (platforms: readonly Platform[], now: Date): Promise<Figures> => {
    const depths = platforms.map(async (platform) => {
      const { due, dead, oldestDueAt } = await outbox.depth(platform, now)
      return [platform, { due, dead, oldestSeconds: ageOf(oldestDueAt, now) }] as const
    })
    const [inboxWaiting, escalationsOpen, unheard] = await Promise.all([
      prisma.received.count({ where: { until: { not: null } } }),
      prisma.escalation.count({ where: { state: { not: 'resolved' } } }),
      prisma.escalation.aggregate({
        where: { state: { in: ['notifying', 'exhausted'] } },
        _min: { startedAt: true },
      }),
    ])
    return {
      outbox: Object.fromEntries(await Promise.all(depths)),
      inboxWaiting,
      escalationsOpen,
      oldestUnacknowledgedSeconds: ageOf(unheard._min.startedAt, now),
    }
  }
