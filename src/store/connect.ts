// Everything the bot remembers, opened in order: lock, migrations, checks, vault.
import { join } from 'node:path'
import { announcementsIn } from './announcements.ts'
import { checkInsIn } from './check-ins.ts'
import { connect } from './connection.ts'
import { deliveryStore } from './delivery/delivery.ts'
import { draftsIn } from './drafts.ts'
import { newId } from './ids.ts'
import { lineReviewsIn } from './line-reviews.ts'
import { peopleIn } from './people.ts'
import { programsIn } from './programs.ts'
import { readingsIn } from './readings.ts'
import { remindersIn } from './reminders.ts'
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
    return {
      people: peopleIn(prisma, vault),
      programs: programsIn(prisma, vault),
      checkIns: checkInsIn(connection, vault),
      readings: readingsIn(prisma),
      reminders: remindersIn(prisma, vault),
      lineReviews: lineReviewsIn(prisma),
      announcements: announcementsIn(prisma),
      drafts: draftsIn(prisma, vault),
      ...deliveryStore(connection, newId),
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
