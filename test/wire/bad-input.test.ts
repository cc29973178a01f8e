// Whatever people and platforms send: an answer or a silent refusal, and nothing written half.
import { afterEach, describe, expect, it } from 'vitest'
import { startWorld, ways, type Someone, type World } from './world.ts'

let world: World | undefined
const rejected: unknown[] = []
const note = (error: unknown) => void rejected.push(error)
process.on('unhandledRejection', note)
afterEach(async () => {
  await world?.stop()
  world = undefined
  expect(rejected.splice(0)).toEqual([])
})

async function joined(way: (typeof ways)[number]): Promise<{ world: World; ana: Someone }> {
  const started = await startWorld(way)
  world = started
  const admin = started.someone('sam', { manages: true })
  await admin.command('setup')
  await admin.fill({
    name: ['Name of the program', 'Evening program'],
    country: ['Country', 'US'],
    law: ['Which law applies here', 'unsure'],
    language: ['Language', 'en'],
    zone: ['Time zone', 'America/New_York'],
    time: ['Usual time to ask members', '9:00'],
  })
  const ana = started.someone('ana')
  await ana.command('start')
  await ana.press('I agree, let me in')
  return { world: started, ana }
}

const nasty = {
  mentions: '@everyone @here <!channel> <!here> <@U123> <@&123456789012345678> <https://x.example|safe>',
  zalgo: 'h̷̛e̵l̶p̸'.repeat(60),
  rightToLeft: '\u202eabc\u2066def\u2069 שלום',
  surrogate: 'broken \ud83d half',
  markup: '*bold* _it_ `code` ```block``` ~~gone~~ ||spoiler|| [link](https://x.example) # heading',
  nothing: '\u200b\u200d',
}

describe.each(ways)('bad input, on %s', (way) => {
  it('nasty words are kept as they are, mention nobody, and come back harmless', async () => {
    const { world: here, ana } = await joined(way)
    for (const [kind, words] of Object.entries(nasty)) {
      const said = await ana.command('checkin', `5 ${words}`, { mood: 5, note: words })
      expect(said, kind).toContain('Saved.')
    }
    const sent = here.sent().join('\n')
    // On Slack `<!` would be live; on Discord nothing is parsed because every message says so.
    if (way === 'Discord') {
      const withMentions = here.sent().filter((line) => line.includes('@here'))
      expect(withMentions.length).toBeGreaterThan(0)
      for (const line of withMentions) expect(line).toContain('"allowed_mentions":{"parse":[]')
    } else expect(sent).not.toMatch(/"type":"mrkdwn","text":"[^"]*<!/)
  }, 60_000)

  it('options that do not fit open the form, with every word kept', async () => {
    const { ana } = await joined(way)
    await ana.command('reminders', 'soon call mum', { words: 'soon call mum' })
    // On a slow machine the form comes late, behind a button.
    if (!ana.hasForm()) await ana.press('Continue')
    expect(ana.hasForm()).toBe(true)
    expect(await ana.fill({ time: ['At what time', 'noonish'] })).toContain('time like 9:00')
  }, 60_000)

  it('an old button, a foreign id and a button pressed twice are answered politely', async () => {
    const { world: here, ana } = await joined(way)
    await ana.command('reminders', '9:00', { time: '9:00' })
    await ana.press('Delete')
    const bea = here.someone('bea')
    await bea.command('start')
    await bea.press('I agree, let me in')
    await ana.command('reminders', '10:00', { time: '10:00' })
    expect(await ana.press('Pause')).toContain('Paused')
    const { dispatcher } = here.bot.conversation
    const visitor = {
      platform: way === 'Discord' ? 'discord' : 'slack',
      workspace: undefined,
      user: ana.user,
      name: 'Ana',
      managesWorkspace: false,
    } as const
    for (const code of [
      'h1:gone:x',
      'h1:ci.edit:nobody',
      'h1:rem.delete:nobody',
      '',
      '💥',
      'x'.repeat(5000),
    ]) {
      const { reply } = await dispatcher.dispatch({
        kind: 'press',
        code,
        visitor,
        place: { kind: 'direct', room: 'r' },
        rows: 5,
      })
      expect(reply.kind).toBe('message')
    }
  }, 60_000)
})

describe('garbage from a platform', () => {
  it.each([
    ['no body', ''],
    ['no JSON', 'payload=%7Bbroken'],
    [
      'an unknown type',
      `payload=${encodeURIComponent(JSON.stringify({ type: 'never_heard_of', user: {}, team: null }))}`,
    ],
    [
      'fields of the wrong kind',
      `payload=${encodeURIComponent(JSON.stringify({ type: 'block_actions', actions: 'x', user: 7 }))}`,
    ],
    ['a megabyte', `text=${'x'.repeat(1_000_000)}`],
  ])(
    'unsigned or broken, as with %s, is refused over HTTP and nothing falls over',
    async (_what, body) => {
      const { world: here, ana } = await joined('Slack by HTTP')
      const url = here.bot.urls.health.replace('/healthz', '/slack/events')
      const answer = await fetch(url, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      })
      expect(answer.status).toBeGreaterThanOrEqual(400)
      expect(await ana.command('help-now')).toContain('988')
    },
    60_000,
  )
})
