// A shared check-in as others see it: a card that points, and the reading, which its author can see happened.
import { z } from 'zod'
import { defineAction, defineNotice } from '../src/bot.ts'
import { button, heading, list, quote, say, sayInRoom, small } from '../src/kit/reply.ts'
import { t } from '../src/words/text.ts'
import { answersInWords } from './words/answers.ts'

export const readShared = defineAction({
  id: 'ci.read',
  permit: 'known',
  params: z.object({ ci: z.string() }),
  async run({ app, actor, now }, { ci }) {
    const found = await app.checkIns.read(actor, ci, now)
    const author = await app.roster.nameOf(actor, found.personId)
    const note = found.answers['note']
    return say(
      heading(t('checkins.shared.from', { name: author, day: found.forDay })),
      list(answersInWords(found.answers)),
      ...(typeof note === 'string' ? [quote(note)] : []),
      small(t('checkins.shared.readers', { name: author })),
    )
  },
})

export const sharedCheckIn = defineNotice({
  id: 'shared-check-in',
  permit: 'anyone',
  params: z.object({ checkIn: z.string() }),
  render: (_call, { checkIn }) =>
    sayInRoom(
      t('checkins.shared.card'),
      button(t('checkins.shared.read'), readShared, { ci: checkIn }),
      small(t('checkins.shared.card-readers')),
    ),
})
