// Announcements become outbox rows inside the transaction of the fact they announce (RE-3).
import type { Announcement } from '../care/members/ports.ts'
import type { Transaction } from './transaction.ts'

type Where = {
  readonly platform: string
  readonly workspace: string
  readonly toUser?: string
  readonly toRoom?: string
}

/** The account that messages reach, or failing that any; nobody is told who has none. */
async function whereTo(
  tx: Transaction,
  programId: string,
  to: Announcement['to'],
): Promise<Where | undefined> {
  if (to.kind === 'room')
    return { platform: to.room.platform, workspace: to.room.workspace, toRoom: to.room.room }
  const account = await tx.account.findFirst({
    where: { personId: to.personId, programId, person: { leftAt: null } },
    orderBy: [{ unreachableSince: { sort: 'asc', nulls: 'first' } }, { id: 'asc' }],
    include: { workspace: true },
  })
  if (account === null) return undefined
  return { platform: account.platform, workspace: account.workspace.externalId, toUser: account.externalId }
}

export async function announce(
  tx: Transaction,
  programId: string,
  announcements: readonly Announcement[],
  at: Date,
): Promise<void> {
  for (const { id, notice, params, to, dedupeKey, dueAt, priority, expiresAt } of announcements) {
    const where = await whereTo(tx, programId, to)
    if (where === undefined) continue
    const row = {
      ...where,
      id,
      programId,
      personId: to.kind === 'person' ? to.personId : null,
      notice,
      params: JSON.stringify(params),
      dedupeKey,
      priority,
      dueAt,
      expiresAt: expiresAt ?? null,
      createdAt: at,
    }
    await tx.outbox.upsert({ where: { dedupeKey }, create: row, update: {} })
  }
}
