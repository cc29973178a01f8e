// What is sent without being asked. Slack has no key against sending twice, so each message carries its row (RE-5).
import type { WebClient } from '@slack/web-api'
import type { Outcome, Post, Poster, Unreachable } from '../../delivery/ports.ts'
import { failureOf, isFatal, postMessage } from './calls.ts'
import { drawMessage, inMessages } from './draw.ts'
import { upload } from './attached.ts'

export const marker = 'handrail_post'
/** Clocks differ a little; Slack stamps messages with its own. */
const clockDriftMs = 5 * 60_000
const pagesRead = 10

const unreachable: Readonly<Record<string, Unreachable>> = {
  channel_not_found: 'unknown-room',
  is_archived: 'unknown-room',
  not_in_channel: 'not-in-room',
  restricted_action: 'not-in-room',
  user_not_found: 'gone',
  users_not_found: 'gone',
  user_disabled: 'gone',
  user_not_visible: 'gone',
  cannot_dm_bot: 'closed',
  messages_tab_disabled: 'closed',
}

export function createPoster(client: WebClient, onPictureLost: (error: unknown) => void): Poster {
  const outcomeOf = (error: unknown): Outcome => {
    const failure = failureOf(error)
    switch (failure.kind) {
      case 'limited':
        return {
          kind: 'retry',
          ambiguous: false,
          ...(failure.afterMs !== undefined && { afterMs: failure.afterMs }),
        }
      case 'lost':
        return { kind: 'retry', ambiguous: true }
      case 'unsent':
        return { kind: 'retry', ambiguous: false }
      case 'refused': {
        const why = unreachable[failure.error]
        if (why) return { kind: 'unreachable', why }
        return isFatal(failure.error)
          ? { kind: 'stop', why: failure.error }
          : { kind: 'retry', ambiguous: false }
      }
    }
  }

  async function open(user: string): Promise<string> {
    const { channel } = await client.conversations.open({ users: user })
    if (!channel?.id) throw new Error('Slack opened no direct message')
    return channel.id
  }

  /** The message that an earlier try may have left, newest first. */
  async function find(post: Post, room: string, since: Date): Promise<string | undefined> {
    const oldest = String((since.getTime() - clockDriftMs) / 1000)
    let cursor: string | undefined
    for (let page = 0; page < pagesRead; page++) {
      const read = await client.conversations.history({
        channel: room,
        oldest,
        include_all_metadata: true,
        limit: 100,
        ...(cursor && { cursor }),
      })
      const found = read.messages?.find(
        ({ metadata }) => metadata?.event_type === marker && rowOf(metadata.event_payload) === post.id,
      )
      if (found?.ts) return found.ts
      cursor = read.response_metadata?.next_cursor
      if (!cursor) return undefined
    }
    return undefined
  }

  async function deliver(post: Post, room: string): Promise<Outcome> {
    const drawn = drawMessage(post.message, post.language)
    const [first = { text: drawn.text, blocks: [] }, ...rest] = inMessages(drawn)
    const sent = await postMessage(client, {
      channel: room,
      ...first,
      metadata: { event_type: marker, event_payload: { id: post.id } },
    })
    // What follows the marked message is lost rather than doubled when it fails; its words stand in the first.
    try {
      for (const body of rest) await postMessage(client, { channel: room, ...body })
      await upload(client, room, drawn.attached)
    } catch (error) {
      onPictureLost(error)
    }
    return { kind: 'sent', messageId: String(sent.ts), room: sent.channel ?? room }
  }

  return {
    platform: 'slack',
    async send(post: Post): Promise<Outcome> {
      const { to, firstTryAt } = post
      let room: string
      try {
        room = to.kind === 'room' ? to.room : (to.room ?? (await open(to.user)))
      } catch (error) {
        const outcome = outcomeOf(error)
        // Nothing was posted now, but an earlier try may still have been.
        return outcome.kind === 'retry' ? { ...outcome, ambiguous: firstTryAt !== undefined } : outcome
      }
      if (firstTryAt) {
        try {
          const found = await find(post, room, firstTryAt)
          if (found !== undefined) return { kind: 'sent', messageId: found, room }
        } catch (error) {
          const failure = failureOf(error)
          // Where Slack does not let us look, a second message is better than none.
          if (failure.kind !== 'refused')
            return {
              kind: 'retry',
              ambiguous: true,
              ...(failure.kind === 'limited' && failure.afterMs && { afterMs: failure.afterMs }),
            }
        }
      }
      try {
        return await deliver(post, room)
      } catch (error) {
        const outcome = outcomeOf(error)
        const stored = to.kind === 'person' && to.room !== undefined
        if (stored && outcome.kind === 'unreachable' && outcome.why === 'unknown-room')
          return await this.send({ ...post, to: { kind: 'person', user: to.user } })
        return outcome
      }
    },
  }
}

const rowOf = (payload: unknown): unknown =>
  typeof payload === 'object' && payload !== null && 'id' in payload ? payload.id : undefined
