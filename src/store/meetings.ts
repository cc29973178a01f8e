import type { Meeting, Meetings, Phase, Rsvp, Series } from '../care/meetings/ports.ts'
import { announce } from './announce.ts'
import { record } from './audit.ts'
import type { Client } from './connection.ts'
import type { Meeting as Row, Session as SessionRow } from './generated/sqlite/client.ts'
import { once } from './once.ts'
import type { Transaction } from './transaction.ts'

const meetingOf = (row: Row): Meeting => ({
  id: row.id,
  programId: row.programId,
  groupId: row.groupId,
  ...(row.sessionId !== null && { seriesId: row.sessionId }),
  slotAt: row.slotAt,
  startsAt: row.startsAt,
  minutes: row.minutes,
  ...(row.topic !== null && { topic: row.topic }),
  state: row.state as Meeting['state'],
  ...(row.phase !== null && { phase: row.phase as Phase }),
  ...(row.phaseUntil && { phaseUntil: row.phaseUntil }),
  turns: JSON.parse(row.turns) as readonly string[],
  turn: row.turn,
  ...(row.hostId !== null && { hostId: row.hostId }),
})

const seriesOf = (row: SessionRow): readonly Series[] => {
  const { id, programId, groupId, cron, zone, minutes, topic } = row
  return groupId === null
    ? []
    : [{ id, programId, groupId, cron, zone, minutes, ...(topic !== null && { topic }) }]
}

const columnsOf = ({ seriesId, topic, turns, ...rest }: Meeting) => ({
  ...rest,
  sessionId: seriesId ?? null,
  topic: topic ?? null,
  turns: JSON.stringify(turns),
})

const inOrder = [{ startsAt: 'asc' as const }, { id: 'asc' as const }]
const isOn = { endedAt: null, groupId: { not: null } }

/** Those whose time the group has already are left out: one that was cancelled stays so. */
async function addNew(tx: Transaction, meetings: readonly Meeting[]): Promise<void> {
  const [first] = meetings
  if (!first) return
  const { programId, groupId } = first
  const slots = meetings.map(({ slotAt }) => slotAt)
  const known = await tx.meeting.findMany({ where: { programId, groupId, slotAt: { in: slots } } })
  const taken = new Set(known.map(({ slotAt }) => slotAt.getTime()))
  const fresh = meetings.filter(({ slotAt }) => !taken.has(slotAt.getTime()))
  await tx.meeting.createMany({ data: fresh.map(columnsOf) })
}

async function addSession(tx: Transaction, series: Series, at: Date): Promise<boolean> {
  const { id, programId, groupId, cron, zone, minutes, topic } = series
  const group = await tx.group.findFirst({ where: { id: groupId, programId } })
  if (group === null || (await tx.session.count({ where: { id } })) > 0) return false
  const { name, kind } = group
  const row = { id, programId, groupId, name, kind, cron, zone, minutes, topic: topic ?? null, createdAt: at }
  await tx.session.create({ data: row })
  return true
}

export function meetingsIn(prisma: Client): Meetings {
  const planned = ({ id, programId, groupId }: Series, from: Date) => ({
    programId,
    groupId,
    sessionId: id,
    state: 'planned',
    slotAt: { gte: from },
  })

  return {
    async get(programId, id) {
      const row = await prisma.meeting.findFirst({ where: { id, programId } })
      return row === null ? undefined : meetingOf(row)
    },

    async coming(programId, groupIds, from, { skip, limit }) {
      const rows = await prisma.meeting.findMany({
        where: {
          programId,
          groupId: { in: [...groupIds] },
          OR: [{ state: 'running' }, { state: 'planned', startsAt: { gte: from } }],
        },
        orderBy: inOrder,
        skip,
        take: limit,
      })
      return rows.map(meetingOf)
    },

    async held(programId, groupId, limit) {
      const rows = await prisma.meeting.findMany({
        where: { programId, groupId, state: 'done' },
        orderBy: [{ startsAt: 'desc' }, { id: 'desc' }],
        take: limit,
      })
      return rows.map(meetingOf)
    },

    async add(meeting) {
      const { id, programId, groupId, slotAt } = meeting
      const added = await once(() =>
        prisma.$transaction(async (tx) => {
          if ((await tx.group.count({ where: { id: groupId, programId } })) === 0) return false
          if ((await tx.meeting.count({ where: { OR: [{ id }, { groupId, slotAt }] } })) > 0) return false
          await tx.meeting.create({ data: columnsOf(meeting) })
          return true
        }),
      )
      return added === true
    },

    async addSeries(series, first, at) {
      const added = await once(() =>
        prisma.$transaction(async (tx) => {
          if (!(await addSession(tx, series, at))) return false
          await addNew(tx, first)
          return true
        }),
      )
      return added === true
    },

    async series(programId, id) {
      const row = await prisma.session.findFirst({ where: { id, programId, ...isOn } })
      return row === null ? undefined : seriesOf(row)[0]
    },
    async running(afterId, limit) {
      const rows = await prisma.session.findMany({
        where: { id: { gt: afterId }, ...isOn },
        orderBy: { id: 'asc' },
        take: limit,
      })
      return rows.flatMap(seriesOf)
    },

    async fill({ id, programId }, meetings) {
      await once(() =>
        prisma.$transaction(async (tx) => {
          if ((await tx.session.count({ where: { id, programId, ...isOn } })) > 0) await addNew(tx, meetings)
        }),
      )
    },

    async lastSlot({ id, programId, groupId }) {
      const where = { programId, groupId, sessionId: id }
      return (await prisma.meeting.findFirst({ where, orderBy: { slotAt: 'desc' } }))?.slotAt
    },

    async reshape(series, from, at, { announce: said = [], audit }) {
      const { id, programId, minutes } = series
      const data = { minutes, topic: series.topic ?? null }
      const changed = await once(() =>
        prisma.$transaction(async (tx) => {
          const { count } = await tx.session.updateMany({ where: { id, programId, ...isOn }, data })
          if (count === 0) return false
          await tx.meeting.updateMany({ where: planned(series, from), data })
          await announce(tx, programId, said, at)
          if (audit) await record(tx, programId, audit, at)
          return true
        }),
      )
      return changed === true
    },

    async endSeries(series, from, next, at, { announce: said = [], audit }) {
      const { id, programId } = series
      const ended = await once(() =>
        prisma.$transaction(async (tx) => {
          const { count } = await tx.session.updateMany({
            where: { id, programId, ...isOn },
            data: { endedAt: at },
          })
          if (count === 0) return false
          if (next) {
            await tx.meeting.deleteMany({ where: planned(series, from) })
            await addSession(tx, next.series, at)
            await addNew(tx, next.meetings)
          } else {
            await tx.meeting.updateMany({ where: planned(series, from), data: { state: 'cancelled' } })
          }
          await announce(tx, programId, said, at)
          if (audit) await record(tx, programId, audit, at)
          return true
        }),
      )
      return ended === true
    },

    async change(was, { turns, ...change }, at, along = {}) {
      const { id, programId, state, startsAt, turn, phase, phaseUntil } = was
      const changed = await once(() =>
        prisma.$transaction(async (tx) => {
          const { count } = await tx.meeting.updateMany({
            where: {
              id,
              programId,
              state,
              startsAt,
              turn,
              phase: phase ?? null,
              phaseUntil: phaseUntil ?? null,
            },
            data: { ...change, ...(turns && { turns: JSON.stringify(turns) }) },
          })
          if (count === 0) return false
          await announce(tx, programId, along.announce ?? [], at)
          if (along.audit) await record(tx, programId, along.audit, at)
          return true
        }),
      )
      return changed === true
    },

    async rsvps(programId, meetingIds) {
      const rows = await prisma.rsvp.findMany({
        where: { programId, meetingId: { in: [...meetingIds] }, person: { leftAt: null } },
        orderBy: [{ at: 'asc' }, { id: 'asc' }],
      })
      return rows.map(({ meetingId, personId, answer, there }): Rsvp => ({
        meetingId,
        personId,
        ...(answer !== null && { answer: answer as NonNullable<Rsvp['answer']> }),
        ...(there !== null && { there: there as NonNullable<Rsvp['there']> }),
      }))
    },

    async note({ programId, personId }, { id, meetingId, ...said }, at, along = {}) {
      await once(() =>
        prisma.$transaction(async (tx) => {
          if ((await tx.meeting.count({ where: { id: meetingId, programId } })) === 0) return
          if ((await tx.person.count({ where: { id: personId, programId } })) === 0) return
          await tx.rsvp.upsert({
            where: { meetingId_personId: { meetingId, personId } },
            create: { id, programId, meetingId, personId, at, ...said },
            update: { at, ...said },
          })
          await announce(tx, programId, along.announce ?? [], at)
          if (along.audit) await record(tx, programId, along.audit, at)
        }),
      )
    },

    async joinTurns({ programId, personId }, id) {
      for (;;) {
        const row = await prisma.meeting.findFirst({ where: { id, programId, state: 'running' } })
        if (row === null) return
        const turns = JSON.parse(row.turns) as readonly string[]
        if (turns.includes(personId)) return
        // As it was read: of two who come at once the second looks again, and each time one of them is in.
        const { count } = await prisma.meeting.updateMany({
          where: { id, programId, state: 'running', turns: row.turns },
          data: { turns: JSON.stringify([...turns, personId]) },
        })
        if (count > 0) return
      }
    },

    async endOld(before) {
      await prisma.meeting.updateMany({
        where: { state: 'running', startsAt: { lt: before } },
        data: { state: 'done', phase: null, phaseUntil: null },
      })
    },
  }
}
