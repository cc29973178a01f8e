// B12: everybody is due in the same minute. How long until all of it is queued, once each, and how long nobody else gets a turn.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { schedule } from 'node-cron'
import { createTick } from '../../src/delivery/schedules.ts'
import { connect } from '../../src/store/connection.ts'
import { deliveryStore } from '../../src/store/delivery/delivery.ts'
import { newId } from '../../src/store/ids.ts'
import { addPeople, addProgram } from '../../test/support/delivery-rows.ts'
import { timed, type Case } from '../case.ts'

/** One task a member, as others do it: how many of them fire in the second they are due. */
async function perMember(count: number): Promise<number> {
  let fired = 0
  const at = new Date(Date.now() + 4_000)
  const expression = `${at.getSeconds()} ${at.getMinutes()} ${at.getHours()} * * *`
  const tasks = Array.from({ length: count }, () =>
    schedule(expression, () => void fired++, { suppressMissedWarning: true }),
  )
  await new Promise((resolve) => setTimeout(resolve, at.getTime() - Date.now() + 15_000))
  for (const task of tasks) await task.destroy()
  return fired
}

export const rush: Case = {
  id: 'B12',
  what: 'a rush: everybody due in the same minute',
  target: 'all of them queued once; 100,000 in 3 s; no stall over 20 ms',
  ratios: {
    'queued once / due': ({ queued = 0, due = 1 }) => queued / due,
    'one task a member fired / due': ({ fired = 0, peers = 1 }) => fired / peers,
  },
  async start(quick) {
    const due = quick ? 3_000 : 100_000
    const peers = quick ? 1_000 : 100_000
    const folder = await mkdtemp(join(tmpdir(), 'handrail-bench-'))
    let fired: number | undefined
    let number = 0
    return {
      async round() {
        const connection = await connect(`file:${join(folder, `${number++}.db`)}`)
        const program = await addProgram(connection.prisma)
        const now = new Date()
        for (let at = 0; at < due; at += 1000)
          await addPeople(connection.prisma, program, Math.min(1000, due - at), [
            { cron: null, nextRunAt: new Date(now.getTime() - 1000) },
          ])
        const { schedules } = deliveryStore(connection, newId)
        const onError = (error: unknown) => {
          throw error
        }
        const delay = monitorEventLoopDelay({ resolution: 5 })
        delay.enable()
        const ms = await timed(() => createTick({ schedules, newId, onError }).tick(now))
        delay.disable()
        const queued = await connection.prisma.outbox.count()
        await connection.close()
        // The peer takes twenty seconds and does not change from round to round: it is measured once.
        fired ??= await perMember(peers)
        return {
          due,
          queued,
          ms,
          'rows a second': (due / ms) * 1000,
          'longest stall, ms': delay.max / 1e6,
          peers,
          fired,
        }
      },
      stop: () => rm(folder, { recursive: true, force: true }),
    }
  },
}
