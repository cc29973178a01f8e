// The chat itself, in memory: who said what where, who may see it, and who is looking right now.
import type { DrawnBlock } from './draw.ts'
import {
  directRoom,
  isDirect,
  type PlaygroundPerson,
  type PlaygroundRoom,
  type PrivateRoom,
} from './people.ts'
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
  | { readonly kind: 'removed'; readonly id: string }
  | { readonly kind: 'clock'; readonly now: string }

type Watcher = { readonly user: string; readonly tell: (event: ChatEvent) => void }

export function createChat(people: readonly PlaygroundPerson[], rooms: readonly PlaygroundRoom[]) {
  const messages = new Map<string, ChatMessage>()
  const watchers = new Set<Watcher>()
  const groups = new Map<string, PrivateRoom>()

  const isIn = (user: string, room: string) =>
    isDirect(room)
      ? room === directRoom(user)
      : rooms.some((one) => one.room === room) || groups.get(room)?.members.has(user) === true
  const sees = (user: string, { room, onlyFor }: ChatMessage) =>
    isIn(user, room) && (onlyFor === undefined || onlyFor === user)

  return {
    person: (user: string) => people.find((one) => one.user === user),
    isIn,
    /** Rooms of groups, by id. */
    groups,
    isRoom: (room: string) => rooms.some((one) => one.room === room) || groups.has(room),
    roomsOf: (user: string): readonly PlaygroundRoom[] => [
      ...rooms,
      ...[...groups.values()].filter(({ members }) => members.has(user)),
    ],
    mayWrite(user: string, room: string): boolean {
      const group = groups.get(room)
      return group === undefined || (group.open && !group.quiet.has(user))
    },
    /** A message that anybody may see there, for staff who look at a report. */
    inRoom: (room: string, id: string): ChatMessage | undefined => {
      const message = messages.get(id)
      return message?.room === room && message.onlyFor === undefined ? message : undefined
    },
    remove(id: string): void {
      const message = messages.get(id)
      messages.delete(id)
      if (message)
        for (const { user, tell } of watchers) if (sees(user, message)) tell({ kind: 'removed', id })
    },
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
    /** Takes away what the bot said to this person alone. Returns how much that was. */
    sweep(user: string): number {
      const theirs = [...messages.values()].filter(
        ({ from, room }) => from === undefined && room === directRoom(user),
      )
      for (const { id } of theirs) {
        messages.delete(id)
        for (const { user: watching, tell } of watchers) if (watching === user) tell({ kind: 'removed', id })
      }
      return theirs.length
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
