// Takes the bot's own messages out of a person's direct messages, as fast as Discord lets it.
import { setTimeout as sleep } from 'node:timers/promises'
import { Routes, type REST } from 'discord.js'
import { z } from 'zod'
import type { Sweep } from '../../delivery/ports.ts'
import { failureOf } from './calls.ts'

const opened = z.object({ id: z.string() })
const page = z.array(z.object({ id: z.string(), author: z.object({ bot: z.boolean().optional() }) }))
const unknownMessage = 10008

/** `rest` must reject instead of waiting at a limit. Longer than `enoughMs` nobody is kept waiting. */
export function createSweep(rest: REST, enoughMs = 20_000): Sweep {
  return async (user) => {
    const until = performance.now() + enoughMs
    const swept = { deleted: 0, kept: 0, more: false }
    /** Waits at a limit where that is not too long; false when it is. */
    async function patiently(error: unknown): Promise<boolean> {
      const failure = failureOf(error)
      if (failure.kind === 'refused') throw error
      const waitMs = failure.kind === 'limited' ? failure.afterMs : 500
      if (performance.now() + waitMs > until) return false
      await sleep(waitMs)
      return true
    }
    async function remove(room: string, id: string): Promise<boolean> {
      for (;;) {
        try {
          await rest.delete(Routes.channelMessage(room, id))
          swept.deleted += 1
          return true
        } catch (error) {
          const failure = failureOf(error)
          if (failure.kind === 'refused' && failure.code !== unknownMessage) swept.kept += 1
          if (failure.kind === 'refused') return true
          if (!(await patiently(error))) return false
        }
      }
    }
    const { id: room } = opened.parse(
      await rest.post(Routes.userChannels(), { body: { recipient_id: user } }),
    )
    for (let before: string | undefined; ;) {
      const query = new URLSearchParams({ limit: '100', ...(before !== undefined && { before }) })
      const messages = page.parse(await rest.get(Routes.channelMessages(room), { query }))
      for (const { id } of messages.filter(({ author }) => author.bot))
        if (performance.now() > until || !(await remove(room, id))) return { ...swept, more: true }
      before = messages.at(-1)?.id
      if (before === undefined) return swept
    }
  }
}
