// A check-in in words.
import type { CheckInAnswers } from '../../src/care/checkins/ports.ts'
import { choiceLabel, questionById } from '../../src/care/checkins/questions.ts'
import type { Audience } from '../../src/care/members/ports.ts'
import { t, type Text } from '../../src/words/text.ts'

/** One line for every answer but the note, which is shown as the person's own words. */
export const answersInWords = (answers: CheckInAnswers): readonly Text[] =>
  Object.entries(answers).flatMap(([id, said]) => {
    const one = questionById(id)
    if (one === undefined || one.kind === 'note') return []
    if (one.kind === 'scale')
      return [t('checkins.answer', { label: one.label, value: Number(said), max: one.max })]
    if (one.kind === 'one')
      return [t('checkins.choice', { label: one.label, choice: choiceLabel(one, String(said)) ?? one.label })]
    const chips = Array.isArray(said) ? said.flatMap((chip) => choiceLabel(one, String(chip)) ?? []) : []
    return chips.map((chip) => t('checkins.chip', { chip }))
  })

export const audienceWords = (audience: Audience): Text => t(`checkins.audience.${audience}`)
