import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { readConfig } from '../../src/config.ts'
import { aboutClock, aboutKeyFile, aboutProgram } from '../../src/operate/doctor/checks.ts'
import { examine } from '../../src/operate/doctor/doctor.ts'
import { lookInto } from '../../src/store/look.ts'
import { linesFor } from '../../src/care/safety/helplines.ts'
import { openStore } from '../../src/store/connect.ts'
import { newId } from '../../src/store/ids.ts'
import { eachDatabase } from '../support/databases.ts'

const today = '2026-11-23'
const at = new Date(`${today}T10:00:00Z`)

describe('what the doctor says', () => {
  const steady = { name: 'Harbor', country: 'US', facilitators: 1, rooms: 1, reviews: [] }
  const warnings = (program: typeof steady) =>
    aboutProgram(program, today)
      .filter(({ state }) => state !== 'good')
      .map(({ check, state }) => `${check} ${state}`)

  it('warns of a program without facilitator or room', () => {
    expect(warnings({ ...steady, facilitators: 0, rooms: 0 })).toEqual([
      'program warning',
      'program warning',
      'crisis-lines warning',
    ])
  })

  it('never fails for a crisis line that nobody verified, and is quiet once an admin has', () => {
    expect(warnings(steady)).toEqual(['crisis-lines warning'])
    const reviews = (linesFor('US')?.lines ?? []).map((line) => ({
      country: 'US',
      line: line.id,
      verifiedBy: 'sam',
      verifiedAt: at,
    }))
    expect(aboutProgram({ ...steady, reviews }, today).every(({ state }) => state === 'good')).toBe(true)
    const aboutLater = aboutProgram({ ...steady, reviews }, '2027-03-01')
    expect(aboutLater.some(({ check, state }) => check === 'crisis-lines' && state === 'warning')).toBe(true)
  })

  it('warns where no lines are bundled for the country', () => {
    expect(warnings({ ...steady, country: 'AQ' })).toEqual(['crisis-lines warning'])
  })

  it.each([
    [undefined, 0, 'good'],
    [undefined, 3, 'problem'],
    [0o100600, 3, 'good'],
    [0o100640, 3, 'problem'],
    [0o100604, 0, 'problem'],
  ])('a key file of mode %s with %i people is %s', (mode, people, state) => {
    expect(aboutKeyFile('/data/handrail.key', mode, people).state).toBe(state)
  })

  it.each([
    [0, 'good'],
    [29_000, 'good'],
    [-45_000, 'warning'],
    [301_000, 'problem'],
  ])('a clock %i ms from the platform’s is %s', (drift, state) => {
    expect(aboutClock(at.getTime() + drift, at.getTime()).state).toBe(state)
  })

  it('a clock in 1970 is a problem even where no platform is asked', () => {
    expect(aboutClock(0, undefined).state).toBe('problem')
  })
})

eachDatabase((make) => {
  it('looks while the bot holds the database, and sees programs, facilitators and rooms', async () => {
    const { url, dataDir } = await make()
    const store = await openStore({ databaseUrl: url, dataDir })
    try {
      expect(await lookInto(url)).toEqual({ programs: [], sealedPeople: 0 })
      const program = {
        id: newId(),
        name: 'Harbor',
        country: 'US',
        language: 'en' as const,
        zone: 'UTC',
        promptTime: '09:00',
        law: 'unsure' as const,
        phiMode: 'none' as const,
        questions: [],
        workspace: { platform: 'slack' as const, externalId: 'T1' },
        at,
      }
      await store.programs.create(program)
      await store.lineReviews.put(program.id, {
        id: newId(),
        country: 'US',
        line: '988',
        verifiedBy: 'sam',
        verifiedAt: at,
      })
      const seen = await lookInto(url)
      expect(seen?.programs).toMatchObject([
        {
          name: 'Harbor',
          country: 'US',
          facilitators: 0,
          rooms: 0,
          reviews: [{ line: '988', verifiedAt: at }],
        },
      ])
    } finally {
      await store.close()
    }
  })
})

describe('the whole examination', () => {
  const stops: (() => unknown)[] = []
  afterEach(async () => {
    for (const stop of stops.splice(0)) await stop()
  })
  async function folder() {
    const path = await mkdtemp(join(tmpdir(), 'handrail-doctor-'))
    stops.push(() => rm(path, { recursive: true }))
    return path
  }
  const configOf = (environment: Record<string, string>) => {
    const read = readConfig({ PORT: '9', ...environment })
    if (!read.ok) throw new Error(read.problems.join())
    return read.config
  }
  async function platform(answer: (path: string, token: string) => { status?: number; body: object }) {
    const server: Server = createServer((request, response) => {
      const { status = 200, body } = answer(request.url ?? '', request.headers.authorization ?? '')
      response.writeHead(status, { date: at.toUTCString() }).end(JSON.stringify(body))
    })
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    stops.push(() => server.close())
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  }

  it('writes nothing where nothing is yet', async () => {
    const dataDir = await folder()
    const findings = await examine(configOf({ DATA_DIR: dataDir }), at.getTime())
    expect(findings.filter(({ state }) => state === 'problem')).toEqual([])
    expect(await readdir(dataDir)).toEqual([])
  })

  it('names a database that is none and a key that others can read', async () => {
    const dataDir = await folder()
    await writeFile(join(dataDir, 'handrail.db'), 'not a database '.repeat(100))
    await writeFile(join(dataDir, 'handrail.key'), 'key')
    await chmod(join(dataDir, 'handrail.key'), 0o644)
    const findings = await examine(configOf({ DATA_DIR: dataDir }), at.getTime())
    const problems = findings.filter(({ state }) => state === 'problem').map(({ check }) => check)
    expect(problems).toEqual(['database', 'key-file'])
  })

  it('asks each platform once whether its tokens are good, and says no token', async () => {
    const asked: string[] = []
    const url = await platform((path, token) => {
      asked.push(path)
      if (path === '/api/v10/users/@me') return { status: 401, body: { message: 'canary' } }
      return path === '/slack/auth.test'
        ? { body: { ok: true } }
        : { body: { ok: false, error: token.includes('xapp') ? 'invalid_auth' : 'wrong', needed: 'canary' } }
    })
    const config = configOf({
      DATA_DIR: await folder(),
      DISCORD_TOKEN: 'secret-canary-of-discord'.repeat(3),
      DISCORD_API_URL: `${url}/api`,
      SLACK_BOT_TOKEN: 'xoxb-secret-canary',
      SLACK_APP_TOKEN: 'xapp-secret-canary',
      SLACK_API_URL: `${url}/slack/`,
    })
    const findings = await examine(config, at.getTime() + 60_000)
    expect(asked.toSorted()).toEqual([
      '/api/v10/users/@me',
      '/slack/apps.connections.open',
      '/slack/auth.test',
    ])
    const states = findings.map(({ check, state }) => `${check} ${state}`)
    expect(states).toEqual(
      expect.arrayContaining(['discord problem', 'slack good', 'slack problem', 'clock warning']),
    )
    expect(JSON.stringify(findings)).toContain('invalid_auth')
    expect(JSON.stringify(findings)).not.toContain('canary')
  })

  it('does not call a platform that is away a problem', async () => {
    const config = configOf({
      DATA_DIR: await folder(),
      SLACK_BOT_TOKEN: 'xoxb-1',
      SLACK_SIGNING_SECRET: 'x'.repeat(32),
      SLACK_API_URL: 'http://127.0.0.1:9/',
    })
    const findings = await examine(config, at.getTime())
    expect(findings).toContainEqual(expect.objectContaining({ check: 'slack', state: 'warning' }))
  })
})
