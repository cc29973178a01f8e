import type { LineReviews } from '../care/safety/ports.ts'
import type { Client } from './connection.ts'

export function lineReviewsIn(prisma: Client): LineReviews {
  return {
    async of(programId) {
      const rows = await prisma.helplineReview.findMany({
        where: { programId },
        orderBy: [{ country: 'asc' }, { line: 'asc' }],
      })
      return rows.map(({ country, line, verifiedBy, verifiedAt, replacement }) => ({
        country,
        line,
        verifiedBy,
        verifiedAt,
        ...(replacement !== null && { replacement }),
      }))
    },

    async put(programId, { id, country, line, verifiedBy, verifiedAt, replacement }) {
      const word = { verifiedBy, verifiedAt, replacement: replacement ?? null }
      await prisma.helplineReview.upsert({
        where: { programId_country_line: { programId, country, line } },
        create: { id, programId, country, line, ...word },
        update: word,
      })
    },
  }
}
