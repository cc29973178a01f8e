import { chmodSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openStore } from '../../src/store/connect.ts'
import { addMasterKey } from '../../src/store/key-file.ts'
import { eachDatabase, type TestDatabase } from '../support/databases.ts'
import { somebody, someProgram } from '../support/people.ts'

const someKey = Buffer.from('0123456789abcdefghijklmnopqrstuv').toString('base64')

eachDatabase((make) => {
  const open = ({ url, dataDir }: TestDatabase) => openStore({ databaseUrl: url, dataDir })
  const keyFileOf = ({ dataDir }: TestDatabase) => join(dataDir, 'handrail.key')

  async function withAna(): Promise<TestDatabase & { self: { programId: string; personId: string } }> {
    const database = await make()
    const store = await open(database)
    const { personId, programId } = await somebody(store, await someProgram(store), 'Ana')
    await store.close()
    return { ...database, self: { personId, programId } }
  }
  async function nameOfAna(database: Awaited<ReturnType<typeof withAna>>): Promise<string | undefined> {
    const store = await open(database)
    try {
      return (await store.people.byId(database.self))?.name
    } finally {
      await store.close()
    }
  }

  describe('the key file', () => {
    it('is made at the first start, for nobody else to read, and kept from then on', async () => {
      const database = await withAna()
      expect(statSync(keyFileOf(database)).mode & 0o777).toBe(0o600)
      const before = readFileSync(keyFileOf(database), 'utf8')
      expect(await nameOfAna(database)).toBe('Ana')
      expect(readFileSync(keyFileOf(database), 'utf8')).toBe(before)
    })

    it('is never made anew once something is sealed', async () => {
      const database = await withAna()
      rmSync(keyFileOf(database))
      await expect(open(database)).rejects.toThrow(/key file .* is missing.*backup/)
    })

    it('is refused when it belongs to another database', async () => {
      const database = await withAna()
      writeFileSync(keyFileOf(database), someKey, { mode: 0o600 })
      await expect(open(database)).rejects.toThrow(/not the one this database was used with/)
    })

    it.each([
      ['short', Buffer.alloc(16, 7).toString('base64'), /32 bytes/],
      ['not base64 of a key', 'correct horse battery staple', /32 bytes/],
      ['empty', '\n', /empty/],
      ['all zero', Buffer.alloc(32).toString('base64'), /example/],
      ['one byte over and over', Buffer.alloc(32, 0x61).toString('base64'), /example/],
      [
        '0 1 2 3 and so on',
        Buffer.from(Array.from({ length: 32 }, (_, n) => n)).toString('base64'),
        /example/,
      ],
    ])('is refused when it is %s', async (_what, content, sentence) => {
      const database = await make()
      writeFileSync(keyFileOf(database), content, { mode: 0o600 })
      await expect(open(database)).rejects.toThrow(sentence)
    })

    it('is refused when others on the machine can read it', async () => {
      const database = await withAna()
      chmodSync(keyFileOf(database), 0o644)
      await expect(open(database)).rejects.toThrow(/chmod 600/)
    })
  })

  describe('a new master key', () => {
    it('wraps every key anew and rewrites nothing anybody wrote, and the old one can go then', async () => {
      const database = await withAna()
      const before = await sealedName(database)
      await addMasterKey(keyFileOf(database))
      expect(await nameOfAna(database)).toBe('Ana')
      const [newest = ''] = readFileSync(keyFileOf(database), 'utf8').split('\n')
      writeFileSync(keyFileOf(database), newest, { mode: 0o600 })
      expect(await nameOfAna(database)).toBe('Ana')
      expect(await sealedName(database)).toBe(before)
    })
  })

  async function sealedName({ url, self }: Awaited<ReturnType<typeof withAna>>): Promise<string> {
    const { connect } = await import('../../src/store/connection.ts')
    const { prisma, close } = await connect(url)
    const row = await prisma.person.findUnique({ where: { id: self.personId } })
    await close()
    return row?.name ?? ''
  }
})
