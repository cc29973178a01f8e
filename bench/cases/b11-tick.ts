// B11: what the beat costs when nothing is due, with few schedules and with many.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTick } from '../../src/delivery/schedules.ts'
import { connect, type Connection } from '../../src/store/connection.ts'
import { deliveryStore } from '../../src/store/delivery/delivery.ts'
import { newId } from '../../src/store/ids.ts'
import { addPeople, addProgram } from '../../test/support/delivery-rows.ts'
import { timed, type Case } from '../case.ts'

const ticks = 500

async function withSchedules(folder: string, count: number): Promise<Connection> {
  const connection = await connect(`file:${join(folder, `${count}.db`)}`)
  const program = await addProgram(connection.prisma)
  const nextRunAt = new Date(Date.now() + 86_400_000)
  for (let at = 0; at < count; at += 1000)
    await addPeople(connection.prisma, program, Math.min(1000, count - at), [{ nextRunAt }])
  return connection
}

async function idle(connection: Connection): Promise<number> {
  const { schedules } = deliveryStore(connection, newId)
  const onError = (error: unknown) => {
    throw error
  }
  const { tick } = createTick({ schedules, newId, onError })
  const now = new Date()
  for (let warm = 0; warm < 20; warm++) await tick(now)
  const ms = await timed(async () => {
    for (let one = 0; one < ticks; one++) await tick(now)
  })
  return (ms / ticks) * 1000
}

export const idleTick: Case = {
  id: 'B11',
  what: 'an idle beat, in microseconds, with a thousand schedules and with many',
  target: 'growth at most 1.5; at most 20 microseconds idle',
  ratios: { 'many / a thousand': ({ many = 0, thousand = 0 }) => many / thousand },
  async start(quick) {
    const folder = await mkdtemp(join(tmpdir(), 'handrail-bench-'))
    const thousand = await withSchedules(folder, 1_000)
    const many = await withSchedules(folder, quick ? 5_000 : 100_000)
    return {
      round: async () => ({ thousand: await idle(thousand), many: await idle(many) }),
      async stop() {
        await thousand.close()
        await many.close()
        await rm(folder, { recursive: true, force: true })
      },
    }
  },
}
