// What those who lead a group decide about posts, all of it on record, and what goes out by itself at its hour (feature rows 77, 78; C8).
import { Refusal } from '../../words/refusal.ts'
import { t } from '../../words/text.ts'
import { byStaff, roleOfStaff } from '../audit/by-staff.ts'
import type { Act } from '../audit/ports.ts'
import type { Readings } from '../checkins/ports.ts'
import { notFound } from '../entries/keeping.ts'
import type { GroupsOf } from '../groups/groups.ts'
import type { Group, Groups } from '../groups/ports.ts'
import { isInside } from '../groups/rules.ts'
import type { People, Person } from '../members/ports.ts'
import type { When } from '../prompts/when.ts'
import type { Post, PostChange, Posts, PostState, RemovalReason } from './ports.ts'
import { asSeen, couldHaveWritten, fewestNameless, releaseAt, type SeenPost } from './rules.ts'

type Parts = {
  readonly posts: Posts
  readonly groups: Groups
  readonly people: Pick<People, 'byId'>
  readonly readings: Pick<Readings, 'add'>
  readonly group: Pick<GroupsOf, 'led' | 'telling'>
  readonly when: When
  readonly newId: () => string
}
export type Held = { readonly post: SeenPost; readonly group: Group }

const batch = 50
const hourMs = 3_600_000
/** A post without a name whose group stays too small for it does not wait for ever. */
const patienceMs = 7 * 24 * hourMs
const reviewed: readonly PostState[] = ['held', 'reword', 'waiting', 'out']

export function reviewingOf({ posts, groups, people, readings, group: ways, when, newId }: Parts) {
  async function led(staff: Person, id: string): Promise<{ readonly post: Post; readonly group: Group }> {
    const post = await posts.get(staff.programId, id)
    if (!post || !reviewed.includes(post.state)) throw notFound()
    return { post, group: (await ways.led(staff, post.groupId)).group }
  }
  /** Nobody decides about their own; who wrote without a name is not in the record either. */
  async function ledToDecide(staff: Person, id: string) {
    const found = await led(staff, id)
    if (found.post.personId === staff.personId) throw new Refusal(t('posts.review.own'))
    return found
  }
  const audit = (staff: Person, act: Act, { id, kind, personId }: Post, why?: string) =>
    byStaff(staff, act, 'post', id, {
      ...(kind !== 'anonymous' && { personId }),
      ...(why !== undefined && { why }),
    })
  const toldWriter = (group: Group, { id, programId, personId }: Post, now: Date) =>
    ways.telling.person(
      group,
      { programId, personId },
      { notice: 'post-news', key: `${id}:${now.getTime()}`, params: { post: id } },
      now,
    )
  const card = (group: Group, { id }: Post, now: Date) =>
    ways.telling.room(group, { notice: 'post-card', key: id, params: { post: id } }, now)

  async function decide(
    staff: Person,
    { post, group }: { readonly post: Post; readonly group: Group },
    from: readonly PostState[],
    change: PostChange,
    act: Act,
    now: Date,
  ): Promise<void> {
    const announce = [
      ...(await toldWriter(group, post, now)),
      ...(change.state === 'out' ? card(group, post, now) : []),
    ]
    const decided = { ...change, decidedBy: staff.personId, decidedAt: now }
    const along = { announce, audit: audit(staff, act, post, change.reason) }
    if (!(await posts.change(staff.programId, post.id, from, decided, now, along)))
      throw new Refusal(t('posts.review.changed'))
  }

  /** Looks again at how things are: people left, a room closed, a group grew small. */
  async function release(post: Post, now: Date): Promise<void> {
    const { programId, personId, groupId, id } = post
    const [group, seats, person] = await Promise.all([
      groups.get(programId, groupId),
      groups.seats(programId, groupId, ['in']),
      people.byId({ programId, personId }),
    ])
    if (!group || !person) return void (await posts.change(programId, id, ['waiting'], expired, now))
    const isIn = seats.some((seat) => seat.personId === personId && isInside(group, seat))
    const fits = group.anonymousPosts && couldHaveWritten(group, seats) >= fewestNameless
    if (isIn && fits && group.state === 'open' && group.room !== undefined) {
      const announce = card(group, post, now)
      await posts.change(programId, id, ['waiting'], { state: 'out', at: now, dueAt: null }, now, {
        announce,
      })
      return
    }
    const waited = now.getTime() - (post.decidedAt ?? post.at).getTime()
    if (isIn && waited < patienceMs) {
      const dueAt = releaseAt(when, group.zone ?? person.program.zone, post.at, now)
      return void (await posts.change(programId, id, ['waiting'], { state: 'waiting', dueAt }, now))
    }
    const announce = await toldWriter(group, post, now)
    await posts.change(programId, id, ['waiting'], expired, now, { announce })
  }
  const expired = { state: 'expired', dueAt: null } as const

  return {
    /** What waits for somebody who leads that group. */
    async waitingIn(staff: Person, groupId: string, limit: number): Promise<readonly SeenPost[]> {
      await ways.led(staff, groupId)
      const found = await posts.list(staff.programId, { groupId, states: ['held'], limit })
      return found.map((post) => asSeen(post, staff.personId))
    },

    /** That somebody read it is on record before it is shown. */
    async look(staff: Person, id: string, now: Date): Promise<Held> {
      const { post, group } = await led(staff, id)
      if (post.personId !== staff.personId) {
        const row = { readerId: staff.personId, readerRole: roleOfStaff(staff), personId: post.personId }
        await readings.add({
          id: newId(),
          programId: staff.programId,
          ...row,
          what: 'post',
          rowId: id,
          at: now,
          nameless: post.kind === 'anonymous',
        })
      }
      return { post: asSeen(post, staff.personId), group }
    },

    /** Into the room; without a name at the next hour for these. */
    async approve(staff: Person, id: string, now: Date): Promise<Held> {
      const found = await ledToDecide(staff, id)
      const { post, group } = found
      const zone = group.zone ?? staff.program.zone
      const seat = await groups.seat(post, group.id)
      if (post.kind !== 'anonymous' && !isInside(group, seat)) throw new Refusal(t('posts.review.left'))
      const goes =
        post.kind === 'anonymous'
          ? ({ state: 'waiting', dueAt: releaseAt(when, zone, post.at, now) } as const)
          : ({ state: 'out', at: now } as const)
      await decide(staff, found, ['held'], goes, 'approve-post', now)
      return { post: asSeen({ ...post, ...goes }, staff.personId), group }
    },

    /** The words stay their writer's: nobody else changes them. */
    async askToReword(staff: Person, id: string, note: string, now: Date): Promise<Group> {
      const found = await ledToDecide(staff, id)
      await decide(staff, found, ['held'], { state: 'reword', note }, 'reword-post', now)
      return found.group
    },

    async remove(staff: Person, id: string, reason: RemovalReason, now: Date): Promise<Group> {
      const found = await ledToDecide(staff, id)
      const from = ['held', 'waiting', 'out'] as const
      await decide(staff, found, from, { state: 'removed', dueAt: null, reason }, 'remove-post', now)
      return found.group
    },

    /** Whether posts wait for a look, and whether there are any without a name. */
    async setPosts(
      leader: Person,
      groupId: string,
      change: Partial<Pick<Group, 'premoderated' | 'anonymousPosts'>>,
      now: Date,
    ): Promise<Group> {
      const { group } = await ways.led(leader, groupId)
      if (group.state === 'archived') throw new Refusal(t('groups.archived'))
      if (change.anonymousPosts === true && group.platform === 'slack')
        throw new Refusal(t('posts.nameless.slack'))
      const record = byStaff(leader, 'change-group', 'group', groupId, { why: 'posts' })
      await groups.change(group.programId, groupId, change, now, { audit: record })
      return { ...group, ...change }
    },

    /** Drafts that were never sent go; posts without a name come out at their hour. */
    async run(now: Date, onError: (error: unknown) => void): Promise<void> {
      for (const post of await posts.due(now, batch)) {
        const { programId, id, state } = post
        const done =
          state === 'waiting' ? release(post, now) : state === 'draft' ? posts.takeBack(post, id) : undefined
        await done?.catch(async (error: unknown) => {
          onError(error)
          await posts.change(programId, id, [state], { state, dueAt: new Date(now.getTime() + hourMs) }, now)
        })
      }
    },
    next: (after: Date) => posts.nextDue(after),
  }
}
