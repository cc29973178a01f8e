// The master key, in a file of its own: one key a line, the first in use, the others still able to open (SE-2).
import { createHash, createSecretKey, randomBytes, type KeyObject } from 'node:crypto'
import { link, mkdir, open, readFile, rename, stat, unlink } from 'node:fs/promises'
import { dirname } from 'node:path'
import { CannotStart } from './cannot-start.ts'
import { keyLength } from './sealed.ts'

/** `id` tells keys apart and says nothing about them. */
export type MasterKey = { readonly id: string; readonly key: KeyObject }
export type MasterKeys = readonly [current: MasterKey, ...older: MasterKey[]]

/** Reads the file, or makes one when nothing was ever sealed. Throws `CannotStart` otherwise. */
export async function masterKeys(path: string, somethingIsSealed: boolean): Promise<MasterKeys> {
  const lines = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw new CannotStart(`The key file ${path} cannot be read (${error.code}). Check who owns it.`)
  })
  if (lines !== undefined) return read(path, lines)
  if (somethingIsSealed)
    throw new CannotStart(
      `The key file ${path} is missing, and what people wrote cannot be opened without it. Put it back from its backup, or set HANDRAIL_KEY_FILE to where it is.`,
    )
  const beside = await writeBeside(path, [randomBytes(keyLength)])
  // A link, unlike a rename, never replaces the key that another process made in this moment.
  await link(beside, path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
  await unlink(beside)
  return masterKeys(path, true)
}

/** Leaves the first key only, once nothing is wrapped with the others. */
export async function dropOlderKeys(path: string): Promise<void> {
  const [current = ''] = (await readFile(path, 'utf8')).split('\n').filter(Boolean)
  await rename(await writeBeside(path, [Buffer.from(current, 'base64')]), path)
}

/** Puts a new key first. The next start wraps everybody's key with it; then the older lines can go. */
export async function addMasterKey(path: string): Promise<void> {
  const older = (await readFile(path, 'utf8')).split('\n').filter(Boolean)
  const keys = [randomBytes(keyLength), ...older.map((line) => Buffer.from(line, 'base64'))]
  await rename(await writeBeside(path, keys), path)
}

async function read(path: string, lines: string): Promise<MasterKeys> {
  const { mode } = await stat(path)
  if (process.platform !== 'win32' && (mode & 0o077) !== 0)
    throw new CannotStart(`Others on this machine can read the key file ${path}. Run: chmod 600 ${path}`)
  const [current, ...older] = lines
    .split('\n')
    .filter(Boolean)
    .map((line) => masterKey(path, line))
  if (current === undefined)
    throw new CannotStart(`The key file ${path} is empty. Put it back from its backup.`)
  return [current, ...older]
}

function masterKey(path: string, line: string): MasterKey {
  const bytes = Buffer.from(line, 'base64')
  if (bytes.length !== keyLength)
    throw new CannotStart(
      `The key file ${path} must hold keys of ${keyLength} bytes in base64, one a line. Put it back from its backup.`,
    )
  // Zeros, one byte over and over, or 0 1 2 3 and so on: keys of examples, known to everybody.
  const steps = new Set(bytes.map((byte, at) => (byte - (bytes[at - 1] ?? byte) + 256) % 256).subarray(1))
  if (steps.size === 1)
    throw new CannotStart(
      `The key file ${path} holds a key out of an example, which keeps nothing secret. Delete it before the first start, and the bot makes its own.`,
    )
  const id = createHash('sha256').update('handrail master key').update(bytes).digest('base64url').slice(0, 11)
  return { id, key: createSecretKey(bytes) }
}

/** On the disk before anything is sealed with it, beside its place. */
async function writeBeside(path: string, keys: readonly Buffer[]): Promise<string> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const beside = `${path}.${process.pid}`
  const file = await open(beside, 'wx', 0o600)
  try {
    await file.writeFile(`${keys.map((key) => key.toString('base64')).join('\n')}\n`)
    await file.sync()
  } finally {
    await file.close()
  }
  return beside
}
