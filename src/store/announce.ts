// Announcements become outbox rows inside the transaction of the fact they announce (RE-3).
import type { Database } from 'better-sqlite3'
import type { Announcement, Platform } from '../care/members/ports.ts'
import type { Notice } from '../delivery/ports.ts'
import { putNotice } from './delivery/sqlite-outbox.ts'
import { all } from './delivery/sqlite.ts'
import type { Transaction } from './transaction.ts'

type Address = { readonly platform: string; readonly workspace: string; readonly user: string }

function noticeFor(
  programId: string,
  announcement: Announcement,
  address: Address | undefined,
): Notice | undefined {
  const { to, expiresAt, notice, params, dedupeKey, dueAt, priority } = announcement
  const plain = { programId, notice, params, dedupeKey, dueAt, priority, ...(expiresAt && { expiresAt }) }
  if (to.kind === 'room') {
    const { platform, workspace, room } = to.room
    return { ...plain, platform, workspace, to: { room } }
  }
  // Nobody is told who has no account any more.
  if (address === undefined) return undefined
  const { platform, workspace, user } = address
  return { ...plain, personId: to.personId, platform: platform as Platform, workspace, to: { user } }
}

/** Inside a raw write. */
export function announceOnSqlite(
  db: Database,
  programId: string,
  announcements: readonly Announcement[],
  at: Date,
): void {
  for (const one of announcements) {
    const [address] =
      one.to.kind === 'room'
        ? []
        : all<Address>(
            db,
            `SELECT a."platform", w."externalId" AS "workspace", a."externalId" AS "user" FROM "Account" a
             JOIN "Workspace" w ON w."id" = a."workspaceId"
             JOIN "Person" p ON p."id" = a."personId" AND p."leftAt" IS NULL
             WHERE a."personId" = ? AND a."programId" = ?
             ORDER BY a."unreachableSince" IS NOT NULL, a."id" LIMIT 1`,
            [one.to.personId, programId],
          )
    const notice = noticeFor(programId, one, address)
    if (notice) putNotice(db, notice, one.id, at)
  }
}

/** Inside Prisma's transaction. */
export async function announce(
  tx: Transaction,
  programId: string,
  announcements: readonly Announcement[],
  at: Date,
): Promise<void> {
  for (const one of announcements) {
    const address = one.to.kind === 'room' ? undefined : await addressOf(tx, programId, one.to.personId)
    const notice = noticeFor(programId, one, address)
    if (notice === undefined) continue
    const { to, params, dedupeKey, ...plain } = notice
    await tx.outbox.upsert({
      where: { dedupeKey },
      create: {
        ...plain,
        id: one.id,
        ...('user' in to ? { toUser: to.user } : { toRoom: to.room }),
        params: JSON.stringify(params),
        dedupeKey,
        createdAt: at,
      },
      update: {},
    })
  }
}

async function addressOf(tx: Transaction, programId: string, personId: string): Promise<Address | undefined> {
  const account = await tx.account.findFirst({
    where: { personId, programId, person: { leftAt: null } },
    // The account that messages reach, or failing that any.
    orderBy: [{ unreachableSince: { sort: 'asc', nulls: 'first' } }, { id: 'asc' }],
    include: { workspace: true },
  })
  if (account === null) return undefined
  return { platform: account.platform, workspace: account.workspace.externalId, user: account.externalId }
}
