// A new master key for everybody's key; a kill at any moment leaves a key file that opens everything, and doing it again ends it.
import { connect } from './connection.ts'
import { addMasterKey, dropOlderKeys } from './key-file.ts'
import { assertNoneActsOn } from './one-process.ts'
import { openVault } from './vault.ts'

/** How many people's keys are wrapped with the new one. Throws `CannotStart` where an operator can help. */
export async function rotateKeys(databaseUrl: string, keyFile: string): Promise<number> {
  if (!databaseUrl.startsWith('file:')) await assertNoneActsOn(databaseUrl)
  const { prisma, close } = await connect(databaseUrl)
  try {
    // The file must be the one of this database before anything is added to it.
    await openVault(prisma, keyFile)
    await addMasterKey(keyFile)
    await openVault(prisma, keyFile)
    await dropOlderKeys(keyFile)
    return await prisma.personKey.count()
  } finally {
    await close()
  }
}
