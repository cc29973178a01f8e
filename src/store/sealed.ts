// What people wrote, as it is kept: AES-256-GCM under the person's own key, bound to the place it stands in (SE-1).
import { createCipheriv, createDecipheriv, randomBytes, type KeyObject } from 'node:crypto'

declare const brand: unique symbol
/** Ciphertext. The only type a sealed column takes; only `seal` makes one. */
export type Sealed = string & { readonly [brand]: 'sealed' }

/** Where a ciphertext stands. Moved to any other place, it does not open. */
export type Place = {
  readonly programId: string
  readonly model: string
  readonly column: string
  /** The person whose key it is. */
  readonly owner: string
  readonly row: string
}

const algorithm = 'aes-256-gcm'
const version = 'v1'
const [ivLength, tagLength] = [12, 16]
export const keyLength = 32

const bindingOf = (place: Place): Buffer =>
  Buffer.from(JSON.stringify([place.programId, place.model, place.column, place.owner, place.row, version]))

export function seal(key: KeyObject, place: Place, words: string | Uint8Array): Sealed {
  const iv = randomBytes(ivLength)
  const cipher = createCipheriv(algorithm, key, iv, { authTagLength: tagLength })
  cipher.setAAD(bindingOf(place))
  const body = Buffer.concat([iv, cipher.update(words), cipher.final(), cipher.getAuthTag()])
  return `${version}.${body.toString('base64url')}` as Sealed
}

/** Throws, without a word of what it holds, when it was changed, moved or sealed under another key. */
export function unseal(key: KeyObject, place: Place, sealed: string): Buffer {
  try {
    const [kind, text, ...more] = sealed.split('.')
    const body = Buffer.from(text ?? '', 'base64url')
    // Base64 has spare bits at its end: two spellings of one ciphertext would both open.
    if (kind !== version || more.length > 0 || body.toString('base64url') !== text) throw new Error()
    const decipher = createDecipheriv(algorithm, key, body.subarray(0, ivLength), {
      authTagLength: tagLength,
    })
    decipher.setAAD(bindingOf(place))
    decipher.setAuthTag(body.subarray(-tagLength))
    return Buffer.concat([decipher.update(body.subarray(ivLength, -tagLength)), decipher.final()])
  } catch {
    throw new Error(`${place.model}.${place.column} of row ${place.row} does not open`)
  }
}
