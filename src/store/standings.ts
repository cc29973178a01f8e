import type { Standings } from '../care/alumni/ports.ts'
import { announce } from './announce.ts'
import { record } from './audit.ts'
import type { Client } from './connection.ts'
import { sealedEntry } from './entries.ts'
import { assertFits, lock, putSeat, Refused, unlessRefused } from './groups.ts'
import { addConsent, grant } from './people.ts'
import type { Vault } from './vault.ts'

export function standingsIn(prisma: Client, vault: Vault): Standings {
  return {
    async turn(self, { entry, before, seats = [], audit, ...turn }, at) {
      const { programId, personId } = self
      const row = sealedEntry(entry, await vault.of(self))
      const turned = await unlessRefused(() =>
        prisma.$transaction(async (tx) => {
          // Groups in one order, and before the row of the program, as everywhere: two at once wait and never block each other.
          for (const { seat, was } of seats.toSorted((a, b) => (a.seat.groupId < b.seat.groupId ? -1 : 1))) {
            const group = await lock(tx, programId, seat.groupId, at)
            if (!group || seat.personId !== personId) throw new Refused()
            await assertFits(tx, programId, group.ageBand, seat)
            await putSeat(tx, programId, seat, was)
          }
          if (before) {
            const asRead = { id: entry.id, programId, personId, editedAt: before.editedAt ?? null }
            const { count } = await tx.entry.updateMany({ where: asRead, data: row })
            if (count === 0) throw new Refused()
          } else await tx.entry.create({ data: { id: entry.id, programId, personId, ...row } })
          if (turn.revoke)
            await tx.roleGrant.updateMany({
              where: { programId, personId, role: turn.revoke, until: null },
              data: { until: at },
            })
          if (turn.grant) await grant(tx, self, turn.grant.role, turn.grant.by, at)
          if (turn.consent) await addConsent(tx, self, turn.consent)
          await announce(tx, programId, turn.announce ?? [], at)
          await record(tx, programId, audit, at)
          return true
        }),
      )
      return turned === true
    },
  }
}
