import { readdir, readFile } from 'node:fs/promises'
import { dirname, join, relative, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '..')

/** Which parts of the house a file may use, and which packages; `node:` is free to all but where said. */
type Rule = { readonly at: RegExp; readonly parts: readonly RegExp[]; readonly packages: RegExp }
const anything = /./
const rules: readonly Rule[] = [
  { at: /^src\/words\//, parts: [/^src\/words\//, /^content\//], packages: /^intl-messageformat$/ },
  { at: /^src\/kit\//, parts: [/^src\/(kit|words)\//], packages: /^(zod|temporal-polyfill)$/ },
  {
    at: /^src\/care\//,
    parts: [/^src\/(care|words)\//, /^content\//],
    packages: /^(zod|temporal-polyfill|d3-[a-z-]+|@resvg\/resvg-wasm|@expo-google-fonts\/inter|node:.*)$/,
  },
  {
    at: /^src\/delivery\//,
    parts: [/^src\/(delivery|kit|words)\//],
    packages: /^(node-cron|croner|temporal-polyfill|node:timers\/promises)$/,
  },
  {
    at: /^src\/platforms\/(discord|slack|playground)\//,
    parts: [/^src\/(kit|words)\//, /^src\/delivery\/ports\.ts$/, /^src\/platforms\/$1\//],
    packages:
      /^(discord\.js|@discordjs\/.*|discord-api-types\/.*|undici|@slack\/.*|hono.*|@hono\/.*|zod|temporal-polyfill|node:.*)$/,
  },
  { at: /^src\/store\//, parts: [/^src\/(store|care|delivery|kit|words)\//], packages: anything },
  { at: /^src\/operate\/cli\.ts$/, parts: [/^(src|commands)\//], packages: anything },
  {
    at: /^src\/operate\//,
    parts: [/^src\/(operate|care|words|store|kit|delivery)\//, /^src\/config\.ts$/],
    packages: anything,
  },
  { at: /^src\/main\.ts$/, parts: [/^(src|commands)\//], packages: /^node:/ },
  { at: /^src\/[a-z-]+\.ts$/, parts: [/^src\//], packages: /^(zod|node:.*)$/ },
  {
    at: /^commands\//,
    parts: [/^commands\//, /^src\/(bot|app)\.ts$/, /^src\/(kit|care|words)\//, /^content\//],
    packages: /^(zod|temporal-polyfill)$/,
  },
]

export function importsOf(source: string): readonly string[] {
  const found = source.matchAll(
    /(?:^|\n)\s*(?:import|export)\b[^'"`;]*?from\s*['"]([^'"]+)['"]|(?:^|\n)import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/g,
  )
  return [...found].map((match) => match[1] ?? match[2] ?? match[3] ?? '')
}

/** What is wrong with one file, in words. */
export function violations(path: string, source: string): readonly string[] {
  const rule = rules.find(({ at }) => at.test(path))
  if (!rule) return [`${path} stands in no part of the house`]
  const own = rule.at.exec(path)?.[1] ?? ''
  const wrong = importsOf(source).filter((target) => {
    if (!target.startsWith('.'))
      return !(rule.packages.test(target) || (target.startsWith('node:') && rule.packages === anything))
    const part = relative(root, resolve(root, dirname(path), target))
    return !rule.parts.some((allowed) => new RegExp(allowed.source.replace('$1', own)).test(part))
  })
  const environment =
    path !== 'src/config.ts' &&
    path !== 'src/main.ts' &&
    path !== 'src/operate/cli.ts' &&
    /process\.env\b/.test(source)
  return [
    ...wrong.map((target) => `${path} imports ${target}`),
    ...(environment ? [`${path} reads process.env`] : []),
  ]
}

async function filesIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .filter((path) => !path.includes('/generated/'))
}

describe('the architecture', () => {
  it('has arrows that point one way', async () => {
    const files = [...(await filesIn('src')), ...(await filesIn('commands'))]
    const found = await Promise.all(
      files.map(async (path) => violations(path, await readFile(join(root, path), 'utf8'))),
    )
    expect(found.flat()).toEqual([])
    expect(files.length).toBeGreaterThan(50)
  })

  it.each([
    ['src/kit/reply.ts', "import { openStore } from '../store/connect.ts'"],
    ['src/care/members/members.ts', "import type { Reply } from '../../kit/reply.ts'"],
    ['src/care/members/members.ts', "import { PrismaClient } from '@prisma/client'"],
    ['src/platforms/slack/slack.ts', "import { x } from '../discord/discord.ts'"],
    ['src/platforms/slack/slack.ts', "const x = await import('../../care/members/members.ts')"],
    ['src/handrail.ts', "import { commands } from '../commands/index.ts'"],
    ['commands/checkin.ts', "import { openStore } from '../src/store/connect.ts'"],
    ['src/delivery/sender.ts', 'const level = process.env.LOG_LEVEL'],
  ])('finds the planted fault in %s', (path, source) => {
    expect(violations(path, source)).toHaveLength(1)
  })

  it('shows its parts at the top level', async () => {
    const visible = (await readdir(root)).filter((name) => !name.startsWith('.'))
    const kept = visible.filter((name) => !['node_modules', 'data', 'coverage'].includes(name))
    expect(kept.toSorted()).toEqual(
      [
        'README.md',
        'bench',
        'commands',
        'content',
        'docs',
        'package-lock.json',
        'package.json',
        'prisma',
        'src',
        'test',
        'tsconfig.json',
      ].toSorted(),
    )
  })
})
