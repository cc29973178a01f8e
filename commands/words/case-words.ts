// A case and a measure in words, for those who raised it and for staff.
import type { App } from '../../src/app.ts'
import type { Case, CaseKind } from '../../src/care/cases/ports.ts'
import { closings, reportReasons } from '../../src/care/cases/reasons.ts'
import type { MeasureReason } from '../../src/care/measures/ports.ts'
import type { Person } from '../../src/care/members/ports.ts'
import type { Call } from '../../src/kit/command.ts'
import { small } from '../../src/kit/reply.ts'
import { t, type Text, type TextArg } from '../../src/words/text.ts'

export type Asking = Call<App, Person>

/** A name is somebody's own words: it goes into a sentence as it is, to be escaped there. */
export async function nameIn({ app, actor }: Asking, personId: string | undefined): Promise<TextArg> {
  const name = personId === undefined ? '' : await app.roster.nameOf(actor, personId)
  return name === '' ? t('cases.own.somebody') : name
}

const ownKinds = ['report', 'question', 'worry', 'appeal'] as const
/** To whoever raised it. */
export const ownKindWords = (kind: CaseKind): Text =>
  t(`cases.kind.${ownKinds.find((one) => one === kind) ?? 'question'}`)

export const reasonWords = (reason: string): Text =>
  t(`cases.reason.${reportReasons.find((one) => one === reason) ?? 'other'}`)
export const measureReasonWords = (reason: MeasureReason): Text => t(`cases.reason.${reason}`)

export const closedWords = ({ closed }: Pick<Case, 'closed'>): Text =>
  t(`cases.closed.${closings.find((one) => one === closed) ?? 'done'}`)

export const staffReaders = small(t('cases.readers'))
