// What a person may bring from elsewhere, in the shape each noun reads it in. The rest is for one program alone.
import type { z } from 'zod'
import type { EntryKind } from '../entries/ports.ts'
import { shape as journal } from '../journal/journal.ts'
import { ownShape as ownPrompt } from '../journal/prompts.ts'
import { shape as hardDate } from '../plans/hard-dates.ts'
import { shape as letter } from '../plans/letters.ts'
import { shape as plan } from '../plans/plans.ts'
import { shape as recovery, slipShape as slip } from '../recovery/recovery.ts'
import { shape as scale } from '../scales/scales.ts'
import { keptShape as takeaway, shape as agenda } from '../sessions/agenda.ts'
import { shape as favourite } from '../skills/shelf.ts'
import { shape as skillUse } from '../skills/uses.ts'
import { shape as urge } from '../urges/urges.ts'

export const portable: Readonly<Partial<Record<EntryKind, z.ZodType>>> = {
  journal,
  'own-prompt': ownPrompt,
  agenda,
  takeaway,
  'skill-use': skillUse,
  favourite,
  urge,
  slip,
  recovery,
  plan,
  letter,
  'hard-date': hardDate,
  scale,
}
