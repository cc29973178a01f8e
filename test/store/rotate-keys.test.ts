import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { openStore } from '../../src/store/connect.ts'
import { rotateKeys } from '../../src/store/rotate-keys.ts'
import { filled, placeOf } from '../support/copies.ts'
import { eachDatabase, type TestDatabase } from '../support/databases.ts'

const child = fileURLToPath(new URL('../support/rotate-until-killed.ts', import.meta.url))
const keysIn = (database: TestDatabase) =>
  readFileSync(placeOf(database).keyFile, 'utf8').split('\n').filter(Boolean)

eachDatabase((make) => {
  async function opens(database: TestDatabase, { ana, hers }: Awaited<ReturnType<typeof filled>>) {
    const store = await openStore(placeOf(database))
    const told = JSON.stringify(await store.wholePerson.tell(ana))
    await store.close()
    return hers.slice(0, 3).every((words) => told.includes(words))
  }

  it('wraps everybody’s key with a new master key, and the old one opens nothing any more', async () => {
    const database = await make()
    const people = await filled(database)
    const { databaseUrl, keyFile } = placeOf(database)
    const before = keysIn(database)
    copyFileSync(keyFile, `${keyFile}.old`)
    expect(await rotateKeys(databaseUrl, keyFile)).toBe(2)
    expect(keysIn(database)).toHaveLength(1)
    expect(keysIn(database)).not.toEqual(before)
    expect(await opens(database, people)).toBe(true)
    await expect(openStore({ ...placeOf(database), keyFile: `${keyFile}.old` })).rejects.toThrow(
      /not the one/,
    )
    // Nor is another file’s key taken for this database’s.
    await expect(rotateKeys(databaseUrl, `${keyFile}.old`)).rejects.toThrow(/not the one/)
  })

  it('refuses while a bot runs', async () => {
    const database = await make()
    const bot = await openStore(placeOf(database))
    const { databaseUrl, keyFile } = placeOf(database)
    await expect(rotateKeys(databaseUrl, keyFile)).rejects.toThrow(/already|using/)
    await bot.close()
  })

  it('loses nobody’s words when it is killed at any moment', async () => {
    const database = await make()
    const people = await filled(database)
    const { databaseUrl, keyFile } = placeOf(database)
    for (const wait of [5, 60, 130, 250]) {
      const rotating = spawn(process.execPath, ['--import', 'tsx', child, databaseUrl, keyFile])
      await once(rotating.stdout, 'data')
      await new Promise((resolve) => setTimeout(resolve, wait))
      rotating.kill('SIGKILL')
      await once(rotating, 'exit')
      expect(await opens(database, people)).toBe(true)
    }
    await expect.poll(() => rotateKeys(databaseUrl, keyFile).catch(String), { timeout: 20_000 }).toBe(2)
    expect(keysIn(database)).toHaveLength(1)
    expect(await opens(database, people)).toBe(true)
  })
})
