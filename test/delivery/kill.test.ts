// What nobody should have to trust: the process is killed again and again while prompts go out and replies get lost.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { describe, expect, test } from 'vitest'
import { connect } from '../../src/store/connection.ts'
import type { Mistake } from '../support/deliver-until-killed.ts'
import { addPeople, addProgram } from '../support/delivery-rows.ts'
import { lossyDiscord, lossySlack, type LossyPlatform } from '../support/lossy-platforms.ts'

const child = new URL('../support/deliver-until-killed.ts', import.meta.url).pathname
const longEnough = 10 * 60_000
/** Starting takes longer than living here. */
const mostKills = 12
const sleep = (ms: number) => new Promise((go) => setTimeout(go, ms))

/** Runs the bot until `count` prompts are out, killing it at moments that are never the same. */
async function killInALoop(
  start: (count: number) => Promise<LossyPlatform>,
  count: number,
  mistake: Mistake,
) {
  const world = await start(count)
  const { users } = world
  const folder = await mkdtemp(join(tmpdir(), 'handrail-kill-'))
  const url = `file:${join(folder, 'handrail.db')}`
  const connection = await connect(url)
  const program = await addProgram(connection.prisma, world.platform)
  const due = { cron: null, nextRunAt: new Date(Date.now() - 60_000) }
  await addPeople(connection.prisma, program, count, [due], { users })
  await connection.close()
  const reached = () => users.filter((user) => world.messages(user) > 0).length

  async function live(ms: () => number): Promise<void> {
    const args = ['--import', 'tsx', child, url, world.platform, world.apiUrl, world.token, mistake]
    const bot = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
    const gone = once(bot, 'exit')
    const lines = createInterface({ input: bot.stdout })
    const said = (what: string) =>
      new Promise<void>((go) => lines.on('line', (line) => line === what && go()))
    const ready = said('ready')
    const idle = said('idle')
    await Promise.race([ready, gone])
    await Promise.race([ms() === Infinity ? idle : sleep(ms()), idle, gone])
    bot.kill('SIGKILL')
    await gone
  }

  let kills = 0
  for (; kills < mostKills && reached() < count * 0.9; kills += 1) await live(() => (kills * 577) % 900)
  await live(() => Infinity)

  const after = await connect(url)
  const statuses = await after.prisma.outbox.groupBy({ by: ['status'], _count: true })
  await after.close()
  const messages = users.map((user) => world.messages(user))
  await world.stop()
  await rm(folder, { recursive: true })
  return {
    kills,
    lost: messages.filter((number) => number === 0).length,
    doubled: messages.filter((number) => number > 1).length,
    statuses: Object.fromEntries(statuses.map(({ status, _count }) => [status, _count])),
  }
}

describe.each([
  ['Discord', lossyDiscord],
  ['Slack', lossySlack],
] as const)('killed in a loop while %s loses replies', (_name, world) => {
  test('2,000 prompts reach their people, each once', { timeout: longEnough }, async () => {
    const { kills, ...seen } = await killInALoop(world, 2000, 'none')
    expect(seen).toEqual({ lost: 0, doubled: 0, statuses: { sent: 2000 } })
    expect(kills).toBeGreaterThan(3)
  })

  test('a bot that gives the platform no key is caught doubling', { timeout: longEnough }, async () => {
    const { lost, doubled } = await killInALoop(world, 150, 'no key')
    expect([lost, doubled > 0]).toEqual([0, true])
  })

  test('a bot that notes before it sends is caught losing', { timeout: longEnough }, async () => {
    const { lost } = await killInALoop(world, 150, 'marked first')
    expect(lost).toBeGreaterThan(0)
  })
})
