// Who is who, as the program records it. The store implements these; every call names its program.
import type { Language } from '../../words/text.ts'
import type { AgeBand } from '../groups/ports.ts'
import type { DaysKept } from '../privacy/days-kept.ts'

export type Role = 'member' | 'alum' | 'peer-lead' | 'facilitator' | 'admin'
export type Platform = 'discord' | 'slack' | 'playground'
/** Who sees a check-in. */
export type Audience = 'me' | 'facilitator' | 'group'

/** A platform account, by the platform's own ids. */
export type AccountKey = { readonly platform: Platform; readonly workspace: string; readonly user: string }

export type Gate = 'open' | 'code'

/** Which law the admin said applies; it decides what may travel over the platform (feature row 121). */
export type Law = 'hipaa' | 'part2' | 'gdpr' | 'other' | 'unsure'

export type Program = {
  readonly id: string
  readonly name: string
  /** ISO 3166, two letters. */
  readonly country: string
  readonly language: Language
  /** IANA. */
  readonly zone: string
  /** Local time like 09:00. */
  readonly promptTime: string
  readonly law: Law
  readonly phiMode: 'none' | 'baa'
  /** Check-in question ids in order; empty is the standard set. */
  readonly questions: readonly string[]
  /** Members are shown only what a facilitator of this program has reviewed (C22). */
  readonly reviewedOnly: boolean
  /** Who may join by themselves: everybody in the workspace, or whoever has a code or was invited. */
  readonly gate: Gate
  /** Days after which each class of things is removed; what is not named is kept. */
  readonly retention: DaysKept
  /** The room of the program's group, once an admin has named one. */
  readonly group?: Room
}
export type Room = {
  readonly id: string
  readonly name: string
  readonly platform: Platform
  readonly workspace: string
  readonly room: string
}

/** Local times between which nothing is sent. */
export type QuietHours = { readonly from: string; readonly to: string }

/** A person with what every screen needs of their program; small enough to keep in memory. */
export type Person = {
  readonly personId: string
  readonly programId: string
  readonly name: string
  readonly roles: readonly Role[]
  /** Their own choice, or the program's. */
  readonly language: Language
  readonly zone: string
  readonly country: string
  readonly quiet?: QuietHours
  readonly defaultAudience: Audience
  /** Notifications use neutral words until they are opened. */
  readonly discreet: boolean
  /** Adult until it was asked. No room and no direct line joins adults and teens (PR-6). */
  readonly ageBand: AgeBand
  /** The next step of the first five minutes, or `done`. */
  readonly welcomeStep: WelcomeStep
  readonly joinedAt: Date
  /** The version of the newest consent to taking part, or null when there is none or it was taken back. */
  readonly consented: string | null
  readonly program: Program
}
export type WelcomeStep = 'zone' | 'language' | 'prompt' | 'audience' | 'done'

export type Self = { readonly programId: string; readonly personId: string }

/** What somebody agrees to, each apart from the others and taken back apart from them (PR-5). */
export type Purpose = 'taking-part' | 'private-alert' | 'alumni' | 'minor'
export type ConsentGiven = {
  readonly purpose: Purpose
  readonly version: string
  readonly textHash: string
  readonly language: Language
  readonly given: boolean
  readonly method: Platform
  readonly at: Date
}
export type ConsentRow = ConsentGiven & { readonly id: string }

/** Whether somebody agrees to it now: what they said last counts, and silence is a no. */
export type Consents = { given(self: Self, purpose: Purpose): Promise<boolean> }

export type NewPerson = {
  readonly personId: string
  readonly programId: string
  readonly account: AccountKey
  readonly name: string
  readonly zone: string
  readonly roles: readonly Role[]
  readonly welcomeStep: WelcomeStep
  readonly grantedBy?: string
  readonly consent?: ConsentGiven
  readonly at: Date
}

export type PersonChanges = Partial<{
  readonly name: string
  readonly zone: string
  /** Null is the program's. */
  readonly language: Language | null
  readonly country: string | null
  readonly quiet: QuietHours | null
  readonly defaultAudience: Audience
  readonly discreet: boolean
  readonly ageBand: AgeBand
  readonly welcomeStep: WelcomeStep
}>

export type People = {
  byAccount(account: AccountKey): Promise<Person | undefined>
  /** In every program this account has joined, the newest first: for direct messages that name no workspace. */
  byUser(platform: Platform, user: string): Promise<readonly Person[]>
  byId(self: Self): Promise<Person | undefined>
  /** One transaction: person, key, account, roles, consent. An account that is already somebody's is that person,
   *  with the roles and consent added: joining twice, or at once from two windows, makes one person. */
  join(person: NewPerson): Promise<Person>
  change(self: Self, changes: PersonChanges): Promise<void>
  grant(self: Self, role: Role, grantedBy: string | undefined, at: Date): Promise<void>
  revoke(self: Self, role: Role, at: Date): Promise<void>
  /** Ordered by id; `after` is the last id of the page before. */
  list(
    programId: string,
    page: { readonly role?: Role; readonly after?: string; readonly limit: number },
  ): Promise<readonly Person[]>
  /** Appends; taking consent back is a row too, and stops everything that rests on it. */
  consent(self: Self, consent: ConsentGiven): Promise<void>
  consents(self: Self): Promise<readonly ConsentRow[]>
  /** Accounts whose direct messages are refused just now, by person. */
  unreached(
    programId: string,
  ): Promise<readonly { readonly personId: string; readonly since: Date; readonly platform: Platform }[]>
  /** Marks what the person has now been told, and returns it: each is told once. */
  tellUnreached(self: Self, at: Date): Promise<readonly { readonly since: Date }[]>
}

/** Lets in whoever has its code: at most so many, and not after that moment. */
export type Invite = {
  readonly id: string
  readonly programId: string
  readonly groupId: string | null
  readonly madeById: string
  readonly usesLeft: number
  readonly expiresAt: Date
  readonly at: Date
}
export type Invites = {
  /** False when there is one with that code already. */
  add(invite: Invite & { readonly codeHash: string }): Promise<boolean>
  byCode(programId: string, codeHash: string): Promise<Invite | undefined>
  byId(programId: string, id: string): Promise<Invite | undefined>
  /** The newest first. */
  list(programId: string, page: { readonly skip: number; readonly take: number }): Promise<readonly Invite[]>
  /** Takes one use, if any is left at that moment. */
  spend(programId: string, id: string, at: Date): Promise<boolean>
  /** Spending and joining in one transaction; an account that the program knows spends nothing. Undefined when none was left. */
  join(person: NewPerson, id: string): Promise<string | undefined>
  /** False when it was over already. */
  end(programId: string, id: string): Promise<boolean>
  forget(before: Date): Promise<void>
}

export type NewProgram = Omit<Program, 'group' | 'reviewedOnly' | 'retention' | 'gate'> & {
  readonly workspace: { readonly platform: Platform; readonly externalId: string }
  readonly at: Date
}
export type ProgramChanges = Partial<Omit<Program, 'id' | 'group'>>

export type Programs = {
  byWorkspace(platform: Platform, workspace: string): Promise<Program | undefined>
  byId(id: string): Promise<Program | undefined>
  /** One transaction with its first admin. Undefined when the workspace already belongs to a program: of two racing, one sets it up. */
  create(program: NewProgram, admin?: NewPerson): Promise<Program | undefined>
  change(id: string, changes: ProgramChanges): Promise<void>
  setGroup(id: string, group: Omit<Room, 'id'> & { readonly id: string }): Promise<void>
  /** Workspace and country of every program: kept beside the process so that help answers without a database (CR-1). */
  places(): Promise<
    readonly {
      readonly platform: Platform
      readonly workspace: string
      readonly programId: string
      readonly country: string
    }[]
  >
  all(): Promise<readonly Program[]>
}

/** What must be said to somebody else, written in the transaction of the fact it announces (RE-3). Ids only, never words. */
export type Announcement = {
  readonly id: string
  readonly notice: string
  readonly params: Readonly<Record<string, string>>
  readonly to:
    { readonly kind: 'person'; readonly personId: string } | { readonly kind: 'room'; readonly room: Room }
  readonly dedupeKey: string
  readonly dueAt: Date
  /** 0 a person in danger, 1 somebody waits, 2 the rest. */
  readonly priority: 0 | 1 | 2
  readonly expiresAt?: Date
}

export type Announcements = {
  put(programId: string, announcements: readonly Announcement[], at: Date): Promise<void>
  /** What one says that went to this person. */
  to(
    self: Self,
    id: string,
  ): Promise<{ readonly notice: string; readonly params: Readonly<Record<string, unknown>> } | undefined>
  /** How far one has come; undefined when the program has none of that id. */
  stateOf(
    programId: string,
    id: string,
  ): Promise<'waiting' | 'sent' | 'unreached' | 'expired' | 'dead' | undefined>
}
