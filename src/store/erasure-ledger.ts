// Who was erased, a person or a whole program, kept beside the database and its backups: a restore may not bring anybody back (PR-9). Random ids only.
import { appendFile, mkdir, open, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { z } from 'zod'

export const erased = z.object({
  receipt: z.string(),
  programId: z.string(),
  /** Absent where it was the whole program. */
  personId: z.string().optional(),
  askedAt: z.coerce.date(),
  at: z.coerce.date(),
})
export type Erased = z.output<typeof erased>

export type ErasureLedger = {
  all(): Promise<readonly Erased[]>
  /** Durable when it resolves. */
  add(one: Erased): Promise<void>
}

export const ledgerFile = (dataDir: string): string => join(dataDir, 'erasures.jsonl')

export function erasureLedger(path: string): ErasureLedger {
  return {
    async all() {
      const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return ''
        throw error
      })
      // A line that was cut short by a crash was never promised to anybody.
      return text.split('\n').flatMap((line) => {
        try {
          return erased.parse(JSON.parse(line))
        } catch {
          return []
        }
      })
    },

    async add(one) {
      await mkdir(dirname(path), { recursive: true, mode: 0o700 })
      await appendFile(path, `\n${JSON.stringify(one)}\n`, { mode: 0o600 })
      const file = await open(path, 'r+')
      try {
        await file.sync()
      } finally {
        await file.close()
      }
    },
  }
}
