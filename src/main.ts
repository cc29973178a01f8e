// The process: settings, log, the bot, and an orderly end.
import { list } from '../commands/index.ts'
import { configMessage, readConfig } from './config.ts'
import { startHandrail } from './handrail.ts'
import { createLog } from './operate/log.ts'
import { lastResort, stopOnSignal } from './operate/shutdown.ts'
import { CannotStart } from './store/cannot-start.ts'

/** "Something was found in an unconfigured or misconfigured state", as sysexits.h has it. */
const badConfiguration = 78

function refuse(message: string): never {
  process.stderr.write(`${message}\n`)
  process.exit(badConfiguration)
}

const read = readConfig(process.env)
if (!read.ok) refuse(configMessage(read.problems))

const log = createLog(read.config.logLevel)
lastResort(log)

try {
  const handrail = await startHandrail({ config: read.config, list, log })
  stopOnSignal(() => handrail.stop(), log)
  const { playground } = handrail.urls
  if (playground !== undefined) process.stdout.write(`\n  Handrail is here: ${playground}\n\n`)
} catch (error) {
  if (error instanceof CannotStart) refuse(error.message)
  log({ what: 'store-failed', error })
  process.exit(70)
}
