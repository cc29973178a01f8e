// A bot that was put out: silence, a grace, and nothing left after it; an outage and a return lose nothing (feature row 115).
import { readdirSync, readFileSync } from 'node:fs'
import { copyFile, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { IsGone } from '../../../src/care/privacy/presence.ts'
import { removalsOf } from '../../../src/care/privacy/removals.ts'
import { openStore, type Store } from '../../../src/store/connect.ts'
import { connect } from '../../../src/store/connection.ts'
import { lookInto } from '../../../src/store/look.ts'
import { writeBackup } from '../../../src/store/copy/backup.ts'
import { erasureLedger, ledgerFile } from '../../../src/store/erasure-ledger.ts'
import { programTables } from '../../../src/store/whole-program.ts'
import { belongings } from '../../support/belongings.ts'
import { eachDatabase, storeFor } from '../../support/databases.ts'
import { morning, newcomer, somebody, someId, someProgram } from '../../support/people.ts'

const schema = readFileSync(new URL('../../../prisma/schema.prisma', import.meta.url), 'utf8')
const dayMs = 24 * 3_600_000
const plus = (ms: number) => new Date(morning.getTime() + ms)
const planted = 'the blue kettle and tea'

function removals(store: Store, isGone: IsGone | undefined = async () => true) {
  return removalsOf({
    removals: store.removals,
    presences: () => isGone,
    directory: { forgetProgram: () => undefined },
    placesChanged: () => Promise.resolve(),
    newId: someId,
  })
}

async function inhabited(store: Store) {
  const program = await someProgram(store)
  const ana = await somebody(store, program, 'Ana')
  await store.entries.put(ana, {
    id: someId(),
    kind: 'journal',
    forDay: '2026-11-23',
    at: morning,
    body: { text: planted },
    audience: 'me',
  })
  return { program, ana }
}
const marked = async (store: Store, workspace: string) =>
  (await store.removals.workspaces('discord')).find((one) => one.workspace === workspace)?.removedAt

describe('the erasure of a program', () => {
  it('reaches every table that names one', () => {
    const models = [...schema.matchAll(/^model (\w+) \{\n([\s\S]*?)^\}/gm)]
    const named = models.flatMap(([, name = '', body = '']) => (/^ {2}programId /m.test(body) ? [name] : []))
    expect(named.length).toBeGreaterThan(30)
    expect([...programTables].toSorted()).toEqual(named.toSorted())
  })
})

eachDatabase((make, name) => {
  const open = storeFor(make)
  const guild = { platform: 'discord' } as const

  it('marks what was removed, once, and keeps everything when the bot is invited again', async () => {
    const store = await open()
    const { program, ana } = await inhabited(store)
    const { news, eraseSome } = removals(store)
    await news('discord', { kind: 'gone', workspace: program.workspace }, morning)
    await news('discord', { kind: 'gone', workspace: program.workspace }, plus(dayMs))
    expect(await marked(store, program.workspace)).toEqual(morning)
    await news('discord', { kind: 'here', workspace: program.workspace }, plus(2 * dayMs))
    expect(await marked(store, program.workspace)).toBeUndefined()
    await eraseSome(plus(90 * dayMs))
    expect(await store.entries.list(ana, 'journal', { limit: 5 })).toMatchObject([
      { body: { text: planted } },
    ])
  })

  it('erases when the grace is over and not a second before', async () => {
    const store = await open()
    const [{ program, ana }, other] = [await inhabited(store), await inhabited(store)]
    const { news, eraseSome } = removals(store)
    await news('discord', { kind: 'gone', workspace: program.workspace }, morning)
    await eraseSome(plus(30 * dayMs - 1000))
    expect(await store.people.byId(ana)).toBeDefined()
    await eraseSome(plus(30 * dayMs))
    expect(await store.people.byId(ana)).toBeUndefined()
    expect(await store.programs.byId(program.id)).toBeUndefined()
    expect(await store.programs.byWorkspace('discord', program.workspace)).toBeUndefined()
    expect(await store.people.byId(other.ana)).toBeDefined()
    expect(await store.entries.list(ana, 'journal', { limit: 5 })).toEqual([])
  })

  it('erases nothing while the platform does not say, once more, that the bot is out', async () => {
    const store = await open()
    const { program, ana } = await inhabited(store)
    await removals(store).news('discord', { kind: 'gone', workspace: program.workspace }, morning)
    const answers: (IsGone | undefined)[] = [
      async () => false,
      () => Promise.reject(new Error('the network is away')),
      undefined,
    ]
    for (const isGone of answers) {
      const asked = removalsOf({
        removals: store.removals,
        presences: () => isGone,
        directory: { forgetProgram: () => undefined },
        placesChanged: () => Promise.resolve(),
        newId: someId,
      })
      await asked.eraseSome(plus(40 * dayMs))
    }
    expect(await store.people.byId(ana)).toBeDefined()
  })

  it('compares with a whole list: marks who is missing and confirmed, clears who is there', async () => {
    const store = await open()
    const [one, two, three] = [await inhabited(store), await inhabited(store), await inhabited(store)]
    const isGone: IsGone = async (workspace) => workspace === two.program.workspace
    const { news } = removals(store, isGone)
    await news('discord', { kind: 'gone', workspace: one.program.workspace }, morning)
    await news('discord', { kind: 'all', workspaces: new Set([one.program.workspace]) }, plus(dayMs))
    expect(await marked(store, one.program.workspace)).toBeUndefined()
    expect(await marked(store, two.program.workspace)).toEqual(plus(dayMs))
    // Missing in the list, and Discord does not confirm it.
    expect(await marked(store, three.program.workspace)).toBeUndefined()
  })

  it('marks after a refusal that names nobody only where it can be but one', async () => {
    const store = await open()
    const { program } = await inhabited(store)
    const { news } = removals(store)
    await news('discord', { kind: 'refused' }, morning)
    expect(await marked(store, program.workspace)).toEqual(morning)
    const two = await inhabited(store)
    await news('discord', { kind: 'here', workspace: program.workspace }, morning)
    await news('discord', { kind: 'refused' }, morning)
    expect(await marked(store, program.workspace)).toBeUndefined()
    expect(await marked(store, two.program.workspace)).toBeUndefined()
  })

  it('lets what cannot wait wait for a return, and misses prompts', async () => {
    const store = await open()
    const { program, ana } = await inhabited(store)
    const account = { ...guild, workspace: program.workspace, to: { user: 'user-Ana' } }
    const notice = { programId: program.id, personId: ana.personId, ...account, notice: 'n', params: {} }
    await store.outbox.put([{ ...notice, dedupeKey: someId(), priority: 0, dueAt: morning }], morning)
    await removals(store).news('discord', { kind: 'gone', workspace: program.workspace }, morning)
    const claim = (now: Date) =>
      store.outbox.claim({ ...guild, owner: 'o', now, until: plus(1), limit: 5, maxPriority: 2 })
    const [held] = await claim(morning)
    expect(held?.removed).toBe(true)
    await store.outbox.settle('o', [
      { id: held?.id ?? '', status: 'released', dueAt: plus(300_000), failure: 'removed' },
    ])
    expect(await claim(plus(1000))).toEqual([])
    await removals(store).news('discord', { kind: 'here', workspace: program.workspace }, plus(1000))
    expect(await claim(plus(1000))).toMatchObject([{ id: held?.id, removed: false, attempt: 1 }])

    await store.reminders.put(ana, {
      id: someId(),
      notice: 'check-in',
      cron: '0 9 * * *',
      zone: 'UTC',
      nextRunAt: morning,
      createdAt: morning,
    })
    const addresses: unknown[] = []
    const decide = (now: Date) =>
      store.schedules.decide(now, 5, (due) => {
        addresses.push(...due.map(({ person }) => person.address !== undefined))
        return []
      })
    await decide(morning)
    await removals(store).news('discord', { kind: 'gone', workspace: program.workspace }, morning)
    await decide(morning)
    expect(addresses).toEqual([true, false])
  })

  it('shows the operator when a program was removed', async () => {
    const { url, dataDir } = await make()
    const store = await openStore({ databaseUrl: url, dataDir })
    const { program } = await inhabited(store)
    expect((await lookInto(url))?.programs[0]).not.toHaveProperty('removedAt')
    await removals(store).news('discord', { kind: 'gone', workspace: program.workspace }, morning)
    expect((await lookInto(url))?.programs[0]?.removedAt).toEqual(morning)
    await store.close()
  })

  it('leaves no row of a program in which everything was used, and another begins anew in its place', async () => {
    const { url, dataDir } = await make()
    const store = await openStore({ databaseUrl: url, dataDir })
    await belongings(store)
    const place = { platform: 'playground', workspace: 'w1' } as const
    const program = await store.programs.byWorkspace(place.platform, place.workspace)
    const { news, eraseSome } = removals(store)
    await news('playground', { kind: 'gone', workspace: 'w1' }, morning)
    await eraseSome(plus(31 * dayMs))
    expect(await store.programs.byWorkspace('playground', 'w1')).toBeUndefined()
    expect(await store.programs.byWorkspace('playground', 'w2')).toBeDefined()
    await store.close()
    const { prisma, close } = await connect(url)
    for (const table of programTables)
      expect(
        await prisma.$queryRawUnsafe(`SELECT 1 FROM "${table}" WHERE "programId" = '${program?.id}'`),
        table,
      ).toEqual([])
    await close()
    const files = readdirSync(dataDir)
      .filter((file) => file.startsWith('handrail.db'))
      .map((file) => readFileSync(join(dataDir, file), 'latin1'))
    for (const file of files) expect(file).not.toContain(program?.id)
  })

  it('is finished at the next start when it was broken off', async () => {
    const { url, dataDir } = await make()
    const first = await openStore({ databaseUrl: url, dataDir })
    const { program, ana } = await inhabited(first)
    await first.close()
    await erasureLedger(ledgerFile(dataDir)).add({
      receipt: someId(),
      programId: program.id,
      askedAt: morning,
      at: morning,
    })
    const again = await openStore({ databaseUrl: url, dataDir })
    expect(await again.people.byId(ana)).toBeUndefined()
    expect(await again.programs.byId(program.id)).toBeUndefined()
    await again.close()
  })

  it('stays erased when a backup from before is put back', async () => {
    const { url, dataDir } = await make()
    const keyFile = join(dataDir, 'handrail.key')
    const store = await openStore({ databaseUrl: url, dataDir })
    const [{ program }, kept] = [await inhabited(store), await inhabited(store)]
    const ledger = erasureLedger(ledgerFile(dataDir))
    const backup = join(dataDir, 'before.backup')
    await writeBackup({ databaseUrl: url, keyFile, ledger }, backup, () => undefined)
    const { news, eraseSome } = removals(store)
    await news('discord', { kind: 'gone', workspace: program.workspace }, morning)
    await eraseSome(plus(31 * dayMs))
    await store.close()
    const { restoreBackup } = await import('../../../src/store/copy/restore.ts')
    const fresh = await mkdtemp(join(tmpdir(), 'handrail-restored-'))
    for (const file of ['handrail.key', 'erasures.jsonl'])
      await copyFile(join(dataDir, file), join(fresh, file))
    const databaseUrl = name === 'SQLite' ? `file:${join(fresh, 'handrail.db')}` : (await make()).url
    const place = { databaseUrl, dataDir: fresh, keyFile: join(fresh, 'handrail.key') }
    const { leftOut } = await restoreBackup(backup, place, () => undefined)
    expect(leftOut).toBe(1)
    const restored = await openStore(place)
    expect(await restored.programs.byId(program.id)).toBeUndefined()
    expect(await restored.people.byId(kept.ana)).toBeDefined()
    await restored.close()
  })

  it('does not take along somebody who joins while it is erased', async () => {
    const store = await open()
    const { program } = await inhabited(store)
    await store.people.join(newcomer(program, 'Bea'))
    await removals(store).news('discord', { kind: 'gone', workspace: program.workspace }, morning)
    const erasure = { receipt: someId(), until: plus(dayMs) }
    // Invited again between the look and the erasure.
    await removals(store).news('discord', { kind: 'here', workspace: program.workspace }, plus(1))
    expect(await store.removals.erase(program.id, erasure, plus(dayMs))).toBe(false)
    expect(await store.programs.byWorkspace('discord', program.workspace)).toBeDefined()
  })
})
