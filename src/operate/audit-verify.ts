// `handrail audit-verify`: reads the audit of every program from its first row, and says where it was changed (PR-11).
import type { Verified } from '../care/audit/ports.ts'
import { verifyChain, type Chain } from '../store/audit.ts'
import { asking, type Asking } from '../store/look.ts'

type Row = Awaited<ReturnType<Chain['rows']>>[number]
export type AuditFound = Verified & { readonly program: string; readonly name: string }

const page = 1000
const text = (value: unknown): string | null => (typeof value === 'string' ? value : null)

function chainOf({ kind, ask }: Asking, program: string): Chain {
  const mark = (at: number) => (kind === 'sqlite' ? '?' : `$${at}`)
  const at = kind === 'sqlite' ? '"at"' : `"at" AT TIME ZONE 'UTC'`
  return {
    async rows(after) {
      const rows = await ask(
        `SELECT *, ${at} AS "moment" FROM "Audit" WHERE "programId" = ${mark(1)} AND "seq" > ${mark(2)} ORDER BY "seq" LIMIT ${page}`,
        program,
        after,
      )
      return rows.map((row): Row => ({
        programId: program,
        seq: Number(row['seq']),
        at: new Date(row['moment'] as string | number | Date),
        actorId: text(row['actorId']),
        actorRole: String(row['actorRole']),
        act: String(row['act']),
        objectKind: String(row['objectKind']),
        objectId: String(row['objectId']),
        personId: text(row['personId']),
        why: text(row['why']),
        hash: String(row['hash']),
      }))
    },
    async head() {
      const [row] = await ask(
        `SELECT "auditRows", "auditHash" FROM "Program" WHERE "id" = ${mark(1)}`,
        program,
      )
      return row === undefined
        ? null
        : { auditRows: Number(row['auditRows']), auditHash: String(row['auditHash']) }
    },
  }
}

/** Of every program, in the order of their names. The bot may be running. Undefined where there is no database yet. */
export const verifyAudits = (databaseUrl: string): Promise<readonly AuditFound[] | undefined> =>
  asking(databaseUrl, async (open) => {
    const programs = await open.ask('SELECT "id", "name" FROM "Program" ORDER BY "name", "id"')
    const found: AuditFound[] = []
    for (const row of programs) {
      const program = String(row['id'])
      found.push({ program, name: String(row['name']), ...(await verifyChain(chainOf(open, program))) })
    }
    return found
  })
