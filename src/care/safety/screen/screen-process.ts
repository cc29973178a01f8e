// The process that reads texts for the screen. It ends with the process that started it, and not before: an interrupt at the
// keyboard reaches both, and what was asked last is still to be answered.
import { setImmediate } from 'node:timers/promises'
import { createJudge, type Judge, type Verdict } from './judge.ts'
import { createModel } from './model.ts'
import { loadSense } from './sense.ts'

type Asked = { readonly id: number; readonly text: string; readonly early: boolean }

const tell = (said: object | string) => void process.send?.(said, undefined, undefined, () => undefined)

const words = createModel()
const quick = createJudge(words)
let whole: Judge | undefined
// What was asked before is answered by words first: reading the sentence model holds this process up.
async function load(): Promise<void> {
  await setImmediate()
  whole = createJudge(words, await loadSense())
  tell('ready')
}
const loading = load()

async function verdictOf(text: string, early: boolean): Promise<Verdict> {
  if (whole === undefined && early) return { ...(await quick.judge(text, true)), early: true }
  await loading
  return (whole ?? quick).judge(text)
}

process.on('message', ({ id, text, early }: Asked) => {
  verdictOf(text, early).then(
    (verdict) => tell({ id, verdict }),
    (problem: unknown) => tell({ id, problem: String(problem) }),
  )
})
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined)
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'))
