// A process of the product's own code that can be spoken to by lines and killed at any moment.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

export type Child = {
  /** Resolves at the first such line, from now on. */
  said(line: string): Promise<void>
  write(line: string): void
  /** Resolves when the process has ended, however it did. */
  readonly gone: Promise<unknown>
  hasEnded(): boolean
  kill(): Promise<void>
}

export function startChild(
  script: URL,
  args: readonly string[],
  onLine: (line: string) => void = () => {},
): Child {
  const running = spawn(process.execPath, ['--import', 'tsx', script.pathname, ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const gone = once(running, 'exit')
  // Writing to a process that was just killed is part of the plan.
  running.stdin.on('error', () => {})
  const lines = createInterface({ input: running.stdout })
  lines.on('line', onLine)
  return {
    said: (what) => new Promise((go) => lines.on('line', (line) => line === what && go())),
    write: (line) => void running.stdin.write(`${line}\n`),
    gone,
    hasEnded: () => running.exitCode !== null || running.signalCode !== null,
    async kill() {
      running.kill('SIGKILL')
      await gone
    },
  }
}

export const inFolder = async <T>(work: (folder: string) => Promise<T>): Promise<T> => {
  const folder = await mkdtemp(join(tmpdir(), 'handrail-chaos-'))
  try {
    return await work(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
