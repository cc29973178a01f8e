// Everything about one person: told to them in full, taken elsewhere, and gone when they want it gone (PR-7 to PR-9).
import { copyFileSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openStore, type Store } from '../../src/store/connect.ts'
import { connect } from '../../src/store/connection.ts'
import { bareIds, personalTables } from '../../src/store/personal-tables.ts'
import type { Person } from '../../src/care/members/ports.ts'
import { eachDatabase, storeFor } from '../support/databases.ts'
import { accountOf, morning, newcomer, someId, somebody, someProgram } from '../support/people.ts'

const schema = readFileSync(new URL('../../prisma/schema.prisma', import.meta.url), 'utf8')
const models = [...schema.matchAll(/^model (\w+) \{\n([\s\S]*?)^\}/gm)].map(([, name = '', body = '']) => ({
  name,
  columns: [...body.matchAll(/^ {2}(\w+) +(\w+)/gm)].map(([, column = '']) => column),
}))

describe('the rules for personal tables', () => {
  it('cover every table that knows a person: told, or with a reason why not', () => {
    const personal = models.filter(({ name, columns }) => columns.includes('personId') || name === 'Person')
    expect(personal.length).toBeGreaterThan(10)
    for (const { name } of personal) {
      if (bareIds.includes(`${name}.personId`)) continue
      const rule = personalTables[name]
      expect(rule, `${name} has no rule`).toBeDefined()
      expect(rule?.tell !== undefined || (rule?.untold?.length ?? 0) > 20, name).toBe(true)
    }
  })

  it('cover every other column that may hold a person’s id', () => {
    const other = models.flatMap(({ name, columns }) =>
      columns
        .filter(
          (column) =>
            /(By|Person|readerId)$/.test(column) && !/^(paused|granted)By$|^createdBy$/.test(column),
        )
        .map((column) => `${name}.${column}`),
    )
    for (const column of other) {
      const table = column.split('.')[0] ?? ''
      expect(bareIds.includes(column) || personalTables[table] !== undefined, column).toBe(true)
    }
  })
})

async function live(store: Store, person: Person, say: () => string) {
  await store.people.change(person, { name: say() })
  for (const kind of ['journal', 'plan', 'urge'] as const)
    await store.entries.put(person, {
      id: someId(),
      kind,
      forDay: '2026-11-23',
      at: morning,
      body: { text: say() },
      audience: 'facilitator',
    })
  const note = say()
  const checkIn = { id: someId(), forDay: '2026-11-23', at: morning, kind: 'answered', late: false } as const
  await store.checkIns.put(person, { ...checkIn, answers: { note }, audience: 'group' }, { announce: [] })
  const words = say()
  await store.reminders.put(person, {
    id: someId(),
    notice: 'reminder',
    words,
    zone: 'UTC',
    createdAt: morning,
  })
  await store.reminders.addAway(person, { id: someId(), fromDay: '2026-11-24', toDay: '2026-11-25' })
  await store.drafts.put(person, 'h1:x', { note: say() }, morning)
  await store.readings.add({
    id: someId(),
    programId: person.programId,
    readerId: 'somebody',
    readerRole: 'facilitator',
    personId: person.personId,
    what: 'journal',
    rowId: 'r',
    at: morning,
  })
}

eachDatabase((make, name) => {
  const open = storeFor(make)

  it('tells a person everything they gave, in the clear, and nothing of anybody else', async () => {
    const store = await open()
    const program = await someProgram(store)
    const [ana, bea] = [await somebody(store, program, 'Ana'), await somebody(store, program, 'Bea')]
    const [mine, hers]: [string[], string[]] = [[], []]
    const into = (list: string[]) => () => {
      const words = `planted-${someId()}`
      list.push(words)
      return words
    }
    await live(store, ana, into(mine))
    await live(store, bea, into(hers))
    const told = JSON.stringify(await store.wholePerson.tell(ana))
    const drafts = 1
    expect(mine.filter((words) => told.includes(words))).toHaveLength(mine.length - drafts)
    expect(hers.filter((words) => told.includes(words))).toEqual([])
    expect(told).not.toContain('v1.')
    const counted = await store.wholePerson.count(ana)
    expect(counted.map(({ kind, rows }) => `${kind} ${rows}`).toSorted()).toEqual([
      'check-in 1',
      'journal 1',
      'plan 1',
      'urge 1',
    ])
  })

  it('erases a person so that no byte of them is left, and touches nobody else', async () => {
    const { url, dataDir } = await make()
    const first = await openStore({ databaseUrl: url, dataDir })
    const program = await someProgram(first)
    const ana = await first.people.join(
      newcomer(program, 'Ana', { account: accountOf(program, 'ana-planted') }),
    )
    const bea = await somebody(first, program, 'Bea')
    const said: string[] = []
    await live(first, ana, () => {
      const words = `planted-${someId()}`
      said.push(words)
      return words
    })
    await live(first, bea, () => 'hers')
    const before = JSON.stringify(await first.wholePerson.tell(bea))
    const receipt = await first.wholePerson.erase(ana, { id: someId(), askedAt: morning }, morning)
    expect(receipt.counts).toMatchObject({
      Person: 1,
      PersonKey: 1,
      Entry: 3,
      CheckIn: 1,
      Consent: expect.any(Number),
    })
    expect(await first.people.byId(ana)).toBeUndefined()
    await expect(first.entries.put(ana, entryOf())).rejects.toThrow()
    expect(JSON.stringify(await first.wholePerson.tell(bea))).toBe(before)
    // While it is open, and after it is closed.
    const everything = () =>
      readdirSync(dataDir)
        .map((file) => readFileSync(join(dataDir, file), 'latin1'))
        .join('\n')
    if (name === 'SQLite') {
      for (const planted of [...said, 'ana-planted']) expect(everything()).not.toContain(planted)
      const withoutLedger = readdirSync(dataDir)
        .filter((file) => file !== 'erasures.jsonl' && file.startsWith('handrail.db'))
        .map((file) => readFileSync(join(dataDir, file), 'latin1'))
        .join('\n')
      // The receipt's row names the random id, once, and so does the row of the audit that says what staff read: nobody may
      // change that chain. Each stands in its index, too; nothing else does.
      expect(withoutLedger.split(ana.personId).length - 1).toBeLessThanOrEqual(4)
    }
    await first.close()
    const { prisma, close } = await connect(url)
    for (const table of [
      'Person',
      'PersonKey',
      'Entry',
      'CheckIn',
      'Consent',
      'Schedule',
      'Draft',
      'Away',
      'Account',
    ])
      expect(
        await prisma.$queryRawUnsafe(
          `SELECT 1 FROM "${table}" WHERE "${table === 'Person' ? 'id' : 'personId'}" = '${ana.personId}'`,
        ),
        table,
      ).toEqual([])
    await close()
  })

  if (name === 'SQLite')
    it('keeps an erased person erased when an older copy of the database is put back', async () => {
      const { dataDir } = await make()
      const url = `file:${join(dataDir, 'handrail.db')}`
      const store = await openStore({ databaseUrl: url, dataDir })
      const program = await someProgram(store)
      const ana = await somebody(store, program, 'Ana')
      await live(store, ana, () => 'planted-in-the-copy')
      await store.close()
      const backup = join(mkdtempSync(join(tmpdir(), 'handrail-backup-')), 'handrail.db')
      copyFileSync(join(dataDir, 'handrail.db'), backup)

      const again = await openStore({ databaseUrl: url, dataDir })
      await again.wholePerson.erase(ana, { id: someId(), askedAt: morning }, morning)
      await again.close()
      copyFileSync(backup, join(dataDir, 'handrail.db'))

      const restored = await openStore({ databaseUrl: url, dataDir })
      expect(await restored.people.byId(ana)).toBeUndefined()
      await expect(restored.wholePerson.tell(ana)).rejects.toThrow()
      await restored.close()
      const { prisma, close } = await connect(url)
      expect(await prisma.entry.count({ where: { personId: ana.personId } })).toBe(0)
      await close()
    })

  it('brings what was taken along, once, for the person alone', async () => {
    const store = await open()
    const ana = await somebody(store, await someProgram(store), 'Ana')
    const brought = {
      checkIns: [
        {
          id: someId(),
          forDay: '2026-01-02',
          at: morning,
          kind: 'answered',
          late: false,
          answers: { mood: 4, note: 'from elsewhere' },
        },
      ],
      entries: [{ id: someId(), kind: 'journal', forDay: '2026-01-02', at: morning, body: { text: 'kept' } }],
    } as const
    expect(await store.wholePerson.bring(ana, brought)).toBe(2)
    expect(await store.wholePerson.bring(ana, brought)).toBe(0)
    expect(await store.entries.list(ana, 'journal', { limit: 5 })).toMatchObject([
      { body: { text: 'kept' }, audience: 'me' },
    ])
    expect((await store.checkIns.recent(ana, { limit: 5 }))[0]?.answers).toEqual({
      mood: 4,
      note: 'from elsewhere',
    })
  })
})

const entryOf = () =>
  ({
    id: someId(),
    kind: 'journal',
    forDay: '2026-11-23',
    at: morning,
    body: {},
    audience: 'me',
  }) as const
