// What is said about groups' rooms by itself: to those who lead, when one cannot be kept; to somebody alone, when their words there may need a person.
import { z } from 'zod'
import { defineNotice } from '../src/bot.ts'
import type { App } from '../src/app.ts'
import type { Message } from '../src/kit/reply.ts'
import { button, say, small } from '../src/kit/reply.ts'
import { t } from '../src/words/text.ts'
import { helpNowHere } from './help-now.ts'

const onGroup = z.object({ group: z.string().min(1) })
type Asking = { readonly app: App; readonly programId: string }

const about =
  (what: 'gone' | 'no-access' | 'no-right' | 'not-possible' | 'back') =>
  async ({ app, programId }: Asking, { group }: z.infer<typeof onGroup>): Promise<Message | undefined> => {
    const found = await app.groups.named(programId, group)
    return found && say(t(`rooms.${what}`, { name: found.name }), small(t('rooms.readers')))
  }

export const roomGone = defineNotice({
  id: 'group-room-gone',
  permit: 'staff',
  params: onGroup,
  render: about('gone'),
})
export const roomNoAccess = defineNotice({
  id: 'group-room-no-access',
  permit: 'staff',
  params: onGroup,
  render: about('no-access'),
})
export const roomNoRight = defineNotice({
  id: 'group-room-no-right',
  permit: 'staff',
  params: onGroup,
  render: about('no-right'),
})
export const roomNotPossible = defineNotice({
  id: 'group-room-not-possible',
  permit: 'staff',
  params: onGroup,
  render: about('not-possible'),
})
export const roomBack = defineNotice({
  id: 'group-room-back',
  permit: 'staff',
  params: onGroup,
  render: about('back'),
})

export const roomCard = defineNotice({
  id: 'room-card',
  permit: 'known',
  params: z.object({
    level: z.enum(['concern', 'urgent']),
    told: z.enum(['told', 'review', 'not-told']),
  }),
  render: (_call, { level, told }) =>
    say(
      t(`safety.card.${level}`),
      button(t('help.now.button'), helpNowHere, {}, 'main'),
      t(`safety.card.${told}`),
      small(t('rooms.card.readers')),
    ),
})
