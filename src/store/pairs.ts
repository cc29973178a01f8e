import type { Pair, Pairs, PairState } from '../care/buddies/ports.ts'
import { announce } from './announce.ts'
import { record } from './audit.ts'
import type { Client } from './connection.ts'
import type { Pair as PairRow } from './generated/sqlite/client.ts'
import { assertFits, lock, Refused, unlessRefused } from './groups.ts'
import type { Transaction } from './transaction.ts'

/** A pair without a group is none that anybody may see. */
const pairOf = ({ groupId, endedAt, state, ...row }: PairRow): readonly Pair[] =>
  groupId === null ? [] : [{ ...row, groupId, state: state as PairState, ...(endedAt && { endedAt }) }]
const between = ({ programId, oneId, otherId }: Pair) => ({ programId, oneId, otherId })
const withOne = (personId: string) => ({ OR: [{ oneId: personId }, { otherId: personId }] })

export function pairsIn(prisma: Client): Pairs {
  return {
    async of({ programId, personId }) {
      const rows = await prisma.pair.findMany({
        where: { programId, ...withOne(personId) },
        orderBy: [{ since: 'asc' }, { id: 'asc' }],
      })
      return rows.flatMap(pairOf)
    },

    async ofGroup(programId, groupId) {
      const rows = await prisma.pair.findMany({
        where: { programId, groupId },
        orderBy: [{ since: 'asc' }, { id: 'asc' }],
      })
      return rows.flatMap(pairOf)
    },

    async get(programId, id) {
      const row = await prisma.pair.findFirst({ where: { id, programId } })
      return row === null ? undefined : pairOf(row)[0]
    },

    async add(pair, announcements, audit, at) {
      const added = await unlessRefused(() =>
        prisma.$transaction(async (tx) => {
          await assertMayPair(tx, pair, at)
          if ((await tx.pair.count({ where: between(pair) })) > 0) throw new Refused()
          await tx.pair.create({ data: pair })
          await announce(tx, pair.programId, announcements, at)
          if (audit) await record(tx, pair.programId, audit, at)
          return true
        }),
      )
      return added === true
    },

    async change(pair, was, announcements, at) {
      const changed = await unlessRefused(() =>
        prisma.$transaction(async (tx) => {
          if (pair.state === 'on') {
            await assertMayPair(tx, pair, at)
            const taken = { OR: [withOne(pair.oneId), withOne(pair.otherId)] }
            if ((await tx.pair.count({ where: { programId: pair.programId, state: 'on', ...taken } })) > 0)
              throw new Refused()
          }
          const { count } = await tx.pair.updateMany({
            where: { id: was.id, programId: was.programId, state: was.state, askedBy: was.askedBy },
            data: {
              state: pair.state,
              askedBy: pair.askedBy,
              since: pair.since,
              endedAt: pair.endedAt ?? null,
            },
          })
          if (count === 0) throw new Refused()
          await announce(tx, pair.programId, announcements, at)
          return true
        }),
      )
      return changed === true
    },
  }
}

/** Both sit in the group and neither leads it, and both are of its age; the group's row is held, so that two at once are one after the other. */
async function assertMayPair(tx: Transaction, { programId, groupId, oneId, otherId }: Pair, at: Date) {
  const group = await lock(tx, programId, groupId, at)
  if (!group || group.state === 'archived' || oneId >= otherId) throw new Refused()
  const seats = await tx.seat.findMany({
    where: {
      programId,
      groupId,
      personId: { in: [oneId, otherId] },
      state: 'in',
      seat: { not: 'facilitator' },
      person: { leftAt: null },
    },
  })
  if (seats.length !== 2) throw new Refused()
  for (const { personId } of seats)
    await assertFits(tx, programId, group.ageBand, { personId, seat: 'member', state: 'in' })
}
