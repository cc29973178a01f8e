// C5: the machine's clock is set forwards and backwards, also while messages are on their way, under two processes at once.
import { join } from 'node:path'
import { createClock } from '../../src/delivery/clock.ts'
import { createDelivery } from '../../src/delivery/delivery.ts'
import { createPacer } from '../../src/delivery/pace.ts'
import { createSender } from '../../src/delivery/sender.ts'
import { say } from '../../src/kit/reply.ts'
import { connect } from '../../src/store/connection.ts'
import { deliveryStore } from '../../src/store/delivery/delivery.ts'
import { addPeople, addProgram, newId } from '../../test/support/delivery-rows.ts'
import { fakePlatform } from '../../test/support/fake-platform.ts'
import { brokenBy, chance, type Case } from '../case.ts'
import { inFolder } from '../child.ts'

const hour = 3_600_000
const jumps = [1000, hour, 24 * hour, 3652 * 24 * hour].flatMap((ms) => [ms, -ms])
const start = Date.parse('2026-03-05T14:00:00Z')

export const clockJumps: Case = {
  id: 'C5',
  what: 'the clock jumps by 1 s, 1 h, 1 day and 10 years both ways, between and during sends, under two senders',
  planted: 'the platform does not know a repeat',
  run: ({ quick, seed, planted }) =>
    inFolder(async (folder) => {
      const random = chance(seed)
      const connection = await connect(`file:${join(folder, 'handrail.db')}`)
      const { outbox, schedules } = deliveryStore(connection, newId)
      const program = await addProgram(connection.prisma)
      const people = 10
      await addPeople(connection.prisma, program, people, [{ nextRunAt: new Date(start) }])
      let at = start
      const jump = () => {
        at = Math.max(start, at + (jumps[Math.floor(random() * jumps.length)] ?? 0))
      }
      const clock = createClock(() => at)
      const platform = fakePlatform()
      platform.remembers = !planted
      platform.answer = () => {
        if (random() < 0.02) jump()
        return random() < 0.2 ? 'lost' : 'sent'
      }
      let errors = 0
      const onError = () => (errors += 1)
      const process = () => {
        const sender = createSender({
          poster: platform,
          outbox,
          clock,
          owner: newId(),
          pacer: createPacer({ limit: 10_000, windowMs: 1000, laneGapMs: 0 }),
          render: () => Promise.resolve(say()),
          onError,
        })
        return createDelivery({ schedules, senders: { discord: sender }, clock, newId, onError })
      }
      const both = [process(), process()]
      const steps = planted ? 150 : quick ? 300 : 3000
      let storms = 0
      for (let step = 0; step < steps; step += 1) {
        const before = platform.shown.length
        const roll = random()
        if (roll < 0.2) jump()
        else at += roll < 0.5 ? 8 * hour : 10_000
        await Promise.all(both.map((one) => one.settle()))
        // Each may have a prompt of today and one that had to be tried again; whatever was slept through is not sent.
        if (platform.shown.length - before > 2 * people) storms += 1
        // Nobody answers: without this the ladder would end.
        await connection.prisma.schedule.updateMany({ data: { unanswered: 0 } })
      }
      for (const one of both) await one.stop()
      const rows = await connection.prisma.outbox.findMany({ select: { id: true, params: true } })
      const occurrenceOf = new Map(rows.map(({ id, params }) => [id, params]))
      const shown = platform.shown.map(({ id }) => occurrenceOf.get(id))
      await connection.close()
      const repeated = shown.length - new Set(shown).size
      return {
        figures: {
          steps,
          tried: platform.tried.length,
          shown: shown.length,
          repeated,
          storms,
          errors,
        },
        broken: [
          ...brokenBy({ 'prompts shown again': repeated, 'storms of prompts': storms, errors }),
          ...(shown.length >= people ? [] : ['hardly anything was sent']),
        ],
      }
    }),
}
