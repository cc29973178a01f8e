// Asks each platform whether its tokens are good, by the lightest call there is. Sends nothing and opens no connection.
import type { Config } from '../../config.ts'
import { good, problem, warning, type Finding } from './finding.ts'

export type TokensSeen = {
  readonly findings: readonly Finding[]
  /** What the platform's clock said, in milliseconds since 1970. */
  readonly theirClock?: number
}

type Asked = { readonly status: number; readonly date: number; readonly body: unknown }

const patienceMs = 5_000

async function ask(method: string, url: string, authorization: string): Promise<Asked | undefined> {
  try {
    const answer = await fetch(url, {
      method,
      headers: { authorization },
      signal: AbortSignal.timeout(patienceMs),
    })
    const body: unknown = await answer.json().catch(() => undefined)
    return { status: answer.status, date: Date.parse(answer.headers.get('date') ?? ''), body }
  } catch {
    return undefined
  }
}

const under = (base: string, path: string) => `${base.replace(/\/$/, '')}/${path}`

async function discord({ token, apiUrl = 'https://discord.com/api' }: NonNullable<Config['discord']>) {
  const asked = await ask('GET', under(apiUrl, 'v10/users/@me'), `Bot ${token}`)
  const finding = !asked
    ? warning('discord', 'Discord did not answer within 5 s, so DISCORD_TOKEN was not checked.')
    : asked.status === 200
      ? good('discord', 'Discord accepts DISCORD_TOKEN.')
      : asked.status === 401
        ? problem(
            'discord',
            'Discord refuses DISCORD_TOKEN. Reset it under “Bot” of the application, and set the new one.',
          )
        : warning('discord', `Discord answered ${asked.status}, so DISCORD_TOKEN was not checked.`)
  return { asked, finding }
}

async function slackToken(name: string, method: string, token: string, apiUrl: string) {
  const asked = await ask('POST', under(apiUrl, method), `Bearer ${token}`)
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
  return { asked, finding }
}

export async function askPlatforms(config: Pick<Config, 'discord' | 'slack'>): Promise<TokensSeen> {
  const { slack } = config
  const slackUrl = slack?.apiUrl ?? 'https://slack.com/api/'
  const all = await Promise.all([
    config.discord && discord(config.discord),
    slack && slackToken('SLACK_BOT_TOKEN', 'auth.test', slack.botToken, slackUrl),
    slack?.mode === 'socket' &&
      slackToken('SLACK_APP_TOKEN', 'apps.connections.open', slack.appToken, slackUrl),
  ])
  const done = all.filter((one) => one !== undefined && one !== false)
  const theirClock = done.map(({ asked }) => asked?.date ?? Number.NaN).find((date) => !Number.isNaN(date))
  return {
    findings: done.map(({ finding }) => finding),
    ...(theirClock !== undefined && { theirClock }),
  }
}
