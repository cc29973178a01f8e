// The closed sets of reasons of a case: why it was raised, how it ended, why a name is opened.
import type { CaseKind } from './ports.ts'

export const reportReasons = [
  'danger',
  'unkind',
  'private',
  'substances',
  'graphic',
  'contact',
  'spam',
  'other',
] as const
export type ReportReason = (typeof reportReasons)[number]

export const closings = ['answered', 'talked', 'passed-on', 'acted', 'stays', 'changed', 'done'] as const
export type Closing = (typeof closings)[number]

const closingsByKind: Partial<Readonly<Record<CaseKind, readonly Closing[]>>> = {
  question: ['answered', 'talked', 'passed-on'],
  report: ['acted', 'talked', 'stays', 'passed-on'],
  appeal: ['changed', 'stays', 'talked'],
  worry: ['talked', 'acted', 'passed-on'],
}
export const closingsOf = (kind: CaseKind): readonly Closing[] => closingsByKind[kind] ?? ['done']

/** Somebody may be in danger, somebody else may be, or the law asks: nothing else opens a name. */
export const namingReasons = ['danger', 'others', 'law'] as const
export type NamingReason = (typeof namingReasons)[number]
