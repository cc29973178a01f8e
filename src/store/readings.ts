import type { Readings } from '../care/checkins/ports.ts'
import type { Client } from './connection.ts'
import { pick } from './pick.ts'

export function readingsIn(prisma: Client): Readings {
  return {
    async add(reading) {
      const { programId, personId } = reading
      if ((await prisma.person.count({ where: { id: personId, programId } })) === 0)
        throw new Error('the person whose words were read is not of this program')
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
      await prisma.reading.create({ data: pick(reading, columns) })
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
