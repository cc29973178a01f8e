// A bot that was put out of a server or workspace: nothing is sent there, and after a grace all of the program is erased
// for good (feature row 115). An outage looks alike and must erase nothing, so the platform is asked once more before.
import type { PersonDirectory } from '../members/directory.ts'
import type { Platform } from '../members/ports.ts'
import type { Presences, PresenceNews } from './presence.ts'

export type KnownWorkspace = {
  readonly platform: Platform
  readonly workspace: string
  readonly programId: string
  readonly removedAt?: Date
  /** Its erasure has begun and was broken off: nobody comes back to it. */
  readonly begun?: true
}

/** Implemented by the store. */
export type Removals = {
  /** Without those whose erasure has begun. */
  workspaces(platform: Platform): Promise<readonly KnownWorkspace[]>
  /** Leaves an earlier mark as it is. */
  mark(platform: Platform, workspace: string, at: Date): Promise<void>
  /** Takes the mark away; what waited there is due at `at`. False when there was none. */
  clear(platform: Platform, workspace: string, at: Date): Promise<boolean>
  /** Workspaces of programs that were in none any more at `until`, the longest gone first. */
  abandoned(until: Date): Promise<readonly KnownWorkspace[]>
  /** Everything of the program, with what the file still holds of it. The ledger knows of it before. False when it came back. */
  erase(
    programId: string,
    erasure: { readonly receipt: string; readonly until: Date },
    at: Date,
  ): Promise<boolean>
}

type Parts = {
  readonly removals: Removals
  readonly presences: Presences
  readonly directory: Pick<PersonDirectory, 'forgetProgram'>
  readonly placesChanged: () => Promise<void>
  readonly newId: () => string
}

export const graceDays = 30
const graceMs = graceDays * 24 * 3_600_000
/** When what was removed at `at` is erased. */
export const erasedAt = (at: Date): Date => new Date(at.getTime() + graceMs)

export function removalsOf({ removals, presences, directory, placesChanged, newId }: Parts) {
  const isGone = (platform: Platform, workspace: string): Promise<boolean> =>
    presences(platform)?.(workspace).catch(() => false) ?? Promise.resolve(false)

  async function compare(platform: Platform, here: ReadonlySet<string>, now: Date): Promise<void> {
    for (const { workspace, removedAt } of await removals.workspaces(platform)) {
      if (here.has(workspace)) {
        if (removedAt) await removals.clear(platform, workspace, now)
      } else if (!removedAt && (await isGone(platform, workspace)))
        await removals.mark(platform, workspace, now)
    }
  }

  return {
    async news(platform: Platform, news: PresenceNews, now: Date): Promise<void> {
      switch (news.kind) {
        case 'gone':
          return removals.mark(platform, news.workspace, now)
        case 'here':
          return void (await removals.clear(platform, news.workspace, now))
        case 'all':
          return compare(platform, news.workspaces, now)
        case 'refused': {
          const [only, ...others] = await removals.workspaces(platform)
          if (only && others.length === 0) await removals.mark(platform, only.workspace, now)
        }
      }
    },

    /** Erases the programs whose grace is over. One whose platform cannot be asked just now is left for later. */
    async eraseSome(now: Date): Promise<void> {
      const until = new Date(now.getTime() - graceMs)
      const workspaces = await removals.abandoned(until)
      for (const programId of new Set(workspaces.map((one) => one.programId))) {
        const all = workspaces.filter((one) => one.programId === programId)
        const gone = await Promise.all(
          all.map(async ({ platform, workspace, begun }) => begun ?? (await isGone(platform, workspace))),
        )
        if (gone.includes(false)) continue
        if (!(await removals.erase(programId, { receipt: newId(), until }, now))) continue
        directory.forgetProgram(programId)
        await placesChanged()
      }
    },
  }
}
