import type { Announcements } from '../care/members/ports.ts'
import { announce } from './announce.ts'
import type { Client } from './connection.ts'

const states = ['waiting', 'sent', 'unreached', 'expired', 'dead'] as const

export function announcementsIn(prisma: Client): Announcements {
  return {
    put: (programId, announcements, at) =>
      prisma.$transaction((tx) => announce(tx, programId, announcements, at)),

    async stateOf(programId, id) {
      const row = await prisma.outbox.findFirst({ where: { id, programId }, select: { status: true } })
      return states.find((one) => one === row?.status)
    },
  }
}
