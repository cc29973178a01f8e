// C6: both platforms are away for two hours of a simulated clock while prompts fall due; then they are back.
import { join } from 'node:path'
import { createClock } from '../../src/delivery/clock.ts'
import { createDelivery } from '../../src/delivery/delivery.ts'
import { createPacer, realTimer } from '../../src/delivery/pace.ts'
import { createSender } from '../../src/delivery/sender.ts'
import { quote, say } from '../../src/kit/reply.ts'
import { connect } from '../../src/store/connection.ts'
import { deliveryStore } from '../../src/store/delivery/delivery.ts'
import { addPeople, addProgram, newId } from '../../test/support/delivery-rows.ts'
import { posterFor } from '../../test/support/posters.ts'
import { brokenBy, type Case } from '../case.ts'
import { inFolder } from '../child.ts'
import { discord, slack } from '../drain.ts'

const minute = 60_000
const start = Date.parse('2026-03-05T14:00:00Z')
const graceMin = 30
const outageMin = 120

export const outage: Case = {
  id: 'C6',
  what: 'Discord and Slack answer 503 for two hours (simulated clock) while prompts and notices about a danger fall due',
  planted: 'prompts have no end',
  run: ({ quick, planted }) =>
    inFolder(async (folder) => {
      const people = quick || planted ? 24 : 120
      const locals = [
        await discord({ people, rooms: 0, lines: 0 }),
        await slack({ people, rooms: 0, lines: 0 }),
      ]
      const connection = await connect(`file:${join(folder, 'handrail.db')}`)
      const { outbox, schedules } = deliveryStore(connection, newId)
      let at = start
      const clock = createClock(() => at)
      const timer = { ...realTimer, now: () => performance.now() + at - start }
      const dueOf = (n: number) => new Date(start + Math.floor((n * outageMin) / people) * minute)
      for (const { platform, users } of locals) {
        const program = await addProgram(connection.prisma, platform)
        for (const [n, user] of users.entries()) {
          const isDanger = n % 12 === 5
          const nextRunAt = dueOf(n)
          if (!isDanger)
            await addPeople(connection.prisma, program, 1, [{ cron: null, nextRunAt, graceMin }], {
              users: [user],
            })
          else
            await outbox.put(
              [
                {
                  programId: program.id,
                  platform,
                  workspace: program.workspace.externalId,
                  to: { user },
                  notice: 'danger',
                  params: {},
                  dedupeKey: newId(),
                  priority: 0,
                  dueAt: nextRunAt,
                },
              ],
              nextRunAt,
            )
        }
      }
      const errors: unknown[] = []
      const onError = (error: unknown) => errors.push(error)
      const endless: typeof outbox = {
        ...outbox,
        claim: async (request) =>
          (await outbox.claim(request)).map(({ expiresAt: _expiresAt, ...held }) => held),
      }
      const senders = Object.fromEntries(
        locals.map(({ platform, apiUrl, token }) => [
          platform,
          createSender({
            poster: posterFor(platform, apiUrl, token),
            outbox: planted ? endless : outbox,
            clock,
            timer,
            owner: newId(),
            pacer: createPacer({ limit: 1000, windowMs: 1000, laneGapMs: 0 }, timer),
            render: () => Promise.resolve(say(quote('Hello'))),
            onError,
          }),
        ]),
      )
      const delivery = createDelivery({ schedules, senders, clock, newId, onError })
      for (const local of locals) local.away(true)
      for (; at < start + outageMin * minute; at += minute) await delivery.settle()
      for (const local of locals) local.away(false)
      // Half an hour in which everything that still has a use finds its way.
      for (const end = at + 30 * minute; at < end; at += minute / 2) await delivery.settle()
      await delivery.stop()

      const rows = await connection.prisma.outbox.findMany()
      const missed = await connection.prisma.occurrence.count({ where: { state: 'missed' } })
      await connection.close()
      const seen = locals.map((one) => one.users.map((user) => one.direct(user)))
      for (const local of locals) await local.stop()
      const prompts = seen.map((all) => all.filter((_, n) => n % 12 !== 5)).flat()
      const dangers = seen.map((all) => all.filter((_, n) => n % 12 === 5)).flat()
      const stale = rows.filter(
        ({ priority, status, sentAt, expiresAt }) =>
          priority > 0 && status === 'sent' && sentAt && expiresAt && sentAt > expiresAt,
      )
      const settled = rows.filter(({ status }) => status === 'waiting')
      const sent = prompts.filter((number) => number > 0).length
      return {
        figures: {
          prompts: prompts.length,
          sent,
          'recorded as missed': missed,
          'given up, as it may have arrived': rows.filter(({ failure }) => failure === 'unknown').length,
          'sent too late': stale.length,
          'dangers told': dangers.filter((number) => number > 0).length,
        },
        broken: brokenBy({
          'prompts sent too late': stale.length,
          'prompts sent twice': prompts.filter((number) => number > 1).length,
          'notices about a danger lost': dangers.filter((number) => number === 0).length,
          'rows left without an end': settled.length,
          'prompts without a trace': Math.max(
            0,
            prompts.length - sent - missed - rows.filter(({ status }) => status === 'dead').length,
          ),
          errors: errors.length,
        }),
      }
    }),
}
