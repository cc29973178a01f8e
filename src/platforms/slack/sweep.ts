// Takes the bot's own messages and files out of a person's direct messages, as fast as Slack lets it.
import { setTimeout as sleep } from 'node:timers/promises'
import type { WebClient } from '@slack/web-api'
import type { Sweep } from '../../delivery/ports.ts'
import { failureOf } from './calls.ts'

const gone = new Set(['message_not_found', 'file_not_found', 'file_deleted'])
const waitMs = 1500

/** `client` must reject instead of waiting at a limit. Longer than `enoughMs` nobody is kept waiting. */
export function createSweep(client: WebClient, enoughMs = 20_000): Sweep {
  return async (user) => {
    const until = performance.now() + enoughMs
    const swept = { deleted: 0, kept: 0, more: false }
    /** Whether it is gone; undefined when Slack wants more patience than there is. */
    async function removed(remove: () => Promise<unknown>): Promise<boolean | undefined> {
      for (;;) {
        try {
          await remove()
          return true
        } catch (error) {
          const failure = failureOf(error)
          if (failure.kind === 'refused') return gone.has(failure.error)
          const pause = failure.kind === 'limited' ? (failure.afterMs ?? waitMs) : waitMs
          if (performance.now() + pause > until) return undefined
          await sleep(pause)
        }
      }
    }
    const { channel } = await client.conversations.open({ users: user })
    const room = channel?.id
    if (!room) throw new Error('Slack opened no direct message')
    for (let latest: string | undefined; ;) {
      const { messages = [] } = await client.conversations.history({
        channel: room,
        limit: 100,
        ...(latest !== undefined && { latest }),
      })
      for (const { ts, bot_id: bot, files = [] } of messages) {
        if (!bot || !ts) continue
        if (performance.now() > until) return { ...swept, more: true }
        for (const { id } of files) if (id) await removed(() => client.files.delete({ file: id }))
        const done = await removed(() => client.chat.delete({ channel: room, ts }))
        if (done === undefined) return { ...swept, more: true }
        swept[done ? 'deleted' : 'kept'] += 1
      }
      latest = messages.at(-1)?.ts
      if (latest === undefined) return swept
    }
  }
}
