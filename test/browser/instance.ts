// A whole Handrail with nothing but its playground, on a data folder of its own that can be looked through.
import { appendFileSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import Database from 'better-sqlite3'
import { list } from '../../commands/index.ts'
import { readConfig } from '../../src/config.ts'
import { startHandrail } from '../../src/handrail.ts'
import { createLog } from '../../src/operate/log.ts'

export async function startInstance() {
  const dataDir = await mkdtemp(join(tmpdir(), 'handrail-page-'))
  const read = readConfig({
    DATA_DIR: dataDir,
    PLAYGROUND: 'on',
    PLAYGROUND_PORT: '0',
    PORT: '0',
    LOG_LEVEL: 'trace',
  })
  if (!read.ok) throw new Error(read.problems.join(' '))
  const log = createLog('trace', (line) => appendFileSync(join(dataDir, 'handrail.log'), `${line}\n`))
  const bot = await startHandrail({ config: read.config, list, log })
  const { playground: url } = bot.urls
  if (url === undefined) throw new Error('the playground is not open')
  return {
    url,
    /** As docs/operator.md says: a copy of the database while the bot runs. */
    async backUp(): Promise<void> {
      await mkdir(join(dataDir, 'backups'))
      const database = new Database(join(dataDir, 'handrail.db'), { readonly: true })
      await database.backup(join(dataDir, 'backups', 'handrail.db'))
      database.close()
    },
    /** Every file below the data folder, as bytes. */
    async files(): Promise<ReadonlyMap<string, string>> {
      const found = await readdir(dataDir, { recursive: true, withFileTypes: true })
      const files = found.filter((one) => one.isFile())
      return new Map(
        await Promise.all(
          files.map(async ({ name, parentPath }) => {
            const path = join(parentPath, name)
            return [relative(dataDir, path), await readFile(path, 'latin1')] as const
          }),
        ),
      )
    },
    async stop(): Promise<void> {
      await bot.stop()
      await rm(dataDir, { recursive: true })
    },
  }
}
