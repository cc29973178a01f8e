// /clear: the bot's own direct messages go, what was saved stays. Open to everybody, also to who has left.
import { z } from 'zod'
import { defineAction, defineCommand } from '../src/bot.ts'
import type { App } from '../src/app.ts'
import type { Person } from '../src/care/members/ports.ts'
import type { Call } from '../src/kit/command.ts'
import { button, say, small, type Message } from '../src/kit/reply.ts'
import { t } from '../src/words/text.ts'

async function sweep({ app, visitor }: Call<App, Person | undefined>): Promise<Message> {
  const { deleted, kept, more } = await app.sweeping.clear(visitor.platform, visitor.user)
  return say(
    t('privacy.clear.done', { deleted }),
    ...(kept > 0 ? [t('privacy.clear.kept', { kept })] : []),
    t('privacy.clear.yours'),
    ...(more ? [t('privacy.clear.more'), button(t('privacy.clear.go-on'), clearMore, {}, 'main')] : []),
    small(t('help.readers')),
  )
}

export const clear = defineCommand({
  name: 'clear',
  title: t('privacy.clear.command.title'),
  description: t('privacy.clear.command.about'),
  permit: 'anyone',
  wait: 'privately',
  options: {},
  run: (call) => sweep(call),
})

export const clearMore = defineAction({
  id: 'cl.more',
  permit: 'anyone',
  params: z.object({}),
  run: (call) => sweep(call),
})
