import type { Prisma } from './generated/sqlite/client.ts'

/** Prisma inside a transaction. */
export type Transaction = Prisma.TransactionClient
