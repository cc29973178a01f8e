// Quiet hours as they are asked for, of a person and of a group.
import type { QuietHours } from '../../src/care/members/ports.ts'
import * as f from '../../src/kit/field.ts'
import { Refusal } from '../../src/words/refusal.ts'
import { t } from '../../src/words/text.ts'

export const quietFields = {
  from: f.optional(f.time(t('people.quiet.from'), { hint: t('people.quiet.hint') })),
  to: f.optional(f.time(t('people.quiet.to'), { hint: t('people.quiet.hint') })),
} as const

type Said = { readonly from: string | undefined; readonly to: string | undefined }

/** Undefined where both were left empty. Refuses one alone, and two that are the same. */
export function quietFrom({ from, to }: Said): QuietHours | undefined {
  if (from === undefined && to === undefined) return undefined
  if (from === undefined || to === undefined)
    throw new Refusal(t('people.quiet.both'), from === undefined ? 'from' : 'to')
  if (from === to) throw new Refusal(t('people.quiet.same'), 'to')
  return { from, to }
}
