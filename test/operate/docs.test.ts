// What the pages tell an operator, held against what the program does.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { commands } from '../../commands/index.ts'
import { collect } from '../../src/kit/features.ts'
import { slackManifest } from '../../src/platforms/slack/manifest.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const page = (path: string) => readFileSync(join(root, path), 'utf8')
const features = collect(commands)

describe('the pages', () => {
  it('give a reason for every Slack scope and event, and for none that is not asked for', () => {
    const { oauth_config, settings } = slackManifest(features)
    const asked = [...oauth_config.scopes.bot, ...settings.event_subscriptions.bot_events]
    const rows = page('docs/slack.md').matchAll(/^\| (`[^|]+`)(?: \(app-level\))? \|/gm)
    const explained = [...rows].flatMap(([, names = '']) => names.replaceAll('`', '').split(', '))
    const notScopes = [
      'connections:write',
      'missing_scope',
      'not_in_channel',
      'invalid_auth',
      'token_revoked',
    ]
    expect(explained.filter((name) => !notScopes.includes(name)).toSorted()).toEqual(asked.toSorted())
  })

  it('name no command that does not exist', () => {
    const known = [...features.commands.keys()]
    for (const path of ['docs/operator.md', 'docs/discord.md', 'docs/slack.md']) {
      const named = [...page(path).matchAll(/`\/(?:my-)?([a-z-]+)`/g)].map(([, name]) => name)
      const addresses = ['healthz', 'livez', 'readyz', 'metrics']
      expect(named.filter((name = '') => !known.includes(name) && !addresses.includes(name))).toEqual([])
    }
  })

  it('link only to what is there', () => {
    const inside = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    const pages = ['README.md', ...inside.map((name) => `docs/${name}`)]
    const broken = pages
      .filter((path) => path.endsWith('.md'))
      .flatMap((path) =>
        [...page(path).matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)/g)]
          .map(([, link = '']) => join(dirname(path), link))
          .filter((link) => !existsSync(join(root, link)))
          .map((link) => `${path} -> ${link}`),
      )
    expect(broken).toEqual([])
  })
})
