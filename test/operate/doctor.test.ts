import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { readFileSync } from 'node:fs'
import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PermissionFlagsBits } from 'discord.js'
import { afterEach, describe, expect, it } from 'vitest'
import { readConfig } from '../../src/config.ts'
import {
  aboutClock,
  aboutDisk,
  aboutKeyFile,
  aboutProgram,
  aboutRemoval,
  aboutRoster,
} from '../../src/operate/doctor/checks.ts'
import { examine } from '../../src/operate/doctor/doctor.ts'
import type { Finding } from '../../src/operate/doctor/finding.ts'
import { lookInto, type ProgramSeen } from '../../src/store/look.ts'
import type { Duty } from '../../src/care/safety/duty.ts'
import { linesFor } from '../../src/care/safety/helplines.ts'
import { connect } from '../../src/store/connection.ts'
import { openStore } from '../../src/store/connect.ts'
import { newId } from '../../src/store/ids.ts'
import { permissions } from '../../src/platforms/discord/permissions.ts'
import { scopes } from '../../src/platforms/slack/manifest.ts'
import { startDiscordServer } from '../support/discord-server.ts'
import { appToken, botToken, startSlackServer } from '../support/slack-server.ts'
import { addPeople, addProgram } from '../support/delivery-rows.ts'
import { eachDatabase } from '../support/databases.ts'

const today = '2026-11-23'
const needs = { slackScopes: scopes, discordPermissions: permissions }
const at = new Date(`${today}T10:00:00Z`)

describe('what the doctor says', () => {
  const steady: ProgramSeen = {
    name: 'Harbor',
    country: 'US',
    facilitators: 1,
    rooms: 1,
    reviews: [],
    zone: 'America/New_York',
    duties: [],
    unreachedOnDuty: 0,
  }
  const warnings = (program: ProgramSeen) =>
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

  it('names the day on which a removed program is erased', () => {
    expect(aboutRemoval(steady)).toEqual([])
    const [found] = aboutRemoval({ ...steady, removedAt: at })
    expect(found).toMatchObject({ check: 'removed', state: 'warning' })
    expect(found?.says).toContain('removed from Harbor on 2026-11-23')
    expect(found?.says).toContain('erased on 2026-12-23')
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

  const duty = (days: readonly number[], from: string, to: string): Duty => ({
    id: 'd',
    personId: 'p',
    rung: 0,
    days,
    from,
    to,
    zone: 'America/New_York',
  })
  const everyDay = [1, 2, 3, 4, 5, 6, 7]
  const roster = (duties: readonly Duty[], unreachedOnDuty = 0) =>
    aboutRoster({ ...steady, duties, unreachedOnDuty }, new Date('2026-11-25T12:00:00Z'))

  it('warns of a week with nobody on duty, and names the hours when some are open', () => {
    expect(roster([])).toEqual([expect.objectContaining({ check: 'roster', state: 'warning' })])
    expect(roster([duty(everyDay, '00:00', '00:00')])).toEqual([
      expect.objectContaining({ state: 'good', says: expect.stringContaining('at every hour') as string }),
    ])
    // Monday to Friday, 09:00 to 17:00: 40 of 168 hours; the weekend is the longest without anybody.
    const [found] = roster([duty([1, 2, 3, 4, 5], '09:00', '17:00')])
    expect(found?.state).toBe('good')
    expect(found?.says).toContain('128 of the next 168 hours, at most from Fri 17:00 to Mon 09:00')
  })

  it('finds a hole of one hour between two on the roster', () => {
    const [found] = roster([duty(everyDay, '09:00', '21:00'), duty(everyDay, '22:00', '09:00')])
    expect(found?.says).toContain('7 of the next 168 hours')
    expect(found?.says).toMatch(/from \w+ 21:00 to \w+ 22:00/)
  })

  it('calls it a problem when somebody on the roster cannot be reached', () => {
    expect(roster([duty(everyDay, '00:00', '00:00')], 1).map(({ state }) => state)).toEqual([
      'good',
      'problem',
    ])
  })

  it.each([
    [undefined, 'warning'],
    [150e6, 'problem'],
    [1500e6, 'warning'],
    [20e9, 'good'],
  ])('with %s bytes free the disk is %s', (free, state) => {
    expect(aboutDisk('/data', free).state).toBe(state)
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
          zone: 'UTC',
          unreachedOnDuty: 0,
          duties: [],
          reviews: [{ line: '988', verifiedAt: at }],
        },
      ])
    } finally {
      await store.close()
    }
  })
})

eachDatabase((make) => {
  it('sees the roster of each program without those who left, and who on it cannot be reached', async () => {
    const { url } = await make()
    const { prisma, close } = await connect(url)
    const program = await addProgram(prisma)
    const { people } = await addPeople(prisma, program, 2, [])
    const [ana = '', bea = ''] = people
    const left = await addPeople(prisma, program, 1, [], { leftAt: at })
    const [gone = ''] = left.people
    const line = { programId: program.id, rung: 0, days: '[1,2]', fromTime: '09:00', toTime: '17:00' }
    await prisma.duty.createMany({
      data: [ana, bea, gone].map((personId) => ({ ...line, id: newId(), personId, zone: 'UTC', since: at })),
    })
    await prisma.duty.create({
      data: { ...line, id: newId(), personId: ana, zone: 'UTC', since: at, endedAt: at },
    })
    await prisma.account.updateMany({ where: { personId: bea }, data: { unreachableSince: at } })
    await prisma.account.updateMany({ where: { personId: gone }, data: { unreachableSince: at } })
    await close()
    const [seen] = (await lookInto(url))?.programs ?? []
    expect(seen?.duties.map(({ personId }) => personId).toSorted()).toEqual([ana, bea].toSorted())
    expect(seen?.duties[0]).toMatchObject({ days: [1, 2], from: '09:00', to: '17:00', zone: 'UTC' })
    expect(seen?.unreachedOnDuty).toBe(1)
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
    const findings = await examine(configOf({ DATA_DIR: dataDir }), needs, at.getTime())
    expect(findings.filter(({ state }) => state === 'problem')).toEqual([])
    expect(await readdir(dataDir)).toEqual([])
  })

  it('names a database that is none and a key that others can read', async () => {
    const dataDir = await folder()
    await writeFile(join(dataDir, 'handrail.db'), 'not a database '.repeat(100))
    await writeFile(join(dataDir, 'handrail.key'), 'key')
    await chmod(join(dataDir, 'handrail.key'), 0o644)
    const findings = await examine(configOf({ DATA_DIR: dataDir }), needs, at.getTime())
    const problems = findings.filter(({ state }) => state === 'problem').map(({ check }) => check)
    expect(problems).toEqual(['database', 'key-file'])
  })

  it('says what a Slack app was not given, and what it was given for nothing', async () => {
    const server = await startSlackServer()
    stops.push(() => server.stop())
    const config = configOf({
      DATA_DIR: await folder(),
      SLACK_BOT_TOKEN: botToken,
      SLACK_APP_TOKEN: appToken,
      SLACK_API_URL: server.apiUrl,
    })
    const scopesWith = async (given: readonly string[]) => {
      server.state.scopes.splice(0, Infinity, ...given)
      const findings = await examine(config, needs, Date.now())
      return findings.find(({ check }) => check === 'slack-scopes')
    }
    expect(await scopesWith(scopes)).toMatchObject({ state: 'good' })
    const fewer = scopes.filter((one) => one !== 'im:write' && one !== 'files:read')
    expect(await scopesWith(fewer)).toMatchObject({
      state: 'problem',
      says: expect.stringContaining('im:write, files:read') as string,
    })
    expect(await scopesWith([...scopes, 'users:read.email'])).toMatchObject({
      state: 'warning',
      says: expect.stringContaining('users:read.email') as string,
    })
  })

  it('says what a Discord bot may not hear or do, by the words of Discord’s page', async () => {
    const server = await startDiscordServer()
    stops.push(() => server.stop())
    const guild = server.guild('Evening')
    const member = server.state.join(guild, server.state.bot)
    const look = async (readRooms: 'on' | 'off', flags: number, allowed: bigint) => {
      Object.assign(server.state.application, { flags, isPublic: false })
      Object.assign(member, { permissions: String(allowed) })
      const config = configOf({
        DATA_DIR: await folder(),
        DISCORD_TOKEN: server.token,
        DISCORD_API_URL: server.apiUrl,
        DISCORD_READ_ROOMS: readRooms,
      })
      const findings = await examine(config, needs, Date.now())
      return findings.filter(({ check }) => check.startsWith('discord'))
    }
    const all = Object.values(permissions).reduce((sum, bit) => sum | bit, 0n)
    const states = (findings: readonly Finding[]) => findings.map(({ check, state }) => `${check} ${state}`)
    const fine = ['discord good', 'discord-intents good', 'discord-permissions good']
    expect(states(await look('off', 0, all))).toEqual(fine)
    expect(states(await look('on', 1 << 19, all))).toEqual(fine)
    expect(states(await look('on', 0, all))).toContain('discord-intents problem')
    expect(states(await look('off', 1 << 18, all))).toContain('discord-intents warning')
    expect(states(await look('off', 0, 1n << 3n))).toContain('discord-permissions warning')
    expect(await look('off', 0, all & ~permissions['Manage Roles'])).toContainEqual({
      check: 'discord-permissions',
      state: 'problem',
      says: expect.stringContaining('In Evening the bot lacks: Manage Roles.') as string,
    })
    server.state.application.isPublic = true
    const again = await examine(
      configOf({ DATA_DIR: await folder(), DISCORD_TOKEN: server.token, DISCORD_API_URL: server.apiUrl }),
      needs,
      Date.now(),
    )
    expect(states(again)).toContain('discord-public warning')
  })

  it('asks for the permissions that the page of the invitation names, by Discord’s own bits', () => {
    const page = readFileSync(new URL('../../docs/discord.md', import.meta.url), 'utf8')
    const [, table = ''] = /\| Permission \| Why \|\n\|[-| ]+\|\n((?:\|.*\n)+)/.exec(page) ?? []
    const named = [...table.matchAll(/^\| ([^|]+) \|/gm)].flatMap(([, names = '']) => names.split(', '))
    expect(named.toSorted()).toEqual(Object.keys(permissions).toSorted())
    const bits: Readonly<Record<string, bigint>> = { ...PermissionFlagsBits }
    const theirs = (name: string) =>
      bits[
        name
          .replace('View Channels', 'ViewChannel')
          .replace('Moderate Members', 'ModerateMembers')
          .replace(' ', '')
      ]
    for (const [name, bit] of Object.entries(permissions)) expect(theirs(name), name).toBe(bit)
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
    const findings = await examine(config, needs, at.getTime() + 60_000)
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
    const findings = await examine(config, needs, at.getTime())
    expect(findings).toContainEqual(expect.objectContaining({ check: 'slack', state: 'warning' }))
  })
})
