import type { Readings } from '../care/checkins/ports.ts'
import { record } from './audit.ts'
import type { Client } from './connection.ts'
import { once } from './once.ts'
import { pick } from './pick.ts'

const staff: readonly string[] = ['facilitator', 'admin']

export function readingsIn(prisma: Client): Readings {
  return {
    async add(reading) {
      const { programId, personId, readerId, readerRole, what, rowId, at, nameless } = reading
      const columns = [
        'id',
        'programId',
        'readerId',
        'readerRole',
        'personId',
        'what',
        'rowId',
        'at',
      ] as const
      await once(() =>
        prisma.$transaction(async (tx) => {
          if ((await tx.person.count({ where: { id: personId, programId } })) === 0)
            throw new Error('the person whose words were read is not of this program')
          await tx.reading.create({ data: pick(reading, columns) })
          if (!staff.includes(readerRole)) return
          const whose = nameless ? {} : { personId }
          const read = { act: 'read', objectKind: what, objectId: rowId, ...whose } as const
          await record(tx, programId, { actorId: readerId, actorRole: readerRole, ...read }, at)
        }),
      )
    },

    of: ({ programId, personId }, limit) =>
      prisma.reading.findMany({
        where: { programId, personId },
        orderBy: [{ at: 'desc' }, { id: 'desc' }],
        take: limit,
        select: { readerRole: true, what: true, at: true },
      }),
  }
}
