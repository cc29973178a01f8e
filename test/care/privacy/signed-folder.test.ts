// What is taken along can be trusted to be whole, and what is not whole is refused with the reason.
import { unzipSync, zipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { fingerprintOf, packed, unpacked } from '../../../src/care/privacy/signed-folder.ts'
import { Refusal } from '../../../src/words/refusal.ts'
import { someSigner } from '../../support/signer.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const at = new Date('2026-11-23T10:00:00Z')
const files = { 'index.html': bytes('<h1>mine</h1>'), 'data/Entry.json': bytes('[]') }
const signer = someSigner()
const whole = packed(files, signer, at)

const reasonOf = (zip: Uint8Array): string => {
  try {
    unpacked(zip)
  } catch (error) {
    if (error instanceof Refusal) return JSON.stringify(error.text)
    throw error
  }
  return 'accepted'
}
const changed = (change: (inside: Record<string, Uint8Array>) => void): Uint8Array => {
  const inside = unzipSync(whole)
  change(inside)
  return zipSync(inside)
}

describe('a folder that was taken along', () => {
  it('opens as it was made, and says by which key', () => {
    const opened = unpacked(whole)
    expect(Object.keys(opened.files).toSorted()).toEqual(['data/Entry.json', 'index.html'])
    expect(opened.fingerprint).toBe(fingerprintOf(signer.publicKey))
    expect(opened.at).toEqual(at)
  })

  it('is refused when it was cut off, anywhere', () => {
    for (let length = 0; length < whole.length; length += 7)
      expect(reasonOf(whole.subarray(0, length)), String(length)).not.toBe('accepted')
  })

  it('is refused when any bit of what it says was changed', () => {
    for (const name of Object.keys(unzipSync(whole)))
      for (const bit of [1, 128])
        expect(
          reasonOf(
            changed((inside) => {
              const file = inside[name]
              if (file?.[0] !== undefined) file[0] ^= bit
            }),
          ),
          name,
        ).not.toBe('accepted')
  })

  it('is refused when a file was added or left out', () => {
    expect(reasonOf(changed((inside) => void (inside['data/CheckIn.json'] = bytes('[]'))))).toContain(
      'changed',
    )
    expect(reasonOf(changed((inside) => void delete inside['data/Entry.json']))).toContain('changed')
  })

  it('is refused when somebody else signed it in the name of the first', () => {
    const other = someSigner()
    const forged = changed((inside) => {
      const manifest = inside['manifest.json']
      if (manifest) inside['manifest.sig'] = bytes(other.sign(manifest))
    })
    expect(reasonOf(forged)).toContain('signature')
  })

  it('is refused when it is something else, or a bomb', () => {
    expect(reasonOf(bytes('hello'))).toContain('broken')
    expect(reasonOf(new Uint8Array())).toContain('broken')
    expect(reasonOf(zipSync({ 'a.txt': bytes('hello') }))).toContain('foreign')
    expect(reasonOf(zipSync({ 'a.bin': new Uint8Array(80 * 1024 * 1024) }, { level: 9 }))).toContain('large')
    const many = Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`${i}.txt`, bytes('x')]))
    expect(reasonOf(zipSync(many))).toContain('large')
  })
})
