// The use cases and the way in to them, bound together; platforms and delivery are put around this.
import { randomBytes } from 'node:crypto'
import { createApp, type App, type Stores } from './app.ts'
import type { Person } from './care/members/ports.ts'
import type { Places } from './care/safety/lines.ts'
import { atLocal, localDay, nextRun } from './delivery/when.ts'
import type { Call } from './kit/command.ts'
import { createDispatcher, type KitLog } from './kit/dispatch.ts'
import type { Drafts } from './kit/drafts.ts'
import { collect } from './kit/features.ts'
import { small, type Reply } from './kit/reply.ts'
import { noticesOf } from './notices.ts'
import { newId } from './store/ids.ts'
import { t } from './words/text.ts'

/** What commands/index.ts exports; only main.ts and the operator's command line hand it inward. */
export type CommandList = {
  readonly commands: readonly Readonly<Record<string, unknown>>[]
  readonly welcome: (call: Call<App, Person | undefined>) => Promise<Reply>
}

type Parts = {
  readonly stores: Stores & { readonly drafts: Drafts }
  readonly places: Places
  readonly list: CommandList
  readonly now: () => Date
  readonly log: KitLog
}

export function createConversation({ stores, places, list, now, log }: Parts) {
  const when = { localDay, atLocal, nextRun }
  const app = createApp({ ...stores, places, when, newId, monotonic: () => performance.now() })
  const features = collect<App>(list.commands)
  const dispatcher = createDispatcher<App>({
    app,
    features,
    directory: app.directory,
    drafts: stores.drafts,
    now,
    today: localDay,
    reference: () => randomBytes(4).toString('hex'),
    log,
    // The directory is the only source of actors, and it gives persons.
    welcome: (call) => list.welcome(call as Call<App, Person | undefined>),
    aside: async ({ actor, now }) => {
      const missed = await app.members.tellUnreached(actor as Person, now)
      return missed.map(({ since }) =>
        small(t('people.unreached', { since: since.toISOString().slice(0, 10) })),
      )
    },
    home: 'home',
  })
  return { app, dispatcher, features, notices: noticesOf(app, features, now) }
}

export type Conversation = ReturnType<typeof createConversation>
