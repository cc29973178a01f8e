// Who did what to whose words, in an order that nobody can change unseen (PR-11).

/** What staff do, and what others read: a closed set, never a person's words. */
export const acts = [
  'read',
  'open-case',
  'claim-case',
  'answer-case',
  'note-case',
  'close-case',
  'reveal',
  'approve-post',
  'reword-post',
  'remove-post',
  'remove-message',
  'warn',
  'cool-down',
  'time-out',
  'end-measure',
  'remove-member',
  'let-in',
  'make-group',
  'change-group',
  'pause-group',
  'archive-group',
  'grant-role',
  'revoke-role',
  'set-age',
  'graduate',
  'acknowledge',
  'resolve',
  'hand-over',
  'attendance',
  'drill',
  'duty',
] as const
export type Act = (typeof acts)[number]

export type AuditEntry = {
  /** Null is the bot itself. */
  readonly actorId: string | null
  readonly actorRole: string
  readonly act: Act
  /** Like `check-in`, `case`, `post`. */
  readonly objectKind: string
  readonly objectId: string
  /** Whose words, or on whom. */
  readonly personId?: string
  /** One of a closed set of reasons. */
  readonly why?: string
}
export type AuditRow = AuditEntry & { readonly seq: number; readonly at: Date; readonly hash: string }

/** What a chain is found to be: whole, or broken from the first row that does not fit. */
export type Verified =
  | { readonly ok: true; readonly rows: number }
  | { readonly ok: false; readonly rows: number; readonly firstBroken: number }

export type Audits = {
  add(programId: string, entry: AuditEntry, at: Date): Promise<void>
  /** Newest first; `before` is the number of the last one of the page before. */
  list(
    programId: string,
    page: { readonly before?: number; readonly limit: number; readonly personId?: string },
  ): Promise<readonly AuditRow[]>
  /** Reads the chain of one program from its first row, a page in memory at a time. */
  verify(programId: string): Promise<Verified>
}
