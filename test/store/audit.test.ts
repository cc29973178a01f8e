// The audit chain: every change to its table is found, wherever it is made (PR-11).
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { verifyAudits } from '../../src/operate/audit-verify.ts'
import { auditsIn } from '../../src/store/audit.ts'
import { openStore } from '../../src/store/connect.ts'
import { connect } from '../../src/store/connection.ts'
import { eachDatabase } from '../support/databases.ts'
import { morning, someId, someProgram } from '../support/people.ts'

const entry = (act: 'read' | 'warn', personId = someId()) => ({
  actorId: someId(),
  actorRole: 'facilitator',
  act,
  objectKind: 'case',
  objectId: someId(),
  personId,
})

eachDatabase((make, name) => {
  it('keeps the order of many who write at once, program by program', async () => {
    const { url, dataDir } = await make()
    const store = await openStore({ databaseUrl: url, dataDir })
    const [one, other] = [await someProgram(store), await someProgram(store)]
    await Promise.all(
      Array.from({ length: 40 }, (_, at) =>
        store.audits.add((at % 2 ? one : other).id, entry('read'), morning),
      ),
    )
    expect(await store.audits.verify(one.id)).toEqual({ ok: true, rows: 20 })
    expect(await store.audits.verify(other.id)).toEqual({ ok: true, rows: 20 })
    await store.close()
  })

  it('finds every random change to its table', async () => {
    const { url, dataDir } = await make()
    const store = await openStore({ databaseUrl: url, dataDir })
    const { id } = await someProgram(store)
    for (let at = 0; at < 12; at += 1) await store.audits.add(id, entry(at % 2 ? 'read' : 'warn'), morning)
    await store.close()
    const connection = await connect(url)
    const { prisma } = connection
    const audits = auditsIn(connection)
    const rows = await prisma.audit.findMany({ where: { programId: id }, orderBy: { seq: 'asc' } })
    const restore = async () => {
      await prisma.audit.deleteMany({ where: { programId: id } })
      await prisma.audit.createMany({ data: rows })
    }
    const columns = [
      'at',
      'actorId',
      'actorRole',
      'act',
      'objectKind',
      'objectId',
      'personId',
      'why',
      'hash',
    ] as const
    const at = fc.integer({ min: 1, max: rows.length })
    const change = fc.oneof(
      fc.record({
        kind: fc.constant('column' as const),
        at,
        column: fc.constantFrom(...columns),
        to: fc.string({ minLength: 1 }),
      }),
      fc.record({ kind: fc.constant('gone' as const), at }),
      fc.record({ kind: fc.constant('swapped' as const), at, with: at }),
      fc.record({ kind: fc.constant('added' as const), at }),
    )
    const runs = Number(process.env['AUDIT_CHANGES'] ?? (name === 'SQLite' ? 300 : 60))
    await fc.assert(
      fc.asyncProperty(change, async (done) => {
        const where = { programId_seq: { programId: id, seq: done.at } }
        const row = rows[done.at - 1]
        if (!row) return
        if (done.kind === 'column') {
          const to =
            done.column === 'at' ? new Date(row.at.getTime() + done.to.length) : done.to.replaceAll('\0', '0')
          fc.pre(to !== row[done.column])
          await prisma.audit.update({ where, data: { [done.column]: to } })
        } else if (done.kind === 'gone') await prisma.audit.delete({ where })
        else if (done.kind === 'swapped') {
          fc.pre(done.with !== done.at)
          const other = rows[done.with - 1]
          if (!other) return
          await prisma.audit.update({ where, data: { ...other, seq: done.at } })
          await prisma.audit.update({
            where: { programId_seq: { programId: id, seq: done.with } },
            data: { ...row, seq: done.with },
          })
        } else await prisma.audit.create({ data: { ...row, seq: rows.length + done.at } })
        const found = await audits.verify(id)
        const [fromOutside] = (await verifyAudits(url)) ?? []
        expect(fromOutside).toEqual({ program: id, name: 'Harbour IOP', ...found })
        await restore()
        expect(found.ok).toBe(false)
      }),
      { numRuns: runs },
    )
    expect(await audits.verify(id)).toEqual({ ok: true, rows: rows.length })
    expect(await verifyAudits(url)).toMatchObject([{ ok: true, rows: rows.length }])
    await connection.close()
  })
})
