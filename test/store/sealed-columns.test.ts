// Nothing that a person wrote stands in the database, its log or its journal in the clear (SE-3).
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openStore } from '../../src/store/connect.ts'
import { connect } from '../../src/store/connection.ts'
import type { Prisma } from '../../src/store/generated/sqlite/client.ts'
import { seal, type Sealed } from '../../src/store/sealed.ts'
import { eachDatabase } from '../support/databases.ts'
import { accountOf, morning, newcomer, someId, someProgram } from '../support/people.ts'

const schema = readFileSync(new URL('../../prisma/schema.prisma', import.meta.url), 'utf8')
const sealedColumns = [...schema.matchAll(/^model (\w+) \{\n([\s\S]*?)^\}/gm)].flatMap(
  ([, model = '', body = '']) =>
    [...body.matchAll(/\/\/\/ Sealed.*\n\s+(\w+)/g)].map(([, column = '']) => ({ model, column })),
)

eachDatabase((make, name) => {
  it('keeps no word of a person in the clear, anywhere', async () => {
    const { url, dataDir } = await make()
    const store = await openStore({ databaseUrl: url, dataDir })
    const program = await someProgram(store)
    const said: string[] = []
    const say = (): string => {
      const words = `canary-${someId()}`
      said.push(words)
      return words
    }
    const ana = await store.people.join(newcomer(program, say(), { account: accountOf(program, 'ana') }))
    await store.people.change(ana, { name: say() })
    const checkIn = {
      id: someId(),
      forDay: '2026-11-23',
      at: morning,
      kind: 'answered',
      late: false,
      audience: 'group',
    } as const
    await store.checkIns.put(ana, { ...checkIn, answers: { note: say() } }, { announce: [] })
    await store.checkIns.put(ana, { ...checkIn, answers: { note: say() } }, { announce: [] })
    const entry = {
      id: someId(),
      kind: 'journal',
      forDay: '2026-11-23',
      at: morning,
      audience: 'group',
    } as const
    await store.entries.put(ana, { ...entry, body: { text: say() } })
    await store.entries.put(ana, { ...entry, body: { text: say() } })
    await store.reminders.put(ana, {
      id: someId(),
      notice: 'reminder',
      words: say(),
      zone: 'UTC',
      createdAt: morning,
    })
    const one = {
      id: someId(),
      kind: 'question',
      level: 'normal',
      raisedBy: ana.personId,
      anonymous: false,
      source: 'direct',
      state: 'open',
      pointer: {},
      createdAt: morning,
    } as const
    const line = () => ({ id: someId(), writer: ana, side: 'person' as const, words: say(), at: morning })
    await store.cases.open(program.id, one, { line: line() })
    await store.cases.add(program.id, one.id, line())
    const group = someId()
    await store.groups.add(
      {
        id: group,
        programId: program.id,
        platform: 'discord',
        workspace: program.workspace,
        name: 'Monday',
        kind: 'support',
        phase: 'program',
        openness: 'open',
        capacity: 12,
        ageBand: 'adult',
        agreementVersion: 1,
        premoderated: true,
        anonymousPosts: false,
        state: 'open',
        roomState: 'wanted',
      },
      morning,
    )
    const post = { id: someId(), groupId: group, kind: 'post', at: morning } as const
    expect(await store.posts.write(ana, { ...post, words: say() })).toBe(true)
    expect(await store.posts.write(ana, { ...post, words: say() })).toBe(true)
    await store.posts.change(program.id, post.id, ['draft'], { state: 'reword', note: say() }, morning)
    await store.drafts.put(ana, 'h1:checkin', { note: say() }, morning)
    await store.drafts.put(ana, 'h1:checkin', { note: say() }, morning)
    await store.received.take('discord:1', morning, { owner: ana, words: say(), until: morning })

    const everything = async () => {
      if (name === 'SQLite')
        return readdirSync(dataDir)
          .map((file) => readFileSync(join(dataDir, file), 'latin1'))
          .join('\n')
      const connection = await connect(url)
      if (connection.kind !== 'postgresql') throw new Error('not PostgreSQL')
      const { rows } = await connection.pool.query<{ dump: string }>(
        `SELECT database_to_xml(true, false, '')::text AS dump`,
      )
      await connection.close()
      return rows[0]?.dump ?? ''
    }
    const whileOpen = await everything()
    await store.close()
    const closed = await everything()
    expect(said.length).toBeGreaterThan(6)
    for (const dump of [whileOpen, closed]) {
      expect(dump).toContain('Harbour IOP')
      expect(said.filter((words) => dump.includes(words))).toEqual([])
    }

    // Every column that the schema calls sealed was written by the above, and holds ciphertext only.
    const { prisma, close } = await connect(url)
    expect(sealedColumns.length).toBeGreaterThan(3)
    for (const { model, column } of sealedColumns) {
      const values = await prisma.$queryRawUnsafe<{ value: string | null }[]>(
        `SELECT "${column}" AS value FROM "${model}"`,
      )
      expect(values.length, `${model}.${column}`).toBeGreaterThan(0)
      for (const { value } of values) expect(value ?? 'v1.', `${model}.${column}`).toMatch(/^v1\./)
    }
    await close()
  })
})

it('does not compile when words in the clear are given to a sealed column, nested ones too', () => {
  const clear: string = seal.name
  const person = { id: 'a', programId: 'p', zone: 'UTC', welcomeStep: 'zone', joinedAt: morning }
  const inputs: readonly [
    Prisma.PersonUncheckedCreateInput,
    Prisma.CheckInUncheckedUpdateManyInput,
    Prisma.ProgramUpdateInput,
    Prisma.DraftUpdateManyMutationInput,
  ] = [
    // @ts-expect-error a name in the clear
    { ...person, name: clear },
    // @ts-expect-error answers in the clear
    { answers: clear },
    // @ts-expect-error a name in the clear, inside another row's change
    { people: { create: { ...person, name: clear } } },
    // @ts-expect-error answers in the clear, in an update of many
    { answers: { set: clear } },
  ]
  const sealed: Prisma.PersonUncheckedCreateInput = { ...person, name: clear as Sealed }
  expect([...inputs, sealed]).toHaveLength(5)
})
