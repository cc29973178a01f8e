// Whether the app is out of a workspace, by Slack's own words for that; a network that is away has others.
import type { WebClient } from '@slack/web-api'
import type { IsGone } from '../../care/privacy/presence.ts'
import { failureOf } from './calls.ts'

/** The token was good once and the app was taken out since. */
const uninstalled = new Set(['account_inactive', 'token_revoked'])
export const isUninstalled = (error: unknown): boolean => {
  const failure = failureOf(error)
  return failure.kind === 'refused' && uninstalled.has(failure.error)
}
/** So does Slack speak of a token that it does not know, as of one that was mistyped. */
export const isRefused = (error: unknown): boolean => {
  const failure = failureOf(error)
  return isUninstalled(error) || (failure.kind === 'refused' && failure.error === 'invalid_auth')
}

/** `client` must reject instead of waiting at a limit. The token of another workspace opens this one no more. */
export const createIsGone =
  (client: WebClient): IsGone =>
  async (workspace) => {
    try {
      const { team_id: opened } = await client.auth.test()
      return opened !== undefined && opened !== workspace
    } catch (error) {
      return isRefused(error)
    }
  }
