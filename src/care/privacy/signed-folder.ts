// A folder in a zip that says what is in it, who signed it, and cannot be changed unnoticed (C20).
import { createHash, createPublicKey, verify } from 'node:crypto'
import { unzipSync, zipSync } from 'fflate'
import { z } from 'zod'
import { Refusal } from '../../words/refusal.ts'
import { t } from '../../words/text.ts'
import type { Signer } from './ports.ts'

export type Files = Readonly<Record<string, Uint8Array>>

const manifestShape = z.object({
  format: z.literal('handrail-record'),
  version: z.literal(1),
  at: z.iso.datetime(),
  /** SHA-256 by file name. */
  files: z.record(z.string(), z.string().length(64)),
  publicKey: z.string(),
})
export type Opened = { readonly files: Files; readonly fingerprint: string; readonly at: Date }

/** More than five years of daily use takes, and less than hurts. */
const mostBytes = 64 * 1024 * 1024
const mostFiles = 50
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const text = (file: Uint8Array): string => new TextDecoder('utf-8', { fatal: true }).decode(file)
const sha256 = (file: Uint8Array): string => createHash('sha256').update(file).digest('hex')

/** What people can compare with one another: the beginning of the key's hash. */
export const fingerprintOf = (publicKey: string): string =>
  (
    createHash('sha256').update(Buffer.from(publicKey, 'base64')).digest('hex').slice(0, 16).match(/.{4}/g) ??
    []
  ).join(' ')

export function packed(files: Files, signer: Signer, at: Date): Uint8Array {
  const manifest = bytes(
    JSON.stringify(
      {
        format: 'handrail-record',
        version: 1,
        at: at.toISOString(),
        files: Object.fromEntries(Object.entries(files).map(([name, file]) => [name, sha256(file)])),
        publicKey: signer.publicKey,
      },
      null,
      2,
    ),
  )
  return zipSync(
    { ...files, 'manifest.json': manifest, 'manifest.sig': bytes(signer.sign(manifest)) },
    { level: 6 },
  )
}

const refuse = (key: 'broken' | 'foreign' | 'changed' | 'signature' | 'large'): never => {
  throw new Refusal(t(`mydata.import.${key}`), 'file')
}

/** Throws a `Refusal` with the reason in a sentence. Nothing in it is believed before its signature is. */
export function unpacked(zip: Uint8Array): Opened {
  let total = 0
  let count = 0
  let found: Record<string, Uint8Array>
  try {
    found = unzipSync(zip, {
      filter: ({ originalSize }) => {
        total += originalSize
        count += 1
        return total <= mostBytes && count <= mostFiles
      },
    })
  } catch {
    return refuse('broken')
  }
  if (total > mostBytes || count > mostFiles) return refuse('large')
  const { 'manifest.json': manifest, 'manifest.sig': signature, ...files } = found
  if (!manifest || !signature) return refuse('foreign')
  const said = readManifest(manifest)
  if (!said) return refuse('foreign')
  if (!isSigned(manifest, signature, said.publicKey)) return refuse('signature')
  const names = Object.keys(files).toSorted()
  const listed = Object.keys(said.files).toSorted()
  const whole =
    names.join('\n') === listed.join('\n') &&
    names.every((name) => sha256(files[name] ?? new Uint8Array()) === said.files[name])
  if (!whole) return refuse('changed')
  return { files, fingerprint: fingerprintOf(said.publicKey), at: new Date(said.at) }
}

function readManifest(file: Uint8Array) {
  try {
    return manifestShape.safeParse(JSON.parse(text(file))).data
  } catch {
    return undefined
  }
}

function isSigned(manifest: Uint8Array, signature: Uint8Array, publicKey: string): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), type: 'spki', format: 'der' })
    return (
      key.asymmetricKeyType === 'ed25519' &&
      verify(null, manifest, key, Buffer.from(text(signature), 'base64'))
    )
  } catch {
    return false
  }
}
