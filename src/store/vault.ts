// A key for every person, wrapped by the master key: destroying one row forgets all that a person wrote (SE-2).
import { createSecretKey, randomBytes, type KeyObject } from 'node:crypto'
import type { Self } from '../care/members/ports.ts'
import { CannotStart } from './cannot-start.ts'
import type { Client } from './connection.ts'
import { masterKeys, type MasterKeys } from './key-file.ts'
import { keyLength, seal, unseal, type Place, type Sealed } from './sealed.ts'

/** Which column of which row; whose it is comes from whose key is used. */
export type Spot = Pick<Place, 'model' | 'column' | 'row'>

/** One person's words, in and out. */
export type OwnVault = {
  seal(spot: Spot, words: string): Sealed
  open(spot: Spot, sealed: string): string
}

export type WrappedKey = { readonly kekId: string; readonly wrapped: string }

export type Vault = {
  /** A new person's key: the row to insert with them, and its use. */
  newKey(self: Self): { readonly row: WrappedKey; readonly own: OwnVault }
  /** For a key row that was read along with its person. */
  unlock(self: Self, row: WrappedKey): OwnVault
  /** Throws when the person is not of this program, or was erased. */
  of(self: Self): Promise<OwnVault>
  /** Several at once; whoever has no key any more is left out. */
  ofMany(programId: string, personIds: readonly string[]): Promise<ReadonlyMap<string, OwnVault>>
  /** Forgets an erased person's key, which may still be in memory. */
  forget(personId: string): void
}

const remembered = 10_000
const rewrappedAtOnce = 500

export async function openVault(prisma: Client, keyFile: string): Promise<Vault> {
  const ids = await prisma.personKey.groupBy({ by: ['kekId'] })
  const keys = await masterKeys(keyFile, ids.length > 0)
  const unknown = ids.find(({ kekId }) => !keys.some(({ id }) => id === kekId))
  if (unknown !== undefined)
    throw new CannotStart(
      `The key file ${keyFile} is not the one this database was used with. Put the right one back, or set HANDRAIL_KEY_FILE to where it is.`,
    )
  await rewrap(prisma, keys)
  return vaultOf(prisma, keys)
}

const wrapPlace = (self: Self, kekId: string): Place => ({
  programId: self.programId,
  model: 'PersonKey',
  column: 'wrapped',
  owner: self.personId,
  row: kekId,
})

function unwrap(keys: MasterKeys, self: Self, { kekId, wrapped }: WrappedKey): Buffer {
  const master = keys.find(({ id }) => id === kekId)
  if (master === undefined) throw new Error('a person’s key is wrapped with a master key that is not here')
  return unseal(master.key, wrapPlace(self, kekId), wrapped)
}

/** Whether a person's key, as it is kept, opens with these master keys. */
export function opensKey(keys: MasterKeys, self: Self, row: WrappedKey): boolean {
  try {
    return unwrap(keys, self, row).length === keyLength
  } catch {
    return false
  }
}

const wrap = ([{ id, key }]: MasterKeys, self: Self, bytes: Buffer): WrappedKey => ({
  kekId: id,
  wrapped: seal(key, wrapPlace(self, id), bytes),
})

/** After a new master key: wraps every person's key with it and rewrites no words. A kill in between is finished next time. */
async function rewrap(prisma: Client, keys: MasterKeys): Promise<void> {
  for (;;) {
    const rows = await prisma.personKey.findMany({
      where: { kekId: { not: keys[0].id } },
      include: { person: { select: { programId: true } } },
      take: rewrappedAtOnce,
    })
    if (rows.length === 0) return
    await prisma.$transaction(
      rows.map((row) => {
        const self = { personId: row.personId, programId: row.person.programId }
        return prisma.personKey.updateMany({
          where: { personId: row.personId, kekId: row.kekId },
          data: wrap(keys, self, unwrap(keys, self, row)),
        })
      }),
    )
  }
}

function vaultOf(prisma: Client, keys: MasterKeys): Vault {
  /** The least recently used person is first. */
  const known = new Map<string, { readonly programId: string; readonly own: OwnVault }>()

  function remember(self: Self, own: OwnVault): OwnVault {
    known.delete(self.personId)
    known.set(self.personId, { programId: self.programId, own })
    const [oldest] = known.keys()
    if (known.size > remembered && oldest !== undefined) known.delete(oldest)
    return own
  }
  function recall({ programId, personId }: Self): OwnVault | undefined {
    const found = known.get(personId)
    return found?.programId === programId ? remember({ programId, personId }, found.own) : undefined
  }
  const unlock = (self: Self, row: WrappedKey): OwnVault =>
    recall(self) ?? remember(self, ownVault(self, createSecretKey(unwrap(keys, self, row))))

  async function ofMany(programId: string, personIds: readonly string[]) {
    const found = new Map<string, OwnVault>()
    const missing: string[] = []
    for (const personId of new Set(personIds)) {
      const own = recall({ programId, personId })
      if (own === undefined) missing.push(personId)
      else found.set(personId, own)
    }
    if (missing.length === 0) return found
    const rows = await prisma.personKey.findMany({
      where: { personId: { in: missing }, person: { programId } },
    })
    for (const row of rows) found.set(row.personId, unlock({ programId, personId: row.personId }, row))
    return found
  }

  return {
    newKey(self) {
      const bytes = randomBytes(keyLength)
      return { row: wrap(keys, self, bytes), own: ownVault(self, createSecretKey(bytes)) }
    },
    unlock,
    async of(self) {
      const own = (await ofMany(self.programId, [self.personId])).get(self.personId)
      if (own === undefined) throw new Error(`person ${self.personId} has no key in this program`)
      return own
    },
    ofMany,
    forget: (personId) => void known.delete(personId),
  }
}

function ownVault({ programId, personId }: Self, key: KeyObject): OwnVault {
  const place = (spot: Spot): Place => ({ ...spot, programId, owner: personId })
  return {
    seal: (spot, words) => seal(key, place(spot), words),
    open: (spot, sealed) => unseal(key, place(spot), sealed).toString('utf8'),
  }
}
