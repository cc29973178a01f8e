import { z } from 'zod'
import type { Announcements } from '../care/members/ports.ts'
import { announce } from './announce.ts'
import type { Client } from './connection.ts'

const paramsShape = z.record(z.string(), z.unknown())
const states = ['waiting', 'sent', 'unreached', 'expired', 'dead'] as const

export function announcementsIn(prisma: Client): Announcements {
  return {
    put: (programId, announcements, at) =>
      prisma.$transaction((tx) => announce(tx, programId, announcements, at)),

    async to({ programId, personId }, id) {
      const row = await prisma.outbox.findFirst({ where: { id, programId, personId } })
      return row === null
        ? undefined
        : { notice: row.notice, params: paramsShape.parse(JSON.parse(row.params)) }
    },

    async stateOf(programId, id) {
      const row = await prisma.outbox.findFirst({ where: { id, programId }, select: { status: true } })
      return states.find((one) => one === row?.status)
    },
  }
}
