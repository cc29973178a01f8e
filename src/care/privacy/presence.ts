// Whether the bot is in a server or workspace, as the platforms say it. They implement this.
import type { Platform } from '../members/ports.ts'

/** What a platform says of whether the bot is somewhere. Ids are the platform's own. */
export type PresenceNews =
  | { readonly kind: 'gone'; readonly workspace: string }
  | { readonly kind: 'here'; readonly workspace: string }
  /** Everywhere the bot is, in one complete answer. */
  | { readonly kind: 'all'; readonly workspaces: ReadonlySet<string> }
  /** The bot was refused, and nobody said by which workspace. */
  | { readonly kind: 'refused' }

/** True only when the platform says so itself; an answer that failed, or says anything else, is false. */
export type IsGone = (workspace: string) => Promise<boolean>
/** By platform, once it is connected. */
export type Presences = (platform: Platform) => IsGone | undefined
