import { execFile } from 'node:child_process'
import { mkdtemp, readdir, rm, truncate } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { commands } from '../../commands/index.ts'
import { collect } from '../../src/kit/features.ts'
import { openStore } from '../../src/store/connect.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
let dataDir: string
beforeAll(async () => void (dataDir = await mkdtemp(join(tmpdir(), 'handrail-cli-'))))
afterAll(() => rm(dataDir, { recursive: true }))

type Ended = { readonly code: number; readonly out: string; readonly err: string }

/** Runs the command line with these settings and no others. */
const run = (words: string, settings: Readonly<Record<string, string>> = {}): Promise<Ended> =>
  new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      ['--import', 'tsx', 'src/operate/cli.ts', ...words.split(' ')],
      { cwd: root, env: { PATH: process.env['PATH'], DATA_DIR: dataDir, PORT: '9', ...settings } },
      (_error, out, err) => resolve({ code: child.exitCode ?? -1, out, err }),
    )
  })

describe('the command line', () => {
  it('explains itself, with examples and exit codes', async () => {
    const { code, out } = await run('--help')
    expect(code).toBe(0)
    for (const words of ['doctor', 'slack-manifest', 'Examples:', 'Exit codes:']) expect(out).toContain(words)
  })

  it('refuses what it does not know, and shows its help', async () => {
    const { code, err } = await run('docter')
    expect(code).toBe(1)
    expect(err).toMatch(/unknown command[^]*Usage:/)
  })

  it('prints nothing but the manifest, with every command', async () => {
    const { code, out } = await run('slack-manifest --json --name Hafen')
    expect(code).toBe(0)
    const manifest = JSON.parse(out) as {
      display_information: { name: string }
      features: { slash_commands: unknown[] }
    }
    expect(manifest.display_information.name).toBe('Hafen')
    expect(manifest.features.slash_commands).toHaveLength(collect(commands).commands.size)
  })

  it('examines without leaving anything behind, and ends well when there are warnings only', async () => {
    const { code, out } = await run('doctor --json')
    expect(code).toBe(0)
    const { ok, findings } = JSON.parse(out) as { ok: boolean; findings: { check: string }[] }
    expect(ok).toBe(true)
    expect(findings.map(({ check }) => check)).toEqual(
      expect.arrayContaining(['database', 'key-file', 'clock', 'program']),
    )
    expect(await readdir(dataDir)).toEqual([])
  })

  it('makes a backup, verifies it, and puts it into another place', async () => {
    const [from, to] = await Promise.all(
      ['from', 'to'].map((name) => mkdtemp(join(tmpdir(), `handrail-cli-${name}-`))),
    )
    if (from === undefined || to === undefined) throw new Error('no folder')
    await (await openStore({ databaseUrl: `file:${join(from, 'handrail.db')}`, dataDir: from })).close()
    const path = join(from, 'monday.backup')
    const there = { DATA_DIR: from }
    const made = await run(`backup ${path} --json`, there)
    expect(JSON.parse(made.out)).toMatchObject({ ok: true, path, rows: { Person: 0 } })
    expect(await run(`backup ${path}`, there)).toMatchObject({
      code: 78,
      out: expect.stringContaining('already'),
    })
    const verified = await run(`verify ${path}`, there)
    expect(verified).toMatchObject({ code: 0, out: expect.stringMatching(/^good .*none changed/) })
    const elsewhere = { DATA_DIR: to, HANDRAIL_KEY_FILE: join(from, 'handrail.key') }
    const restored = await run(`restore ${path} --json`, elsewhere)
    expect(JSON.parse(restored.out)).toMatchObject({ ok: true, leftOut: 0 })
    await truncate(path, 60)
    const broken = await run(`verify ${path} --json`, there)
    expect(broken.code).toBe(1)
    expect(JSON.parse(broken.out)).toMatchObject({
      ok: false,
      problems: [expect.stringContaining('cut short')],
    })
    await rm(from, { recursive: true })
    await rm(to, { recursive: true })
  })

  it('ends with 78 when a setting is wrong, in sentences and for scripts', async () => {
    const wrong = { SLACK_BOT_TOKEN: 'xoxb-canary' }
    const said = await run('doctor', wrong)
    expect(said.code).toBe(78)
    expect(said.out).toContain('SLACK_APP_TOKEN')
    const scripted = await run('doctor --json', wrong)
    expect(scripted.code).toBe(78)
    expect(JSON.parse(scripted.out)).toMatchObject({ ok: false, findings: [{ check: 'settings' }] })
    expect(said.out + scripted.out).not.toContain('canary')
  })
})
