// A thread of its own from a TypeScript file: threads do not take over from the main one how to read such files.
import { Worker } from 'node:worker_threads'

const reader = import.meta.resolve('tsx/esm/api')

/** It keeps nobody from ending. */
export function startThread(file: URL): Worker {
  const start = `import { register } from "${reader}"; register(); await import("${file.href}")`
  const worker = new Worker(new URL(`data:text/javascript,${encodeURIComponent(start)}`), { execArgv: [] })
  worker.unref()
  return worker
}
