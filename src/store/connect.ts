// Everything the bot remembers, opened in order: lock, migrations, checks, vault.
import { join } from 'node:path'
import { agedIn } from './aged.ts'
import { announcementsIn } from './announcements.ts'
import { assignmentsIn } from './assignments.ts'
import { auditsIn } from './audit.ts'
import { casesIn, waysIn } from './cases.ts'
import { checkInsIn } from './check-ins.ts'
import { connect } from './connection.ts'
import { consentsIn } from './consents.ts'
import { deliveryStore } from './delivery/delivery.ts'
import { draftsIn } from './drafts.ts'
import { dutiesIn } from './duties.ts'
import { entriesIn } from './entries.ts'
import { figuresIn } from './figures.ts'
import { groupsIn } from './groups.ts'
import { heardIn, saidIn } from './heard.ts'
import { newId } from './ids.ts'
import { meetingsIn } from './meetings.ts'
import { measuresIn } from './measures.ts'
import { erasureLedger, ledgerFile } from './erasure-ledger.ts'
import { libraryIn } from './library.ts'
import { lineReviewsIn } from './line-reviews.ts'
import { pairsIn } from './pairs.ts'
import { peopleIn } from './people.ts'
import { invitesIn } from './invites.ts'
import { pledgesIn } from './pledges.ts'
import { postsIn } from './posts.ts'
import { programsIn } from './programs.ts'
import { readingsIn } from './readings.ts'
import { receivedIn } from './received.ts'
import { removalsIn } from './removals.ts'
import { remindersIn } from './reminders.ts'
import { contentReviewsIn } from './reviews.ts'
import { sessionsIn } from './sessions.ts'
import { standingsIn } from './standings.ts'
import { signerIn } from './signing-key.ts'
import { replayErasures, wholePersonIn } from './whole-person.ts'
import { openVault } from './vault.ts'

export type StorePlace = {
  readonly dataDir: string
  /** `file:` or `postgresql:`; a SQLite file in `dataDir` unless given. */
  readonly databaseUrl?: string | undefined
  /** `handrail.key` in `dataDir` unless given. */
  readonly keyFile?: string | undefined
}

export type Store = Awaited<ReturnType<typeof openStore>>

/** Throws `CannotStart`, in words for an operator, where an operator can help. */
export async function openStore({ dataDir, databaseUrl, keyFile }: StorePlace) {
  const connection = await connect(databaseUrl ?? `file:${join(dataDir, 'handrail.db')}`)
  try {
    const { prisma } = connection
    const vault = await openVault(prisma, keyFile ?? join(dataDir, 'handrail.key'))
    const ledger = erasureLedger(ledgerFile(dataDir))
    await replayErasures(connection, vault, ledger)
    const delivery = deliveryStore(connection, newId)
    return {
      people: peopleIn(prisma, vault),
      programs: programsIn(prisma, vault),
      checkIns: checkInsIn(connection, vault),
      entries: entriesIn(prisma, vault),
      readings: readingsIn(prisma),
      aged: agedIn(prisma),
      wholePerson: wholePersonIn(connection, vault, ledger),
      removals: removalsIn(connection, vault, ledger),
      signer: await signerIn(join(dataDir, 'signing.key')),
      reminders: remindersIn(prisma, vault),
      library: libraryIn(prisma),
      reviews: contentReviewsIn(prisma),
      assignments: assignmentsIn(prisma),
      sessions: sessionsIn(prisma),
      groups: groupsIn(prisma),
      standings: standingsIn(prisma, vault),
      pairs: pairsIn(prisma),
      cases: casesIn(prisma, vault),
      ways: waysIn(prisma),
      meetings: meetingsIn(prisma),
      posts: postsIn(prisma, vault),
      pledges: pledgesIn(prisma),
      invites: invitesIn(prisma, vault),
      measures: measuresIn(prisma),
      duties: dutiesIn(prisma),
      consents: consentsIn(prisma),
      audits: auditsIn(connection),
      lineReviews: lineReviewsIn(prisma),
      announcements: announcementsIn(prisma),
      drafts: draftsIn(prisma, vault),
      received: receivedIn(prisma, vault),
      heard: heardIn(prisma),
      said: saidIn(prisma),
      ...delivery,
      figures: figuresIn(prisma, delivery.outbox),
      /** Names of the migrations that this start applied. */
      migrated: connection.migrated,
      /** Rejects when the database does not answer. */
      async health(): Promise<void> {
        await prisma.$queryRaw`SELECT 1`
      },
      close: () => connection.close(),
    }
  } catch (error) {
    await connection.close()
    throw error
  }
}
