// The operator's command line: `npm run --silent handrail -- <command>`.
import { Command, InvalidArgumentError } from 'commander'
import { commands } from '../../commands/index.ts'
import { configMessage, readConfig } from '../config.ts'
import { collect } from '../kit/features.ts'
import { permissions } from '../platforms/discord/permissions.ts'
import { scopes, slackManifest } from '../platforms/slack/manifest.ts'
import { examine } from './doctor/doctor.ts'
import type { Finding } from './doctor/finding.ts'
import { verifyAudits } from './audit-verify.ts'
import { backup, migrateDatabase, restore, rotate, verify, type Options } from './data.ts'
import { screenLines } from './screen.ts'
import { runSimulation, type SimulateOptions } from './simulate/command.ts'
import { skillSearch } from './skill-search.ts'

const print = (words: string) => process.stdout.write(`${words}\n`)
const json = (value: unknown) => print(JSON.stringify(value, null, 2))

const marks = { good: 'good   ', warning: 'warning', problem: 'PROBLEM' } as const
const lines = (findings: readonly Finding[]) =>
  findings.map(({ check, state, says }) => `${marks[state]}  ${check}: ${says}`).join('\n')

const needs = { slackScopes: scopes, discordPermissions: permissions }

async function doctor(options: { readonly json?: boolean }): Promise<void> {
  const read = readConfig(process.env)
  if (!read.ok) {
    const findings = read.problems.map((says) => ({ check: 'settings', state: 'problem' as const, says }))
    if (options.json) json({ ok: false, findings })
    else print(configMessage(read.problems))
    process.exitCode = 78
    return
  }
  const findings = await examine(read.config, needs, Date.now())
  const ok = findings.every(({ state }) => state !== 'problem')
  if (options.json) json({ ok, findings })
  else print(lines(findings))
  process.exitCode = ok ? 0 : 1
}

async function auditVerify(options: { readonly json?: boolean }): Promise<void> {
  const read = readConfig(process.env)
  if (!read.ok) {
    print(configMessage(read.problems))
    process.exitCode = 78
    return
  }
  const found = (await verifyAudits(read.config.databaseUrl)) ?? []
  const ok = found.every((one) => one.ok)
  if (options.json) json({ ok, programs: found })
  else if (found.length === 0) print('There is no program yet, so there is no audit to check.')
  else
    for (const one of found)
      print(
        one.ok
          ? `good     ${one.name}: ${one.rows} rows, none changed`
          : `PROBLEM  ${one.name}: row ${one.firstBroken} was changed, taken out or put in; ${one.rows} rows before it are whole`,
      )
  process.exitCode = ok ? 0 : 1
}

function manifest(options: { readonly json?: boolean; readonly name?: string; readonly url?: string }): void {
  const { name, url } = options
  if (!options.json)
    print(
      'At https://api.slack.com/apps choose “Create New App”, “From a manifest”, and paste this as JSON:\n',
    )
  json(slackManifest(collect(commands), { ...(name && { name }), ...(url && { url }) }))
}

const program = new Command('handrail')
  .description(
    'Looks after a Handrail bot. All but restore and keys rotate may run beside the bot, and only those two and migrate-database change anything of it.',
  )
  .showHelpAfterError()
  .addHelpText(
    'after',
    `
Examples:
  npm run --silent handrail -- doctor
  npm run --silent handrail -- backup /mnt/elsewhere/handrail-monday.backup
  npm run --silent handrail -- slack-manifest --json > manifest.json
  npm run --silent handrail -- slack-manifest --json --url https://bot.example.org

Exit codes:
  0   well, or warnings only
  1   a problem was found, or the command was mistyped
  78  a setting is wrong or missing, or a file or database needs you`,
  )

program
  .command('doctor')
  .description(
    'says what is wrong with settings, database, key, disk, tokens and their rights, clock, rosters, crisis lines and programs',
  )
  .option('--json', 'for scripts: {"ok": …, "findings": […]}')
  .action(doctor)

program
  .command('audit-verify')
  .description('reads the audit of every program and says whether any row was changed, taken out or put in')
  .option('--json', 'for scripts: {"ok": …, "programs": […]}')
  .action(auditVerify)

program
  .command('backup')
  .description(
    'writes all that the database holds into one sealed file, beside the running bot, and reads it again',
  )
  .argument(
    '[path]',
    'a file that is not there yet; one named by the time, in DATA_DIR/backups, unless given',
  )
  .option('--json', 'for scripts: {"ok": …, "path": …, "rows": …, "digest": …}')
  .action((path: string | undefined, options: Options) => backup(readConfig(process.env), path, options))

program
  .command('verify')
  .description('reads a backup to its end: no byte changed, no row missing, every person’s key opens')
  .argument('<backup>', 'the file')
  .option('--json', 'for scripts: {"ok": …, "rows": …, "digest": …}')
  .action((path: string, options: Options) => verify(readConfig(process.env), path, options))

program
  .command('restore')
  .description(
    'puts a backup into the empty database that DATABASE_URL names, all of it or nothing; whoever was erased since stays erased',
  )
  .argument('<backup>', 'the file')
  .option('--json', 'for scripts: {"ok": …, "rows": …, "leftOut": …}')
  .action((path: string, options: Options) => restore(readConfig(process.env), path, options))

program
  .command('migrate-database')
  .description(
    'moves from the SQLite file of DATABASE_URL to an empty PostgreSQL database, beside the running bot until you stop it; every row is compared at the end, and a move that was killed goes on',
  )
  .requiredOption('--to <url>', 'postgresql://…')
  .option('--json', 'for scripts: {"ok": …, "rounds": …, "rows": …}')
  .action((options: Options & { readonly to: string }) => migrateDatabase(readConfig(process.env), options))

program
  .command('keys')
  .description('looks after the key file')
  .command('rotate')
  .description(
    'while the bot is stopped: makes a new master key, wraps every person’s key with it and takes the old one out of the file',
  )
  .option('--json', 'for scripts: {"ok": …, "people": …}')
  .action((options: Options) => rotate(readConfig(process.env), options))

program
  .command('slack-manifest')
  .description('prints the description of the Slack app, made from the list of commands')
  .option('--json', 'nothing but the manifest')
  .option('--name <name>', 'what the app is called in Slack')
  .option(
    '--url <https-address>',
    'the public address of this bot, for Slack by HTTP; without it: Socket Mode',
  )
  .action(manifest)

program
  .command('skill-search')
  .description(
    'finds coping skills for the words given, or for each line of standard input, in English or Spanish',
  )
  .argument('[words...]', 'what a person says')
  .option('--json', 'one line each: {"query": …, "skills": […]}, best first')
  .action((words: readonly string[], options: { readonly json?: boolean }) => skillSearch(words, options))

program
  .command('screen')
  .description(
    'says of each line of standard input whether the safety screen sees an urgent text, a concern or neither',
  )
  .option('--json', 'one line each: {"level": "none|concern|urgent", "reason": …}')
  .action((options: { readonly json?: boolean }) => screenLines(options))

const wholeFrom = (least: number, most: number) => (said: string) => {
  const value = Number(said)
  if (!Number.isInteger(value) || value < least || value > most)
    throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`)
  return value
}

program
  .command('simulate')
  .description(
    'says how late prompts get for so many members, and how many tokens, shards, sockets and processes it takes',
  )
  .requiredOption('--members <number>', 'people who are asked each day', wholeFrom(1, 1_000_000))
  .option('--days <number>', 'days that are run', wholeFrom(1, 90), 7)
  .option(
    '--senders <number>',
    'tokens on each platform, each with a sender of its own',
    wholeFrom(1, 10_000),
    1,
  )
  .option(
    '--seed <number>',
    'the same seed makes the same fleet',
    wholeFrom(0, 2 ** 32 - 1),
    Date.now() % 2 ** 32,
  )
  .option('--json', 'for scripts')
  .action((options: SimulateOptions) => runSimulation(options))

await program.parseAsync()
