// The tokens, and which scopes the bot's own was given.
import type { Config } from '../../config.ts'
import { ask, under, type Asked } from './ask.ts'
import { good, problem, warning, type Finding } from './finding.ts'

type Looked = { readonly asked: Asked | undefined; readonly findings: readonly Finding[] }

async function token(name: string, method: string, secret: string, apiUrl: string) {
  const asked = await ask('POST', under(apiUrl, method), `Bearer ${secret}`)
  const said = (asked?.body ?? {}) as { readonly ok?: boolean; readonly error?: string }
  const word = /^\w+$/.exec(said.error ?? '')?.[0] ?? `status ${asked?.status}`
  const finding = !asked
    ? warning('slack', `Slack did not answer within 5 s, so ${name} was not checked.`)
    : said.ok === true
      ? good('slack', `Slack accepts ${name}.`)
      : asked.status === 200
        ? problem(
            'slack',
            `Slack refuses ${name} (${word}). Copy it again from the app's page, or install the app again.`,
          )
        : warning('slack', `Slack answered ${asked.status}, so ${name} was not checked.`)
  return { asked, finding, accepted: said.ok === true }
}

/** Slack says in a header what a token may do. */
function aboutScopes(asked: Asked | undefined, needs: readonly string[]): Finding {
  const header = asked?.headers.get('x-oauth-scopes')
  if (header === undefined || header === null)
    return warning('slack-scopes', 'Slack did not say which scopes the bot has.')
  const has = header.split(',').map((scope) => scope.trim())
  const lacks = needs.filter((scope) => !has.includes(scope))
  if (lacks.length > 0)
    return problem(
      'slack-scopes',
      `The bot lacks these Slack scopes: ${lacks.join(', ')}. Put the new manifest into the app (slack-manifest prints it) and install it again.`,
    )
  const spare = has.filter((scope) => !needs.includes(scope))
  return spare.length > 0
    ? warning('slack-scopes', `The bot has Slack scopes that nothing needs: ${spare.join(', ')}.`)
    : good('slack-scopes', 'The bot has the Slack scopes it needs, and no others.')
}

export async function askSlack(
  slack: NonNullable<Config['slack']>,
  scopes: readonly string[],
): Promise<readonly Looked[]> {
  const apiUrl = slack.apiUrl ?? 'https://slack.com/api/'
  const [bot, app] = await Promise.all([
    token('SLACK_BOT_TOKEN', 'auth.test', slack.botToken, apiUrl),
    slack.mode === 'socket'
      ? token('SLACK_APP_TOKEN', 'apps.connections.open', slack.appToken, apiUrl)
      : undefined,
  ])
  const findings = bot.accepted ? [bot.finding, aboutScopes(bot.asked, scopes)] : [bot.finding]
  return [{ asked: bot.asked, findings }, ...(app ? [{ asked: app.asked, findings: [app.finding] }] : [])]
}
