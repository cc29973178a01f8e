import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { configMessage, readConfig, settings } from '../src/config.ts'

const discordToken = 'a'.repeat(60)
const good = (environment: Record<string, string>) => {
  const read = readConfig(environment)
  if (!read.ok) throw new Error(configMessage(read.problems))
  return read.config
}
const problems = (environment: Record<string, string>) => {
  const read = readConfig(environment)
  return read.ok ? [] : read.problems
}

describe('the settings', () => {
  it('need nothing at all: then the playground is served from a file', () => {
    expect(good({})).toMatchObject({ playground: { port: 3080 }, host: '127.0.0.1', logLevel: 'info' })
    expect(good({ DISCORD_TOKEN: ' ' }).discord).toBeUndefined()
  })

  it('keeps metrics to this machine unless HOST says otherwise, also where Slack comes by HTTP', () => {
    const byHttp = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 'a'.repeat(32) }
    expect(good(byHttp)).toMatchObject({ host: '0.0.0.0', metricsHere: true })
    expect(good({ ...byHttp, HOST: '10.0.0.5' })).toMatchObject({ host: '10.0.0.5', metricsHere: false })
  })

  it('leave the playground off when a platform is on, unless it is asked for', () => {
    expect(good({ DISCORD_TOKEN: discordToken }).playground).toBeUndefined()
    expect(good({ DISCORD_TOKEN: discordToken, PLAYGROUND: 'on' }).playground).toEqual({ port: 3080 })
  })

  it('choose Socket Mode by an app token and HTTP by a signing secret, which is heard from everywhere', () => {
    const bot = { SLACK_BOT_TOKEN: 'xoxb-1' }
    expect(good({ ...bot, SLACK_APP_TOKEN: 'xapp-1' }).slack).toMatchObject({ mode: 'socket' })
    const http = good({ ...bot, SLACK_SIGNING_SECRET: 'x'.repeat(32) })
    expect(http.slack).toMatchObject({ mode: 'http' })
    expect(http.host).toBe('0.0.0.0')
  })

  it('several at once are fine', () => {
    const both = good({ DISCORD_TOKEN: discordToken, SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' })
    expect([both.discord, both.slack]).not.toContain(undefined)
  })

  it('that are wrong are all named at once, without their values', () => {
    const found = problems({
      DISCORD_TOKEN: 'oops secret',
      SLACK_BOT_TOKEN: 'xapp-secret',
      PORT: '99999',
      DATABASE_URL: 'mysql://secret',
      LOG_LEVEL: 'loud',
    })
    expect(found).toHaveLength(6)
    for (const name of ['DISCORD_TOKEN', 'SLACK_BOT_TOKEN', 'PORT', 'DATABASE_URL', 'LOG_LEVEL'])
      expect(found.join('\n')).toContain(name)
    expect(configMessage(found)).not.toMatch(/secret\b(?! |:)|oops|mysql|loud|99999/)
  })

  it.each([
    [{ SLACK_BOT_TOKEN: 'xoxb-1' }, 'needs a companion'],
    [{ SLACK_APP_TOKEN: 'xapp-1' }, 'SLACK_BOT_TOKEN is not'],
    [{ SLACK_SIGNING_SECRET: 'x'.repeat(32) }, 'SLACK_BOT_TOKEN is not'],
    [{ DISCORD_API_URL: 'localhost' }, 'must be a web address'],
    [{ DISCORD_API_URL: 'http://127.0.0.1:3001/api/v10' }, 'without the version'],
    [{ DISCORD_TOKEN: 'xoxb-1234-5678-abcdefghijkl' }, 'looks like a Slack bot token'],
    [{ DISCORD_TOKEN: '123456789012345678' }, 'looks like the id of a Discord application'],
    [{ DISCORD_TOKEN: `Bot ${discordToken}` }, 'leave that word out'],
    [{ SLACK_BOT_TOKEN: 'xoxp-1', SLACK_APP_TOKEN: 'xapp-1' }, 'looks like a Slack token of a person'],
    [{ SLACK_BOT_TOKEN: 'xapp-1', SLACK_APP_TOKEN: 'xapp-1' }, 'looks like a Slack app-level token'],
    [{ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: '0123456789abcdef'.repeat(2) }, 'looks like a secret'],
    [{ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 'xoxb-123456789' }, 'looks like a Slack bot token'],
    [{ PORT: '3080' }, 'are the same'],
    [{ PORT: 'http' }, 'must be a port number'],
    [{ PLAYGROUND: 'yes' }, 'must be on or off'],
  ])('%j says what is missing', (environment, words) => {
    expect(problems(environment).join()).toContain(words)
  })

  it('are all in the operator’s page and in the example file', async () => {
    const root = new URL('..', import.meta.url)
    const page = await readFile(new URL('docs/operator.md', root), 'utf8')
    const example = await readFile(new URL('.env.example', root), 'utf8')
    for (const [name, about] of Object.entries(settings)) {
      expect(page).toContain(`| \`${name}\` | ${about} |`)
      expect(example).toContain(name)
    }
  })
})
