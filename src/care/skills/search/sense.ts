// Vectors of sentences from the optional packages, made in a thread of their own so that nobody else waits.
import { startThread } from '../../thread.ts'
import type { Sense } from './search.ts'

type Answer = { readonly id: number; readonly vector: readonly number[] | undefined }

/** Undefined vectors where the packages are not installed: the words alone answer then. */
export function createSense(patience = 3_000): Sense {
  const worker = startThread(new URL('./sense-thread.ts', import.meta.url))
  const waiting = new Map<number, (vector: readonly number[] | undefined) => void>()
  let gone = false
  const lost = () => {
    gone = true
    for (const answer of waiting.values()) answer(undefined)
    waiting.clear()
  }
  worker.on('message', ({ id, vector }: Answer) => {
    waiting.get(id)?.(vector)
    waiting.delete(id)
  })
  worker.on('error', lost)
  worker.on('exit', lost)
  let last = 0
  return {
    of: (text) =>
      new Promise((done) => {
        if (gone) return done(undefined)
        const id = ++last
        const late = setTimeout(() => {
          waiting.delete(id)
          done(undefined)
        }, patience)
        waiting.set(id, (vector) => {
          clearTimeout(late)
          done(vector)
        })
        worker.postMessage({ id, text })
      }),
    async close() {
      await worker.terminate()
    },
  }
}
