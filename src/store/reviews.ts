import type { ContentReviews, ReviewState } from '../care/library/reviews.ts'
import type { Client } from './connection.ts'

export function contentReviewsIn(prisma: Client): ContentReviews {
  return {
    async of(programId) {
      const rows = await prisma.contentReview.findMany({ where: { programId }, orderBy: { slug: 'asc' } })
      return rows.map(({ slug, hash, state, reviewedBy, reviewedAt }) => ({
        slug,
        hash,
        state: state as ReviewState,
        reviewedBy,
        reviewedAt,
      }))
    },

    async put(programId, { id, slug, ...word }) {
      await prisma.contentReview.upsert({
        where: { programId_slug: { programId, slug } },
        create: { id, programId, slug, ...word },
        update: word,
      })
    },

    async remove(programId, slug) {
      await prisma.contentReview.deleteMany({ where: { programId, slug } })
    },
  }
}
