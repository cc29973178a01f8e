// Every piece of shipped content that a facilitator can review, with exactly what a member is shown of it.
import type { Content } from '../../words/text.ts'
import { lessons, scripts, type Lesson, type Script } from '../lessons/content.ts'
import { skills, type Skill } from '../skills/content.ts'

/** A skill's own slug; the other kinds have theirs behind the kind. */
export const lessonKey = ({ slug }: Lesson): string => `lesson_${slug}`
export const scriptKey = ({ slug }: Script): string => `script_${slug}`

export type Piece = { readonly key: string; readonly name: Content } & (
  | { readonly kind: 'skill'; readonly of: Skill }
  | { readonly kind: 'lesson'; readonly of: Lesson }
  | { readonly kind: 'script'; readonly of: Script }
)

export const pieces: readonly Piece[] = [
  ...skills.map((of) => ({ kind: 'skill' as const, key: of.slug, name: of.name, of })),
  ...lessons.map((of) => ({ kind: 'lesson' as const, key: lessonKey(of), name: of.name, of })),
  ...scripts.map((of) => ({ kind: 'script' as const, key: scriptKey(of), name: of.name, of })),
]

/** Without the words for finding it: nobody reads those. */
export function shownOf({ kind, of }: Piece): unknown {
  if (kind !== 'skill') return of
  const { also: _also, peopleSay: _say, ...shown } = of
  return shown
}

const byKey = new Map(pieces.map((one) => [one.key, one]))
export const pieceNamed = (key: string): Piece | undefined => byKey.get(key)
