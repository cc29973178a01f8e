// A skill of the program's own, in words and as a form; and what was said about shipped content.
import { stepsIn, type ProgramSkill, type SkillWords } from '../../src/care/library/offers.ts'
import type { Review } from '../../src/care/library/reviews.ts'
import * as f from '../../src/kit/field.ts'
import type { Raw } from '../../src/kit/parse.ts'
import { heading, list, type Part } from '../../src/kit/reply.ts'
import { t, type Text } from '../../src/words/text.ts'
import { dayWords } from './days.ts'

export const skillFields = {
  name: f.text(t('library.name.label'), { max: 60 }),
  for: f.text(t('library.for.label'), { max: 200 }),
  steps: f.paragraph(t('library.steps.label'), { max: 3000 }),
  minutes: f.whole(t('library.minutes.label'), { min: 1, max: 120 }),
  care: f.optional(f.paragraph(t('library.care.label'), { max: 300 })),
}

export const skillSaid = ({ care, steps, ...said }: f.Answers<typeof skillFields>): SkillWords => ({
  ...said,
  steps: [...stepsIn(steps)],
  ...(care !== undefined && { care }),
})

export const skillFilled = ({ name, for: purpose, steps, minutes, care }: SkillWords): Raw => ({
  name,
  for: purpose,
  steps: steps.join('\n'),
  minutes,
  ...(care !== undefined && { care }),
})

export const skillParts = ({
  name,
  for: purpose,
  minutes,
  steps,
  notFor,
}: Omit<ProgramSkill, 'slug' | 'words' | 'writtenBy'>): readonly Part[] => [
  heading(name),
  purpose,
  t('library.minutes', { minutes }),
  list(steps.map(({ text }) => text)),
  ...(notFor === undefined ? [] : [t('library.care', { care: notFor })]),
]

/** Never more than somebody of the program said, and under their name. `day` is the reader's. */
export function reviewWords(review: Review, day: (at: Date) => string): Text {
  if (review.state === 'not-reviewed') return t('library.review.state.not-reviewed')
  const on = dayWords(day(review.at))
  return review.by === ''
    ? t(`library.review.state.${review.state}.left`, { day: on })
    : t(`library.review.state.${review.state}`, { name: review.by, day: on })
}
