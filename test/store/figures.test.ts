import { beforeAll, expect, it } from 'vitest'
import type { Connection } from '../../src/store/connection.ts'
import { deliveryStore } from '../../src/store/delivery/delivery.ts'
import { figuresIn } from '../../src/store/figures.ts'
import { connectionFor, eachDatabase } from '../support/databases.ts'
import { addProgram, newId, type ProgramRow } from '../support/delivery-rows.ts'

const now = new Date('2026-03-05T14:00:00Z')
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000)

eachDatabase((make) => {
  const open = connectionFor(make)
  let connection: Connection
  let program: ProgramRow
  beforeAll(async () => {
    connection = await open()
    program = await addProgram(connection.prisma)
  })

  it('counts what waits, and how long the oldest has', async () => {
    const { prisma } = connection
    const { outbox } = deliveryStore(connection, newId)
    const figures = () => figuresIn(prisma, outbox)(['slack', 'discord'], now)
    const nothing = { due: 0, dead: 0, oldestSeconds: 0 }
    expect(await figures()).toEqual({
      outbox: { slack: nothing, discord: nothing },
      inboxWaiting: 0,
      escalationsOpen: 0,
      oldestUnacknowledgedSeconds: 0,
    })

    await outbox.put(
      [120, 30, -30].map((seconds) => ({
        programId: program.id,
        platform: 'slack' as const,
        workspace: program.workspace.externalId,
        to: { room: 'room' },
        notice: 'check-in',
        params: {},
        dedupeKey: newId(),
        priority: 2 as const,
        dueAt: ago(seconds),
      })),
      now,
    )
    await prisma.received.createMany({
      data: [
        { key: 'done', at: now },
        { key: 'waiting', at: now, programId: program.id, until: now },
      ],
    })
    for (const [state, seconds] of [
      ['notifying', 90],
      ['exhausted', 400],
      ['acknowledged', 900],
      ['resolved', 5000],
    ] as const) {
      const id = newId()
      const common = {
        programId: program.id,
        kind: 'alert',
        level: 'urgent',
        source: 'journal',
        pointer: '{}',
      }
      await prisma.case.create({ data: { ...common, id, state: 'open', createdAt: ago(seconds) } })
      await prisma.escalation.create({
        data: { id: newId(), programId: program.id, caseId: id, state, startedAt: ago(seconds) },
      })
    }
    expect(await figures()).toEqual({
      outbox: { slack: { due: 2, dead: 0, oldestSeconds: 120 }, discord: nothing },
      inboxWaiting: 1,
      escalationsOpen: 3,
      oldestUnacknowledgedSeconds: 400,
    })
  })
})
