// Somebody who signs folders, and is not this Handrail.
import { generateKeyPairSync, sign } from 'node:crypto'
import type { Signer } from '../../src/care/privacy/ports.ts'

export function someSigner(): Signer {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  return {
    publicKey: publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
    sign: (bytes) => sign(null, bytes, privateKey).toString('base64'),
  }
}
