// The manifest is a published surface: a changed snapshot is a product change.
import { existsSync, readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import { describe, expect, it } from 'vitest'
import { commands } from '../../../commands/index.ts'
import { collect } from '../../../src/kit/features.ts'
import { scopes, slackManifest } from '../../../src/platforms/slack/manifest.ts'
import { kitName, slackName } from '../../../src/platforms/slack/names.ts'
import { features } from './example.ts'

const contracts = new URL('../../../../shared/contracts/slack/', import.meta.url)
const read = (name: string) =>
  JSON.parse(readFileSync(new URL(name, contracts), 'utf8')) as Record<string, unknown>

const ours = collect(commands)
const variants = [
  ['Socket Mode', slackManifest(ours)],
  ['HTTP', slackManifest(ours, { url: 'https://bot.example.org' })],
] as const

describe('the manifest', () => {
  it.each(variants)('for %s is as published', async (way, manifest) => {
    await expect(`${JSON.stringify(manifest, undefined, 2)}\n`).toMatchFileSnapshot(
      `manifest.${way.toLowerCase().replace(' ', '-')}.snap`,
    )
  })

  describe.skipIf(!existsSync(contracts))('beside the official schemas', () => {
    const validate = (name: string) => new Ajv({ strict: false, validateFormats: false }).compile(read(name))
    it.each(variants)('for %s is one that Slack takes', (_, manifest) => {
      const valid = validate('schemas_manifest.schema.2.0.0.json')
      expect(valid(manifest), JSON.stringify(valid.errors)).toBe(true)
      const { _metadata, ...first } = manifest
      const older = validate('schemas_manifest.schema.1.0.0.json')
      expect(older({ _metadata: { major_version: 1 }, ...first }), JSON.stringify(older.errors)).toBe(true)
      expect(_metadata).toEqual({ major_version: 2 })
    })
    it('would be refused when it were wrong', () => {
      const valid = validate('schemas_manifest.schema.2.0.0.json')
      const manifest = slackManifest(ours)
      expect(valid({ ...manifest, display_information: { name: 'x'.repeat(36) } })).toBe(false)
    })
  })

  it('asks Slack to name people only for commands that take a person or a room', () => {
    const drawn = slackManifest(features).features.slash_commands
    expect(drawn.filter((one) => one.should_escape).map((one) => one.command)).toEqual(['/with'])
    expect(drawn.find((one) => one.command === '/checkin')).toMatchObject({ usage_hint: 'mood [note]' })
  })

  it('has a command for each of ours, none under a name that Slack keeps', () => {
    const { slash_commands: drawn } = slackManifest(ours).features
    expect(drawn.map((one) => kitName(one.command)).toSorted()).toEqual([...ours.commands.keys()].toSorted())
    expect(drawn.map((one) => one.command)).not.toContain('/away')
    expect(slackName('away')).toBe('/my-away')
    expect(kitName('/my-checkin')).toBe('my-checkin')
  })

  it('sends everything to the public address when there is one', () => {
    const { settings, features: drawn } = slackManifest(ours, { url: 'https://bot.example.org/' })
    expect(settings).toMatchObject({
      socket_mode_enabled: false,
      interactivity: { request_url: 'https://bot.example.org/slack/events' },
    })
    expect(drawn.slash_commands.every((one) => one.url === 'https://bot.example.org/slack/events')).toBe(true)
  })

  it('asks for these rights and no more', () => {
    expect(scopes).toEqual([
      'commands',
      'chat:write',
      'im:write',
      'im:history',
      'channels:history',
      'groups:history',
      'groups:read',
      'groups:write',
      'users:read',
      'files:write',
      'files:read',
    ])
  })
})
