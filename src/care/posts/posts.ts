// Posts into a group's room: written, looked at again, sent, read by the group, reacted to, taken back (feature rows 69 to 71, 76).
import { z } from 'zod'
import { Refusal } from '../../words/refusal.ts'
import { t } from '../../words/text.ts'
import { roleOfStaff } from '../audit/by-staff.ts'
import { detailsIn, type DetailKind } from '../cases/details.ts'
import type { Readings } from '../checkins/ports.ts'
import { keepingOf, notFound } from '../entries/keeping.ts'
import type { Entries } from '../entries/ports.ts'
import type { GroupsOf } from '../groups/groups.ts'
import type { Group, Groups } from '../groups/ports.ts'
import { isInside } from '../groups/rules.ts'
import type { Measures } from '../measures/ports.ts'
import type { People, Person } from '../members/ports.ts'
import type { When } from '../prompts/when.ts'
import {
  themes,
  type NewPost,
  type Post,
  type Posts,
  type PostState,
  type ReactionKind,
  type Theme,
} from './ports.ts'
import { reviewingOf } from './reviewing.ts'
import { asSeen, assertMayPost, assertNameless, mayRead, type SeenPost } from './rules.ts'

type Parts = {
  readonly posts: Posts
  readonly groups: Groups
  readonly people: Pick<People, 'byId'>
  readonly readings: Pick<Readings, 'add'>
  readonly entries: Entries
  readonly group: Pick<GroupsOf, 'see' | 'led' | 'telling'>
  readonly measures: Pick<Measures, 'standing'>
  readonly when: When
  readonly newId: () => string
}

/** What its writer looks at before it goes. */
export type Preview = {
  readonly post: Post
  readonly group: Group
  readonly noticed: readonly DetailKind[]
  readonly isHeld: boolean
  /** When the card comes into the room: now, or after the group's quiet hours. */
  readonly roomAt: Date
}
export type Read =
  | { readonly kind: 'folded'; readonly theme: Theme; readonly groupId: string }
  | {
      readonly kind: 'open'
      readonly post: SeenPost
      readonly leads: boolean
      /** What anybody said to it, each once: how many did is nobody's measure. */
      readonly said: readonly ReactionKind[]
      readonly own: readonly ReactionKind[]
      /** Who said so, for its writer alone. */
      readonly from: readonly string[]
    }

const dayMs = 86_400_000
const open: readonly PostState[] = ['draft', 'reword']
const everyState: readonly PostState[] = ['draft', 'held', 'reword', 'waiting', 'out', 'removed', 'expired']
const foldedShape = z.object({ themes: z.array(z.enum(themes)) })

export function postsOf(parts: Parts) {
  const { posts, groups, readings, group: ways, measures, newId } = parts
  const kept = keepingOf('folded-themes', foldedShape, parts)

  const isHeld = (group: Group, post: Pick<Post, 'kind'>, leads: boolean): boolean =>
    post.kind === 'anonymous' || (group.premoderated && !leads)

  /** Staff asked them for a break: for all they write, or in this group. */
  async function isQuieted({ programId, personId }: Person, group: Group, now: Date): Promise<boolean> {
    const standing = await measures.standing(programId, now)
    return standing.some(
      (one) =>
        one.personId === personId &&
        (one.kind === 'cool-down' || one.kind === 'time-out') &&
        (one.groupId === undefined || one.groupId === group.id),
    )
  }
  async function mayPostIn(person: Person, groupId: string, kind: Post['kind'], now: Date) {
    const seen = await ways.see(person, groupId)
    assertMayPost(seen, await isQuieted(person, seen.group, now))
    if (kind === 'anonymous')
      assertNameless(seen.group, await groups.seats(person.programId, groupId, ['in']))
    return seen
  }
  async function own(person: Person, id: string): Promise<Post> {
    const post = await posts.get(person.programId, id)
    if (post?.personId !== person.personId) throw notFound()
    return post
  }
  async function foldedBy(person: Person): Promise<readonly Theme[]> {
    return (await kept.list(person, 1))[0]?.body.themes ?? []
  }

  return {
    ...reviewingOf(parts),
    own,
    foldedBy,
    mayPostIn,

    async fold(person: Person, chosen: readonly Theme[], now: Date): Promise<void> {
      const [before] = await kept.list(person, 1)
      await kept.save(person, { id: before?.id ?? newId(), body: { themes: [...chosen] } }, now)
    },

    /** Kept for its writer's eyes; sent twice with one id, it is one. What was asked to be reworded is changed here too. */
    async write(person: Person, said: Omit<NewPost, 'at' | 'dueAt'>, now: Date): Promise<Preview> {
      const before = await posts.get(person.programId, said.id)
      if (before && (before.personId !== person.personId || before.groupId !== said.groupId)) throw notFound()
      const kind = before?.kind ?? said.kind
      const { group, leads } = await mayPostIn(person, said.groupId, kind, now)
      const draft = { ...said, kind, at: now, dueAt: new Date(now.getTime() + dayMs) }
      if (!(await posts.write(person, draft))) throw new Refusal(t('posts.sent.already'))
      const post = await own(person, said.id)
      return {
        post,
        group,
        noticed: detailsIn(post.words),
        isHeld: isHeld(group, post, leads),
        roomAt: ways.telling.roomAt(group, now),
      }
    },

    /** Sent twice is sent once. */
    async send(person: Person, id: string, now: Date): Promise<Post> {
      const post = await own(person, id)
      if (!open.includes(post.state)) return post
      const { group, leads } = await mayPostIn(person, post.groupId, post.kind, now)
      const said = { key: `${id}:${now.getTime()}`, params: { post: id } }
      const goes = isHeld(group, post, leads)
        ? ({ state: 'held', dueAt: null } as const)
        : ({ state: 'out', at: now, dueAt: null } as const)
      const announce =
        goes.state === 'held'
          ? await ways.telling.leaders(group, { ...said, notice: 'post-held', priority: 1 }, now)
          : ways.telling.room(group, { ...said, key: id, notice: 'post-card' }, now)
      await posts.change(person.programId, id, open, goes, now, { announce })
      return own(person, id)
    },

    /** At any time; the card in the room then leads nowhere. */
    async takeBack(person: Person, id: string): Promise<void> {
      if (!(await posts.takeBack(person, id))) throw notFound()
    },
    takeAllBack: (person: Person): Promise<void> => posts.takeAllBack(person),

    mine: (person: Person, limit: number, before?: string): Promise<readonly Post[]> =>
      posts.list(person.programId, {
        personId: person.personId,
        states: everyState,
        limit,
        ...(before !== undefined && { before }),
      }),

    /** What is in the room, newest first. */
    async lately(
      person: Person,
      groupId: string,
      limit: number,
      before?: string,
    ): Promise<{
      readonly group: Group
      readonly leads: boolean
      readonly posts: readonly (SeenPost & { readonly folded: boolean })[]
    }> {
      const seen = await ways.see(person, groupId)
      if (!mayRead(seen)) throw notFound()
      const [found, folded] = await Promise.all([
        posts.list(person.programId, {
          groupId,
          states: ['out'],
          limit,
          ...(before !== undefined && { before }),
        }),
        foldedBy(person),
      ])
      return {
        group: seen.group,
        leads: seen.leads,
        posts: found.map((post) => ({
          ...asSeen(post, person.personId),
          folded: post.theme !== undefined && folded.includes(post.theme),
        })),
      }
    },

    /** For people of the group; its writer can see that it was read. A folded one opens when it is asked for again. */
    async read(person: Person, id: string, unfolded: boolean, now: Date): Promise<Read> {
      const post = await posts.get(person.programId, id)
      if (post?.state !== 'out') throw notFound()
      const seen = await ways.see(person, post.groupId)
      if (!mayRead(seen)) throw notFound()
      const mine = post.personId === person.personId
      if (!mine && !unfolded && post.theme && (await foldedBy(person)).includes(post.theme))
        return { kind: 'folded', theme: post.theme, groupId: post.groupId }
      if (!mine) {
        const { personId, programId } = post
        const readerRole = seen.leads ? roleOfStaff(person) : 'member'
        const nameless = post.kind === 'anonymous'
        const row = { readerId: person.personId, readerRole, personId, what: 'post', rowId: id, at: now }
        await readings.add({ id: newId(), programId, ...row, nameless })
      }
      const reactions = await posts.reactions(person.programId, id)
      const ofOwn = reactions.filter(({ personId }) => personId === person.personId)
      return {
        kind: 'open',
        post: asSeen(post, person.personId),
        leads: seen.leads,
        said: [...new Set(reactions.map(({ what }) => what))],
        own: ofOwn.map(({ what }) => what),
        from: mine ? [...new Set(reactions.map(({ personId }) => personId))] : [],
      }
    },

    async react(person: Person, id: string, what: ReactionKind): Promise<boolean> {
      const post = await posts.get(person.programId, id)
      if (post?.state !== 'out') throw notFound()
      const { group, seat } = await ways.see(person, post.groupId)
      if (!isInside(group, seat)) throw notFound()
      if (post.personId === person.personId) throw new Refusal(t('posts.react.own'))
      return posts.react(person, newId(), id, what)
    },

    /** For what is told about a post without being asked. */
    named: (programId: string, id: string): Promise<Post | undefined> => posts.get(programId, id),
  }
}
export type PostsOf = ReturnType<typeof postsOf>
