// A file that a person hands over. Its bytes are fetched only when they are asked for, and only from the platform's own hosts.
import { Refusal } from '../words/refusal.ts'
import { t } from '../words/text.ts'

export type Upload = {
  readonly name: string
  readonly size: number
  /** Throws a `Refusal` when the platform does not give it. */
  readonly read: () => Promise<Uint8Array>
}

export const isUpload = (value: unknown): value is Upload =>
  typeof value === 'object' && value !== null && 'read' in value && typeof value.read === 'function'

const patienceMs = 20_000

async function bytesOf({ body, ok }: Response, most: number): Promise<Uint8Array> {
  if (!ok || body === null) throw new Error('the platform gave no file')
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body as ReadableStream<Uint8Array>) {
    size += chunk.length
    if (size > most) throw new Error('the file is longer than the platform said')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** Fetches from one of `hosts` and nowhere else, without following to another address. */
export const fetchFrom =
  (hosts: readonly string[], headers: Readonly<Record<string, string>> = {}) =>
  async (address: string, size: number): Promise<Uint8Array> => {
    try {
      if (!hosts.includes(new URL(address).origin)) throw new Error('the file is somewhere else')
      const signal = AbortSignal.timeout(patienceMs)
      return await bytesOf(await fetch(address, { headers, redirect: 'error', signal }), size)
    } catch {
      throw new Refusal(t('kit.problem.file.lost'))
    }
  }
export type FetchFile = ReturnType<typeof fetchFrom>
