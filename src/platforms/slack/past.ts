// What was written while the bot was not connected, as Slack still has it.
import { setTimeout as sleep } from 'node:timers/promises'
import type { KnownEventFromType } from '@slack/bolt'
import type { ConversationsHistoryResponse, WebClient } from '@slack/web-api'
import type { RoomNews } from '../../care/groups/room-keeper.ts'
import type { Event } from '../../kit/dispatch.ts'
import { failureOf, isFatal } from './calls.ts'
import { saidIn, wordsKey, type Events } from './events.ts'

type Message = NonNullable<ConversationsHistoryResponse['messages']>[number]

/** When Slack took the message with this stamp. */
export const stampedAt = (ts: string): Date => new Date(Math.floor(Number(ts) * 1000))

/** Of one room; more than that in one gap is not read. */
const mostPages = 50
/** Slack lets an app look some fifty times a minute. */
const betweenMs = 1250
const freeCalls = 20
const limitedMs = 30_000

/** `client` must reject instead of waiting at a limit. */
export function createPast(client: WebClient, events: Events) {
  let calls = 0

  /** Undefined where the bot may not look. Rejects when Slack is away. */
  async function patiently<T>(call: () => Promise<T>): Promise<T | undefined> {
    for (;;) {
      if (++calls > freeCalls) await sleep(betweenMs)
      try {
        return await call()
      } catch (error) {
        const failure = failureOf(error)
        if (failure.kind === 'limited') await sleep(failure.afterMs ?? limitedMs)
        else if (failure.kind === 'refused' && !isFatal(failure.error)) return undefined
        else throw error
      }
    }
  }

  async function since(room: string, at: Date): Promise<readonly Message[]> {
    const all: Message[] = []
    for (let cursor: string | undefined, pages = 0; pages < mostPages; pages++) {
      const oldest = (at.getTime() / 1000).toFixed(6)
      const found = await patiently(() =>
        client.conversations.history({ channel: room, oldest, limit: 100, ...(cursor && { cursor }) }),
      )
      all.push(...(found?.messages ?? []))
      cursor = found?.response_metadata?.next_cursor
      if (!cursor) break
    }
    return all.toReversed()
  }

  return {
    /** Public channels are not heard, and so not read either. */
    async inRoom(team: string, room: string, after: Date) {
      const about = await patiently(() => client.conversations.info({ channel: room }))
      const found: { readonly said: RoomNews & { kind: 'said' }; readonly at: Date }[] = []
      for (const message of about?.channel?.is_private ? await since(room, after) : []) {
        const delivered = { ...message, channel: room, channel_type: 'group' }
        const said = saidIn(delivered as KnownEventFromType<'message'>, team)
        if (said) found.push({ said, at: stampedAt(said.message) })
      }
      return found
    },
    async inDirect(team: string, room: string, after: Date) {
      const found: { readonly said: Event; readonly at: Date }[] = []
      for (const { user, ts, text = '', bot_id: bot, subtype } of await since(room, after)) {
        if (bot || subtype !== undefined || !user || !ts) continue
        const said = { ...(await events.words(user, team, room, text)), key: wordsKey(room, ts) }
        found.push({ said, at: stampedAt(ts) })
      }
      return found
    },
  }
}
