// /clear: takes the bot's own words out of somebody's direct messages. What was saved is not touched (C18).
import { Refusal } from '../../words/refusal.ts'
import { t } from '../../words/text.ts'
import type { Platform } from '../members/ports.ts'

/** `kept`: what the platform would not delete. `more`: there is more than a person should wait for; ask again. */
export type Swept = { readonly deleted: number; readonly kept: number; readonly more: boolean }
/** By platform, where one is connected: deletes the bot's direct messages to the account with this id. */
export type Sweeps = (platform: Platform) => ((user: string) => Promise<Swept>) | undefined

export const sweepingOf = ({ sweeps }: { readonly sweeps: Sweeps }) => ({
  async clear(platform: Platform, user: string): Promise<Swept> {
    const sweep = sweeps(platform)
    if (!sweep) throw new Refusal(t('privacy.clear.not-now'))
    return sweep(user).catch(() => {
      throw new Refusal(t('privacy.clear.not-now'))
    })
  },
})
