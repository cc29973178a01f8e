// A backup holds one moment, opens only whole and only with its key, and brings nobody back who left (RE-13, PR-9).
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, expect, it } from 'vitest'
import { rmSync } from 'node:fs'
import { openStore } from '../../src/store/connect.ts'
import { readBackup, writeBackup } from '../../src/store/copy/backup.ts'
import { restoreBackup } from '../../src/store/copy/restore.ts'
import { erasureLedger, ledgerFile } from '../../src/store/erasure-ledger.ts'
import { allRows, filled, placeOf, writes } from '../support/copies.ts'
import { eachDatabase, type TestDatabase } from '../support/databases.ts'
import { morning, newcomer, someId } from '../support/people.ts'

const folder = mkdtempSync(join(tmpdir(), 'handrail-backups-'))
afterAll(() => rmSync(folder, { recursive: true }))
const quiet = () => {}

async function backedUp(database: TestDatabase): Promise<string> {
  const path = join(folder, someId())
  const { databaseUrl, keyFile, dataDir } = placeOf(database)
  await writeBackup({ databaseUrl, keyFile, ledger: erasureLedger(ledgerFile(dataDir)) }, path, quiet)
  return path
}
const verified = (path: string, database: TestDatabase) =>
  readBackup(path, placeOf(database).keyFile, {}, quiet)
const keyGoesTo = (from: TestDatabase, to: TestDatabase) =>
  copyFileSync(placeOf(from).keyFile, placeOf(to).keyFile)

/** Every byte of the database's folder, and of a PostgreSQL one every value. */
const everything = async ({ url, dataDir }: TestDatabase) =>
  readdirSync(dataDir)
    .map((file) => readFileSync(join(dataDir, file), 'latin1'))
    .join('\n') + JSON.stringify(await allRows(url))

eachDatabase((make, name) => {
  eachDatabase((makeOther, other) => {
    it(`goes from ${name} into ${other} and back without one value changing`, async () => {
      const [from, to, back] = [await make(), await makeOther(), await make()]
      const { ana, others, bea } = await filled(from)
      const rows = await allRows(from.url)
      expect(rows?.['Entry']).toHaveLength(2)
      keyGoesTo(from, to)
      keyGoesTo(from, back)
      const whole = await restoreBackup(await backedUp(from), placeOf(to), quiet)
      expect(whole.rows['PersonKey']).toBe(2)
      expect(await allRows(to.url)).toEqual(rows)
      await restoreBackup(await backedUp(to), placeOf(back), quiet)
      expect(await allRows(back.url)).toEqual(rows)
      const store = await openStore(placeOf(to))
      expect((await store.people.byId(ana))?.name).toBe('Ana')
      expect(JSON.stringify(await store.wholePerson.tell(bea))).toContain(others[0])
      await store.close()
    })
  })

  it('holds one moment while the bot writes', async () => {
    const [from, to] = [await make(), await make()]
    const { program, ana } = await filled(from, 50)
    const store = await openStore(placeOf(from))
    let [writing, joined] = [true, 0]
    const busy = (async () => {
      for (; writing; joined++) {
        const one = await store.people.join(newcomer(program, `p${joined}`))
        await writes(store, one)
      }
    })()
    while (joined < 2) await new Promise((resolve) => setTimeout(resolve, 1))
    const path = await backedUp(from)
    const during = joined
    writing = false
    await busy
    await store.close()
    const { rows } = await verified(path, from)
    // Joining is one transaction over several tables; what a person wrote comes after it.
    expect(rows['PersonKey']).toBe(rows['Person'])
    expect(rows['Person']).toBeGreaterThanOrEqual(4)
    expect(rows['Person']).toBeLessThanOrEqual(during + 3)
    keyGoesTo(from, to)
    await restoreBackup(path, placeOf(to), quiet)
    const restored = await openStore(placeOf(to))
    expect((await restored.people.byId(ana))?.name).toBe('Ana')
    await restored.close()
  })

  it('brings nobody back who was erased after it, and holds no word in the clear', async () => {
    const [from, to] = [await make(), await make()]
    const { ana, bea, hers, others } = await filled(from)
    const path = await backedUp(from)
    const store = await openStore(placeOf(from))
    await store.wholePerson.erase(ana, { id: someId(), askedAt: morning }, morning)
    await store.close()
    const backup = readFileSync(path, 'latin1')
    for (const words of [...hers, ...others, ana.personId, 'user-Ana']) expect(backup).not.toContain(words)
    keyGoesTo(from, to)
    copyFileSync(ledgerFile(from.dataDir), ledgerFile(to.dataDir))
    expect((await restoreBackup(path, placeOf(to), quiet)).leftOut).toBe(1)
    const restored = await openStore(placeOf(to))
    expect(await restored.people.byId(ana)).toBeUndefined()
    expect((await restored.people.byId(bea))?.name).toBe('Bea')
    await restored.close()
    const rows = await allRows(to.url)
    expect(JSON.stringify({ ...rows, Erasure: [], Reading: [], Audit: [] })).not.toContain(ana.personId)
    const left = await everything(to)
    for (const words of [...hers, ...others, 'user-Ana']) expect(left).not.toContain(words)
  })

  it('carries the ledger: who was erased before a backup stays erased when an older one is put back', async () => {
    const [from, to] = [await make(), await make()]
    const { ana } = await filled(from)
    const older = await backedUp(from)
    const store = await openStore(placeOf(from))
    await store.wholePerson.erase(ana, { id: someId(), askedAt: morning }, morning)
    await store.close()
    keyGoesTo(from, to)
    const empty = await make()
    keyGoesTo(from, empty)
    await restoreBackup(await backedUp(from), placeOf(empty), quiet)
    copyFileSync(ledgerFile(empty.dataDir), ledgerFile(to.dataDir))
    expect((await restoreBackup(older, placeOf(to), quiet)).leftOut).toBe(1)
  })

  it('goes only into an empty place that nobody uses, and only whole', async () => {
    const [from, to] = [await make(), await make()]
    await filled(from)
    const path = await backedUp(from)
    const rows = await allRows(from.url)
    await expect(restoreBackup(path, placeOf(from), quiet)).rejects.toThrow(/not empty/)
    expect(await allRows(from.url)).toEqual(rows)
    keyGoesTo(from, to)
    const bot = await openStore(placeOf(to))
    await expect(restoreBackup(path, placeOf(to), quiet)).rejects.toThrow(/already|using/)
    await bot.close()
    const cut = join(folder, someId())
    writeFileSync(cut, readFileSync(path).subarray(0, -20))
    await expect(restoreBackup(cut, placeOf(to), quiet)).rejects.toThrow(/cut short/)
    expect(Object.values((await allRows(to.url)) ?? {}).flat()).toEqual([])
    await restoreBackup(path, placeOf(to), quiet)
    expect(await allRows(to.url)).toEqual(rows)
  })

  if (name === 'SQLite')
    it('does not open with another key, cut anywhere, longer, or with one of a thousand bits turned', async () => {
      const [from, other] = [await make(), await make()]
      await filled(from)
      await filled(other)
      const path = await backedUp(from)
      const bytes = readFileSync(path)
      expect(await verified(path, from)).toMatchObject({ bytes: expect.any(Number) })
      await expect(verified(path, other)).rejects.toThrow(/key file here is not the one/)
      const broken = join(folder, someId())
      writeFileSync(broken, Buffer.concat([bytes, Buffer.from('x')]))
      await expect(verified(broken, from)).rejects.toThrow(/added to the end/)
      for (let length = bytes.length - 1; length > 0; length -= Math.ceil(bytes.length / 50)) {
        truncateSync(broken, length)
        await expect(verified(broken, from)).rejects.toThrow(/cut short/)
      }
      const bit = fc.nat({ max: bytes.length * 8 - 1 })
      await fc.assert(
        fc.asyncProperty(bit, async (at) => {
          const changed = Buffer.from(bytes)
          changed[at >> 3] = (changed[at >> 3] ?? 0) ^ (1 << (at & 7))
          writeFileSync(broken, changed)
          await expect(verified(broken, from)).rejects.toMatchObject({ name: 'NotWhole' })
        }),
        { numRuns: 1000 },
      )
    })
})
