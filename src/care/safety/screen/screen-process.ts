// The thread that reads texts for the screen.
import { setImmediate } from 'node:timers/promises'
import { parentPort } from 'node:worker_threads'
import { createJudge, type Judge, type Verdict } from './judge.ts'
import { createModel } from './model.ts'
import { loadSense } from './sense.ts'

type Asked = { readonly id: number; readonly text: string; readonly early: boolean }

const words = createModel()
const quick = createJudge(words)
let whole: Judge | undefined
// What was asked before is answered by words first: reading the sentence model holds this thread up.
async function load(): Promise<void> {
  await setImmediate()
  whole = createJudge(words, await loadSense())
  parentPort?.postMessage('ready')
}
const loading = load()

async function verdictOf(text: string, early: boolean): Promise<Verdict> {
  if (whole === undefined && early) return { ...(await quick.judge(text, true)), early: true }
  await loading
  return (whole ?? quick).judge(text)
}

parentPort?.on('message', ({ id, text, early }: Asked) => {
  verdictOf(text, early).then(
    (verdict) => parentPort?.postMessage({ id, verdict }),
    (problem: unknown) => parentPort?.postMessage({ id, problem: String(problem) }),
  )
})
