// C1: the process that sends is killed again and again, while the platform loses one reply in ten.
import { join } from 'node:path'
import { connect } from '../../src/store/connection.ts'
import type { Mistake } from '../../test/support/deliver-until-killed.ts'
import { addPeople, addProgram } from '../../test/support/delivery-rows.ts'
import { lossyDiscord, lossySlack } from '../../test/support/lossy-platforms.ts'
import { brokenBy, chance, sleep, type Case } from '../case.ts'
import { inFolder, startChild } from '../child.ts'

const script = new URL('../../test/support/deliver-until-killed.ts', import.meta.url)
/** Starting takes longer than living here. */
const mostLifeMs = 900

const caseOn = (name: string, start: typeof lossySlack): Case => ({
  id: `C1 ${name}`,
  what: `SIGKILL of the bot while it sends on ${name} and one reply in ten is lost`,
  planted: 'rows are marked as sent before they are',
  run: ({ quick, seed, planted }) =>
    inFolder(async (folder) => {
      const random = chance(seed)
      const count = planted ? 60 : quick ? 300 : 10_000
      const mostKills = planted ? 1 : quick ? 2 : 60
      const world = await start(count)
      const url = `file:${join(folder, 'handrail.db')}`
      const connection = await connect(url)
      const program = await addProgram(connection.prisma, world.platform)
      const due = { cron: null, nextRunAt: new Date(Date.now() - 60_000) }
      await addPeople(connection.prisma, program, count, [due], { users: world.users })
      await connection.close()

      const mistake: Mistake = planted ? 'marked first' : 'none'
      async function live(ms?: number): Promise<void> {
        const bot = startChild(script, [url, world.platform, world.apiUrl, world.token, mistake])
        const idle = bot.said('idle')
        await Promise.race([bot.said('ready'), bot.gone])
        await Promise.race([ms === undefined ? idle : sleep(ms), idle, bot.gone])
        await bot.kill()
      }
      const reached = () => world.users.filter((user) => world.messages(user) > 0).length
      let kills = 0
      for (; kills < mostKills && reached() < count * 0.9; kills += 1) await live(random() * mostLifeMs)
      await live()

      const messages = world.users.map((user) => world.messages(user))
      const after = await connect(url)
      const unsettled = await after.prisma.outbox.count({ where: { status: { not: 'sent' } } })
      await after.close()
      await world.stop()
      const lost = messages.filter((number) => number === 0).length
      const doubled = messages.filter((number) => number > 1).length
      return {
        figures: { prompts: count, kills, lost, doubled, unsettled },
        broken: brokenBy({ 'prompts lost': lost, 'prompts doubled': doubled, 'rows not settled': unsettled }),
      }
    }),
})

export const deliveryKilled = [caseOn('Discord', lossyDiscord), caseOn('Slack', lossySlack)]
