import { createSecretKey, randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { seal, unseal, type Place, type Sealed } from '../../src/store/sealed.ts'

describe('sealed words', () => {
  const key = createSecretKey(randomBytes(32))
  const place: Place = { programId: 'p', model: 'CheckIn', column: 'answers', owner: 'ana', row: 'r' }

  it('open in their own place', () => {
    for (const words of ['', 'slept badly', 'ñandú 🌱', 'x'.repeat(20_000)])
      expect(unseal(key, place, seal(key, place, words)).toString()).toBe(words)
  })

  it('look different each time, and show nothing of what they hold', () => {
    const [one, two] = [seal(key, place, 'slept badly'), seal(key, place, 'slept badly')]
    expect(one).not.toBe(two)
    expect(Buffer.from(one.slice(3), 'base64url').includes('slept')).toBe(false)
  })

  it('refuse to open anywhere else, among a thousand rows, fields, people and programs', () => {
    const keys = Array.from({ length: 10 }, () => createSecretKey(randomBytes(32)))
    const all = Array.from({ length: 1000 }, (_, n) => {
      const at: Place = {
        programId: `p${n % 2}`,
        model: n % 3 === 0 ? 'CheckIn' : 'Schedule',
        column: n % 5 < 2 ? 'answers' : 'words',
        owner: `person${n % 10}`,
        row: `row${Math.floor(n / 3)}`,
      }
      const own = keys[n % 10] ?? key
      return { n, at, own, sealed: seal(own, at, `words ${n}`) }
    })
    let opened = 0
    for (const from of all)
      for (const to of all) {
        // All pairs under one key, where nothing but the place keeps them apart, and a tenth of the rest.
        if (from.n % 97 !== to.n % 97 && from.n % 10 !== to.n % 10) continue
        try {
          unseal(to.own, to.at, from.sealed)
          if (from.n !== to.n && JSON.stringify(from.at) !== JSON.stringify(to.at)) opened++
        } catch {
          if (from.n === to.n) throw new Error('a sealed value does not open in its own place')
        }
      }
    expect(opened).toBe(0)
  }, 120_000)

  it('refuse to open when a part of the place is moved into its neighbour', () => {
    const sealed = seal(key, { ...place, model: 'A', column: 'BC' }, 'words')
    expect(() => unseal(key, { ...place, model: 'AB', column: 'C' }, sealed)).toThrow()
  })

  it('refuse to open when any bit of them is flipped', () => {
    const sealed = seal(key, place, 'words')
    const [version, body = ''] = sealed.split('.')
    const bytes = Buffer.from(body, 'base64url')
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const flipped = Buffer.from(bytes)
      flipped.writeUInt8(flipped.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3)
      expect(() => unseal(key, place, `${version}.${flipped.toString('base64url')}`)).toThrow()
    }
  })

  it('refuse to open when any character of them is changed, cut off or added', () => {
    const sealed = seal(key, place, 'words!')
    for (let at = 0; at < sealed.length; at++) {
      const other = sealed[at] === 'A' ? 'B' : 'A'
      expect(() => unseal(key, place, sealed.slice(0, at) + other + sealed.slice(at + 1))).toThrow()
      expect(() => unseal(key, place, sealed.slice(0, at))).toThrow()
    }
    expect(() => unseal(key, place, `${sealed}A`)).toThrow()
    expect(() => unseal(key, place, `${sealed}.x`)).toThrow()
  })

  it('say where they failed, never what they hold', () => {
    expect(() => unseal(key, place, 'a secret in the clear')).toThrow(
      /^CheckIn\.answers of row r does not open$/,
    )
  })

  it('are the only thing that a sealed column takes', () => {
    const kept: Sealed = seal(key, place, 'words')
    // @ts-expect-error words in the clear
    const clear: Sealed = 'words'
    expect([kept, clear]).toHaveLength(2)
  })
})
