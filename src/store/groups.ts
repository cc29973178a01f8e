import type { Group, GroupKind, Groups, Seat, SeatKind, SeatState } from '../care/groups/ports.ts'
import type { Platform } from '../care/members/ports.ts'
import { announce } from './announce.ts'
import { record } from './audit.ts'
import type { Client } from './connection.ts'
import type { Prisma, Seat as SeatRow } from './generated/sqlite/client.ts'
import { once } from './once.ts'
import type { Transaction } from './transaction.ts'

const withPlace = { workspace: true, program: { select: { zone: true } } } satisfies Prisma.GroupInclude
type GroupRow = Prisma.GroupGetPayload<{ include: typeof withPlace }>
const ended: readonly SeatState[] = ['left', 'removed', 'declined']
const held: readonly SeatState[] = ['in', 'agreeing']

/** Those whose seats count against the capacity. */
const holding = (groupId: string) =>
  ({
    groupId,
    state: { in: [...held] },
    seat: { in: ['member', 'reading'] },
    person: { leftAt: null },
  }) satisfies Prisma.SeatWhereInput
/** Somebody who was not asked is an adult. */
const ofBand = (band: string): Prisma.PersonWhereInput =>
  band === 'teen' ? { ageBand: 'teen' } : { OR: [{ ageBand: null }, { ageBand: 'adult' }] }

const inTurn = [
  { ahead: 'desc' },
  { since: 'asc' },
  { id: 'asc' },
] satisfies Prisma.SeatOrderByWithRelationInput[]

const columnsOf = ({ seat, state, since, ahead, agreedVersion, agreedAt, joinedAt, endedAt }: Seat) => ({
  seat,
  state,
  since,
  ahead,
  agreedVersion: agreedVersion ?? null,
  agreedAt: agreedAt ?? null,
  joinedAt: joinedAt ?? null,
  endedAt: endedAt ?? null,
})

const groupOf = (row: GroupRow): Group => ({
  id: row.id,
  programId: row.programId,
  platform: row.workspace.platform as Platform,
  workspace: row.workspace.externalId,
  name: row.name,
  ...(row.roomId !== null && { room: row.roomId }),
  kind: row.kind as GroupKind,
  phase: row.phase as Group['phase'],
  openness: row.openness as Group['openness'],
  capacity: row.capacity,
  ageBand: row.ageBand as Group['ageBand'],
  ...(row.zone !== null && { zone: row.zone }),
  ...(row.quietFrom !== null &&
    row.quietTo !== null && {
      quiet: { from: row.quietFrom, to: row.quietTo, zone: row.zone ?? row.program.zone },
    }),
  ...(row.agreement !== null && { agreement: row.agreement }),
  agreementVersion: row.agreementVersion,
  premoderated: row.premoderated,
  anonymousPosts: row.anonymousPosts,
  state: row.state as Group['state'],
  ...(row.stateUntil && { stateUntil: row.stateUntil }),
  roomState: row.roomState as Group['roomState'],
  ...(row.syncAt && { syncAt: row.syncAt }),
  ...(row.hostedAt && { hostedAt: row.hostedAt }),
  ...(row.createdAt && { createdAt: row.createdAt }),
  ...(row.archivedAt && { archivedAt: row.archivedAt }),
})

const seatOf = (row: SeatRow): Seat => ({
  id: row.id,
  groupId: row.groupId,
  personId: row.personId,
  seat: row.seat as SeatKind,
  state: row.state as SeatState,
  since: row.since,
  ahead: row.ahead,
  ...(row.agreedVersion !== null && { agreedVersion: row.agreedVersion }),
  ...(row.agreedAt && { agreedAt: row.agreedAt }),
  ...(row.joinedAt && { joinedAt: row.joinedAt }),
  ...(row.endedAt && { endedAt: row.endedAt }),
})

export function groupsIn(prisma: Client): Groups {
  async function along(tx: Transaction, programId: string, more: Parameters<Groups['add']>[2], at: Date) {
    if (more?.announce) await announce(tx, programId, more.announce, at)
    if (more?.audit) await record(tx, programId, more.audit, at)
  }
  const due = async (column: 'syncAt' | 'stateUntil', now: Date, limit: number) => {
    const rows = await prisma.group.findMany({
      where: { [column]: { lte: now }, workspace: { removedAt: null } },
      orderBy: [{ [column]: 'asc' }, { id: 'asc' }],
      take: limit,
      include: withPlace,
    })
    return rows.map(groupOf)
  }

  return {
    async add({ platform, workspace, room, quiet, programId, ...group }, at, more) {
      const added = await unlessRefused(() =>
        prisma.$transaction(async (tx) => {
          if ((await tx.group.count({ where: { id: group.id } })) > 0) return false
          const place = await tx.workspace.findFirst({
            where: { programId, platform, externalId: workspace },
          })
          if (place === null) throw new Error('the workspace is not one of this program')
          await tx.group.create({
            data: {
              ...group,
              programId,
              workspaceId: place.id,
              roomId: room ?? null,
              quietFrom: quiet?.from ?? null,
              quietTo: quiet?.to ?? null,
              createdAt: at,
            },
          })
          for (const seat of more?.seats ?? []) await assertFits(tx, programId, group.ageBand, seat)
          await tx.seat.createMany({
            data: (more?.seats ?? []).map((seat) => ({
              id: seat.id,
              programId,
              groupId: group.id,
              personId: seat.personId,
              ...columnsOf(seat),
            })),
          })
          await along(tx, programId, more, at)
          return true
        }),
      )
      return added === true
    },

    async get(programId, id) {
      const row = await prisma.group.findFirst({ where: { id, programId }, include: withPlace })
      return row === null ? undefined : groupOf(row)
    },

    async byRoom(platform, room) {
      const row = await prisma.group.findFirst({
        where: { roomId: room, workspace: { platform } },
        include: withPlace,
      })
      return row === null ? undefined : groupOf(row)
    },

    async list(programId, archived = false) {
      const rows = await prisma.group.findMany({
        where: { programId, kind: { not: 'everyone' }, ...(!archived && { state: { not: 'archived' } }) },
        orderBy: [{ name: 'asc' }, { id: 'asc' }],
        include: withPlace,
      })
      return rows.map(groupOf)
    },

    async change(programId, id, { room, quiet, ...change }, at, more) {
      await once(() =>
        prisma.$transaction(async (tx) => {
          const { count } = await tx.group.updateMany({
            where: { id, programId },
            data: {
              ...change,
              ...(room !== undefined && { roomId: room }),
              ...(quiet !== undefined && { quietFrom: quiet?.from ?? null, quietTo: quiet?.to ?? null }),
              ...(change.agreement !== undefined && { agreementVersion: { increment: 1 } }),
            },
          })
          if (count === 0) throw new Error('the group is not of this program')
          await along(tx, programId, more, at)
        }),
      )
    },

    async seats(programId, groupId, states) {
      const rows = await prisma.seat.findMany({
        where: {
          programId,
          groupId,
          person: { leftAt: null },
          ...(states && { state: { in: [...states] } }),
        },
        orderBy: inTurn,
      })
      return rows.map(seatOf)
    },

    async seat({ programId, personId }, groupId) {
      const row = await prisma.seat.findFirst({ where: { programId, personId, groupId } })
      return row === null ? undefined : seatOf(row)
    },

    async seatsOf({ programId, personId }) {
      const rows = await prisma.seat.findMany({
        where: { programId, personId, state: { notIn: [...ended] } },
        orderBy: [{ since: 'asc' }, { id: 'asc' }],
      })
      return rows.map(seatOf)
    },

    async take(programId, seat, was, room, more) {
      const { groupId, personId } = seat
      const at = more?.at ?? seat.since
      const taken = await unlessRefused(() =>
        prisma.$transaction(async (tx) => {
          const group = await lock(tx, programId, groupId, at)
          if (!group) return false
          await assertFits(tx, programId, group.ageBand, seat)
          const others = await tx.seat.count({ where: { ...holding(groupId), personId: { not: personId } } })
          if (others > room) throw new Refused()
          await putSeat(tx, programId, seat, was)
          await along(tx, programId, more, at)
          return true
        }),
      )
      return taken === true
    },

    async promote(programId, groupId, at, told) {
      const given = await once(() =>
        prisma.$transaction(async (tx) => {
          const group = await lock(tx, programId, groupId, at)
          if (!group || group.state === 'paused' || group.state === 'archived') return []
          const free = group.capacity - (await tx.seat.count({ where: holding(groupId) }))
          if (free <= 0) return []
          const first = await tx.seat.findMany({
            where: { groupId, state: 'waiting', person: { leftAt: null, ...ofBand(group.ageBand) } },
            orderBy: inTurn,
            take: free,
          })
          const seats = first.map((row) => ({ ...seatOf(row), state: 'agreeing' as const, since: at }))
          for (const seat of seats) {
            await tx.seat.updateMany({ where: { id: seat.id, state: 'waiting' }, data: columnsOf(seat) })
            await announce(tx, programId, told(seat), at)
          }
          return seats
        }),
      )
      return given ?? []
    },

    toSync: (now, limit) => due('syncAt', now, limit),
    async synced(programId, id, taken, next) {
      const data = { syncAt: next ?? null }
      await prisma.group.updateMany({ where: { id, programId, syncAt: taken }, data })
    },
    toEnd: (now, limit) => due('stateUntil', now, limit),

    async nextDue(after) {
      const [sync, end] = await Promise.all([
        prisma.group.findFirst({
          where: { syncAt: { gt: after }, workspace: { removedAt: null } },
          orderBy: { syncAt: 'asc' },
        }),
        prisma.group.findFirst({ where: { stateUntil: { gt: after } }, orderBy: { stateUntil: 'asc' } }),
      ])
      const instants = [sync?.syncAt, end?.stateUntil].flatMap((at) => (at ? [at.getTime()] : []))
      return instants.length > 0 ? new Date(Math.min(...instants)) : undefined
    },

    async accounts(programId, workspace, personIds) {
      const rows = await prisma.account.findMany({
        where: { programId, personId: { in: [...personIds] }, workspace: { externalId: workspace } },
      })
      return new Map(rows.map(({ personId, externalId }) => [personId, externalId]))
    },
  }
}

/** A write to the group's row first: of two who take the last seat at once, one waits for the other. */
export async function lock(tx: Transaction, programId: string, groupId: string, at: Date) {
  const { count } = await tx.group.updateMany({ where: { id: groupId, programId }, data: { syncAt: at } })
  return count === 0 ? null : tx.group.findFirst({ where: { id: groupId, programId } })
}

/** Only while the seat is in the state that was read. */
export async function putSeat(
  tx: Transaction,
  programId: string,
  seat: Seat,
  was: SeatState | undefined,
): Promise<void> {
  const { id, groupId, personId } = seat
  const found = await tx.seat.findFirst({ where: { groupId, personId } })
  const isAsRead = found?.state === was || (was === undefined && ended.includes(found?.state as SeatState))
  if (!isAsRead) throw new Refused()
  const row = columnsOf(seat)
  if (found) await tx.seat.updateMany({ where: { id: found.id, state: found.state }, data: row })
  else await tx.seat.create({ data: { id, programId, groupId, personId, ...row } })
}

/** Of this program; and no adult among teens or teen among adults, but for the staff who lead the group. */
export async function assertFits(
  tx: Transaction,
  programId: string,
  band: string,
  seat: Pick<Seat, 'personId' | 'seat' | 'state'>,
): Promise<void> {
  const { personId: id, state } = seat
  const meets = seat.seat !== 'facilitator' && !ended.includes(state)
  const where = { id, programId, ...(meets && ofBand(band)) }
  if ((await tx.person.count({ where })) === 0) throw new Refused()
}

/** Undoes the transaction: there is no seat, it is not as it was read, or it is not for this person. */
export class Refused extends Error {}

export const unlessRefused = (work: () => Promise<boolean>): Promise<boolean | undefined> =>
  once(work).catch((error: unknown) => {
    if (error instanceof Refused) return false
    throw error
  })
