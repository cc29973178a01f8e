// A questionnaire's result in words: the number, where it stands, and that it is no diagnosis (SC-4).
import type { Result } from '../../src/care/scales/scales.ts'
import { missingIn } from '../../src/care/scales/scoring.ts'
import { heading, small, type Part } from '../../src/kit/reply.ts'
import { t } from '../../src/words/text.ts'

export function resultParts({ entry, scale, score }: Result): readonly Part[] {
  const { authors, title, year } = scale.source
  return [
    heading(scale.name),
    ...(score
      ? [
          t('scales.total', { total: score.total, least: score.least, most: score.most, ...score.range }),
          t(`scales.higher.${scale.scoring.higher}`),
        ]
      : [t('scales.no-total', { count: missingIn(scale, entry.body.answers).length })]),
    small(t('scales.source', { authors, title, year: String(year), licence: scale.licence })),
  ]
}
