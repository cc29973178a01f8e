// The use cases and the way in to them, bound together; platforms and delivery are put around this.
import { randomBytes } from 'node:crypto'
import { createApp, type App, type Stores } from './app.ts'
import type { RoomKeepers } from './care/groups/room-keeper.ts'
import type { Announcement, Person } from './care/members/ports.ts'
import type { Presences } from './care/privacy/presence.ts'
import type { Sweeps } from './care/privacy/sweeping.ts'
import type { Places } from './care/safety/lines.ts'
import type { Screen, Shown } from './care/safety/screening.ts'
import type { SkillFinder } from './care/skills/skills.ts'
import { afterQuiet, atLocal, localDay, localHour, nextRun } from './delivery/when.ts'
import type { Call } from './kit/command.ts'
import { createDispatcher, type KitLog } from './kit/dispatch.ts'
import { inboxOf, type Received } from './kit/inbox.ts'
import type { Drafts } from './kit/drafts.ts'
import { collect } from './kit/features.ts'
import { small, type Block, type Reply } from './kit/reply.ts'
import { openingOf } from './discreet.ts'
import { noticesOf } from './notices.ts'
import { newId } from './store/ids.ts'
import { t, type Text } from './words/text.ts'

/** What commands/index.ts exports; only main.ts and the operator's command line hand it inward. */
export type CommandList = {
  readonly commands: readonly Readonly<Record<string, unknown>>[]
  readonly welcome: (call: Call<App, Person | undefined>) => Promise<Reply>
  /** What stands above the answer to words that may need a person. */
  readonly screened: (call: Call<App, Person>, shown: Shown) => Promise<readonly Block[]>
  /** Whether anybody is watching now, for every form in which somebody writes. */
  readonly watched: (call: Call<App, Person>) => Promise<Text>
}

type Parts = {
  readonly stores: Stores & { readonly drafts: Drafts; readonly received: Received }
  readonly places: Places
  readonly finder: SkillFinder
  readonly screen: Screen
  readonly list: CommandList
  /** By platform, once it is connected. */
  readonly sweeps?: Sweeps
  readonly keepers?: RoomKeepers
  readonly presences?: Presences
  readonly now: () => Date
  readonly log: KitLog
}

export function createConversation({
  sweeps = () => undefined,
  keepers = () => undefined,
  presences = () => undefined,
  stores,
  places,
  finder,
  screen,
  list,
  now,
  log,
}: Parts) {
  const when = { localDay, localHour, atLocal, afterQuiet, nextRun }
  const app: App = createApp({
    ...stores,
    sweeps,
    keepers,
    presences,
    places,
    finder,
    screen,
    when,
    newId,
    monotonic: () => performance.now(),
  })
  const opening = openingOf((announced) => notices(announced))
  const features = collect<App>([...list.commands, { opening }])
  const notices = noticesOf(app, features, now)
  const dispatching = createDispatcher<App>({
    app,
    withIds: (ids) => {
      const given = [...ids]
      return { ...app, newId: () => given.shift() ?? newId() }
    },
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
    async screen(call, texts, hearer) {
      const known = call as Call<App, Person>
      const source = call.place.kind === 'room' ? 'room' : 'direct'
      const { saidAt } = call
      const heard = { texts, hearer, source, ...(saidAt && { saidAt }) }
      return list.screened(known, await app.screening.take(known.actor, heard, call.now))
    },
    watched: (call) => list.watched(call as Call<App, Person>),
    home: 'home',
  })
  const inbox = inboxOf({
    dispatcher: dispatching,
    directory: app.directory,
    received: stores.received,
    now,
    newId,
    async tell({ programId, personId }, key, answer, at) {
      const id = newId()
      if (answer) app.late.put(id, answer)
      const late: Announcement = {
        id,
        notice: 'late',
        params: { of: id, how: answer ? 'done' : 'lost' },
        to: { kind: 'person', personId },
        dedupeKey: `late:${key}`,
        dueAt: at,
        priority: 0,
      }
      await stores.announcements.put(programId, [late], at)
    },
    onError: (error) => log({ what: 'handler-failed', piece: 'inbox', reference: '-', error }),
  })
  return { app, dispatcher: inbox.dispatcher, inbox, features, notices }
}

export type Conversation = ReturnType<typeof createConversation>
