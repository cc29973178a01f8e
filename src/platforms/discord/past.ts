// What was written while the bot was not connected, as Discord still has it.
import { setTimeout as sleep } from 'node:timers/promises'
import { Routes, type APIMessage, type GatewayMessageCreateDispatchData, type REST } from 'discord.js'
import { authorized, failureOf } from './calls.ts'
import { epoch, saidIn, wordsOf } from './events.ts'

const idAt = (at: Date): string => String(BigInt(Math.max(0, at.getTime() - Number(epoch))) << 22n)

const pageSize = 100
/** Of one room; more than that in one gap is not read. */
const mostPages = 50
/** Beside the rest of what is asked of Discord: 50 a second in all. */
const betweenMs = 100
const freeCalls = 20

/** `rest` must reject instead of waiting at a limit. */
export function createPast(rest: REST, token: string, readsRooms: boolean) {
  let calls = 0

  /** Undefined where the bot may not look. Rejects when Discord is away. */
  async function page(room: string, after: string): Promise<readonly APIMessage[] | undefined> {
    const query = new URLSearchParams({ limit: String(pageSize), after })
    for (;;) {
      if (++calls > freeCalls) await sleep(betweenMs)
      try {
        const route = Routes.channelMessages(room)
        return (await authorized(rest, token, () => rest.get(route, { query }))) as readonly APIMessage[]
      } catch (error) {
        const failure = failureOf(error)
        if (failure.kind === 'limited') await sleep(failure.afterMs)
        else if (failure.kind === 'refused' && failure.status !== 401) return undefined
        else throw error
      }
    }
  }

  async function since(room: string, at: Date): Promise<readonly APIMessage[]> {
    const all: APIMessage[] = []
    for (let after = idAt(at), pages = 0; pages < mostPages; pages++) {
      const found = (await page(room, after)) ?? []
      const inOrder = found.toSorted((one, other) => (BigInt(one.id) < BigInt(other.id) ? -1 : 1))
      all.push(...inOrder)
      const last = inOrder.at(-1)
      if (!last || found.length < pageSize) return all
      after = last.id
    }
    return all
  }

  return {
    async inRoom(guild: string, room: string, after: Date) {
      const messages = readsRooms ? await since(room, after) : []
      return messages.flatMap(
        (message) => saidIn({ ...message, guild_id: guild } as GatewayMessageCreateDispatchData) ?? [],
      )
    },
    async inDirect(_guild: string, room: string, after: Date) {
      const messages = await since(room, after)
      return messages.flatMap((message) => wordsOf(message as GatewayMessageCreateDispatchData) ?? [])
    },
  }
}
