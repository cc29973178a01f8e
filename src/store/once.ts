// Two windows, two processes, one fact: the unique columns decide, and the loser looks again.
import { Prisma } from './generated/sqlite/client.ts'

export const isConflict = (error: unknown): boolean =>
  error instanceof Prisma.PrismaClientKnownRequestError && (error.code === 'P2002' || error.code === 'P2034')

/** Runs `work` again when somebody else wrote the same unique row meanwhile; undefined when it is simply theirs. */
export async function once<T>(work: () => Promise<T>): Promise<T | undefined> {
  for (let tries = 0; tries < 3; tries++) {
    try {
      return await work()
    } catch (error) {
      if (!isConflict(error)) throw error
    }
  }
  return undefined
}
