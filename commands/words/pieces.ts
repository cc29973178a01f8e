// Shipped content in full, as a facilitator reads it before saying a word about it.
import type { Piece } from '../../src/care/library/pieces.ts'
import type { Skill } from '../../src/care/skills/content.ts'
import { heading, list, small, type Part } from '../../src/kit/reply.ts'
import { t } from '../../src/words/text.ts'

function contentOf(piece: Piece): readonly Part[] {
  switch (piece.kind) {
    case 'skill':
      return [
        piece.of.for,
        t('library.helps', { words: piece.of.helpsWhen }),
        t('library.minutes', { minutes: piece.of.minutes }),
        list(piece.of.steps.map(({ text }) => text)),
        t('library.care', { care: piece.of.notFor }),
        small(t('library.tradition', { tradition: piece.of.tradition })),
      ]
    case 'lesson':
      return [
        ...piece.of.pages.map(({ text }) => text),
        heading(t('library.lesson.question')),
        piece.of.question,
      ]
    case 'script':
      return [
        t('library.script.scene', { scene: piece.of.scene, who: piece.of.who }),
        ...piece.of.turns.flatMap(({ they, try: aim, one }) => [
          t('library.script.they', { words: they }),
          list([t('library.script.aim', { words: aim }), t('library.script.way', { words: one })]),
        ]),
        piece.of.close,
      ]
  }
}

export const sourceWords = ({ authors, year, title }: Skill['source']): Part =>
  small(t('library.source', { authors, year: String(year), title }))

export const pieceParts = (piece: Piece): readonly Part[] => [
  heading(piece.name),
  ...contentOf(piece),
  sourceWords(piece.of.source),
]
