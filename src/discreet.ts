// What a discreet person is sent instead of a notice: neutral words, and a button that shows what it was (C18).
import { z } from 'zod'
import { defineAction } from './bot.ts'
import { button, say, type Message } from './kit/reply.ts'
import type { Announced } from './notices.ts'
import { Refusal } from './words/refusal.ts'
import { t } from './words/text.ts'

const door = { id: 'dn', params: z.object({ notice: z.string().min(1) }) }

/** `notice` is the id of the outbox row. */
export const neutral = (notice: string): Message =>
  say(t('privacy.discreet.line'), button(t('privacy.discreet.open'), door, { notice }))

/** The only feature outside commands/: it says again what any of them has said. */
export const openingOf = (render: (announced: Announced) => Promise<Message | undefined>) =>
  defineAction({
    ...door,
    permit: 'known',
    async run({ app, actor }, { notice }) {
      const { programId, personId } = actor
      const said = await app.announcedTo(actor, notice)
      const message = said && (await render({ programId, personId, ...said }))
      if (!message) throw new Refusal(t('kit.stale'))
      return message
    },
  })
