// The safety screen: every free text, in processes of its own, so that nobody else waits and nothing that goes wrong in there
// takes the bot along. A text that could not be read in time is an error for the caller, who turns it into an item for
// people; it is never silence.
import { fork } from 'node:child_process'
import type { Verdict } from './judge.ts'

type Answer = { readonly id: number; readonly verdict?: Verdict; readonly problem?: string }
type Waiting = { readonly done: (verdict: Verdict) => void; readonly failed: (problem: Error) => void }

/** `early`: while the sentence model is being read, answer by words and rules instead of waiting for it, and say so. */
export type ScreenOptions = {
  readonly processes?: number
  readonly patience?: number
  readonly early?: boolean
}

/** Longer texts are nobody's own words; the beginning and the end of them are read. */
const longest = 200_000
const cut = (text: string): string =>
  text.length <= longest ? text : `${text.slice(0, longest / 2)}\n${text.slice(-longest / 2)}`

const reader = import.meta.resolve('tsx')

/** With nothing of the environment: no token is its business. It keeps nobody from ending. */
function startProcess() {
  const file = new URL('./screen-process.ts', import.meta.url)
  const child = fork(file, { execArgv: ['--import', reader], env: {}, stdio: 'ignore' })
  child.unref()
  child.channel?.unref()
  return child
}

function createReading(begun: () => void) {
  const waiting = new Map<number, Waiting>()
  const child = startProcess()
  let gone: Error | undefined
  let ready = false
  const lost = (problem: Error) => {
    gone = problem
    for (const { failed } of waiting.values()) failed(problem)
    waiting.clear()
  }
  child.on('message', (said) => {
    const answer = said as Answer | 'ready'
    if (answer === 'ready') {
      ready = true
      return begun()
    }
    const { id, verdict, problem } = answer
    const one = waiting.get(id)
    waiting.delete(id)
    if (verdict === undefined) one?.failed(new Error(problem ?? 'the screen gave no answer'))
    else one?.done(verdict)
  })
  child.on('error', lost)
  child.on('exit', () => lost(new Error('the screen ended')))
  return {
    waiting,
    gone: () => gone !== undefined,
    ready: () => ready,
    ask(id: number, text: string, early: boolean, one: Waiting) {
      waiting.set(id, one)
      child.send({ id, text, early }, (problem) => problem && lost(problem))
    },
    close: () =>
      new Promise<void>((done) => {
        if (gone) return done()
        child.ref()
        child.once('exit', () => done())
        child.kill('SIGKILL')
      }),
  }
}

type Reading = ReturnType<typeof createReading>

/** What was read early can be read again, whole, once the sentence model is there. */
export type ScreenVerdict = Verdict & { readonly again?: () => Promise<Verdict> }
/** The sentence model of a busy machine that just started. */
const againMs = 60_000

export function createScreen({ processes = 2, patience = 5_000, early = false }: ScreenOptions = {}) {
  let last = 0
  let closed = false
  // One after the other: the first answers sooner when it need not share the machine with the rest.
  const pool = [createReading(grow)]
  function grow() {
    if (!closed && pool.length < processes) pool.push(createReading(grow))
  }

  /** One that has read its models, with the least to do; one that ended or hangs is replaced. */
  function idlest() {
    for (const [at, reading] of pool.entries()) if (reading.gone()) pool[at] = createReading(grow)
    const better = (a: Reading, b: Reading) =>
      Number(b.ready()) - Number(a.ready()) || a.waiting.size - b.waiting.size
    return pool.toSorted(better)[0] ?? createReading(grow)
  }

  function ask(text: string, early: boolean, patience: number): Promise<Verdict> {
    return new Promise((done, failed) => {
      if (closed) return failed(new Error('the screen is closed'))
      const id = ++last
      const reading = idlest()
      const late = setTimeout(() => {
        failed(new Error(`the screen gave no answer within ${patience} ms`))
        // One that is still reading its models is not stuck.
        if (reading.waiting.delete(id) && reading.ready()) void reading.close()
      }, patience)
      const settled =
        <T>(then: (value: T) => void) =>
        (value: T) => {
          clearTimeout(late)
          then(value)
        }
      reading.ask(id, cut(text), early, { done: settled(done), failed: settled(failed) })
    })
  }

  return {
    /** Rejects when the text was not read within `patience` milliseconds or could not be read at all. */
    async screen(text: string): Promise<ScreenVerdict> {
      const verdict = await ask(text, early, patience)
      if (verdict.early !== true) return verdict
      return { ...verdict, again: () => ask(text, false, againMs) }
    },
    async close() {
      closed = true
      await Promise.all(pool.map((reading) => reading.close()))
    },
  }
}
export type Screen = ReturnType<typeof createScreen>
