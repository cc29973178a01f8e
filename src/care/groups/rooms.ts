// Keeps each group's room in step with the record: makes it, lets in, puts out, quiets, closes; says what it cannot repair.
import type { PersonDirectory } from '../members/directory.ts'
import type { Announcement, Announcements, People, Platform } from '../members/ports.ts'
import type { SaidInRoom } from '../safety/catching-up.ts'
import type { ScreeningOf } from '../safety/screening.ts'
import type { Group, Groups, Seat } from './ports.ts'
import type { RoomKeeper, RoomKeepers, RoomNews, RoomTrouble } from './room-keeper.ts'
import { isInside } from './rules.ts'
import type { Telling } from './telling.ts'

/** Messages in rooms that were worked on, by a key of their own. Implemented by the store. */
export type Said = { was(key: string): Promise<boolean>; add(key: string, at: Date): Promise<void> }

type Parts = {
  readonly groups: Groups
  readonly people: Pick<People, 'byId' | 'byAccount'>
  readonly directory: Pick<PersonDirectory, 'find'>
  readonly announcements: Pick<Announcements, 'put'>
  readonly telling: Telling
  readonly keepers: RoomKeepers
  readonly screening: ScreeningOf
  readonly said: Said
  /** Gives free places to those who wait. */
  readonly fill: (group: Group, now: Date) => Promise<void>
  /** Who may not write there just now. */
  readonly quieted: (group: Group, now: Date) => Promise<ReadonlySet<string>>
  /** Ends the seat of somebody who went out by themselves. */
  readonly wentOut: (seat: Seat, group: Group, now: Date) => Promise<void>
  readonly newId: () => string
}

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const batch = 20
const after = (now: Date, ms: number): Date => new Date(now.getTime() + ms)

class Trouble extends Error {
  readonly why: RoomTrouble
  constructor(why: RoomTrouble) {
    super(why)
    this.why = why
  }
}

export function roomsOf({
  groups,
  people,
  directory,
  announcements,
  telling,
  keepers,
  screening,
  said,
  fill,
  quieted,
  wentOut,
  newId,
}: Parts) {
  /** Those who are to be in the room, by their account. */
  async function wanted(group: Group): Promise<ReadonlyMap<string, Seat>> {
    const seats = (await groups.seats(group.programId, group.id, ['in'])).filter((seat) =>
      isInside(group, seat),
    )
    const accounts = await groups.accounts(
      group.programId,
      group.workspace,
      seats.map(({ personId }) => personId),
    )
    return new Map(
      seats.flatMap((seat) => {
        const user = accounts.get(seat.personId)
        return user === undefined ? [] : [[user, seat] as const]
      }),
    )
  }

  const must = async <T>(
    asking: Promise<
      { readonly ok: true; readonly value: T } | { readonly ok: false; readonly why: RoomTrouble }
    >,
  ): Promise<T> => {
    const answer = await asking
    if (!answer.ok) throw new Trouble(answer.why)
    return answer.value
  }
  /** What a platform has no means for is left to people, who are told so where they decide it. */
  const may = async (asking: ReturnType<RoomKeeper['letIn']>): Promise<void> => {
    const answer = await asking
    if (!answer.ok && answer.why !== 'not-possible') throw new Trouble(answer.why)
  }

  async function inStep(keeper: RoomKeeper, group: Group, room: string, now: Date): Promise<void> {
    const { workspace } = group
    const [present, members, quiet] = await Promise.all([
      must(keeper.people(workspace, room)),
      wanted(group),
      quieted(group, now),
    ])
    const isPresent = new Set(present)
    // Out first: while the bot works, somebody who must not read would go on reading.
    for (const user of present) if (!members.has(user)) await must(keeper.putOut(workspace, room, user))
    for (const [user, seat] of members) {
      if (!isPresent.has(user)) {
        const answer = await keeper.letIn(workspace, room, user)
        // An account that has left the workspace is nobody to let in.
        if (!answer.ok && answer.why !== 'gone') throw new Trouble(answer.why)
        if (!answer.ok) continue
      }
      const mayWrite = seat.seat !== 'reading' && !quiet.has(seat.personId)
      await may(keeper.mayWrite(workspace, room, user, mayWrite))
    }
    await may(keeper.openToWrite(workspace, room, group.state !== 'paused'))
  }

  /** When to look again, undefined for never. */
  async function step(keeper: RoomKeeper, group: Group, now: Date): Promise<Date | undefined> {
    const { programId, id, room, workspace } = group
    if (group.state === 'archived') {
      if (room !== undefined) await may(keeper.archive(workspace, room))
      await groups.change(programId, id, { roomState: 'none' }, now)
      return undefined
    }
    if (room === undefined || group.roomState === 'wanted') {
      const made = await must(keeper.make(workspace, { mark: id, name: group.name }))
      await groups.change(programId, id, { room: made, roomState: 'made' }, now)
      await inStep(keeper, group, made, now)
    } else await inStep(keeper, group, room, now)
    const back = group.roomState === 'lost'
    const announce = back ? await telling.leaders(group, note('group-room-back', now), now) : []
    await groups.change(programId, id, { roomState: 'made' }, now, { announce })
    return after(now, hourMs)
  }
  const note = (notice: string, now: Date) => ({ notice, key: String(now.getTime()), priority: 1 }) as const

  async function troubled(group: Group, why: RoomTrouble, now: Date): Promise<Date> {
    const { programId, id } = group
    if (why === 'later') return after(now, minuteMs)
    if (why === 'gone') {
      // The room was deleted: a new one is made at once, and whoever leads hears of it.
      const announce = await telling.leaders(group, note('group-room-gone', now), now)
      await groups.change(programId, id, { room: null, roomState: 'wanted' }, now, { announce })
      return after(now, 1000)
    }
    const announce =
      group.roomState === 'lost' ? [] : await telling.leaders(group, note(`group-room-${why}`, now), now)
    await groups.change(programId, id, { roomState: 'lost' }, now, { announce })
    return after(now, hourMs)
  }

  async function sync(found: Group, now: Date): Promise<void> {
    const { programId, id, platform } = found
    const keeper = keepers(platform)
    const taken = after(now, minuteMs)
    await groups.change(programId, id, { syncAt: taken }, now)
    if (!keeper) return groups.synced(programId, id, taken, after(now, hourMs))
    await fill(found, now)
    // Who is let in or put out from here on asks for the room to be looked at again, and is heard below.
    await groups.change(programId, id, { syncAt: taken }, now)
    const group = (await groups.get(programId, id)) ?? found
    const next = await step(keeper, group, now).catch((error: unknown) => {
      if (error instanceof Trouble) return troubled(group, error.why, now)
      throw error
    })
    await groups.synced(programId, id, taken, next)
  }

  const keyOf = (platform: Platform, { room, message }: SaidInRoom): string =>
    `room:${platform}:${room}:${message}`
  /** What is being worked on just now. */
  const inHand = new Set<string>()
  async function once(key: string, work: () => Promise<void>): Promise<void> {
    inHand.add(key)
    await work().finally(() => inHand.delete(key))
  }

  /** Words in a group's room pass the same screen; help goes to their author alone, never into the room. */
  async function heard(platform: Platform, group: Group, news: SaidInRoom, now: Date): Promise<void> {
    const person = await directory.find(
      { platform, workspace: news.workspace, user: news.user },
      group.programId,
      false,
    )
    if (!person) return
    const pointer = {
      room: news.room,
      message: news.message,
      ...(news.link !== undefined && { link: news.link }),
    }
    const shown = await screening.take(
      person,
      {
        texts: [news.words],
        hearer: 'group',
        source: 'room',
        groupId: group.id,
        pointer,
        ...(news.at && { saidAt: news.at }),
      },
      now,
    )
    await said.add(keyOf(platform, news), now)
    if (shown.kind !== 'card') return
    const card: Announcement = {
      id: newId(),
      notice: 'room-card',
      params: { level: shown.level, told: shown.told },
      to: { kind: 'person', personId: person.personId },
      dedupeKey: `room-card:${news.room}:${news.message}`,
      dueAt: now,
      priority: 0,
    }
    await announcements.put(group.programId, [card], now)
  }

  return {
    /** What is due at `now`, a few at a time. */
    async run(now: Date, onError: (error: unknown) => void): Promise<void> {
      for (const group of await groups.toSync(now, batch)) await sync(group, now).catch(onError)
    },
    next: (from: Date) => groups.nextDue(from),

    /** Words that were said while nobody heard them. What was worked on before is passed over. */
    async late(platform: Platform, news: SaidInRoom, now: Date): Promise<void> {
      const key = keyOf(platform, news)
      const group = await groups.byRoom(platform, news.room)
      if (!group || inHand.has(key) || (await said.was(key))) return
      await once(key, () => heard(platform, group, news, now))
    },

    /** Rooms that belong to no group are nobody's business. */
    async news(platform: Platform, news: RoomNews, now: Date): Promise<void> {
      if (news.kind === 'gone') {
        const person = await people.byAccount({ platform, workspace: news.workspace, user: news.user })
        if (!person) return
        for (const seat of await groups.seatsOf(person)) {
          const group = await groups.get(person.programId, seat.groupId)
          if (group) await groups.change(group.programId, group.id, { syncAt: now }, now)
        }
        return
      }
      const group = await groups.byRoom(platform, news.room)
      if (!group) return
      if (news.kind === 'said') return once(keyOf(platform, news), () => heard(platform, group, news, now))
      if (group.kind === 'everyone' || group.state === 'archived') return
      if (news.kind === 'left') {
        const person = await people.byAccount({ platform, workspace: news.workspace, user: news.user })
        const seat = person && (await groups.seat(person, group.id))
        if (seat?.state === 'in' && seat.seat !== 'facilitator') await wentOut(seat, group, now)
      }
      await groups.change(group.programId, group.id, { syncAt: now }, now)
    },
  }
}
export type RoomsOf = ReturnType<typeof roomsOf>
