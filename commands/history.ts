// /history: a person's own check-ins, the newest first, to read and to edit.
import { z } from 'zod'
import { defineAction, defineCommand } from '../src/bot.ts'
import type { App } from '../src/app.ts'
import type { Person } from '../src/care/members/ports.ts'
import type { Call } from '../src/kit/command.ts'
import { button, heading, list, quote, say, small, type Message } from '../src/kit/reply.ts'
import { t } from '../src/words/text.ts'
import { editCheckIn } from './checkin.ts'
import { answersInWords, audienceWords } from './words/answers.ts'

const perPage = 5

async function page({ app, actor }: Call<App, Person>, before?: string): Promise<Message> {
  const found = await app.checkIns.recent(actor, perPage + 1, before)
  const shown = found.slice(0, perPage)
  const last = shown.at(-1)
  return say(
    heading(t('checkins.history.title')),
    ...(shown.length === 0 ? [t('checkins.history.none')] : []),
    ...shown.flatMap(({ id, forDay, kind, answers, audience }) => [
      t(kind === 'pass' ? 'checkins.history.pass' : 'checkins.history.day', {
        day: forDay,
        audience: audienceWords(audience),
      }),
      ...(kind === 'pass' ? [] : [list(answersInWords(answers))]),
      ...(typeof answers['note'] === 'string' ? [quote(answers['note'])] : []),
      button(t('checkins.edit'), editCheckIn, { ci: id }),
    ]),
    ...(found.length > perPage && last
      ? [button(t('checkins.history.older'), olderCheckIns, { before: last.id })]
      : []),
    small(t('progress.readers')),
  )
}

export const history = defineCommand({
  name: 'history',
  title: t('checkins.history.command.title'),
  description: t('checkins.history.command.about'),
  permit: 'member',
  wait: 'privately',
  options: {},
  run: (call) => page(call),
})

export const olderCheckIns = defineAction({
  id: 'ci.older',
  permit: 'member',
  params: z.object({ before: z.string().optional() }),
  run: async (call, { before }) => ({ kind: 'update', message: await page(call, before) }),
})
