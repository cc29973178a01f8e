// The environment, parsed once; nothing else reads process.env.
import { join, resolve } from 'node:path'
import { z } from 'zod'

/** Every setting with what it is for; docs/operator.md shows the same table, and a test keeps the two in step. */
export const settings = {
  DISCORD_TOKEN: 'Bot token of a Discord application; serves Discord.',
  SLACK_BOT_TOKEN: 'Bot token of a Slack app, xoxb-…; serves Slack together with one of the next two.',
  SLACK_APP_TOKEN: 'App-level token, xapp-…; Slack by Socket Mode, also when the next one is set.',
  SLACK_SIGNING_SECRET: 'Signing secret; Slack by HTTP on PORT.',
  DISCORD_API_URL: 'Another base for Discord’s API, like http://127.0.0.1:3001/api.',
  DISCORD_READ_ROOMS:
    'on when the app’s page allows the Message Content intent: words in groups’ rooms then pass the screen; off unless given.',
  SLACK_API_URL: 'Another base for Slack’s API, like http://127.0.0.1:3002/api/.',
  DATABASE_URL: 'file:… for SQLite or postgresql:…; a SQLite file in DATA_DIR unless given.',
  DATA_DIR: 'Folder for the database and the key; ./data unless given.',
  HANDRAIL_KEY_FILE: 'The key that opens everything sealed; handrail.key in DATA_DIR unless given.',
  PORT: 'Port of /healthz, /metrics and Slack by HTTP; 3000 unless given.',
  HOST: 'Address PORT listens on; this machine only, or every address when Slack comes by HTTP. When it is given, /metrics answers other machines too.',
  PLAYGROUND: 'on or off; on when no platform is set.',
  PLAYGROUND_PORT: 'Port of the playground, on this machine only; 3080 unless given.',
  LOG_LEVEL: 'trace, debug, info, warn, error or silent; info unless given.',
} as const

const levels = ['trace', 'debug', 'info', 'warn', 'error', 'silent'] as const
export type LogLevel = (typeof levels)[number]

export type Config = {
  readonly discord?: { readonly token: string; readonly apiUrl?: string; readonly readsRooms: boolean }
  readonly slack?: { readonly botToken: string; readonly apiUrl?: string } & (
    | { readonly mode: 'socket'; readonly appToken: string }
    | { readonly mode: 'http'; readonly signingSecret: string }
  )
  readonly playground?: { readonly port: number }
  readonly databaseUrl: string
  readonly dataDir: string
  readonly keyFile: string
  readonly port: number
  readonly host: string
  /** Whether /metrics is for this machine only. */
  readonly metricsHere: boolean
  readonly logLevel: LogLevel
}

export type ReadConfig =
  | { readonly ok: true; readonly config: Config }
  /** Sentences for an operator; none holds the value of a secret. */
  | { readonly ok: false; readonly problems: readonly string[] }

const port = (fallback: number) => z.coerce.number().int().min(0).max(65535).default(fallback)
const base = z.url({ protocol: /^https?$/ }).optional()
const secret = (starts: string) => z.string().startsWith(starts).optional()
/** Tokens are long words without spaces; Slack's own begin with the letters below. */
const notSlacks = (least: number) =>
  z
    .string()
    .regex(new RegExp(`^(?!xox|xapp)\\S{${least},}$`))
    .optional()

const shape = z.object({
  DISCORD_TOKEN: notSlacks(20),
  SLACK_BOT_TOKEN: secret('xoxb-'),
  SLACK_APP_TOKEN: secret('xapp-'),
  SLACK_SIGNING_SECRET: notSlacks(8),
  DISCORD_READ_ROOMS: z.enum(['on', 'off']).default('off'),
  DISCORD_API_URL: z
    .url({ protocol: /^https?$/ })
    .regex(/(?<!\/v\d+\/?)$/)
    .optional(),
  SLACK_API_URL: base,
  DATABASE_URL: z
    .string()
    .regex(/^(file:.|postgres(ql)?:\/\/)/)
    .optional(),
  DATA_DIR: z.string().default('./data'),
  HANDRAIL_KEY_FILE: z.string().optional(),
  PORT: port(3000),
  HOST: z.string().optional(),
  PLAYGROUND: z.enum(['on', 'off']).optional(),
  PLAYGROUND_PORT: port(3080),
  LOG_LEVEL: z.enum(levels).default('info'),
})

const advice: Readonly<Record<keyof typeof settings, string>> = {
  DISCORD_TOKEN: 'is not a bot token: it is one long word, found under “Bot” of the application.',
  SLACK_BOT_TOKEN:
    'must begin with xoxb-: it is the “Bot User OAuth Token”, found under “OAuth & Permissions”.',
  SLACK_APP_TOKEN:
    'must begin with xapp-: it is an “App-Level Token” with connections:write, found under “Basic Information”.',
  SLACK_SIGNING_SECRET: 'does not look like a signing secret: it is found under “Basic Information”.',
  DISCORD_READ_ROOMS: 'must be on or off.',
  DISCORD_API_URL: 'must be a web address like http://127.0.0.1:3001/api, without the version at its end.',
  SLACK_API_URL: 'must be a web address like http://127.0.0.1:3002/api/.',
  DATABASE_URL: 'must begin with file: for SQLite, or postgresql:// for PostgreSQL.',
  DATA_DIR: 'must be the path of a folder.',
  HANDRAIL_KEY_FILE: 'must be the path of a file.',
  PORT: 'must be a port number from 0 to 65535.',
  HOST: 'must be an address like 127.0.0.1.',
  PLAYGROUND: 'must be on or off.',
  PLAYGROUND_PORT: 'must be a port number from 0 to 65535.',
  LOG_LEVEL: `must be one of ${levels.join(', ')}.`,
}

const looks: readonly (readonly [value: RegExp, what: string])[] = [
  [/^xoxb-/, 'a Slack bot token (SLACK_BOT_TOKEN)'],
  [/^xapp-/, 'a Slack app-level token (SLACK_APP_TOKEN)'],
  [/^xox[pe]/, 'a Slack token of a person, which the bot does not use'],
  [/^[\da-f]{32}$/, 'a secret of a Slack app (SLACK_SIGNING_SECRET)'],
  [/^Bot /, 'a token with the word Bot before it: leave that word out'],
  [/^[\w-]{20,}\.[\w-]{5,}\.[\w-]{25,}$/, 'a Discord bot token (DISCORD_TOKEN)'],
  [/^\d{17,20}$/, 'the id of a Discord application, not its token'],
]
const tokens = ['DISCORD_TOKEN', 'SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN', 'SLACK_SIGNING_SECRET']

/** Which of the tokens this may be instead; the value itself is never said. */
function mixedUp(name: string, value: string | undefined): string {
  const found = tokens.includes(name) ? looks.find(([pattern]) => pattern.test(value ?? '')) : undefined
  return found ? ` What is set looks like ${found[1]}.` : ''
}

/** An empty value is the same as none, as `.env` files have it. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): ReadConfig {
  const given = Object.fromEntries(
    Object.keys(settings).flatMap((name) => {
      const value = environment[name]?.trim()
      return value === undefined || value === '' ? [] : [[name, value]]
    }),
  )
  const read = shape.safeParse(given)
  const wrong = read.success ? [] : [...new Set(read.error.issues.map(({ path }) => String(path[0])))]
  const problems = wrong.map(
    (name) => `${name} ${advice[name as keyof typeof settings]}${mixedUp(name, given[name])}`,
  )
  if (given['SLACK_BOT_TOKEN'] && !given['SLACK_APP_TOKEN'] && !given['SLACK_SIGNING_SECRET'])
    problems.push(
      'SLACK_BOT_TOKEN needs a companion: SLACK_APP_TOKEN for Socket Mode, or SLACK_SIGNING_SECRET for HTTP.',
    )
  for (const name of ['SLACK_APP_TOKEN', 'SLACK_SIGNING_SECRET'])
    if (given[name] && !given['SLACK_BOT_TOKEN'])
      problems.push(`${name} is set but SLACK_BOT_TOKEN is not; Slack needs both.`)
  if (!read.success || problems.length > 0) return { ok: false, problems }
  const config = configOf(read.data)
  if (config.playground && config.playground.port === config.port && config.port !== 0)
    return { ok: false, problems: ['PORT and PLAYGROUND_PORT are the same; give them two numbers.'] }
  return { ok: true, config }
}

function configOf(env: z.infer<typeof shape>): Config {
  const dataDir = resolve(env.DATA_DIR)
  const slack =
    env.SLACK_BOT_TOKEN === undefined
      ? undefined
      : { botToken: env.SLACK_BOT_TOKEN, ...(env.SLACK_API_URL && { apiUrl: env.SLACK_API_URL }) }
  const none = env.DISCORD_TOKEN === undefined && slack === undefined
  const byHttp = slack !== undefined && env.SLACK_APP_TOKEN === undefined
  return {
    ...(env.DISCORD_TOKEN && {
      discord: {
        token: env.DISCORD_TOKEN,
        readsRooms: env.DISCORD_READ_ROOMS === 'on',
        ...(env.DISCORD_API_URL && { apiUrl: env.DISCORD_API_URL }),
      },
    }),
    ...(slack && {
      slack: env.SLACK_APP_TOKEN
        ? { ...slack, mode: 'socket', appToken: env.SLACK_APP_TOKEN }
        : { ...slack, mode: 'http', signingSecret: env.SLACK_SIGNING_SECRET ?? '' },
    }),
    ...((env.PLAYGROUND ?? (none ? 'on' : 'off')) === 'on' && { playground: { port: env.PLAYGROUND_PORT } }),
    databaseUrl: env.DATABASE_URL ?? `file:${join(dataDir, 'handrail.db')}`,
    dataDir,
    keyFile: resolve(env.HANDRAIL_KEY_FILE ?? join(dataDir, 'handrail.key')),
    port: env.PORT,
    host: env.HOST ?? (byHttp ? '0.0.0.0' : '127.0.0.1'),
    metricsHere: env.HOST === undefined,
    logLevel: env.LOG_LEVEL,
  }
}

/** What an operator reads when the start stops here (exit code 78, "configuration"). */
export const configMessage = (problems: readonly string[]): string =>
  [
    'Handrail cannot start. Please look at these settings (.env or the environment):',
    ...problems.map((one) => `  - ${one}`),
  ].join('\n')
