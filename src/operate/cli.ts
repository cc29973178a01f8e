// The operator's command line: `npm run --silent handrail -- <command>`.
import { Command } from 'commander'
import { commands } from '../../commands/index.ts'
import { configMessage, readConfig } from '../config.ts'
import { collect } from '../kit/features.ts'
import { slackManifest } from '../platforms/slack/manifest.ts'
import { examine } from './doctor/doctor.ts'
import type { Finding } from './doctor/finding.ts'

const print = (words: string) => process.stdout.write(`${words}\n`)
const json = (value: unknown) => print(JSON.stringify(value, null, 2))

const marks = { good: 'good   ', warning: 'warning', problem: 'PROBLEM' } as const
const lines = (findings: readonly Finding[]) =>
  findings.map(({ check, state, says }) => `${marks[state]}  ${check}: ${says}`).join('\n')

async function doctor(options: { readonly json?: boolean }): Promise<void> {
  const read = readConfig(process.env)
  if (!read.ok) {
    const findings = read.problems.map((says) => ({ check: 'settings', state: 'problem' as const, says }))
    if (options.json) json({ ok: false, findings })
    else print(configMessage(read.problems))
    process.exitCode = 78
    return
  }
  const findings = await examine(read.config, Date.now())
  const ok = findings.every(({ state }) => state !== 'problem')
  if (options.json) json({ ok, findings })
  else print(lines(findings))
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
  .description('Looks after a Handrail bot. Nothing here changes anything; all of it may run beside the bot.')
  .showHelpAfterError()
  .addHelpText(
    'after',
    `
Examples:
  npm run --silent handrail -- doctor
  npm run --silent handrail -- slack-manifest --json > manifest.json
  npm run --silent handrail -- slack-manifest --json --url https://bot.example.org

Exit codes:
  0   well, or warnings only
  1   a problem was found, or the command was mistyped
  78  a setting is wrong or missing`,
  )

program
  .command('doctor')
  .description('says what is wrong with settings, database, key, tokens, clock, crisis lines and programs')
  .option('--json', 'for scripts: {"ok": …, "findings": […]}')
  .action(doctor)

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

await program.parseAsync()
