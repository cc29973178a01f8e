// What platforms delivered: a key for each, and what a person wrote until it has been worked on (RE-1, RE-2).
import type { Received } from '../kit/inbox.ts'
import type { Client } from './connection.ts'
import { isConflict } from './once.ts'
import type { Vault } from './vault.ts'

const wordsAt = (key: string) => ({ model: 'Received', column: 'words', row: key })
const finished = { programId: null, personId: null, words: null, until: null }

export function receivedIn(prisma: Client, vault: Vault): Received {
  return {
    async take(key, at, unfinished) {
      const data = unfinished && {
        programId: unfinished.owner.programId,
        personId: unfinished.owner.personId,
        words: (await vault.of(unfinished.owner)).seal(wordsAt(key), unfinished.words),
        until: unfinished.until,
      }
      try {
        await prisma.received.create({ data: { key, at, ...data }, select: { key: true } })
        return true
      } catch (error) {
        if (isConflict(error)) return false
        throw error
      }
    },

    async done(key) {
      await prisma.received.updateMany({ where: { key }, data: finished })
    },

    async claim(now, until, most, inHand) {
      const rows = await prisma.received.findMany({
        where: { until: { lte: now }, key: { notIn: [...inHand] } },
        orderBy: { at: 'asc' },
        take: most,
      })
      const mine = []
      for (const { key, at, programId, personId, words, until: before, tries } of rows) {
        const { count } = await prisma.received.updateMany({
          where: { key, until: before },
          data: { until, tries: { increment: 1 } },
        })
        if (count === 0 || programId === null || personId === null || words === null) continue
        const owner = { programId, personId }
        const own = (await vault.ofMany(programId, [personId])).get(personId)
        if (own) mine.push({ key, at, owner, tries, words: own.open(wordsAt(key), words) })
        else await prisma.received.deleteMany({ where: { key } })
      }
      return mine
    },

    async prune(before) {
      await prisma.received.deleteMany({ where: { at: { lt: before }, until: null } })
    },
  }
}
