import { execFile } from 'node:child_process'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { commands } from '../../commands/index.ts'
import { collect } from '../../src/kit/features.ts'

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
