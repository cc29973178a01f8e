// A whole program, gone with every row that names it.
import type { Connection } from './connection.ts'
import { sweep } from './sweep.ts'
import type { Vault } from './vault.ts'

/** Children before parents. A test walks the schema, so that a new table which names a program has its place here. */
export const programTables = [
  'Snooze',
  'Occurrence',
  'Schedule',
  'Outbox',
  'Draft',
  'Received',
  'Entry',
  'CheckIn',
  'Away',
  'Consent',
  'RoleGrant',
  'Reading',
  'Rsvp',
  'Meeting',
  'Reaction',
  'Pledge',
  'Invite',
  'Post',
  'EscalationStep',
  'Escalation',
  'CaseLine',
  'Case',
  'Duty',
  'Measure',
  'Pair',
  'Seat',
  'Group',
  'Session',
  'Assignment',
  'ContentReview',
  'LibraryItem',
  'HelplineReview',
  'Audit',
  'Erasure',
  'Account',
  'Person',
  'Workspace',
] as const
/** Small enough that nobody who types waits for it. */
const batch = 500

/** May be broken off and begun again: the program itself goes last. */
export async function removeProgram(connection: Connection, vault: Vault, programId: string): Promise<void> {
  const { prisma } = connection
  const [row, at] = connection.kind === 'sqlite' ? ['rowid', '?'] : ['ctid', '$1']
  const people = await prisma.person.findMany({ where: { programId }, select: { id: true } })
  // The keys first: from then on nothing that was sealed opens any more.
  await prisma.personKey.deleteMany({ where: { person: { programId } } })
  for (const { id } of people) vault.forget(id)
  for (const table of programTables) {
    const some = `DELETE FROM "${table}" WHERE ${row} IN (
      SELECT ${row} FROM "${table}" WHERE "programId" = ${at} LIMIT ${batch})`
    while ((await prisma.$executeRawUnsafe(some, programId)) === batch);
  }
  await prisma.program.deleteMany({ where: { id: programId } })
  await sweep(connection, [...programTables, 'PersonKey', 'Program'])
}
