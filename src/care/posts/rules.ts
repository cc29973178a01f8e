// Who may post what where, when a post without a name goes out, and what others see of a post.
import { randomInt } from 'node:crypto'
import { Refusal } from '../../words/refusal.ts'
import { t } from '../../words/text.ts'
import { notFound } from '../entries/keeping.ts'
import type { Seen } from '../groups/access.ts'
import type { Group, Seat } from '../groups/ports.ts'
import { isInside, mayPost } from '../groups/rules.ts'
import type { When } from '../prompts/when.ts'
import type { Post } from './ports.ts'

/** Fewer, and leaving out those who were seen doing something else would leave one (C8). */
export const fewestNameless = 5
/** When posts without a name go out, by the group's clock. */
const releaseHours = '0 12,18 * * *'
const hourMs = 3_600_000
const jitterMs = 40 * 60_000

export const mayRead = ({ group, seat, leads }: Pick<Seen, 'group' | 'seat' | 'leads'>): boolean =>
  leads || isInside(group, seat)

/** Anybody of these could have written it: they may write there, and are not the staff who read it first. */
export const couldHaveWritten = (group: Group, seats: readonly Seat[]): number =>
  seats.filter((seat) => mayPost({ ...group, state: 'open' }, seat) && seat.seat !== 'facilitator').length

export function assertMayPost({ group, seat }: Seen, isQuieted: boolean): void {
  if (!isInside(group, seat)) throw notFound()
  if (group.state !== 'open') throw new Refusal(t('posts.no.closed', { name: group.name }))
  if (!mayPost(group, seat)) throw new Refusal(t('posts.no.listening'))
  if (isQuieted) throw new Refusal(t('posts.no.cool-down'))
  if (group.room === undefined) throw new Refusal(t('posts.no.room'))
}

/** Slack’s terms do not let an app hide who speaks. */
export function assertNameless(group: Group, seats: readonly Seat[]): void {
  if (group.platform === 'slack') throw new Refusal(t('posts.nameless.slack'))
  if (!group.anonymousPosts) throw new Refusal(t('posts.nameless.off'))
  if (couldHaveWritten(group, seats) < fewestNameless)
    throw new Refusal(t('posts.nameless.few', { fewest: fewestNameless }))
}

/** The next fixed hour, and some minutes by chance, so that neither hour nor order tells who wrote. */
export function releaseAt(when: When, zone: string, writtenAt: Date, now: Date): Date {
  const from = new Date(Math.max(now.getTime(), writtenAt.getTime() + hourMs))
  const hour = when.nextRun(releaseHours, zone, from) ?? from
  return new Date(hour.getTime() + randomInt(jitterMs))
}

/** As others see it: without its writer where they asked for that. */
export type SeenPost = Omit<Post, 'personId' | 'note'> & {
  readonly by?: string
  readonly mine: boolean
}
export function asSeen({ personId, note: _note, ...post }: Post, reader: string): SeenPost {
  const mine = personId === reader
  return { ...post, mine, ...(post.kind !== 'anonymous' && { by: personId }) }
}
