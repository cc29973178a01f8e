// The thread that makes vectors. It ends by itself where the optional packages are missing.
import { parentPort } from 'node:worker_threads'
import { loadVectors } from './vectors.ts'

const vectors = await loadVectors()
if (vectors === undefined) parentPort?.close()
else
  parentPort?.on('message', ({ id, text }: { readonly id: number; readonly text: string }) => {
    const answer = (vector?: readonly number[]) => parentPort?.postMessage({ id, vector })
    vectors([text]).then(
      ([vector]) => answer(vector),
      () => answer(),
    )
  })
