// The library of a program: its own skills, and its facilitators' word about what is shipped.
import { offersOf, type ProgramSkill } from './offers.ts'
import { reviewsOf, type Review } from './reviews.ts'

/** What looking a skill up needs to know of it. */
export type LibraryReader = {
  reviewOf(programId: string, slug: string): Promise<Review>
  /** Slugs of shipped skills that members of this program are not shown. */
  hidden(programId: string): Promise<ReadonlySet<string>>
  skillsOf(programId: string): Promise<readonly ProgramSkill[]>
  skillOf(programId: string, id: string): Promise<ProgramSkill | undefined>
}

export const libraryOf = (parts: Parameters<typeof offersOf>[0] & Parameters<typeof reviewsOf>[0]) => {
  const offers = offersOf(parts)
  const reviews = reviewsOf(parts)
  const { reviewOf, hidden } = reviews
  const { skillsOf, skillOf } = offers
  return { offers, reviews, reviewOf, hidden, skillsOf, skillOf } satisfies LibraryReader &
    Record<string, unknown>
}
