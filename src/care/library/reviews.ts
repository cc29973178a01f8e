// A facilitator's word about shipped content, for their own program and under their own name (C22).
import { createHash } from 'node:crypto'
import { notFound } from '../entries/keeping.ts'
import type { People, Person, Programs } from '../members/ports.ts'
import type { PersonDirectory } from '../members/directory.ts'
import { pieceNamed, pieces, shownOf, type Piece } from './pieces.ts'
import type { Library } from './ports.ts'

export type ReviewState = 'approved' | 'hidden'
export type ContentReview = {
  readonly slug: string
  /** Of what was reviewed: changed content is not reviewed any more. */
  readonly hash: string
  readonly state: ReviewState
  readonly reviewedBy: string
  readonly reviewedAt: Date
}
export type ContentReviews = {
  of(programId: string): Promise<readonly ContentReview[]>
  /** The last word of the program on that content. */
  put(programId: string, review: ContentReview & { readonly id: string }): Promise<void>
  remove(programId: string, slug: string): Promise<void>
}

/** `by` is empty when that person has left: their name went with them. */
export type Review =
  { readonly state: 'not-reviewed' } | { readonly state: ReviewState; readonly by: string; readonly at: Date }

type Parts = {
  readonly reviews: ContentReviews
  readonly library: Library
  readonly people: Pick<People, 'byId'>
  readonly programs: Pick<Programs, 'byId' | 'change'>
  readonly directory: Pick<PersonDirectory, 'forgetProgram'>
  readonly newId: () => string
}

const hashes = new Map<string, string>()
export function hashOf(piece: Piece): string {
  const known = hashes.get(piece.key)
  if (known !== undefined) return known
  const made = createHash('sha256')
    .update(JSON.stringify(shownOf(piece)))
    .digest('hex')
  hashes.set(piece.key, made)
  return made
}

/** What stands: an approval of other words than today's does not, while what was hidden stays so. */
const stands = (piece: Piece, review: ContentReview): boolean =>
  review.state === 'hidden' || review.hash === hashOf(piece)

export function reviewsOf({ reviews, library, people, programs, directory, newId }: Parts) {
  const nameOf = async (programId: string, personId: string): Promise<string> =>
    (await people.byId({ programId, personId }))?.name ?? ''
  const standing = async (programId: string): Promise<ReadonlyMap<string, ContentReview>> => {
    const all = await reviews.of(programId)
    return new Map(
      all.flatMap((one) => {
        const piece = pieceNamed(one.slug)
        return piece && stands(piece, one) ? [[one.slug, one] as const] : []
      }),
    )
  }
  const known = (key: string): Piece => {
    const found = pieceNamed(key)
    if (!found) throw notFound()
    return found
  }

  /** Of shipped content by its key, or of one of the program's own skills by its id. */
  async function reviewOf(programId: string, key: string): Promise<Review> {
    const said = (await standing(programId)).get(key)
    if (said) return { state: said.state, by: await nameOf(programId, said.reviewedBy), at: said.reviewedAt }
    const own = pieceNamed(key) ? undefined : await library.get(programId, key)
    return own
      ? { state: 'approved', by: await nameOf(programId, own.addedBy), at: own.addedAt }
      : { state: 'not-reviewed' }
  }

  return {
    reviewOf,
    piece: known,

    /** Keys of what this program does not show its members. */
    async hidden(programId: string): Promise<ReadonlySet<string>> {
      const [found, program] = await Promise.all([standing(programId), programs.byId(programId)])
      const shown = (key: string): boolean => {
        const state = found.get(key)?.state
        return state !== 'hidden' && (program?.reviewedOnly !== true || state === 'approved')
      }
      return new Set(pieces.filter(({ key }) => !shown(key)).map(({ key }) => key))
    },

    /** A page of everything shipped, with where each stands. */
    async page(programId: string, from: number, limit: number) {
      const found = await standing(programId)
      return {
        rows: pieces
          .slice(from, from + limit)
          .map((piece) => ({ piece, state: found.get(piece.key)?.state ?? ('not-reviewed' as const) })),
        total: pieces.length,
        approved: [...found.values()].filter(({ state }) => state === 'approved').length,
      }
    },

    async review(facilitator: Person, key: string, state: ReviewState, now: Date): Promise<void> {
      await reviews.put(facilitator.programId, {
        id: newId(),
        slug: key,
        hash: hashOf(known(key)),
        state,
        reviewedBy: facilitator.personId,
        reviewedAt: now,
      })
    },
    takeBack: (facilitator: Person, key: string): Promise<void> => reviews.remove(facilitator.programId, key),

    async showReviewedOnly(facilitator: Person, reviewedOnly: boolean): Promise<void> {
      await programs.change(facilitator.programId, { reviewedOnly })
      directory.forgetProgram(facilitator.programId)
    },
  }
}
