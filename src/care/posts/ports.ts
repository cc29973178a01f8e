// What members put into their group's room through the bot. The store implements this; every call names its program.
import type { Along } from '../groups/ports.ts'
import type { Self } from '../members/ports.ts'

export const postKinds = ['win', 'rough-day', 'post', 'anonymous'] as const
export type PostKind = (typeof postKinds)[number]
/** What would help its writer. */
export const wants = ['listen', 'ideas', 'celebrate'] as const
export type Wants = (typeof wants)[number]
/** What a content note can name, and a reader can fold. */
export const themes = ['self-harm', 'suicide', 'substance-use', 'eating', 'trauma', 'loss', 'body'] as const
export type Theme = (typeof themes)[number]
export const reactionKinds = ['with-you', 'been-there', 'thank-you'] as const
export type ReactionKind = (typeof reactionKinds)[number]
export const removalReasons = ['agreement', 'private', 'substances', 'method', 'unkind', 'elsewhere'] as const
export type RemovalReason = (typeof removalReasons)[number]

/** `draft`: its writer looks at it before it goes. `waiting`: goes out at `dueAt`. `expired`: the group was too small. */
export type PostState = 'draft' | 'held' | 'reword' | 'waiting' | 'out' | 'removed' | 'expired'
export type Post = {
  readonly id: string
  readonly programId: string
  readonly groupId: string
  readonly personId: string
  readonly kind: PostKind
  readonly wants?: Wants
  readonly theme?: Theme
  readonly words: string
  /** What a facilitator wrote to its writer alone. */
  readonly note?: string
  readonly state: PostState
  readonly at: Date
  readonly dueAt?: Date
  readonly decidedAt?: Date
  readonly reason?: RemovalReason
}
export type NewPost = Pick<Post, 'id' | 'groupId' | 'kind' | 'wants' | 'theme' | 'words' | 'at' | 'dueAt'>
export type PostChange = {
  readonly state: PostState
  /** When it went out: by the hour of writing somebody without a name could be guessed. */
  readonly at?: Date
  readonly dueAt?: Date | null
  readonly decidedBy?: string
  readonly decidedAt?: Date
  readonly reason?: RemovalReason
  readonly note?: string
}
export type Reaction = { readonly personId: string; readonly what: ReactionKind }

export type Posts = {
  /** A draft; or new words for the person's own draft, or for one they were asked to reword. False for any other. */
  write(self: Self, post: NewPost): Promise<boolean>
  get(programId: string, id: string): Promise<Post | undefined>
  /** Newest first; `before` is the id of the last one of the page before. */
  list(
    programId: string,
    of: {
      readonly groupId?: string
      readonly personId?: string
      readonly states: readonly PostState[]
      readonly before?: string
      readonly limit: number
    },
  ): Promise<readonly Post[]>
  /** Only from one of these states: of two who decide at once, one wins. One transaction with what goes along. */
  change(
    programId: string,
    id: string,
    from: readonly PostState[],
    change: PostChange,
    at: Date,
    along?: Along,
  ): Promise<boolean>
  /** With the reactions to it; false when the person has none of that id. */
  takeBack(self: Self, id: string): Promise<boolean>
  takeAllBack(self: Self): Promise<void>
  /** Said once, or taken back when it was said before; whether it stands now. */
  react(self: Self, id: string, postId: string, what: ReactionKind): Promise<boolean>
  reactions(programId: string, postId: string): Promise<readonly Reaction[]>
  /** Whose time has come, the earliest first. */
  due(now: Date, limit: number): Promise<readonly Post[]>
  nextDue(after: Date): Promise<Date | undefined>
}
