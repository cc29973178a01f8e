// A process of its own for each ending: signals and last words cannot be tried inside the test runner.
import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Runs `body` with `log`, `stopOnSignal` and `lastResort` at hand; `signal` is sent once it says "ready". */
async function run(body: string, signal?: NodeJS.Signals) {
  const source = `
    import { createLog } from './src/operate/log.ts'
    import { lastResort, stopOnSignal } from './src/operate/shutdown.ts'
    const log = createLog('trace')
    const alive = setInterval(() => {}, 1000)
    ${body}
    process.stdout.write('ready\\n')`
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', source], {
    cwd: root,
  })
  let said = ''
  const hear = (chunk: Buffer) => {
    said += chunk.toString()
    if (signal && said.includes('ready\n')) {
      child.kill(signal)
      signal = undefined
    }
  }
  child.stdout.on('data', hear)
  child.stderr.on('data', hear)
  const code = await new Promise((resolve) => child.on('close', resolve))
  return { code, said }
}

describe('the end', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('drains on %s, then exits 0', async (signal) => {
    const { code, said } = await run(
      `stopOnSignal(async () => {
        await new Promise((done) => setTimeout(done, 50))
        process.stdout.write('drained\\n')
      }, log)`,
      signal,
    )
    expect(code).toBe(0)
    expect(said).toMatch(/stopping[^]*drained[^]*stopped/)
  })

  it('exits by itself, not as well, when a part will not drain', async () => {
    const { code } = await run('stopOnSignal(() => new Promise(() => {}), log)', 'SIGTERM')
    expect(code).toBe(1)
  })

  it('exits 1 when draining fails, and repeats none of the words', async () => {
    const { code, said } = await run(
      `stopOnSignal(() => Promise.reject(new Error('canary')), log)`,
      'SIGTERM',
    )
    expect(code).toBe(1)
    expect(said).not.toContain('canary')
  })

  it.each([
    ['an exception', `lastResort(log); setTimeout(() => { throw new TypeError('canary') })`],
    ['a rejection', `lastResort(log); Promise.reject(new TypeError('canary', { cause: 'canary' }))`],
    ['a rejection with words for a reason', `lastResort(log); Promise.reject('canary words')`],
    ['a rejection with nothing', `lastResort(log); Promise.reject()`],
  ])('after %s nobody caught, leaves with where it was and no word of what it said', async (_what, body) => {
    const { code, said } = await run(body)
    expect(code).toBe(70)
    expect(said).toContain('last-resort')
    expect(said).not.toContain('canary')
  })
})
