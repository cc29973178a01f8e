// Totals as the published scoring has them, read from the scale's own table (SC-2, SC-3).
import type { Scale } from './content.ts'

export type Answers = Readonly<Record<string, number>>
export type Score = {
  readonly total: number
  readonly least: number
  readonly most: number
  /** Which of the published ranges, counted from 1, and its ends. */
  readonly range: { readonly number: number; readonly of: number; readonly from: number; readonly to: number }
}

export const isChoice = (scale: Scale, value: number): boolean =>
  scale.choices.some((one) => one.value === value)

export const missingIn = (scale: Scale, answers: Answers): readonly string[] =>
  scale.items.flatMap(({ id }) => {
    const said = answers[id]
    return said !== undefined && isChoice(scale, said) ? [] : [id]
  })

/** Undefined while any item is without an answer: nothing is ever filled in for a person. */
export function scoreOf(scale: Scale, answers: Answers): Score | undefined {
  if (missingIn(scale, answers).length > 0) return undefined
  const total = scale.items.reduce((sum, { id }) => sum + (answers[id] ?? 0), 0)
  const { ranges } = scale.scoring
  const at = ranges.findIndex(([from, to]) => from <= total && total <= to)
  const range = ranges[at]
  if (!range) throw new Error(`${scale.slug} has no range for ${total}`)
  const values = scale.choices.map(({ value }) => value)
  return {
    total,
    least: Math.min(...values) * scale.items.length,
    most: Math.max(...values) * scale.items.length,
    range: { number: at + 1, of: ranges.length, from: range[0], to: range[1] },
  }
}
