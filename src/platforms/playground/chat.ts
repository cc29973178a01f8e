// The chat itself, in memory: who said what where, who may see it, and who is looking right now.
import type { DrawnBlock } from './draw.ts'
import { directRoom, isDirect, type PlaygroundPerson, type PlaygroundRoom } from './people.ts'
import { limits } from './limits.ts'

export type ChatMessage = {
  readonly id: string
  readonly room: string
  readonly at: string
  /** A user id; undefined is the bot. */
  readonly from?: string
  /** The only person who sees it. */
  readonly onlyFor?: string
  readonly edited?: true
  readonly body: { readonly words: string } | { readonly blocks: readonly DrawnBlock[] }
}
export type ChatEvent =
  | { readonly kind: 'message'; readonly message: ChatMessage }
  | { readonly kind: 'clock'; readonly now: string }

type Watcher = { readonly user: string; readonly tell: (event: ChatEvent) => void }

export function createChat(people: readonly PlaygroundPerson[], rooms: readonly PlaygroundRoom[]) {
  const messages = new Map<string, ChatMessage>()
  const watchers = new Set<Watcher>()

  const isIn = (user: string, room: string) =>
    isDirect(room) ? room === directRoom(user) : rooms.some((one) => one.room === room)
  const sees = (user: string, { room, onlyFor }: ChatMessage) =>
    isIn(user, room) && (onlyFor === undefined || onlyFor === user)

  return {
    person: (user: string) => people.find((one) => one.user === user),
    isIn,
    seenBy: (user: string): readonly ChatMessage[] => [...messages.values()].filter((one) => sees(user, one)),
    find(user: string, id: string | undefined): ChatMessage | undefined {
      const message = id === undefined ? undefined : messages.get(id)
      return message && sees(user, message) ? message : undefined
    },
    has: (id: string): boolean => messages.has(id),
    /** Adds a message, or replaces the one with its id. */
    put(message: ChatMessage): void {
      messages.set(message.id, message)
      for (const oldest of messages.keys()) {
        if (messages.size <= limits.messages) break
        messages.delete(oldest)
      }
      for (const { user, tell } of watchers) if (sees(user, message)) tell({ kind: 'message', message })
    },
    tellAll(event: ChatEvent): void {
      for (const { tell } of watchers) tell(event)
    },
    /** Returns how to stop watching. */
    watch(user: string, tell: Watcher['tell']): () => void {
      const watcher = { user, tell }
      watchers.add(watcher)
      return () => void watchers.delete(watcher)
    },
  }
}
export type Chat = ReturnType<typeof createChat>
