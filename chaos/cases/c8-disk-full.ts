// C8: the disk is full while members write, and is emptied again: nothing that was told as saved is lost, and it goes on.
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { openStore } from '../../src/store/connect.ts'
import { castOn } from '../../test/support/cast.ts'
import { brokenBy, chance, type Case } from '../case.ts'
import { inFolder } from '../child.ts'
import { addMembers, compared, wordsKept } from '../kept.ts'

const users = ['ana', 'bea']
const plenty = 4_294_967_294

/** Every connection that `work` opens, by the settings that each is given. */
async function connectionsOf<T>(work: () => Promise<T>): Promise<[T, ReadonlySet<Database.Database>]> {
  const opened = new Set<Database.Database>()
  const { pragma } = Database.prototype
  Database.prototype.pragma = function (this: Database.Database, ...args: Parameters<typeof pragma>) {
    opened.add(this)
    return pragma.apply(this, args)
  }
  try {
    return [await work(), opened]
  } finally {
    Database.prototype.pragma = pragma
  }
}

export const diskFull: Case = {
  id: 'C8',
  what: 'the disk is full while members write, again and again (SQLite)',
  planted: 'a member is told “saved” before it is',
  run: ({ quick, seed, planted }) =>
    inFolder(async (dataDir) => {
      const random = chance(seed)
      const place = { dataDir, databaseUrl: `file:${join(dataDir, 'handrail.db')}` }
      await addMembers(place, users)
      const [store, connections] = await connectionsOf(() => openStore(place))
      const open = [...connections].filter((one) => one.open)
      const cast = castOn(store)
      const told = new Set<string>()
      let refused = 0
      let stuck = 0
      const write = async (user: string, name: string): Promise<boolean> => {
        if (planted) told.add(name)
        // Long enough to need a page of its own now and then.
        const words = `${name} ${'x'.repeat(Math.floor(random() * 3000))}`
        const said = await cast.as(user).slash('journal', { words })
        const isSaved = said.includes('Saved.')
        if (isSaved) told.add(name)
        else refused += 1
        return isSaved
      }
      const rounds = planted ? 1 : quick ? 2 : 100
      for (let round = 0; round < rounds; round += 1) {
        for (const db of open) {
          const pages = Number(db.pragma('page_count', { simple: true }))
          db.pragma(`max_page_count = ${pages + Math.floor(random() * 6)}`)
        }
        for (let n = 0; n < 12; n += 1)
          await Promise.all(users.map((user) => write(user, `${user}-${round}-${n}`)))
        for (const db of open) db.pragma(`max_page_count = ${plenty}`)
        if (!(await write('ana', `ana-${round}-after`))) stuck += 1
      }
      await store.close()
      const kept = (await wordsKept(place, users)).map((words) => words.split(' ')[0] ?? '')
      const { lost, doubled } = compared(told, kept)
      const db = new Database(join(dataDir, 'handrail.db'))
      const damaged = db.pragma('integrity_check', { simple: true }) === 'ok' ? 0 : 1
      db.close()
      return {
        figures: { 'times full': rounds, 'told as saved': told.size, refused, lost, doubled },
        broken: [
          ...brokenBy({
            'saved words lost': lost,
            'words doubled': doubled,
            'files damaged': damaged,
            'times it did not go on': stuck,
          }),
          ...(refused > 0 ? [] : ['the disk was never full']),
        ],
      }
    }),
}
