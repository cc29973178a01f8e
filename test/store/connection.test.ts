import { spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs'
import { once } from 'node:events'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Pool } from 'pg'
import { afterAll, describe, expect, it } from 'vitest'
import { connect } from '../../src/store/connection.ts'
import { eachDatabase } from '../support/databases.ts'

describe('a database that cannot be used', () => {
  const folder = mkdtempSync(join(tmpdir(), 'handrail-connection-'))
  afterAll(() => rm(folder, { recursive: true, force: true }))

  it('is refused in words when the address is of no kind we know', async () => {
    await expect(connect('mysql://x')).rejects.toThrow(/DATABASE_URL must begin with/)
  })

  it('is refused in words when the file is something else', async () => {
    const path = join(folder, 'letter.db')
    writeFileSync(path, 'Dear diary, this is not a database. '.repeat(100))
    await expect(connect(`file:${path}`)).rejects.toThrow(/not a whole SQLite database.*backup/)
  })

  it('is refused in words when its folder is a file', async () => {
    const path = join(folder, 'file')
    writeFileSync(path, '')
    chmodSync(path, 0o600)
    await expect(connect(`file:${join(path, 'handrail.db')}`)).rejects.toThrow(/Check who owns/)
  })

  it('is refused in words, without the password, when nothing answers', async () => {
    const failed = connect('postgresql://handrail:secret-word@127.0.0.1:9/handrail')
    await expect(failed).rejects.toThrow(/does not answer at 127\.0\.0\.1:9/)
    await expect(failed).rejects.not.toThrow(/secret-word/)
  })
})

eachDatabase((make, name) => {
  it('opens, says what it migrated, and opens again with nothing to migrate', async () => {
    const { url } = await make()
    const first = await connect(url)
    expect(first.migrated.length).toBeGreaterThan(0)
    await first.close()
    const second = await connect(url)
    expect(second.migrated).toEqual([])
    await second.close()
  })

  if (name === 'SQLite')
    it('lets exactly one of three processes in that start together', async () => {
      const { url } = await make()
      const children = [1, 2, 3].map(() =>
        spawn(process.execPath, ['--import', 'tsx', 'test/support/open-and-wait.ts', url], {
          stdio: ['pipe', 'pipe', 'ignore'],
        }),
      )
      const answers = await Promise.all(
        children.map(async (child) => String((await once(child.stdout, 'data'))[0]).trim()),
      )
      for (const child of children) child.stdin.end()
      await Promise.all(children.map(async (child) => child.exitCode ?? (await once(child, 'exit'))))
      expect(answers.toSorted()).toEqual(['in', 'out', 'out'])
    })

  if (name === 'PostgreSQL') {
    it.each(['off', 'local'])('is refused when it would not wait for the disk (%s)', async (setting) => {
      const { url } = await make()
      const pool = new Pool({ connectionString: url })
      const database = new URL(url).pathname.slice(1)
      await pool.query(`ALTER DATABASE ${database} SET synchronous_commit = ${setting}`)
      await pool.end()
      await expect(connect(url)).rejects.toThrow(new RegExp(`synchronous_commit is ${setting}`))
    })

    it('is refused in words when it does not exist or the password is wrong', async () => {
      const { url } = await make()
      const [missing, wrong] = [new URL(url), new URL(url)]
      missing.pathname = '/nowhere'
      wrong.password = 'wrong'
      await expect(connect(missing.href)).rejects.toThrow(/has no database named nowhere/)
      await expect(connect(wrong.href)).rejects.toThrow(/refuses the user or the password/)
    })
  }
})
