// Whether the bot is out of a server, by Discord's own word for that; an outage and a lost answer have other words.
import { Routes, type REST } from 'discord.js'
import type { IsGone } from '../../care/privacy/presence.ts'
import { authorized, failureOf } from './calls.ts'

const unknownGuild = 10004
const missingAccess = 50001

/** `rest` must reject instead of waiting at a limit. */
export const createIsGone =
  (rest: REST, token: string): IsGone =>
  async (guild) => {
    try {
      await authorized(rest, token, () => rest.get(Routes.guild(guild)))
      return false
    } catch (error) {
      const failure = failureOf(error)
      return failure.kind === 'refused' && [unknownGuild, missingAccess].includes(failure.code)
    }
  }
