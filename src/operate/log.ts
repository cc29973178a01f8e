// Logging by allow-list (SE-10): only entries of this closed set, only these fields, never a word anybody wrote.
import pino from 'pino'
import type { LogLevel } from '../config.ts'

type Named = { readonly name: string; readonly code?: string; readonly frames: readonly string[] }

export type LogEntry =
  | { readonly what: 'started'; readonly platforms: readonly string[]; readonly ms: number }
  | { readonly what: 'migrated'; readonly count: number }
  | { readonly what: 'stopping'; readonly signal: string }
  | { readonly what: 'stopped'; readonly ms: number }
  | { readonly what: 'listening'; readonly part: 'playground' | 'health' | 'slack'; readonly url: string }
  | {
      readonly what: 'handler-failed'
      readonly piece: string
      readonly reference: string
      readonly error: unknown
    }
  | { readonly what: 'delivery-failed' | 'store-failed' | 'catching-up-failed'; readonly error: unknown }
  /** Both are short words from the adapter's own lists or the platform's error names. */
  | { readonly what: 'platform'; readonly platform: string; readonly event: string; readonly code?: string }
  | { readonly what: 'last-resort'; readonly kind: 'exception' | 'rejection'; readonly error: unknown }

export type Log = (entry: LogEntry) => void

const levelOf: Readonly<Record<LogEntry['what'], 'info' | 'warn' | 'error'>> = {
  started: 'info',
  migrated: 'info',
  stopping: 'info',
  stopped: 'info',
  listening: 'info',
  'handler-failed': 'error',
  'delivery-failed': 'error',
  'store-failed': 'error',
  'catching-up-failed': 'warn',
  platform: 'warn',
  'last-resort': 'error',
}

const word = /^[\w.:-]{1,64}$/

/** Name, code and where in the code; an error's message, cause and other properties may hold anybody's words. */
export function namedError(error: unknown): Named {
  if (!(error instanceof Error)) return { name: typeof error, frames: [] }
  const frames = (error.stack ?? '')
    .split('\n')
    .filter((line) => /^\s+at .*:\d+:\d+\)?$/.test(line))
    .slice(0, 12)
  const code = 'code' in error ? String(error.code) : ''
  return {
    name: word.test(error.name) ? error.name : 'Error',
    ...(word.test(code) && { code }),
    frames: frames.map((line) => line.trim()),
  }
}

/** The types let only names and numbers in; a string that is neither a name, a path nor an address is left out all the same. */
const plain = (value: unknown): boolean =>
  Array.isArray(value)
    ? value.every(plain)
    : typeof value === 'number' || (typeof value === 'string' && /^[\w.:/[\]@-]{1,128}$/.test(value))

/** `write` takes one line; standard output unless given. */
export function createLog(level: LogLevel, write?: (line: string) => void): Log {
  const destination = write ? { write } : pino.destination({ sync: true })
  const logger = pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, destination)
  return ({ what, ...fields }) => {
    const { error, ...rest } = fields as Readonly<Record<string, unknown>>
    const kept = Object.fromEntries(Object.entries(rest).filter(([, value]) => plain(value)))
    logger[levelOf[what]]({ ...kept, ...('error' in fields && { error: namedError(error) }) }, what)
  }
}
