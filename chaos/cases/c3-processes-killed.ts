// C3: several processes share one PostgreSQL and one of them is killed every few seconds, while prompts go out on both
// platforms and members write at every process.
import { brokenBy, chance, sleep, type Case } from '../case.ts'
import { startChild, type Child } from '../child.ts'
import type { Job } from '../children/bot.ts'
import { startDrain } from '../drain.ts'
import { addMembers, compared, wordsKept } from '../kept.ts'
import { onPostgres, waitingIn } from '../postgres.ts'

const script = new URL('../children/bot.ts', import.meta.url)
const users = ['ana', 'bea']
const patienceMs = 20 * 60_000

const caseOf = (processes: number): Case => ({
  id: `C3 ${processes} processes`,
  what: `${processes} processes on one PostgreSQL, one killed every few seconds, while prompts drain and members write`,
  planted: 'the platform is given no key by which it knows a repeat',
  run: ({ quick, seed, planted }) =>
    onPostgres(async (place) => {
      const random = chance(seed)
      await addMembers(place, users)
      const amount = planted
        ? { people: 40, rooms: 0, lines: 0 }
        : quick
          ? { people: 120, rooms: 2, lines: 8 }
          : { people: 20_000, rooms: 50, lines: 200 }
      const drain = await startDrain(place.databaseUrl, amount)
      const told = new Set<string>()
      const job: Job = {
        dataDir: place.dataDir,
        databaseUrl: place.databaseUrl,
        members: planted ? [] : users,
        platforms: drain.platforms,
        mistake: planted ? 'no key' : undefined,
      }
      const start = () =>
        startChild(script, [JSON.stringify(job)], (line) => line !== 'ready' && told.add(line))
      const bots: Child[] = Array.from({ length: processes }, start)
      const began = performance.now()
      let kills = 0
      await Promise.all(bots.map((bot) => bot.said('ready')))
      while ((await waitingIn(place.databaseUrl)) > 0 && performance.now() - began < patienceMs) {
        await sleep(2000 + random() * 2000)
        if (planted || kills >= (quick ? 2 : 500)) continue
        const at = Math.floor(random() * processes)
        await bots[at]?.kill()
        bots[at] = start()
        kills += 1
      }
      for (const bot of bots) await bot.kill()
      const words = compared(told, await wordsKept(place, users))
      const { expected, lost, doubled, outOfOrder } = drain.arrived()
      await drain.stop()
      const seconds = Math.round((performance.now() - began) / 1000)
      return {
        figures: {
          messages: expected,
          kills,
          'drained in s': seconds,
          lost,
          doubled,
          'out of order': outOfOrder,
          'told as saved': told.size,
          'words lost': words.lost,
        },
        broken: brokenBy({
          'messages lost': lost,
          'messages doubled': doubled,
          'lines in a room out of order': outOfOrder,
          'saved words lost': words.lost,
          'words doubled': words.doubled,
        }),
      }
    }),
})

export const processesKilled = [caseOf(2), caseOf(3)]
