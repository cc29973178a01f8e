// What docs/deploy hands to an operator, held against what the bot needs.
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdtemp, readFile, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterEach, describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const page = (path: string) => readFile(join(root, path), 'utf8')

let folder: string | undefined
afterEach(async () => {
  if (folder !== undefined) await rm(folder, { recursive: true, force: true })
  folder = undefined
})

/** Files that the first stage of the container file copies from the repository. */
const copied = (containerfile: string): readonly string[] =>
  [...containerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, names = '']) => names.split(' '))

describe('the container file', () => {
  it('copies everything the bot needs to start and to stop in order', async () => {
    const containerfile = await page('docs/deploy/Containerfile')
    folder = await mkdtemp(join(tmpdir(), 'handrail-container-'))
    const app = join(folder, 'app')
    for (const name of copied(containerfile)) await cp(join(root, name), join(app, name), { recursive: true })
    await symlink(join(root, 'node_modules'), join(app, 'node_modules'))
    const [, entry = '[]'] = /^ENTRYPOINT (.+)$/m.exec(containerfile) ?? []
    const [program = '', ...words] = JSON.parse(entry) as string[]
    const env = { PATH: process.env['PATH'], DATA_DIR: join(folder, 'data'), PORT: '0', PLAYGROUND_PORT: '0' }
    const bot = spawn(program, words, { cwd: app, env })
    let said = ''
    const started = new Promise<boolean>((done) => {
      bot.stdout.on('data', (chunk: Buffer) => {
        said += chunk.toString()
        if (said.includes('Handrail is here')) done(true)
      })
      bot.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
      bot.once('exit', () => done(false))
    })
    expect(await started, said).toBe(true)
    const ended = once(bot, 'exit')
    bot.kill('SIGTERM')
    expect(await ended, said).toEqual([0, null])
  })

  it('copies by name, so that no data folder and no token come along, and runs as nobody special', async () => {
    const containerfile = await page('docs/deploy/Containerfile')
    const names = copied(containerfile)
    expect(names).toContain('src')
    for (const name of names) expect(name).toMatch(/^[\w-]+(\.json)?$/)
    const [, last = ''] = containerfile.split(/^FROM .*-slim$/m)
    expect(last).toMatch(/^USER node$/m)
    expect(containerfile).not.toMatch(/TOKEN|SECRET|KEY/)
  })
})

describe('the systemd unit', () => {
  it('starts what the container starts, and leaves a wrong setting to a person', async () => {
    const unit = await page('docs/deploy/handrail.service')
    const entry = /^ENTRYPOINT (.+)$/m.exec(await page('docs/deploy/Containerfile'))?.[1] ?? '[]'
    expect(unit).toContain(`ExecStart=/usr/bin/${(JSON.parse(entry) as string[]).join(' ')}\n`)
    const main = await page('src/main.ts')
    const [, code] = /^const badConfiguration = (\d+)$/m.exec(main) ?? []
    expect(code).toBeDefined()
    expect(unit).toContain(`RestartPreventExitStatus=${code}\n`)
  })
})

describe('the list of packages', () => {
  it('needs no network, names what runs with the bot, and marks what only its makers use', async () => {
    const env = { ...process.env, npm_config_offline: 'true', npm_config_registry: 'http://127.0.0.1:9/' }
    const { stdout } = await promisify(execFile)('npm', ['run', '--silent', 'sbom'], {
      cwd: root,
      env,
      maxBuffer: 2 ** 26,
    })
    type Component = {
      readonly name: string
      readonly version: string
      readonly properties?: readonly { readonly name: string }[]
    }
    const bill = JSON.parse(stdout) as {
      readonly bomFormat: string
      readonly components: readonly Component[]
    }
    expect(bill.bomFormat).toBe('CycloneDX')
    const { dependencies, devDependencies } = JSON.parse(await page('package.json')) as {
      readonly dependencies: Readonly<Record<string, string>>
      readonly devDependencies: Readonly<Record<string, string>>
    }
    const listed = new Map(bill.components.map((one) => [one.name, one.version]))
    for (const [name, version] of Object.entries(dependencies)) expect(listed.get(name), name).toBe(version)
    const marked = bill.components.filter(({ properties = [] }) =>
      properties.some(({ name }) => name === 'cdx:npm:package:development'),
    )
    const development = new Set(marked.map(({ name }) => name))
    for (const name of Object.keys(dependencies)) expect(development.has(name), name).toBe(false)
    for (const name of ['vitest', 'oxlint', 'playwright-core']) {
      expect(devDependencies).toHaveProperty([name])
      expect(development.has(name), name).toBe(true)
    }
  })
})
