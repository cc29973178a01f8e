import { z } from 'zod'
import type { Drafts } from '../kit/drafts.ts'
import type { Client } from './connection.ts'
import { newId } from './ids.ts'
import type { Vault } from './vault.ts'

const keptMs = 24 * 3_600_000
const rawShape = z.record(z.string(), z.unknown())
/** Bound to the form, which is what a person has one draft of. */
const answersAt = (form: string) => ({ model: 'Draft', column: 'answers', row: form })

export function draftsIn(prisma: Client, vault: Vault): Drafts {
  return {
    async put({ programId, personId }, form, raw, now) {
      const own = await vault.of({ programId, personId })
      const draft = {
        answers: own.seal(answersAt(form), JSON.stringify(raw)),
        expiresAt: new Date(now.getTime() + keptMs),
      }
      await prisma.draft.deleteMany({ where: { programId, expiresAt: { lte: now } } })
      await prisma.draft.upsert({
        where: { personId_form: { personId, form } },
        create: { id: newId(), programId, personId, form, ...draft },
        update: draft,
      })
    },

    async get({ programId, personId }, form, now) {
      const row = await prisma.draft.findFirst({
        where: { programId, personId, form, expiresAt: { gt: now } },
      })
      if (row === null) return undefined
      const own = await vault.of({ programId, personId })
      return rawShape.parse(JSON.parse(own.open(answersAt(form), row.answers)))
    },

    async drop({ programId, personId }, form) {
      await prisma.draft.deleteMany({ where: { programId, personId, form } })
    },
  }
}
