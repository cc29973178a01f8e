import type { Consents } from '../care/members/ports.ts'
import type { Client } from './connection.ts'

export function consentsIn(prisma: Client): Consents {
  return {
    async given({ programId, personId }, purpose) {
      const last = await prisma.consent.findFirst({
        where: { programId, personId, purpose },
        orderBy: [{ at: 'desc' }, { id: 'desc' }],
        select: { given: true },
      })
      return last?.given === true
    },
  }
}
