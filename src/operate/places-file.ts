// Countries of programs beside the database, so that help answers when it does not (CR-1). Nothing about any person.
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { z } from 'zod'
import type { Place, Places } from '../care/safety/lines.ts'

const review = z.object({
  country: z.string(),
  line: z.string(),
  verifiedBy: z.string(),
  verifiedAt: z.coerce.date(),
  replacement: z.string().optional(),
})
const place = z.object({
  platform: z.enum(['discord', 'slack', 'playground']),
  workspace: z.string(),
  programId: z.string(),
  country: z.string(),
  reviews: z.array(review),
})

/** A file that is missing or damaged counts as empty: it is written anew at every start. */
export async function placesIn(path: string): Promise<Places> {
  let kept: readonly Place[] = []
  try {
    kept = z.array(place).parse(JSON.parse(await readFile(path, 'utf8'))) as readonly Place[]
  } catch {
    kept = []
  }
  return {
    all: () => kept,
    async write(places) {
      kept = places
      await mkdir(dirname(path), { recursive: true, mode: 0o700 })
      const next = `${path}.${process.pid}`
      await writeFile(next, JSON.stringify(places), { mode: 0o600 })
      await rename(next, path)
    },
  }
}
