// Who an account is, as Slack says: asked once in a while, and never waited for long.
import type { WebClient } from '@slack/web-api'
import type { Visitor } from '../../kit/command.ts'
import { patience } from './limits.ts'
import { within } from './wait.ts'

type Account = { readonly user: string; readonly workspace: string | undefined; readonly name?: string }
type Known = Pick<Visitor, 'name' | 'locale' | 'zone' | 'managesWorkspace'>

const keptMs = 10 * 60_000
const atMost = 5000

export function createVisitors(client: WebClient, now: () => number = () => performance.now()) {
  const known = new Map<string, { readonly at: number; readonly who: Promise<Known> }>()

  async function ask(user: string): Promise<Known> {
    const { user: said } = await client.users.info({ user, include_locale: true })
    return {
      name: said?.profile?.display_name || said?.real_name || said?.name || '',
      ...(said?.locale && { locale: said.locale }),
      ...(said?.tz && { zone: said.tz }),
      managesWorkspace: said?.is_admin === true || said?.is_owner === true,
    }
  }

  function lookUp(user: string): Promise<Known> {
    const before = known.get(user)
    if (before && now() - before.at < keptMs) return before.who
    const who = ask(user)
    known.delete(user)
    known.set(user, { at: now(), who })
    who.catch(() => known.delete(user))
    for (const oldest of known.keys()) {
      if (known.size <= atMost) break
      known.delete(oldest)
    }
    return who
  }

  return async ({ user, workspace, name = '' }: Account): Promise<Visitor> => {
    const who = await within(lookUp(user), patience.visitor)
    return { platform: 'slack', workspace, user, name, managesWorkspace: false, ...who }
  }
}
