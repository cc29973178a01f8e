// What was written while the bot was not connected, as Slack still has it.
import { setTimeout as sleep } from 'node:timers/promises'
import type { KnownEventFromType } from '@slack/bolt'
import type { ConversationsHistoryResponse, WebClient } from '@slack/web-api'
import type { Event } from '../../kit/dispatch.ts'
import { failureOf, isFatal } from './calls.ts'
import { saidIn, type Events } from './events.ts'

type Message = NonNullable<ConversationsHistoryResponse['messages']>[number]

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
      const messages = about?.channel?.is_private ? await since(room, after) : []
      return messages.flatMap((message) => {
        const delivered = { ...message, channel: room, channel_type: 'group' }
        return saidIn(delivered as KnownEventFromType<'message'>, team) ?? []
      })
    },
    async inDirect(team: string, room: string, after: Date) {
      const found: Event[] = []
      for (const { user, ts, text, bot_id: bot, subtype } of await since(room, after))
        if (!bot && subtype === undefined && user && ts)
          found.push(await events.words(user, team, { channel: room, ts, text }))
      return found
    },
  }
}
