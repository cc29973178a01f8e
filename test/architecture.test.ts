// The arrows of docs/architecture.md, read from the import statements of every file, so that the plan stays true.
import { readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))

type Import = { readonly from: string; readonly typeOnly: boolean }

const statement =
  /^(?:import|export)\s+(type\s)?(?:[^'"`;]*?\sfrom\s+)?'([^']+)'|\bimport\(\s*'([^']+)'|^} from '([^']+)'/gm

function importsOf(path: string, source: string): readonly Import[] {
  return [...source.matchAll(statement)].map(([, type, plain, dynamic, tail]) => {
    const name = plain ?? dynamic ?? tail ?? ''
    return {
      from: name.startsWith('.') ? posix.join(posix.dirname(path), name) : name,
      typeOnly: type !== undefined,
    }
  })
}

/** What may be imported, as beginnings of paths or names of packages; `types` only by `import type`. */
type Rule = { readonly may: readonly string[]; readonly types?: readonly string[] }

const plainPackages = ['node:', 'zod', 'temporal-polyfill']
const platform = (name: string, ...clients: string[]): Rule => ({
  may: [`src/platforms/${name}/`, 'src/kit/', 'src/words/', ...plainPackages, ...clients],
  types: ['src/delivery/ports.ts', 'src/care/groups/room-keeper.ts', 'src/care/privacy/presence.ts'],
})

/** The first beginning that fits a file is its rule; a file that none fits is itself a violation. */
const rules: readonly (readonly [place: string, rule: Rule])[] = [
  ['src/words/', { may: ['src/words/', 'content/', 'intl-messageformat'] }],
  ['src/kit/', { may: ['src/kit/', 'src/words/', 'zod', 'temporal-polyfill'] }],
  [
    'src/care/',
    {
      may: [
        'src/care/',
        'src/words/',
        'content/',
        ...plainPackages,
        'd3-',
        '@resvg/',
        'croner',
        'fflate',
        'ics',
        'minisearch',
        'snowball-stemmers',
        '@energetic-ai/',
        'onnxruntime-node',
      ],
    },
  ],
  [
    'src/delivery/',
    {
      may: ['src/delivery/', 'src/words/', ...plainPackages, 'node-cron', 'croner', 'p-queue'],
      types: ['src/kit/'],
    },
  ],
  [
    'src/store/',
    {
      may: ['src/store/', 'src/words/', ...plainPackages, '@prisma/', 'better-sqlite3', 'pg'],
      types: ['src/care/', 'src/delivery/ports.ts', 'src/kit/'],
    },
  ],
  ['src/platforms/discord/', platform('discord', 'discord.js', 'undici')],
  ['src/platforms/slack/', platform('slack', '@slack/')],
  ['src/platforms/playground/', platform('playground', 'hono', '@hono/')],
  ['src/config.ts', { may: plainPackages }],
  ['src/operate/cli.ts', { may: ['src/', 'commands/', 'commander', ...plainPackages] }],
  [
    'src/operate/simulate/',
    { may: ['src/operate/simulate/', 'src/delivery/', 'src/store/', ...plainPackages] },
  ],
  [
    'src/operate/',
    {
      may: [
        'src/operate/',
        'src/config.ts',
        'src/care/',
        'src/store/',
        'pino',
        'prom-client',
        ...plainPackages,
      ],
      types: ['src/'],
    },
  ],
  ['src/main.ts', { may: ['src/', 'commands/', ...plainPackages] }],
  ['src/bot.ts', { may: ['src/kit/'], types: ['src/app.ts', 'src/care/'] }],
  ['src/app.ts', { may: ['src/care/'], types: ['src/kit/reply.ts'] }],
  // What stands directly in src puts the parts together; the commands are handed to it.
  ['src/', { may: ['src/', ...plainPackages] }],
  [
    'commands/',
    {
      may: ['commands/', 'src/bot.ts', 'src/kit/', 'src/care/', 'src/words/', ...plainPackages],
      types: ['src/app.ts'],
    },
  ],
]

const nested = (path: string) => /^src\/[^/]+\//.test(path)
const fits = (name: string, beginnings: readonly string[]) => beginnings.some((one) => name.startsWith(one))

function arrowsAgainst(files: ReadonlyMap<string, string>): readonly string[] {
  return [...files].flatMap(([path, source]) => {
    const rule = rules.find(([place]) => path.startsWith(place) && (place !== 'src/' || !nested(path)))?.[1]
    if (rule === undefined) return [`${path} is in no part of the house`]
    const wrong = importsOf(path, source).filter(
      ({ from, typeOnly }) => !fits(from, rule.may) && !(typeOnly && fits(from, rule.types ?? [])),
    )
    return wrong.map(({ from, typeOnly }) => `${path} imports ${typeOnly ? 'the types of ' : ''}${from}`)
  })
}

/** The two ways in may hand the environment to `readConfig` whole; nobody reads a name of it but src/config.ts. */
function environmentReaders(files: ReadonlyMap<string, string>): readonly string[] {
  const waysIn = ['src/main.ts', 'src/operate/cli.ts']
  return [...files]
    .map(([path, source]) => [
      path,
      waysIn.includes(path) ? source.replaceAll('readConfig(process.env)', '') : source,
    ])
    .filter(([path, source = '']) => path !== 'src/config.ts' && /process\.env\b/.test(source))
    .map(([path = '']) => path)
}

/** Circles among imports that exist while running. Each is given once, from its first file on. */
function circlesIn(files: ReadonlyMap<string, string>): readonly string[] {
  const done = new Set<string>()
  const found: string[] = []
  const walk = (path: string, trail: readonly string[]): void => {
    if (trail.includes(path)) return void found.push([...trail.slice(trail.indexOf(path)), path].join(' -> '))
    if (done.has(path)) return
    for (const { from, typeOnly } of importsOf(path, files.get(path) ?? ''))
      if (!typeOnly && files.has(from)) walk(from, [...trail, path])
    done.add(path)
  }
  for (const path of files.keys()) walk(path, [])
  return found
}

const sources = new Map(
  ['src', 'commands']
    .flatMap((top) =>
      readdirSync(join(root, top), { recursive: true, encoding: 'utf8' }).map((at) => posix.join(top, at)),
    )
    .filter((path) => path.endsWith('.ts') && !path.includes('/generated/'))
    .toSorted()
    .map((path) => [path, readFileSync(join(root, path), 'utf8')]),
)

describe('the house', () => {
  it('has arrows that point one way', () => {
    expect(arrowsAgainst(sources)).toEqual([])
  })

  it('has no circles', () => {
    expect(circlesIn(sources)).toEqual([])
  })

  it('reads the environment in one place', () => {
    expect(environmentReaders(sources)).toEqual([])
  })

  it('shows these names at its door and no others', () => {
    const local = ['node_modules', 'data', 'coverage']
    const seen = readdirSync(root).filter((name) => !local.includes(name))
    expect(seen.filter((name) => !name.startsWith('.')).toSorted()).toEqual([
      'README.md',
      'bench',
      'chaos',
      'commands',
      'content',
      'docs',
      'package-lock.json',
      'package.json',
      'prisma',
      'src',
      'test',
      'tsconfig.json',
    ])
    expect(seen).toContain('.env.example')
  })
})

describe('the check itself', () => {
  const planted: readonly (readonly [path: string, source: string])[] = [
    ['src/care/groups/join.ts', `import { button } from '../../kit/reply.ts'`],
    ['src/care/groups/join.ts', `import type { Client } from '../../store/connection.ts'`],
    ['src/care/groups/join.ts', `import {\n  a,\n  b,\n} from '../../platforms/discord/poster.ts'`],
    ['src/kit/field.ts', `import { checkin } from '../../commands/checkin.ts'`],
    ['src/kit/field.ts', `import { readFile } from 'node:fs/promises'`],
    ['src/words/text.ts', `export { parse } from '../kit/parse.ts'`],
    ['src/conversation.ts', `import { commands } from '../commands/index.ts'`],
    ['src/delivery/sender.ts', `const { x } = await import('../platforms/slack/poster.ts')`],
    ['src/delivery/sender.ts', `import { cut } from '../kit/parse.ts'`],
    ['src/platforms/slack/slack.ts', `import { Client } from 'discord.js'`],
    ['src/platforms/slack/slack.ts', `import { chat } from '../playground/chat.ts'`],
    ['src/app.ts', `import { PrismaClient } from '@prisma/client'`],
    ['src/store/people.ts', `import { createMembers } from '../care/members/members.ts'`],
    ['commands/checkin.ts', `import { openStore } from '../src/store/connect.ts'`],
    ['src/helpers/text.ts', `export const nothing = 0`],
  ]
  it.each(planted)('refuses in %s: %s', (path, source) => {
    expect(arrowsAgainst(new Map([[path, source]]))).toHaveLength(1)
  })

  it('lets a port be implemented by its types', () => {
    const file = ['src/store/people.ts', `import type { People } from '../care/members/ports.ts'`] as const
    expect(arrowsAgainst(new Map([file]))).toEqual([])
  })

  it('sees a circle, and none where only types go round', () => {
    const round = (word: string) =>
      new Map([
        ['src/kit/a.ts', `import { b } from './b.ts'`],
        ['src/kit/b.ts', `import ${word}{ a } from './a.ts'`],
      ])
    expect(circlesIn(round(''))).toEqual(['src/kit/a.ts -> src/kit/b.ts -> src/kit/a.ts'])
    expect(circlesIn(round('type '))).toEqual([])
  })

  it('sees a file that reads the environment by itself', () => {
    const files = new Map([
      ['src/main.ts', 'const read = readConfig(process.env)'],
      ['src/operate/cli.ts', `const token = process.env['DISCORD_TOKEN']`],
      ['src/kit/parse.ts', 'const { TZ } = process.env'],
    ])
    expect(environmentReaders(files)).toEqual(['src/operate/cli.ts', 'src/kit/parse.ts'])
  })
})
