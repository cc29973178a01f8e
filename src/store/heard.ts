import type { Said } from '../care/groups/rooms.ts'
import type { Heard } from '../care/safety/catching-up.ts'
import type { Client } from './connection.ts'
import { isConflict } from './once.ts'

export function heardIn(prisma: Client): Heard {
  const isIn = { removedAt: null }
  return {
    async until(platform) {
      return (await prisma.heard.findUnique({ where: { platform } }))?.until
    },
    async put(platform, until) {
      await prisma.heard.upsert({ where: { platform }, create: { platform, until }, update: { until } })
    },
    async rooms(platform) {
      const rows = await prisma.group.findMany({
        where: { roomId: { not: null }, state: { not: 'archived' }, workspace: { platform, ...isIn } },
        include: { workspace: true },
        orderBy: { id: 'asc' },
      })
      return rows.flatMap(({ roomId, workspace }) =>
        roomId === null ? [] : [{ workspace: workspace.externalId, room: roomId }],
      )
    },
    async directs(platform) {
      const rows = await prisma.account.findMany({
        where: { directRoomId: { not: null }, workspace: { platform, ...isIn }, person: { leftAt: null } },
        include: { workspace: true },
        orderBy: { id: 'asc' },
      })
      const rooms = new Map(rows.map((row) => [row.directRoomId ?? '', row.workspace.externalId]))
      return [...rooms].map(([room, workspace]) => ({ workspace, room }))
    },
    async isDirect(platform, user, room) {
      await prisma.account.updateMany({
        where: { platform, externalId: user, directRoomId: null },
        data: { directRoomId: room },
      })
    },
  }
}

/** Beside the keys of deliveries, and as long as they. */
export const saidIn = (prisma: Client): Said => ({
  was: async (key) => (await prisma.received.count({ where: { key } })) > 0,
  async add(key, at) {
    await prisma.received.create({ data: { key, at }, select: { key: true } }).catch((error: unknown) => {
      if (!isConflict(error)) throw error
    })
  },
})
