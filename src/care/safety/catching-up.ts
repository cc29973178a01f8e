// What was written while nobody heard it, as the bot or its connection was down: read afterwards and screened (CR-18).
import type { RoomNews } from '../groups/room-keeper.ts'
import type { Platform } from '../members/ports.ts'

export type SaidInRoom = RoomNews & { readonly kind: 'said' }
/** Reads back on one platform, oldest first. A room that cannot be read has nothing; a platform that is away rejects. */
export type Past<Direct> = {
  inRoom(workspace: string, room: string, after: Date): Promise<readonly SaidInRoom[]>
  inDirect(workspace: string, room: string, after: Date): Promise<readonly Direct[]>
}

type Where = { readonly workspace: string; readonly room: string }
/** Implemented by the store. */
export type Heard = {
  /** By the platform's clock, as of its newest message that was worked on. */
  until(platform: Platform): Promise<Date | undefined>
  put(platform: Platform, until: Date): Promise<void>
  /** Rooms of groups. */
  rooms(platform: Platform): Promise<readonly Where[]>
  /** Direct messages with people who have not left. */
  directs(platform: Platform): Promise<readonly Where[]>
  /** Remembers in which room somebody writes to the bot. */
  isDirect(platform: Platform, user: string, room: string): Promise<void>
}

type Parts<Direct> = {
  readonly heard: Heard
  readonly pasts: (platform: Platform) => Past<Direct> | undefined
  readonly takeRoom: (platform: Platform, said: SaidInRoom, now: Date) => Promise<void>
  /** All of one direct message. */
  readonly takeDirect: (said: readonly Direct[], now: Date) => Promise<void>
  readonly now: () => Date
  readonly onError: (error: unknown) => void
}

/** Messages are not worked on in their order: one from before the newest may have been cut short. */
const overlapMs = 10 * 60_000
/** What was worked on is known by its key for a little longer than this; after a longer gap nothing is read twice. */
const keysMs = 24 * 3_600_000
const saveMs = 15_000
const againMs = 60_000
const roomsKnown = 10_000

type State = {
  /** Milliseconds since 1970, of the newest message that was worked on. */
  seen: number
  saved: number
  saveAt: number
  /** The end of what was heard before a gap, until that gap was read. */
  gap?: number
  reading?: Promise<void>
  readAt: number
}

export function catchingUpOf<Direct>(parts: Parts<Direct>) {
  const { heard, pasts, takeRoom, takeDirect, now, onError } = parts
  const states = new Map<Platform, State>()
  const directs = new Set<string>()
  let isStopping = false

  async function readRooms(platform: Platform, past: Past<Direct>, after: Date): Promise<void> {
    for (const { workspace, room } of await heard.rooms(platform))
      for (const said of isStopping ? [] : await past.inRoom(workspace, room, after))
        await takeRoom(platform, said, now())
    for (const { workspace, room } of await heard.directs(platform))
      if (!isStopping) await takeDirect(await past.inDirect(workspace, room, after), now())
  }

  async function read(platform: Platform, state: State, past: Past<Direct>, gap: number): Promise<void> {
    try {
      const isLong = now().getTime() - gap > keysMs
      await readRooms(platform, past, new Date(gap - (isLong ? 0 : overlapMs)))
      // A gap that opened meanwhile begins no earlier than this one.
      if (!isStopping && state.gap === gap) delete state.gap
    } catch (error) {
      onError(error)
      state.readAt = now().getTime() + againMs
    }
  }

  async function save(platform: Platform, state: State): Promise<void> {
    if (state.gap !== undefined || state.seen <= state.saved) return
    const { seen } = state
    await heard.put(platform, new Date(seen))
    state.saved = seen
  }

  return {
    /** Before anything is heard. */
    async begin(platforms: readonly Platform[]): Promise<void> {
      for (const platform of platforms) {
        const until = await heard.until(platform)
        const seen = (until ?? now()).getTime()
        if (!until) await heard.put(platform, new Date(seen))
        states.set(platform, { seen, saved: seen, saveAt: 0, readAt: 0 })
      }
    },

    /** A connection is there after there was none. Returns at once; what was missed is read at the next beats. */
    connected(platform: Platform): void {
      const state = states.get(platform)
      if (state) state.gap ??= state.seen
    },

    /** A message was worked on; `direct` is where somebody writes to the bot. */
    heard(platform: Platform, at: Date, direct?: { readonly user: string; readonly room: string }): void {
      const state = states.get(platform)
      if (!state) return
      state.seen = Math.max(state.seen, at.getTime())
      if (!direct) return
      const key = JSON.stringify([platform, direct.user, direct.room])
      if (directs.has(key)) return
      if (directs.size >= roomsKnown) directs.clear()
      directs.add(key)
      void heard.isDirect(platform, direct.user, direct.room).catch(onError)
    },

    /** Reads what was missed, on the side, and keeps how far everything was heard. */
    async run(at: Date): Promise<void> {
      for (const [platform, state] of states) {
        const past = pasts(platform)
        if (past && state.gap !== undefined && !state.reading && at.getTime() >= state.readAt)
          state.reading = read(platform, state, past, state.gap).finally(() => delete state.reading)
        if (at.getTime() < state.saveAt) continue
        state.saveAt = at.getTime() + saveMs
        await save(platform, state).catch(onError)
      }
    },

    async stop(): Promise<void> {
      isStopping = true
      for (const [platform, state] of states) {
        await state.reading
        await save(platform, state).catch(onError)
      }
    },
  }
}
