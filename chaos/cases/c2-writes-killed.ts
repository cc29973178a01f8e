// C2: the process is killed again and again while members write; what they were told is saved, is there.
import { join } from 'node:path'
import { brokenBy, chance, sleep, type Case } from '../case.ts'
import { inFolder, startChild } from '../child.ts'
import type { Job } from '../children/bot.ts'
import { addMembers, compared, wordsKept } from '../kept.ts'

const script = new URL('../children/bot.ts', import.meta.url)
const users = ['ana', 'bea', 'cleo', 'dan']

export const writesKilled: Case = {
  id: 'C2',
  what: 'SIGKILL of the bot while members check in and write in their journals (SQLite)',
  planted: 'a member is told “saved” before it is',
  run: ({ quick, seed, planted }) =>
    inFolder(async (dataDir) => {
      const random = chance(seed)
      const place = { dataDir, databaseUrl: `file:${join(dataDir, 'handrail.db')}` }
      await addMembers(place, users)
      const told = new Set<string>()
      const mistake: Job['mistake'] = planted ? 'told too early' : undefined
      const job: Job = { ...place, members: users, platforms: [], mistake }
      const kills = planted ? 1 : quick ? 2 : 100
      for (let kill = 0; kill < kills; kill += 1) {
        const before = told.size
        let enough: () => void = () => {}
        const served = new Promise<void>((go) => (enough = go))
        const bot = startChild(script, [JSON.stringify(job)], (line) => {
          if (line === 'ready') return
          told.add(line)
          if (told.size >= before + users.length) enough()
        })
        await Promise.race([served, bot.gone])
        await sleep(random() * 1500)
        await bot.kill()
      }
      const { lost, doubled } = compared(told, await wordsKept(place, users))
      return {
        figures: { kills, 'told as saved': told.size, lost, doubled },
        broken: [
          ...brokenBy({ 'saved words lost': lost, 'words doubled': doubled }),
          ...(told.size > 3 * kills || planted ? [] : [`only ${told.size} were saved at all`]),
        ],
      }
    }),
}
