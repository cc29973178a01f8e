import type { Pledges } from '../care/pledges/ports.ts'
import { announce } from './announce.ts'
import type { Client } from './connection.ts'
import { once } from './once.ts'

export function pledgesIn(prisma: Client): Pledges {
  return {
    async join({ programId, personId }, { id, groupId, day, at }, tell) {
      const joined = await once(() =>
        prisma.$transaction(async (tx) => {
          if ((await tx.group.count({ where: { id: groupId, programId } })) === 0) return 'no-group'
          const today = { programId, groupId, day }
          const before = await tx.pledge.findMany({ where: today, select: { personId: true } })
          if (before.some((one) => one.personId === personId)) return 'already'
          await tx.pledge.create({ data: { id, ...today, personId, at } })
          if (before.length > 0) return 'joined'
          await announce(tx, programId, tell, at)
          return 'first'
        }),
      )
      // Somebody else’s row of the same moment was there first: it is the same person, pressing twice.
      return joined ?? 'already'
    },
    async takeBack({ programId, personId }, groupId, day) {
      await prisma.pledge.deleteMany({ where: { programId, personId, groupId, day } })
    },
    list: (programId, groupId, day, take, skip) =>
      prisma.pledge.findMany({
        where: { programId, groupId, day },
        orderBy: [{ at: 'asc' }, { id: 'asc' }],
        select: { personId: true },
        take,
        skip,
      }),
    async isIn({ programId, personId }, groupId, day) {
      return (await prisma.pledge.count({ where: { programId, personId, groupId, day } })) > 0
    },
    async forget(before) {
      await prisma.pledge.deleteMany({ where: { at: { lt: before } } })
    },
  }
}
