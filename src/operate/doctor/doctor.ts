// Looks at everything an operator can get wrong, and changes nothing: it may run beside the bot.
import { stat, statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Config } from '../../config.ts'
import { CannotStart } from '../../store/cannot-start.ts'
import { aboutClock, aboutDisk, aboutKeyFile, aboutProgram, aboutRemoval, aboutRoster } from './checks.ts'
import { good, problem, warning, type Finding } from './finding.ts'
import { lookInto, type Seen } from '../../store/look.ts'
import { askPlatforms, type Needs } from './platforms.ts'

/** `now` in milliseconds since 1970. */
export async function examine(config: Config, needs: Needs, now: number): Promise<readonly Finding[]> {
  const [database, platforms, mode, disk, running] = await Promise.all([
    look(config.databaseUrl),
    askPlatforms(config, needs),
    stat(config.keyFile).then(
      (file) => file.mode,
      () => undefined,
    ),
    spaceAt(config.dataDir),
    askRunning(config),
  ])
  const today = new Date(now).toISOString().slice(0, 10)
  const programs = database.seen?.programs ?? []
  return [
    database.finding,
    aboutKeyFile(config.keyFile, mode, database.seen?.sealedPeople ?? 0),
    aboutDisk(config.dataDir, disk),
    ...platforms.findings,
    aboutClock(now, platforms.theirClock),
    running,
    ...(programs.length === 0
      ? [warning('program', 'There is no program yet. An admin types /setup in Discord or Slack.')]
      : programs.flatMap((program) => [
          ...aboutRemoval(program),
          ...aboutProgram(program, today),
          ...aboutRoster(program, new Date(now)),
        ])),
  ]
}

/** Of the first folder on the way up that is there; undefined where the machine does not say. */
async function spaceAt(folder: string): Promise<number | undefined> {
  const space = await statfs(folder).catch(() => undefined)
  if (space) return space.bavail * space.bsize
  return dirname(folder) === folder ? undefined : spaceAt(dirname(folder))
}

async function look(databaseUrl: string): Promise<{ readonly finding: Finding; readonly seen?: Seen }> {
  try {
    const seen = await lookInto(databaseUrl)
    return seen
      ? { seen, finding: good('database', 'The database answers and is whole.') }
      : { finding: good('database', 'There is no database yet; the first start makes it.') }
  } catch (error) {
    const says =
      error instanceof CannotStart
        ? error.message
        : 'The database cannot be read. If this version of the bot is new here, start it once: it brings the database up to date.'
    return { finding: problem('database', says) }
  }
}

async function askRunning({ port }: Config): Promise<Finding> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/healthz`, { signal: AbortSignal.timeout(2_000) })
    return answer.ok
      ? good('running', 'The bot runs and is well.')
      : problem('running', `The bot runs and is not well: see http://127.0.0.1:${port}/healthz`)
  } catch {
    return good('running', 'The bot is not running on this machine, or listens elsewhere.')
  }
}
