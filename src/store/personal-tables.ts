// What every table knows of a person, and what becomes of it: told to them, erased with them. A test walks the schema, so that
// a new personal column without a rule here fails (PR-7, PR-8).
import type { Self } from '../care/members/ports.ts'
import type { Transaction } from './transaction.ts'
import type { OwnVault } from './vault.ts'

type Row = Readonly<Record<string, unknown>>
export type PersonalTable = {
  /** The rows about the person as they are told to them; absent where `untold` says why. */
  readonly tell?: (tx: Transaction, self: Self, own: OwnVault) => Promise<readonly Row[]>
  readonly untold?: string
  /** Returns how many rows went. */
  readonly erase: (tx: Transaction, self: Self) => Promise<{ readonly count: number }>
}

const mine = ({ programId, personId }: Self) => ({ programId, personId })
const json = (text: string): unknown => JSON.parse(text)
/** Without the columns that only the machine needs. */
const plain = ({ programId: _program, personId: _person, ...rest }: Row): Row => rest

/** In the order in which they can be deleted. */
export const personalTables: Readonly<Record<string, PersonalTable>> = {
  Snooze: {
    untold: 'Moves one prompt by some minutes; what is planned is told with the reminders.',
    erase: (tx, self) => tx.snooze.deleteMany({ where: mine(self) }),
  },
  Schedule: {
    tell: async (tx, self, own) =>
      (await tx.schedule.findMany({ where: mine(self) })).map((row) => ({
        ...plain(row),
        words: row.words && own.open({ model: 'Schedule', column: 'words', row: row.id }, row.words),
      })),
    erase: (tx, self) => tx.schedule.deleteMany({ where: mine(self) }),
  },
  Outbox: {
    tell: async (tx, self) =>
      (await tx.outbox.findMany({ where: mine(self) })).map(({ notice, dueAt, sentAt, status }) => ({
        notice,
        dueAt,
        sentAt,
        status,
      })),
    // What others were to be told about them points to them too.
    erase: (tx, { programId, personId }) =>
      tx.outbox.deleteMany({ where: { programId, OR: [{ personId }, { params: { contains: personId } }] } }),
  },
  Draft: {
    untold: 'What is typed in a form that is not finished yet, for a day; the form itself shows it.',
    erase: (tx, self) => tx.draft.deleteMany({ where: mine(self) }),
  },
  Received: {
    untold:
      'What was sent in and is not worked on yet, for moments; what comes of it is told with its own table.',
    erase: (tx, self) => tx.received.deleteMany({ where: mine(self) }),
  },
  Entry: {
    tell: async (tx, self, own) =>
      (await tx.entry.findMany({ where: mine(self), orderBy: [{ at: 'asc' }, { id: 'asc' }] })).map(
        (row) => ({
          ...plain(row),
          body: json(own.open({ model: 'Entry', column: 'body', row: row.id }, row.body)),
        }),
      ),
    erase: (tx, self) => tx.entry.deleteMany({ where: mine(self) }),
  },
  CheckIn: {
    tell: async (tx, self, own) =>
      (await tx.checkIn.findMany({ where: mine(self), orderBy: [{ at: 'asc' }, { id: 'asc' }] })).map(
        (row) => ({
          ...plain(row),
          answers:
            row.answers && json(own.open({ model: 'CheckIn', column: 'answers', row: row.id }, row.answers)),
        }),
      ),
    erase: (tx, self) => tx.checkIn.deleteMany({ where: mine(self) }),
  },
  Away: {
    tell: async (tx, self) => (await tx.away.findMany({ where: mine(self) })).map(plain),
    erase: (tx, self) => tx.away.deleteMany({ where: mine(self) }),
  },
  Consent: {
    tell: async (tx, self) => (await tx.consent.findMany({ where: mine(self) })).map(plain),
    erase: (tx, self) => tx.consent.deleteMany({ where: mine(self) }),
  },
  RoleGrant: {
    tell: async (tx, self) =>
      (await tx.roleGrant.findMany({ where: mine(self) })).map(({ role, since, until }) => ({
        role,
        since,
        until,
      })),
    erase: (tx, self) => tx.roleGrant.deleteMany({ where: mine(self) }),
  },
  Reading: {
    tell: async (tx, self) =>
      (await tx.reading.findMany({ where: mine(self) })).map(({ readerRole, what, at }) => ({
        readerRole,
        what,
        at,
      })),
    erase: (tx, self) => tx.reading.deleteMany({ where: mine(self) }),
  },
  Seat: {
    tell: async (tx, self) => (await tx.seat.findMany({ where: mine(self) })).map(plain),
    erase: async (tx, { programId, personId }) => {
      // Their rooms are put in step at once, and their places go to those who wait.
      const seats = { some: { personId } }
      await tx.group.updateMany({ where: { programId, seats }, data: { syncAt: new Date(0) } })
      return tx.seat.deleteMany({ where: { programId, personId } })
    },
  },
  Rsvp: {
    tell: async (tx, self) => (await tx.rsvp.findMany({ where: mine(self) })).map(plain),
    erase: (tx, self) => tx.rsvp.deleteMany({ where: mine(self) }),
  },
  Invite: {
    untold: 'Codes a facilitator made for others; they end with whoever made them.',
    erase: (tx, { programId, personId }) =>
      tx.invite.deleteMany({ where: { programId, madeById: personId } }),
  },
  Pledge: {
    tell: async (tx, self) => (await tx.pledge.findMany({ where: mine(self) })).map(plain),
    erase: (tx, self) => tx.pledge.deleteMany({ where: mine(self) }),
  },
  Reaction: {
    tell: async (tx, self) => (await tx.reaction.findMany({ where: mine(self) })).map(plain),
    erase: (tx, self) => tx.reaction.deleteMany({ where: mine(self) }),
  },
  Post: {
    tell: async (tx, self, own) =>
      (await tx.post.findMany({ where: mine(self) })).map(({ decidedBy: _decidedBy, ...row }) => ({
        ...plain(row),
        body: json(own.open({ model: 'Post', column: 'body', row: row.id }, row.body)),
      })),
    erase: (tx, self) => tx.post.deleteMany({ where: mine(self) }),
  },
  CaseLine: {
    // What staff noted for one another was not given by the person; lines they wrote themselves were.
    tell: async (tx, self, own) =>
      (await tx.caseLine.findMany({ where: mine(self) })).map((row) => ({
        ...plain(row),
        body: own.open({ model: 'CaseLine', column: 'body', row: row.id }, row.body),
      })),
    erase: (tx, self) => tx.caseLine.deleteMany({ where: mine(self) }),
  },
  EscalationStep: {
    untold: 'Who of the staff was asked to look at a case, and when.',
    erase: (tx, self) => tx.escalationStep.updateMany({ where: mine(self), data: { personId: null } }),
  },
  Case: {
    tell: async (tx, { programId, personId }) =>
      (await tx.case.findMany({ where: { programId, raisedBy: personId } })).map(
        ({ kind, source, createdAt, closedAt, closed }) => ({ kind, source, createdAt, closedAt, closed }),
      ),
    erase: async (tx, { programId, personId }) => {
      const about = await tx.case.deleteMany({ where: { programId, personId } })
      const raised = await tx.case.updateMany({
        where: { programId, raisedBy: personId },
        data: { raisedBy: null },
      })
      return { count: about.count + raised.count }
    },
  },
  Duty: {
    tell: async (tx, self) => (await tx.duty.findMany({ where: mine(self) })).map(plain),
    erase: (tx, self) => tx.duty.deleteMany({ where: mine(self) }),
  },
  Measure: {
    tell: async (tx, self) =>
      (await tx.measure.findMany({ where: mine(self) })).map(({ kind, reason, since, until, endedAt }) => ({
        kind,
        reason,
        since,
        until,
        endedAt,
      })),
    erase: (tx, self) => tx.measure.deleteMany({ where: mine(self) }),
  },
  Pair: {
    tell: async (tx, { programId, personId }) =>
      (
        await tx.pair.findMany({ where: { programId, OR: [{ oneId: personId }, { otherId: personId }] } })
      ).map(({ state, since, endedAt }) => ({ state, since, endedAt })),
    erase: (tx, { programId, personId }) =>
      tx.pair.deleteMany({ where: { programId, OR: [{ oneId: personId }, { otherId: personId }] } }),
  },
  Assignment: {
    tell: async (tx, { programId, personId }) =>
      (await tx.assignment.findMany({ where: { programId, toPerson: personId } })).map(
        ({ what, givenAt, untilDay, endedAt }) => ({ what, givenAt, untilDay, endedAt }),
      ),
    erase: (tx, { programId, personId }) =>
      tx.assignment.deleteMany({ where: { programId, toPerson: personId } }),
  },
  LibraryItem: {
    untold: 'The program’s own content; who wrote a piece is taken from it when they are erased.',
    erase: (tx, { programId, personId }) =>
      tx.libraryItem.updateMany({ where: { programId, writtenBy: personId }, data: { writtenBy: null } }),
  },
  Account: {
    tell: async (tx, self) =>
      (await tx.account.findMany({ where: mine(self) })).map(
        ({ platform, externalId, unreachableSince }) => ({ platform, externalId, unreachableSince }),
      ),
    erase: (tx, self) => tx.account.deleteMany({ where: mine(self) }),
  },
  PersonKey: {
    untold: 'The key that seals what they wrote. Taken along it would open nothing elsewhere.',
    erase: (tx, { programId, personId }) =>
      tx.personKey.deleteMany({ where: { personId, person: { programId } } }),
  },
  Person: {
    tell: async (tx, { programId, personId }, own) =>
      (await tx.person.findMany({ where: { id: personId, programId } })).map((row) => ({
        ...plain(row),
        name: own.open({ model: 'Person', column: 'name', row: row.id }, row.name),
      })),
    erase: (tx, { programId, personId }) => tx.person.deleteMany({ where: { id: personId, programId } }),
  },
}

/** Columns that hold a person's random id and say nothing else; they are left, and lead nowhere once the person is erased. */
export const bareIds: readonly string[] = [
  'RoleGrant.grantedBy',
  'Reading.readerId',
  'LibraryItem.addedBy',
  'ContentReview.reviewedBy',
  'Assignment.givenBy',
  'HelplineReview.verifiedBy',
  'Erasure.personId',
  'Meeting.hostId',
  'Post.decidedBy',
  'Case.claimedBy',
  'Case.closedBy',
  'Escalation.ackBy',
  'Escalation.resolvedBy',
  'Measure.by',
  'Measure.endedBy',
  'Pair.askedBy',
  'Audit.actorId',
  'Audit.personId',
]
