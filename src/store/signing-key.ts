// The key with which this Handrail signs what people take along: made at first use, kept beside the database.
import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Signer } from '../care/privacy/ports.ts'
import { CannotStart } from './cannot-start.ts'

async function keyIn(path: string): Promise<KeyObject> {
  const pem = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
  if (pem !== undefined)
    try {
      return createPrivateKey(pem)
    } catch {
      throw new CannotStart(
        `The file ${path} is not a signing key any more. Put the right one back, or move it away: a new one is made then.`,
      )
    }
  const { privateKey } = generateKeyPairSync('ed25519')
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  await writeFile(path, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' })
  return privateKey
}

export async function signerIn(path: string): Promise<Signer> {
  const key = await keyIn(path)
  const publicKey = createPublicKey(key).export({ type: 'spki', format: 'der' }).toString('base64')
  return { publicKey, sign: (bytes) => sign(null, bytes, key).toString('base64') }
}
