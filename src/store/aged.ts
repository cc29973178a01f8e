import type { EntryKind } from '../care/entries/ports.ts'
import type { Aged, DatedClass } from '../care/privacy/days-kept.ts'
import type { Client } from './connection.ts'

type Rows = {
  readonly count: (programId: string, until: Date) => Promise<number>
  readonly oldest: (programId: string, until: Date, most: number) => Promise<readonly { id: string }[]>
  readonly remove: (programId: string, ids: string[]) => Promise<{ readonly count: number }>
}

export function agedIn(prisma: Client): Aged {
  const entries = (...kinds: EntryKind[]): Rows => {
    const where = (programId: string, until: Date) => ({ programId, kind: { in: kinds }, at: { lte: until } })
    return {
      count: (programId, until) => prisma.entry.count({ where: where(programId, until) }),
      oldest: (programId, until, take) =>
        prisma.entry.findMany({
          where: where(programId, until),
          orderBy: { at: 'asc' },
          take,
          select: { id: true },
        }),
      remove: (programId, ids) => prisma.entry.deleteMany({ where: { programId, id: { in: ids } } }),
    }
  }
  const rows: Readonly<Record<DatedClass, Rows>> = {
    'check-ins': {
      count: (programId, until) => prisma.checkIn.count({ where: { programId, at: { lte: until } } }),
      oldest: (programId, until, take) =>
        prisma.checkIn.findMany({
          where: { programId, at: { lte: until } },
          orderBy: { at: 'asc' },
          take,
          select: { id: true },
        }),
      remove: (programId, ids) => prisma.checkIn.deleteMany({ where: { programId, id: { in: ids } } }),
    },
    writing: entries('journal', 'search', 'agenda', 'takeaway'),
    urges: entries('urge', 'slip'),
    skills: entries('skill-use', 'practice'),
    scales: entries('scale', 'scale-alert'),
    messages: {
      count: (programId, until) =>
        prisma.outbox.count({ where: { programId, status: { not: 'waiting' }, dueAt: { lte: until } } }),
      oldest: (programId, until, take) =>
        prisma.outbox.findMany({
          where: { programId, status: { not: 'waiting' }, dueAt: { lte: until } },
          orderBy: { dueAt: 'asc' },
          take,
          select: { id: true },
        }),
      remove: (programId, ids) => prisma.outbox.deleteMany({ where: { programId, id: { in: ids } } }),
    },
    readings: {
      count: (programId, until) => prisma.reading.count({ where: { programId, at: { lte: until } } }),
      oldest: (programId, until, take) =>
        prisma.reading.findMany({
          where: { programId, at: { lte: until } },
          orderBy: { at: 'asc' },
          take,
          select: { id: true },
        }),
      remove: (programId, ids) => prisma.reading.deleteMany({ where: { programId, id: { in: ids } } }),
    },
  }

  return {
    count: (programId, what, until) => rows[what].count(programId, until),
    async remove(programId, what, until, most) {
      const found = await rows[what].oldest(programId, until, most)
      if (found.length === 0) return 0
      const { count } = await rows[what].remove(
        programId,
        found.map(({ id }) => id),
      )
      return count
    },
  }
}
