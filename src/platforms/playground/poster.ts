// What the bot says without being asked: into the direct message or the room, once per outbox row.
import type { Outcome, Post, Poster } from '../../delivery/ports.ts'
import type { Chat } from './chat.ts'
import { drawBlocks } from './draw.ts'
import { directRoom } from './people.ts'

export function createPoster(chat: Chat, now: () => Date): Poster {
  return {
    platform: 'playground',
    send(post: Post): Promise<Outcome> {
      const direct = post.to.kind === 'person'
      const room = post.to.kind === 'person' ? directRoom(post.to.user) : post.to.room
      const known = post.to.kind === 'person' ? chat.person(post.to.user) : chat.isRoom(room)
      if (!known) return Promise.resolve({ kind: 'unreachable', why: direct ? 'gone' : 'unknown-room' })
      if (!chat.has(post.id))
        chat.put({
          id: post.id,
          room,
          at: now().toISOString(),
          body: { blocks: drawBlocks(post.message, post.language) },
        })
      return Promise.resolve({ kind: 'sent', messageId: post.id, room })
    },
  }
}
