// The operator's commands that copy the database: each says how far it is, and in sentences what is wrong.
import { access, mkdir } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { configMessage, type Config, type ReadConfig } from '../config.ts'
import { CannotStart } from '../store/cannot-start.ts'
import { readBackup, writeBackup, type Whole } from '../store/copy/backup.ts'
import { moveDatabase } from '../store/copy/move.ts'
import type { Progress } from '../store/copy/progress.ts'
import { restoreBackup } from '../store/copy/restore.ts'
import { NotWhole } from '../store/copy/sealed-file.ts'
import { rotateKeys } from '../store/rotate-keys.ts'
import { erasureLedger, ledgerFile } from '../store/erasure-ledger.ts'

export type Options = { readonly json?: boolean }
type Done = { readonly says: string; readonly told: Readonly<Record<string, unknown>> }

/** On standard error, so that what scripts read stays clean: one line that moves, or one for every tenth in a file. */
function progressShown(): Progress {
  let last = -1
  return (done, total, what) => {
    const percent = total === 0 ? 100 : Math.floor((100 * done) / total)
    const step = process.stderr.isTTY ? percent : Math.floor(percent / 10)
    if (step === last) return
    last = step
    const line = `${String(percent).padStart(3)} %  ${done} of ${total} rows, ${what}`
    process.stderr.write(
      process.stderr.isTTY ? `\r${line.padEnd(70)}${percent === 100 ? '\n' : ''}` : `${line}\n`,
    )
  }
}

/** Ends with 0; with 1 where a backup is not whole; with 78 where a setting or a file needs a person. */
async function carryOut(
  read: ReadConfig,
  { json }: Options,
  work: (config: Config, progress: Progress) => Promise<Done>,
): Promise<void> {
  const tell = (ok: boolean, says: string, told: object) =>
    process.stdout.write(json ? `${JSON.stringify({ ok, ...told }, null, 2)}\n` : `${says}\n`)
  if (!read.ok) {
    tell(false, configMessage(read.problems), { problems: read.problems })
    process.exitCode = 78
    return
  }
  try {
    const { says, told } = await work(read.config, progressShown())
    tell(true, says, told)
  } catch (error) {
    if (!(error instanceof NotWhole || error instanceof CannotStart)) throw error
    tell(false, `PROBLEM  ${error.message}`, { problems: [error.message] })
    process.exitCode = error instanceof NotWhole ? 1 : 78
  }
}

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )

async function existing(path: string): Promise<string> {
  const whole = resolve(path)
  if (!(await isThere(whole))) throw new CannotStart(`There is no file ${whole} that can be read.`)
  return whole
}

const sum = ({ rows }: Pick<Whole, 'rows'>) => Object.values(rows).reduce((total, one) => total + one, 0)
const tables = ({ rows }: Pick<Whole, 'rows'>) => Object.keys(rows).length
const mark = (at: Date) => at.toISOString().slice(0, 19).replaceAll(':', '').replace('T', '-')

export const backup = (read: ReadConfig, path: string | undefined, options: Options): Promise<void> =>
  carryOut(read, options, async ({ databaseUrl, dataDir, keyFile }, progress) => {
    const to = resolve(path ?? join(dataDir, 'backups', `handrail-${mark(new Date())}.backup`))
    if (await isThere(to))
      throw new CannotStart(`There is a file ${to} already, and it is left as it is. Name another.`)
    await mkdir(dirname(to), { recursive: true, mode: 0o700 })
    const ledger = erasureLedger(ledgerFile(dataDir))
    const written = await writeBackup({ databaseUrl, keyFile, ledger }, to, progress)
    // Not before it was read again, from the disk, can it be called a backup.
    const whole = await readBackup(to, keyFile, {}, progress)
    if (whole.digest !== written.digest) throw new NotWhole(`What stands in ${to} is not what was written.`)
    return {
      says: `${to}\n${sum(whole)} rows of ${tables(whole)} tables, ${whole.bytes} bytes, read again and whole. It opens only with ${keyFile}: keep that file elsewhere.`,
      told: { path: to, ...whole },
    }
  })

export const verify = (read: ReadConfig, path: string, options: Options): Promise<void> =>
  carryOut(read, options, async ({ keyFile }, progress) => {
    const whole = await readBackup(await existing(path), keyFile, {}, progress)
    return {
      says: `good     Made at ${whole.madeAt.toISOString()}: ${sum(whole)} rows of ${tables(whole)} tables, none changed; every person’s key opens.`,
      told: whole,
    }
  })

export const restore = (read: ReadConfig, path: string, options: Options): Promise<void> =>
  carryOut(read, options, async (config, progress) => {
    const { leftOut, ...whole } = await restoreBackup(await existing(path), config, progress)
    const gone = leftOut === 0 ? '' : ` ${leftOut} erased since then stayed erased.`
    return {
      says: `good     The database is as it was at ${whole.madeAt.toISOString()}: ${sum(whole)} rows of ${tables(whole)} tables.${gone} The bot can start.`,
      told: { ...whole, leftOut },
    }
  })

export const migrateDatabase = (
  read: ReadConfig,
  options: Options & { readonly to: string },
): Promise<void> =>
  carryOut(read, options, async ({ databaseUrl }, progress) => {
    const waiting = (changed: number) =>
      process.stderr.write(
        `\n${changed} rows were carried over, and the bot goes on writing. Stop it now: the last round then takes moments. Until then this goes on, and it can be stopped and run again.\n`,
      )
    const { rounds, rows } = await moveDatabase(databaseUrl, options.to, { progress, waiting })
    return {
      says: `good     ${sum({ rows })} rows of ${tables({ rows })} tables stand in PostgreSQL, every value compared, after ${rounds} rounds. Set DATABASE_URL to the new database and start the bot. The old file stays where it is, and no bot starts on it any more; delete it when a backup of the new one is made.`,
      told: { rounds, rows },
    }
  })

export const rotate = (read: ReadConfig, options: Options): Promise<void> =>
  carryOut(read, options, async ({ databaseUrl, keyFile }) => {
    const people = await rotateKeys(databaseUrl, keyFile)
    return {
      says: `good     A new master key stands in ${keyFile}, and the keys of ${people} people are wrapped with it. Copy the file to its safe place now, and make a backup: older ones open with the old key only.`,
      told: { people },
    }
  })
