// A platform in memory that keeps what it accepted, remembers ids as Discord does, and fails as it is told.
import type { Outcome, Platform, Post, Poster } from '../../src/delivery/ports.ts'

export type FakePlatform = Poster & {
  /** Every call, in order. */
  readonly tried: Post[]
  /** What a person would see, in order. */
  readonly shown: Post[]
  /** Asked before each send; `lost` shows the message and loses the reply. */
  answer: (post: Post) => Outcome | 'sent' | 'lost' | Promise<Outcome | 'sent' | 'lost'>
  /** Off, the platform shows a repeated id again. */
  remembers: boolean
}

export function fakePlatform(platform: Platform = 'discord'): FakePlatform {
  const fake: FakePlatform = {
    platform,
    tried: [],
    shown: [],
    answer: () => 'sent',
    remembers: true,
    async send(post) {
      fake.tried.push(post)
      const answer = await fake.answer(post)
      if (answer !== 'sent' && answer !== 'lost') return answer
      if (!fake.remembers || !fake.shown.some(({ id }) => id === post.id)) fake.shown.push(post)
      if (answer === 'lost') return { kind: 'retry', ambiguous: true }
      return { kind: 'sent', messageId: `m-${post.id}`, room: 'dm' }
    },
  }
  return fake
}
