// C4: PostgreSQL goes away and comes back, and its connections are cut, while prompts drain and members write.
import { brokenBy, chance, sleep, type Case } from '../case.ts'
import { startChild } from '../child.ts'
import type { Job } from '../children/bot.ts'
import { startDrain } from '../drain.ts'
import { addMembers, compared, wordsKept } from '../kept.ts'
import { asked, onPostgres, waitingIn } from '../postgres.ts'

const script = new URL('../children/bot.ts', import.meta.url)
const users = ['ana', 'bea']
const patienceMs = 10 * 60_000
const cut = 'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()'

export const databaseRestarts: Case = {
  id: 'C4',
  what: 'PostgreSQL is stopped and started, and all its connections are cut, while prompts drain and members write',
  planted: 'a member is told “saved” before it is',
  run: ({ quick, seed, planted }) =>
    onPostgres(async (place) => {
      const random = chance(seed)
      const { dataDir, databaseUrl, server } = place
      await addMembers(place, users)
      const people = planted ? 0 : quick ? 60 : 5_000
      const drain = await startDrain(databaseUrl, { people, rooms: 0, lines: 0 })
      const mistake: Job['mistake'] = planted ? 'told too early' : undefined
      const job: Job = { dataDir, databaseUrl, members: users, platforms: drain.platforms, mistake }
      const told = new Set<string>()
      const bot = startChild(script, [JSON.stringify(job)], (line) => line !== 'ready' && told.add(line))
      await Promise.race([bot.said('ready'), bot.gone])
      const rounds = planted || quick ? 1 : 50
      for (let round = 0; round < rounds; round += 1) {
        await sleep(500 + random() * 1500)
        await asked(server.url('postgres'), cut)
        await sleep(500 + random() * 1500)
        await server.pause()
        await sleep(500 + random() * 1500)
        await server.resume()
      }
      const before = told.size
      const until = performance.now() + patienceMs
      const isDone = async () => (planted || told.size > before + 4) && (await waitingIn(databaseUrl)) === 0
      while (!bot.hasEnded() && performance.now() < until && !(await isDone())) await sleep(500)
      const ended = bot.hasEnded() ? 1 : 0
      await bot.kill()
      const words = compared(told, await wordsKept(place, users))
      const { expected, lost, doubled } = drain.arrived()
      await drain.stop()
      return {
        figures: {
          restarts: rounds,
          prompts: expected,
          lost,
          doubled,
          'told as saved': told.size,
          'words lost': words.lost,
        },
        broken: brokenBy({
          'prompts lost': lost,
          'prompts doubled': doubled,
          'saved words lost': words.lost,
          'process ended by itself': ended,
        }),
      }
    }),
}
