// The safety screen: every free text, in threads of its own so that nobody else waits. A text that could not be read in
// time is an error for the caller, who turns it into an item for people; it is never silence.
import { startThread } from '../../thread.ts'
import type { Verdict } from './judge.ts'

type Answer = { readonly id: number; readonly verdict?: Verdict; readonly problem?: string }
type Waiting = { readonly done: (verdict: Verdict) => void; readonly failed: (problem: Error) => void }

/** `early`: while the sentence model is being read, answer by words and rules instead of waiting for it, and say so. */
export type ScreenOptions = {
  readonly threads?: number
  readonly patience?: number
  readonly early?: boolean
}

/** Longer texts are nobody's own words; the beginning and the end of them are read. */
const longest = 200_000
const cut = (text: string): string =>
  text.length <= longest ? text : `${text.slice(0, longest / 2)}\n${text.slice(-longest / 2)}`

function createThread(begun: () => void) {
  const waiting = new Map<number, Waiting>()
  const worker = startThread(new URL('./screen-thread.ts', import.meta.url))
  let gone: Error | undefined
  let ready = false
  const lost = (problem: Error) => {
    gone = problem
    for (const { failed } of waiting.values()) failed(problem)
    waiting.clear()
  }
  worker.on('message', (answer: Answer | 'ready') => {
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
  worker.on('error', (problem) => lost(problem instanceof Error ? problem : new Error(String(problem))))
  worker.on('exit', () => lost(new Error('the screen ended')))
  return {
    waiting,
    gone: () => gone !== undefined,
    ready: () => ready,
    ask(id: number, text: string, early: boolean, one: Waiting) {
      waiting.set(id, one)
      worker.postMessage({ id, text, early })
    },
    close: () => worker.terminate(),
  }
}

type Thread = ReturnType<typeof createThread>

/** What was read early can be read again, whole, once the sentence model is there. */
export type ScreenVerdict = Verdict & { readonly again?: () => Promise<Verdict> }
/** The sentence model of a busy machine that just started. */
const againMs = 60_000

export function createScreen({ threads = 2, patience = 5_000, early = false }: ScreenOptions = {}) {
  let last = 0
  let closed = false
  // One after the other: the first answers sooner when it need not share the machine with the rest.
  const pool = [createThread(grow)]
  function grow() {
    if (!closed && pool.length < threads) pool.push(createThread(grow))
  }

  /** One that has read its models, with the least to do; one that ended or hangs is replaced. */
  function idlest() {
    for (const [at, thread] of pool.entries()) if (thread.gone()) pool[at] = createThread(grow)
    const better = (a: Thread, b: Thread) =>
      Number(b.ready()) - Number(a.ready()) || a.waiting.size - b.waiting.size
    return pool.toSorted(better)[0] ?? createThread(grow)
  }

  function ask(text: string, early: boolean, patience: number): Promise<Verdict> {
    return new Promise((done, failed) => {
      if (closed) return failed(new Error('the screen is closed'))
      const id = ++last
      const thread = idlest()
      const late = setTimeout(() => {
        failed(new Error(`the screen gave no answer within ${patience} ms`))
        // One that is still reading its models is not stuck.
        if (thread.waiting.delete(id) && thread.ready()) void thread.close()
      }, patience)
      const settled =
        <T>(then: (value: T) => void) =>
        (value: T) => {
          clearTimeout(late)
          then(value)
        }
      thread.ask(id, cut(text), early, { done: settled(done), failed: settled(failed) })
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
      await Promise.all(pool.map((thread) => thread.close()))
    },
  }
}
export type Screen = ReturnType<typeof createScreen>
