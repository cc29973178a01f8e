// Delivery's rows as both databases hand them over, and what delivery makes of them.
import type {
  Destination,
  DueSchedule,
  DueSnooze,
  Held,
  Notice,
  NoticeParams,
  PersonTime,
  Platform,
  Priority,
  Settled,
} from '../../delivery/ports.ts'
import { languageOf } from '../../words/text.ts'

/** A database's way of writing an instant, and of reading it. */
export type Instants<Stored> = {
  readonly write: (at: Date) => Stored
  readonly read: (stored: Stored) => Date
}

/** A row of the outbox as it begins. */
export const noticeRow = <Stored>(notice: Notice, id: string, now: Date, { write }: Instants<Stored>) => ({
  id,
  programId: notice.programId,
  personId: notice.personId ?? null,
  platform: notice.platform,
  workspace: notice.workspace,
  toUser: 'user' in notice.to ? notice.to.user : null,
  toRoom: 'room' in notice.to ? notice.to.room : null,
  notice: notice.notice,
  params: JSON.stringify(notice.params),
  dedupeKey: notice.dedupeKey,
  priority: notice.priority,
  dueAt: write(notice.dueAt),
  expiresAt: notice.expiresAt ? write(notice.expiresAt) : null,
  createdAt: write(now),
})

export const noticeColumns = `"id", "programId", "personId", "platform", "workspace", "toUser", "toRoom", "notice",
  "params", "dedupeKey", "priority", "dueAt", "expiresAt", "createdAt"`

export type HeldRow<Stored> = {
  readonly id: string
  readonly programId: string
  readonly personId: string | null
  readonly platform: string
  readonly workspace: string
  readonly toUser: string | null
  readonly toRoom: string | null
  readonly notice: string
  readonly params: string
  readonly priority: number
  readonly expiresAt: Stored | null
  readonly attempts: number
  /** As it was before the claim. */
  readonly firstTryAt: Stored | null
  readonly language: string | null
  readonly leftAt: Stored | null
  readonly directRoomId: string | null
  readonly unreachableSince: Stored | null
  /** Of the workspace. */
  readonly removedAt: Stored | null
}

/** Claimed one after the other, so that the many of the second are not looked through for the few of the first. */
export const lanes = [
  [0, 1],
  [2, 2],
] as const

/** Rows of one lane are sent in their order, whoever sends them. What is about a danger waits behind nothing. */
export const lane = `"workspace", coalesce("toRoom", "toUser", ''), "priority"`
const isHeld = `"leaseUntil" IS NOT NULL AND "status" = 'waiting' AND "priority" > 0`
/** The lanes that somebody else has, or that wait for a try again. */
export const lanesNow = (platform: string, isOthers: string, at: string) =>
  `SELECT ${lane} FROM "Outbox" WHERE "platform" = ${platform} AND ${isHeld} AND ${isOthers} AND "leaseUntil" > ${at}`
/** The lanes whose first rows were left behind; those go before the others. */
export const lanesLeft = (platform: string, at: string) =>
  `SELECT ${lane} FROM "Outbox" WHERE "platform" = ${platform} AND ${isHeld} AND "leaseUntil" <= ${at}`

/** What is kept of the lease when a row waits again. One that cannot be drawn lets the others pass. */
export const leaseAfter = (status: string, untried: string, failure: string, dueAt: string) =>
  `CASE WHEN ${status} = 'waiting' AND "attempts" > ${untried} AND coalesce(${failure}, '') <> 'unreadable'
     THEN ${dueAt} END`

/** What `heldOf` needs, for a claim to select `from` rows of the outbox called `o`. */
export const heldColumns = `o."id", o."programId", o."personId", o."platform", o."workspace", o."toUser", o."toRoom",
  o."notice", o."params", o."priority", o."expiresAt", o."attempts", o."firstTryAt",
  coalesce(p."language", g."language") AS "language", p."leftAt", a."directRoomId", a."unreachableSince", w."removedAt"`

export const heldJoins = `JOIN "Program" g ON g."id" = o."programId"
  LEFT JOIN "Person" p ON p."id" = o."personId"
  LEFT JOIN "Workspace" w ON w."platform" = o."platform" AND w."externalId" = o."workspace"
  LEFT JOIN "Account" a ON a."workspaceId" = w."id" AND a."externalId" = o."toUser"`

export function heldOf<Stored>(row: HeldRow<Stored>, { read }: Instants<Stored>): Held {
  const to: Destination =
    row.toUser === null
      ? { kind: 'room', room: row.toRoom ?? '' }
      : { kind: 'person', user: row.toUser, ...(row.directRoomId !== null && { room: row.directRoomId }) }
  return {
    id: row.id,
    programId: row.programId,
    ...(row.personId !== null && { personId: row.personId }),
    platform: row.platform as Platform,
    workspace: row.workspace,
    to,
    notice: row.notice,
    params: JSON.parse(row.params) as NoticeParams,
    language: languageOf(row.language),
    priority: row.priority as Priority,
    ...(row.expiresAt !== null && { expiresAt: read(row.expiresAt) }),
    attempt: row.attempts + 1,
    ...(row.firstTryAt !== null && { firstTryAt: read(row.firstTryAt) }),
    left: row.leftAt !== null,
    unreachable: row.unreachableSince !== null,
    removed: row.removedAt !== null,
  }
}

/** How a try ended, one shape for all endings: the update is one statement. */
export const settledRow = <Stored>(one: Settled, { write }: Instants<Stored>) => ({
  id: one.id,
  status: one.status === 'released' ? 'waiting' : one.status,
  untried: one.status === 'released' ? 1 : 0,
  dueAt: 'dueAt' in one && one.dueAt ? write(one.dueAt) : null,
  firstTryAt: 'firstTryAt' in one && one.firstTryAt ? write(one.firstTryAt) : null,
  sentAt: one.status === 'sent' ? write(one.at) : null,
  messageId: one.status === 'sent' ? one.messageId : null,
  failure: 'failure' in one ? (one.failure ?? null) : null,
  room: one.status === 'sent' ? (one.room ?? null) : null,
  unreachedAt: one.status === 'unreached' ? write(one.at) : null,
  occurrence: one.status === 'expired' ? (one.occurrence ?? null) : null,
})

export type PersonRow<Stored> = {
  readonly personId: string
  readonly personZone: string
  readonly quietFrom: string | null
  readonly quietTo: string | null
  readonly leftAt: Stored | null
  readonly platform: string | null
  readonly workspace: string | null
  readonly user: string | null
}

/** A person with the account that messages reach, or failing that any; none where the bot was put out. */
export const personColumns = `p."zone" AS "personZone", p."quietFrom", p."quietTo", p."leftAt",
  a."platform", w."externalId" AS "workspace", a."externalId" AS "user"`

export const personJoins = `LEFT JOIN "Account" a ON a."id" = (
    SELECT b."id" FROM "Account" b
    JOIN "Workspace" v ON v."id" = b."workspaceId" AND v."removedAt" IS NULL WHERE b."personId" = p."id"
    ORDER BY b."unreachableSince" IS NOT NULL, b."id" LIMIT 1)
  LEFT JOIN "Workspace" w ON w."id" = a."workspaceId"`

export type AwayRow = { readonly personId: string; readonly fromDay: string; readonly toDay: string }

function personTimeOf<Stored>(row: PersonRow<Stored>, aways: readonly AwayRow[]): PersonTime {
  const { quietFrom, quietTo, platform, workspace, user } = row
  return {
    zone: row.personZone,
    aways: aways.filter((away) => away.personId === row.personId),
    left: row.leftAt !== null,
    ...(quietFrom !== null && quietTo !== null && { quiet: { from: quietFrom, to: quietTo } }),
    ...(platform !== null &&
      workspace !== null &&
      user !== null && { address: { platform: platform as Platform, workspace, user } }),
  }
}

export type ScheduleRow<Stored> = PersonRow<Stored> & {
  readonly id: string
  readonly programId: string
  readonly notice: string
  readonly cron: string | null
  readonly zone: string
  readonly nextRunAt: Stored
  readonly graceMin: number
  readonly unanswered: number
}

export function scheduleOf<Stored>(
  row: ScheduleRow<Stored>,
  aways: readonly AwayRow[],
  { read }: Instants<Stored>,
): DueSchedule {
  const { id, programId, personId, notice, zone, graceMin, unanswered } = row
  return {
    id,
    programId,
    personId,
    notice,
    zone,
    graceMin,
    unanswered,
    ...(row.cron !== null && { cron: row.cron }),
    nextRunAt: read(row.nextRunAt),
    person: personTimeOf(row, aways),
  }
}

export type SnoozeRow<Stored> = PersonRow<Stored> & {
  readonly id: string
  readonly programId: string
  readonly scheduleId: string
  readonly occurrenceId: string
  readonly notice: string
  readonly dueAt: Stored
  readonly graceMin: number
  /** SQLite says 0 or 1. */
  readonly answered: number | boolean
}

/** A snooze is itself an answer to its prompt; what ends it is that the person did, or declined, the thing asked for. */
export const snoozeAnswered = `(o."state" = 'skipped' OR o."answeredAt" IS NOT NULL OR s."notice" = 'check-in' AND EXISTS (
    SELECT 1 FROM "CheckIn" c WHERE c."personId" = z."personId" AND c."forDay" = o."localDay" AND c."at" >= o."dueAt"
  )) AS "answered"`

export function snoozeOf<Stored>(row: SnoozeRow<Stored>, { read }: Instants<Stored>): DueSnooze {
  const { id, programId, personId, scheduleId, occurrenceId, notice, graceMin } = row
  return {
    id,
    programId,
    personId,
    scheduleId,
    occurrenceId,
    notice,
    graceMin,
    dueAt: read(row.dueAt),
    answered: Boolean(row.answered),
    person: personTimeOf(row, []),
  }
}

/** Away days that may still matter: an outage of a month is looked back upon. */
export const awayHorizon = (now: Date): string =>
  new Date(now.getTime() - 33 * 86_400_000).toISOString().slice(0, 10)
