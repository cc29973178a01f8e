// What is sent without being asked. Each message carries its row as a nonce, so Discord posts it once (RE-5).
import { Routes, type REST, type RouteLike } from 'discord.js'
import { z } from 'zod'
import type { Outcome, Post, Poster, Unreachable } from '../../delivery/ports.ts'
import { authorized, failureOf } from './calls.ts'
import { drawMessage } from './draw.ts'

const answered = z.object({ id: z.string() })

/** Discord's numbers: https://discord.com/developers/docs/topics/opcodes-and-status-codes#json */
const unreachable: Readonly<Record<number, Unreachable>> = {
  10003: 'unknown-room',
  10013: 'gone',
  50001: 'not-in-room',
  50007: 'closed',
  50013: 'not-in-room',
  50278: 'closed',
}
const openingTooFast = 40003
const openAgainMs = 30_000
/** The bot is held back from writing to people until Discord or an operator lifts it. */
const quarantined = 20026

function outcomeOf(error: unknown): Outcome {
  const failure = failureOf(error)
  switch (failure.kind) {
    case 'limited':
      return { kind: 'retry', ambiguous: false, afterMs: failure.afterMs }
    case 'lost':
      return { kind: 'retry', ambiguous: true }
    case 'unsent':
      return { kind: 'retry', ambiguous: false }
    case 'refused': {
      const { status, code } = failure
      const why = unreachable[code]
      if (why) return { kind: 'unreachable', why }
      if (code === openingTooFast) return { kind: 'retry', ambiguous: false, afterMs: openAgainMs }
      if (status === 401 || code === quarantined) return { kind: 'stop', why: `discord ${status}/${code}` }
      return { kind: 'retry', ambiguous: false }
    }
  }
}

/** `rest` must reject instead of waiting at a limit, and repeat nothing by itself. */
export function createPoster(rest: REST, token: string): Poster {
  const post = async (route: RouteLike, body: object, files: Parameters<REST['post']>[1] = {}) =>
    answered.parse(await authorized(rest, token, () => rest.post(route, { ...files, body }))).id

  const open = (user: string): Promise<string> => post(Routes.userChannels(), { recipient_id: user })

  async function deliver({ id, message, language }: Post, room: string): Promise<Outcome> {
    const sent: string[] = []
    for (const [at, { body, files }] of drawMessage(message, language).entries()) {
      const nonce = at === 0 ? id : `${id}.${at}`
      sent.push(await post(Routes.channelMessages(room), { ...body, nonce, enforce_nonce: true }, { files }))
    }
    return { kind: 'sent', messageId: sent[0] ?? '', room }
  }

  return {
    platform: 'discord',
    async send(post: Post): Promise<Outcome> {
      const { to } = post
      let room: string
      try {
        room = to.kind === 'room' ? to.room : (to.room ?? (await open(to.user)))
      } catch (error) {
        const outcome = outcomeOf(error)
        // Nothing was posted now, but an earlier try may still have been.
        return outcome.kind === 'retry' ? { ...outcome, ambiguous: post.firstTryAt !== undefined } : outcome
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
